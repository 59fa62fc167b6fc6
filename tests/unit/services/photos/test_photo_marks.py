"""What is made of one file on two PCs is known as the same, although each carries an id of its own."""

import io
from collections.abc import Callable

import pytest
from PIL import ExifTags, Image

from cerbo_desktop.imaging.validation import Validated, examine
from cerbo_desktop.services.photos.photo_marks import PhotoMarks

IDS = "5f" * 16, "0123456789abcdef" * 2


def saved(form: str, orientation: int = 1, color: str = "teal") -> bytes:
    stream, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    picture = Image.new("RGB", (320, 240), "white")
    picture.paste(color, (40, 30, 200, 150))
    picture.save(stream, form, exif=exif)
    return stream.getvalue()


def sent(data: bytes, unique_id: str) -> bytes:
    verdict = examine(data, None, unique_id)
    assert isinstance(verdict, Validated)
    assert unique_id.encode() in verdict.data
    return verdict.data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_only_the_id_differs(form: str, orientation: int) -> None:
    file, other = saved(form, orientation), saved(form, orientation, "maroon")
    first, second = (PhotoMarks.of(sent(file, unique_id)) for unique_id in IDS)
    assert first.sha256 != second.sha256
    assert first.bare_sha256 == second.bare_sha256
    assert first.bare_sha256 != PhotoMarks.of(sent(other, IDS[0])).bare_sha256


@pytest.mark.parametrize("take", [bytes, bytearray])
def test_a_photo_is_known_by_its_bytes_and_its_id(take: Callable[[bytes], bytes | bytearray]) -> None:
    photo = sent(saved("JPEG"), IDS[0])
    marks = PhotoMarks.of(take(photo))
    assert marks.photo_bytes == len(photo)
    assert marks.match("", IDS[0])
    assert marks.match(marks.sha256, "")
    assert not marks.match("", IDS[1])
