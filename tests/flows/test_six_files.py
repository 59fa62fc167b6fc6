"""Six files as a patient brings them: a HEIC, one of 18 MB, one that is no photo, one twice, one half, one plain."""

import io
import random
import time
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt

from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.ui.text import added_files
from tests.fakes.found_files import FOLDER
from tests.flows.desk import Desk
from tests.flows.reading import words_of
from tests.waiting import until

_HEIC = "h05_grid_irot_270.heic"
_SIZE_PX = 2_400, 2_040
_VERDICTS = [
    *("Will become JPEG", "Too big, will be fitted", "Ready"),
    *("Not a photo", "Same as plaque.jpg", "Damaged"),
]


def _noise_of_18_mb() -> bytes:
    """What a camera's finest setting makes of a picture full of detail, in half a second."""
    width_px, height_px = _SIZE_PX
    pixels = random.Random(18).randbytes(3 * width_px * height_px)
    target = io.BytesIO()
    Image.frombytes("RGB", _SIZE_PX, pixels).save(target, "JPEG", quality=99, subsampling=0)
    return target.getvalue()


def _six_files(folder: Path, plain: Path) -> list[Path]:
    made = {
        _HEIC: (FOLDER / _HEIC).read_bytes(),
        "large.jpg": _noise_of_18_mb(),
        "invoice.jpg": b"%PDF-1.7\n" + b"1 0 obj\n" * 200,
        "copy.jpg": plain.read_bytes(),
        "half.jpg": plain.read_bytes()[: plain.stat().st_size // 2],
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    heic, large, *others = (folder / name for name in made)
    return [heic, large, plain, *others]


async def test_six_mixed_files_go_out_in_two_actions_after_the_drop(desk: Desk, tmp_path: Path, photo: Path) -> None:
    files = _six_files(tmp_path, photo)
    assert 15_000_000 < files[1].stat().st_size < 21_000_000
    await desk.open(GRACE_ADEYEMI)
    began_s = time.monotonic()
    desk.drop(files)
    await until(lambda: len(desk.added) == 6)
    await desk.examined()
    examined_s = time.monotonic() - began_s
    assert _verdicts(desk) == _VERDICTS
    assert desk.sheet.foot.send.text() == "Send 3 to Grace Adeyemi, 7 Jul 1986"
    assert desk.sheet.files_tab.files.hasFocus()
    await until(lambda: desk.sheet.foot.first_look.is_over)

    desk.agree()  # the first action
    desk.press(Qt.Key.Key_Return)  # the second
    began_s = time.monotonic()
    await until(lambda: desk.sheet.strips.news)
    saved_s = time.monotonic() - began_s
    await desk.all_wait_in_queue(3)
    queued_s = time.monotonic() - began_s
    print(f"six files: examined in {examined_s:.1f} s, safe in {saved_s:.1f} s, in the queue in {queued_s:.1f} s")

    assert _verdicts(desk) == ["Not a photo", "Damaged"]
    assert added_files.rest_not_sent(3, 1, 2) in words_of(desk.sheet)
    received = [each.content for each in desk.clinic.photos_received(GRACE_ADEYEMI)]
    assert sorted(map(_size_of, received)) == sorted([(512, 512), _SIZE_PX, _size_of(photo.read_bytes())])
    assert max(map(len, received)) <= MAX_UPLOAD_BYTES
    desk.press(Qt.Key.Key_Escape)  # nothing is lost, so nothing is asked
    await until(lambda: desk.album.hasFocus())


def _verdicts(desk: Desk) -> list[str]:
    return [row.split(". ")[1] for row in desk.added]


def _size_of(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as opened:
        assert opened.format == "JPEG"
        return opened.size
