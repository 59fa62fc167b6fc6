"""What Cerbo can't take as it is becomes a JPEG that it can: quality gives way first, then size, and never unsaid."""

import io
from typing import Any

import pytest
from PIL import ExifTags, Image, JpegImagePlugin

from cerbo_desktop.imaging.capture_time import capture_time
from cerbo_desktop.imaging.decode import Picture, decode
from cerbo_desktop.imaging.fitting import Encoded, WholeImage, encoded
from cerbo_desktop.imaging.origin import Origin, origin_of
from cerbo_desktop.imaging.preview import embedded
from cerbo_desktop.imaging.sniff import kind_of
from tests.fakes import hostile_images as made

ID = "0123456789abcdef" * 2
HEAD_BYTES = 65_536
ROOM_BYTES = 24_000
"""What is kept free for the thumbnail."""


def noise(width_px: int, height_px: int) -> Picture:
    """Of a kind that hardly gets smaller as a JPEG."""
    grain = Image.effect_noise((width_px, height_px), 60)
    return Picture(Image.merge("RGB", (grain, grain.transpose(Image.Transpose.ROTATE_180), grain)), width_px, height_px)


def made_jpeg(picture: Picture, *what: Any, **limits: Any) -> Encoded:
    return encoded(WholeImage(picture.image), *what, **limits)


def size_at(picture: Picture, quality: int) -> int:
    return len(made.encoded(picture.image, "JPEG", quality=quality, subsampling=2)) + ROOM_BYTES


def test_what_fits_is_made_with_the_best_quality_and_is_not_called_fitted() -> None:
    picture = noise(400, 300)
    made_of_it = made_jpeg(picture, ID)
    assert (made_of_it.quality, made_of_it.is_fitted, made_of_it.is_below_minimum) == (93, False, False)
    assert (made_of_it.width_px, made_of_it.height_px) == decode(made_of_it.data).image.size == (400, 300)
    assert ID.encode() in made_of_it.data[:2_048]
    assert made_jpeg(picture, ID, Origin(is_too_large=True)).is_fitted


@pytest.mark.parametrize("quality", [89, 85])
def test_quality_gives_way_before_size(quality: int) -> None:
    picture = noise(600, 400)
    made_of_it = made_jpeg(picture, ID, limit_bytes=size_at(picture, quality))
    assert (made_of_it.quality, made_of_it.is_fitted, made_of_it.width_px) == (quality, True, 600)


def test_the_sources_own_quality_is_gone_down_to_where_it_is_lower() -> None:
    picture = noise(600, 400)
    source = made.encoded(picture.image, "JPEG", quality=70, subsampling=2)
    origin = origin_of(kind_of(source), source, is_too_large=True)
    assert origin.quality == 70
    made_of_it = made_jpeg(picture, ID, origin, limit_bytes=size_at(picture, 70))
    assert (made_of_it.quality, made_of_it.width_px) == (70, 600)


def test_then_size_gives_way_but_not_below_the_minimum_unsaid() -> None:
    picture = noise(3_200, 300)
    at_minimum = Picture(picture.image.resize((3_000, 281), Image.Resampling.HAMMING), 3_000, 281)
    limit_bytes = size_at(at_minimum, 85) + 1_000
    made_of_it = made_jpeg(picture, ID, limit_bytes=limit_bytes)
    assert len(made_of_it.data) <= limit_bytes
    assert 3_000 <= made_of_it.width_px < 3_200
    assert (made_of_it.quality, made_of_it.is_fitted, made_of_it.is_below_minimum) == (85, True, False)
    smaller = made_jpeg(picture, ID, limit_bytes=limit_bytes // 2)
    assert len(smaller.data) <= limit_bytes // 2
    assert smaller.width_px < 3_000
    assert smaller.is_below_minimum
    assert decode(smaller.data).image.size == (smaller.width_px, smaller.height_px)


def test_a_source_of_fewer_pixels_than_the_minimum_may_not_lose_any_unsaid() -> None:
    picture = noise(600, 400)
    made_of_it = made_jpeg(picture, ID, limit_bytes=size_at(picture, 85) // 2)
    assert made_of_it.is_below_minimum
    assert made_of_it.width_px < 600


def test_colours_stay_as_fine_as_the_source_had_them() -> None:
    for is_fine in (True, False):
        with Image.open(io.BytesIO(made_jpeg(noise(64, 48), ID, Origin(has_full_chroma=is_fine)).data)) as opened:
            assert JpegImagePlugin.get_sampling(opened) == (0 if is_fine else 2)


@pytest.mark.parametrize("share_of_noise", [0.05, 1.0])
def test_an_album_can_show_it_from_its_head(share_of_noise: float) -> None:
    """Also where the small picture itself hardly gets smaller."""
    soft = made.gradient(1_600, 1_200)
    picture = Picture(Image.blend(soft, noise(*soft.size).image, share_of_noise), *soft.size)
    data = made_jpeg(picture, ID).data
    assert len(data) > HEAD_BYTES
    with Image.open(io.BytesIO(data)) as opened:
        directory = opened.getexif().get_ifd(ExifTags.IFD.IFD1)
    assert 0 < directory[ExifTags.Base.JpegIFByteCount] <= 20_000
    small = embedded(data[:HEAD_BYTES], 320)
    assert small.image.size == (320, 240)
    shown = decode(data, 320).image.resize((8, 6), Image.Resampling.BOX)
    reduced = small.image.resize((8, 6), Image.Resampling.BOX)
    assert all(abs(one - other) < 12 for one, other in zip(shown.tobytes(), reduced.tobytes(), strict=True))


def test_the_time_goes_along_as_numbers_and_no_text() -> None:
    exif = Image.Exif()
    fields = exif.get_ifd(ExifTags.IFD.Exif)
    fields[ExifTags.Base.DateTimeOriginal] = "2025:11:05 09:40:07"
    fields[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    fields[ExifTags.Base.SubsecTimeOriginal] = "123456"
    source = made.jpeg(exif=exif)
    data = made_jpeg(decode(source), ID, origin_of(kind_of(source), source)).data
    with Image.open(io.BytesIO(data)) as opened:
        written = opened.getexif().get_ifd(ExifTags.IFD.Exif)
        taken = capture_time(opened)
    assert taken is not None
    assert (taken.text, taken.fraction, taken.utc_offset) == ("2025:11:05 09:40:07", "123", "+02:00")
    assert written[ExifTags.Base.ImageUniqueID] == ID


@pytest.mark.parametrize(
    ("text", "fraction", "offset"),
    [
        ("Ana Lopez 12345678", "12", "+02:00"),
        ("2025:13:05 09:40:07", "12", "+02:00"),
        ("0000:00:00 00:00:00", "", ""),
        ("1492:11:05 09:40:07", "", ""),
        ("2025:11:05 09:40:07 A", "", ""),
    ],
)
def test_what_is_no_time_stays_here(text: str, fraction: str, offset: str) -> None:
    assert capture_time(_timed(text, fraction, offset)) is None


@pytest.mark.parametrize(
    ("fraction", "offset"), [("Ana", "+99:00"), ("1a", "Lopez"), ("", "+02:07"), ("\u0663", "+02:00 x")]
)
def test_of_a_time_only_what_makes_sense_goes_along(fraction: str, offset: str) -> None:
    taken = capture_time(_timed("2025:11:05 09:40:07", fraction, offset))
    assert taken is not None
    assert (taken.fraction, taken.utc_offset) == ("", "")


def _timed(text: str, fraction: str, offset: str) -> Image.Image:
    image = made.gradient(8, 8)
    fields = image.getexif().get_ifd(ExifTags.IFD.Exif)
    fields[ExifTags.Base.DateTimeOriginal] = text
    fields[ExifTags.Base.SubsecTimeOriginal] = fraction
    fields[ExifTags.Base.OffsetTimeOriginal] = offset
    return image
