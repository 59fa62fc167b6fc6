"""The walk before the decoder: quick, capped, and right about sizes."""

import io
import time

import pytest
from PIL import Image

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.png_rows import Rows, rows_of
from cerbo_desktop.imaging.sniff import kind_of
from cerbo_desktop.imaging.structure import Outline, scan_header
from tests.fakes import hostile_images as made


@pytest.mark.parametrize(
    "data",
    [
        *(made.jpeg(), made.jpeg(progressive=True), made.multi_picture()),
        *(made.png(), made.png(mode="I;16"), made.gif()),
        made.encoded(made.gradient(), "WEBP"),
        made.encoded(made.gradient(), "WEBP", lossless=True),
        made.encoded(made.gradient(mode="RGBA"), "WEBP", exif=Image.Exif()),
    ],
)
def test_sizes(data: bytes) -> None:
    assert scan_header(kind_of(data), data) == Outline(320, 200)


def test_a_hundred_scans_are_the_most() -> None:
    own = 10  # that Pillow's progressive JPEG has, one of which is repeated
    assert scan_header(FileKind.JPEG, made.many_scans(101 - own)) == Outline(96, 96)
    with pytest.raises(CannotShow):
        scan_header(FileKind.JPEG, made.many_scans(102 - own))


def test_more_than_one_frame() -> None:
    moving = made.encoded(made.gradient(), "WEBP", save_all=True, append_images=[made.gradient().rotate(9)])
    assert scan_header(FileKind.GIF, made.gif(3)).is_moving
    assert scan_header(FileKind.WEBP, moving).is_moving


def test_every_prefix_ends_in_a_verdict() -> None:
    for data in (made.jpeg(40, 30), made.png(40, 30), made.gif(), made.encoded(made.gradient(40, 30), "WEBP")):
        for length in range(12, len(data), 7):
            try:
                scan_header(kind_of(data), data[:length])
            except CannotShow:
                continue


@pytest.mark.parametrize(
    "sample", [s for s in made.hostile() if kind_of(s.data) in (FileKind.JPEG, FileKind.PNG, FileKind.GIF)]
)
def test_hostile_files_cost_little(sample: made.Sample) -> None:
    begun_s = time.process_time()
    try:
        scan_header(kind_of(sample.data), sample.data)
    except CannotShow as error:
        assert error.reason in (sample.refused, sample.cannot_show)
    assert time.process_time() - begun_s < 1.0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (7, 3), (33, 18)])
def test_whole_pngs_are_whole(mode: str, size: tuple[int, int]) -> None:
    data = made.png(*size, mode=mode)
    assert rows_of(data) is Rows.EXACT
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == size


def test_an_interlaced_png_is_counted_by_its_passes() -> None:
    passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]
    raw = b"".join((b"\0" + b"\x7f" * columns) * count for columns, count in passes)
    whole = bytearray(made.png_of(8, 8, raw))
    whole[28] = 1  # interlaced
    assert rows_of(bytes(whole)) is Rows.EXACT
    short = bytearray(made.png_of(8, 8, raw[:-1]))
    short[28] = 1
    assert rows_of(bytes(short)) is Rows.MISSING
