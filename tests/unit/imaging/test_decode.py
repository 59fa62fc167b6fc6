"""Bytes to upright pixels, compared with what was drawn."""

import io
import zlib

import pytest
from PIL import Image, ImageChops, ImageStat

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.imaging.decode import Picture, bands, decode, fitted
from cerbo_desktop.imaging.encode import encode_jpeg
from cerbo_desktop.imaging.structure import png_chunks
from tests.fakes import hostile_images as made


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean distance of two pictures of equal size, 0 to 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("edge_px", [None, 100])
def test_every_orientation_is_upright(orientation: int, edge_px: int | None) -> None:
    picture = decode(made.turned(orientation), edge_px)
    assert (picture.source_width_px, picture.source_height_px) == (320, 200)
    drawn = made.gradient() if edge_px is None else made.gradient().resize((100, 62), Image.Resampling.LANCZOS)
    assert difference(picture.image, drawn) < 3


@pytest.mark.parametrize("mode", ["L", "RGB", "P", "CMYK"])
def test_modes_keep_their_colours(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    picture = decode(made.encoded(made.gradient(mode=mode), form))
    assert picture.image.mode == "RGB"
    assert difference(picture.image, made.gradient(mode=mode)) < 3


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    drawn = Image.new("I;16", (3, 1))
    for column, value in enumerate((0, 0x8000, 0xFFFF)):
        drawn.putpixel((column, 0), value)
    decoded = decode(made.encoded(drawn, "PNG")).image
    assert [decoded.getpixel((column, 0)) for column in range(3)] == [(0,) * 3, (128,) * 3, (255,) * 3]


def test_what_is_transparent_shows_white() -> None:
    glass = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    glass.putpixel((1, 0), (200, 0, 0, 255))
    decoded = decode(made.encoded(glass, "PNG")).image
    assert [decoded.getpixel((column, 0)) for column in (0, 1)] == [(255, 255, 255), (200, 0, 0)]


def test_the_first_frame_of_a_gif_and_of_a_multi_picture() -> None:
    assert difference(decode(made.gif(3)).image, made.gradient(mode="P")) < 3
    assert difference(decode(made.multi_picture()).image, made.gradient()) < 5


def test_small_pictures_are_not_enlarged() -> None:
    picture = decode(made.png(20, 10), 240)
    assert picture.image.size == (20, 10)
    assert fitted(picture, 240) is picture


def test_a_strip_keeps_a_pixel_of_width() -> None:
    assert decode(made.png(1, 4_000), 100).image.size == (1, 100)


def test_bands_are_the_rows_in_the_screens_order() -> None:
    drawn = made.gradient(50, 150)
    pixels = b"".join(bands(Picture(drawn, 50, 150)))
    assert pixels == drawn.convert("RGBA").tobytes("raw", "BGRA")
    assert pixels[:3] == bytes(reversed(made.RED))


def test_a_camera_frame_becomes_a_jpeg_that_looks_the_same() -> None:
    drawn = made.gradient(640, 360)
    data = encode_jpeg(640, 360, drawn.tobytes("raw", "BGRX"))
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert difference(image, drawn) < 1.5


def test_noise_of_many_pixels_is_made_to_fit_what_cerbo_takes() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((2_400, 2_400), 120) for _ in range(3)])
    assert len(made.encoded(noise, "JPEG", quality=93, subsampling=0)) > MAX_UPLOAD_BYTES
    assert len(encode_jpeg(*noise.size, noise.tobytes("raw", "BGRX"))) <= MAX_UPLOAD_BYTES


def test_a_png_whose_pixels_break_is_not_shown_as_black() -> None:
    data = bytearray(made.png())
    at = data.index(b"IDAT") + 40
    data[at : at + 8] = bytes(8)
    with pytest.raises(CannotShow):
        decode(bytes(data))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("edge_px", [None, 40])
def test_a_png_that_lacks_rows_is_not_taken_for_whole(mode: str, edge_px: int | None) -> None:
    """Its chunks, checksums and packing are sound; a clinician would take the black for part of the picture."""
    whole = made.png(64, 48, mode=mode)
    assert decode(whole, edge_px).is_whole
    chunks = {name: whole[start : start + length] for name, start, length in png_chunks(whole)}
    rows = zlib.decompress(chunks[b"IDAT"])
    short = whole.replace(
        made.png_chunk(b"IDAT", chunks[b"IDAT"]), made.png_chunk(b"IDAT", zlib.compress(rows[: len(rows) * 3 // 4]))
    )
    shown, full = decode(short, edge_px), decode(whole, edge_px)
    assert not shown.is_whole
    top = (0, 0, shown.image.width, shown.image.height // 2)
    assert shown.image.crop(top).tobytes() == full.image.crop(top).tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_png_that_is_black_at_the_bottom_is_shown(mode: str) -> None:
    drawn = Image.new(mode, (64, 48))
    assert decode(made.encoded(drawn, "PNG")).image.size == (64, 48)
