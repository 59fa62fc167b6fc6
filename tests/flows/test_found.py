"""Files of phones and scanners, dropped on the window: what arrives at Cerbo is what each of them shows."""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from tests.fakes.found_files import FOLDER, MAIN_PICTURE, found, with_film_behind
from tests.flows.desk import Desk

HALF = "j18c_zeros_then_eoi.jpg"
SIZES = {
    "j04_samsung_pano_no_eoi_trailer.jpg": (640, 480),
    "h05_grid_irot_270.heic": (512, 512),
    "p05_exif_orientation_6.png": (640, 480),
    "j16b_one_px_high.jpg": (1_000, 1),
}
MOST_BYTES_MORE = 21_000
"""An id, a time and a small copy."""


async def test_what_arrives_is_the_picture_alone(desk: Desk, tmp_path: Path, photo: Path) -> None:
    film = tmp_path / "motion.jpg"
    film.write_bytes(with_film_behind(photo.read_bytes()))
    await desk.open(GRACE_ADEYEMI)
    desk.drop([*(FOLDER / name for name in SIZES), FOLDER / HALF, film])
    await desk.examined()
    (refused,) = [row for row in desk.added if row.startswith(HALF)]
    assert "Damaged" in refused
    assert "Send 5 to Grace Adeyemi" in desk.sheet.foot.send.text()
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await desk.all_wait_in_queue(5)
    received = [each.content for each in desk.clinic.photos_received(GRACE_ADEYEMI)]
    with Image.open(photo) as plain:
        assert sorted(map(_size, received)) == sorted([*SIZES.values(), plain.size])
    assert sum(map(len, received)) < len(found(MAIN_PICTURE)) + 5 * MOST_BYTES_MORE + photo.stat().st_size + 60_000
    assert not any(mark in content for content in received for mark in (b"ftyp", b"SEFT", b"hdrgm"))


def _size(content: bytes) -> tuple[int, int]:
    """As it stands in the pixels. It is upright without EXIF's word."""
    with Image.open(io.BytesIO(content)) as opened:
        assert opened.getexif().get(0x0112, 1) == 1
        return opened.size
