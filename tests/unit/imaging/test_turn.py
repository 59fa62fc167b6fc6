"""What leaves stands upright by itself, for readers that ignore what EXIF says, with its own colours and next to no
loss."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageStat

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.decode import FIRST_LYING, TURNS, decode, stored_orientation
from cerbo_desktop.imaging.prepare import prepared
from cerbo_desktop.imaging.sniff import kind_of
from tests.fakes import hostile_images as made, icc_profiles

ID = "0123456789abcdef" * 2
SUBSAMPLINGS = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}
LYING = 6


def turned_in_exif(orientation: int, size: tuple[int, int], mode: str = "RGB", **options: object) -> bytes:
    """A JPEG whose stored pixels lie as `orientation` says; its colours are soft and muted, as a photo's."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    soft = made.gradient(32, 20, mode).resize(size, Image.Resampling.BICUBIC).point(lambda value: 50 + value // 2)
    return made.encoded(soft, "JPEG", quality=90, exif=exif, **options)


def sent(data: bytes) -> bytes:
    return prepared(kind_of(data), data, stored_orientation(data), ID)


def naively(data: bytes) -> Image.Image:
    """As a reader shows it that knows nothing of EXIF."""
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB")


def change(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of the plane that differs most."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("subsampling", SUBSAMPLINGS)
def test_a_jpeg_of_whole_blocks_is_turned_with_next_to_no_loss(orientation: int, subsampling: str) -> None:
    data = turned_in_exif(orientation, (320, 208), subsampling=SUBSAMPLINGS[subsampling])
    photo = sent(data)
    assert stored_orientation(photo) == 1
    is_resampled = subsampling == "4:2:2" and orientation >= FIRST_LYING
    assert change(naively(photo), naively(data).transpose(TURNS[orientation])) < (0.4 if is_resampled else 0.13)
    assert len(photo) < 1.4 * len(data)


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("size", [(317, 203), (16, 1), (1, 16), (1, 1)])
def test_a_jpeg_of_any_size_is_turned_whole(orientation: int, size: tuple[int, int]) -> None:
    for subsampling in SUBSAMPLINGS.values():
        data = turned_in_exif(orientation, size, subsampling=subsampling)
        assert change(naively(sent(data)), naively(data).transpose(TURNS[orientation])) < 3


def test_turned_planes_of_colour_fall_on_their_own_pixels() -> None:
    """One column off would show at an edge between two colours of one brightness."""
    stripes = Image.new("YCbCr", (33, 33), (128, 60, 128))
    stripes.paste((128, 200, 128), (16, 0, 33, 33))
    exif = Image.Exif()
    for orientation, turn in TURNS.items():
        exif[0x0112] = orientation
        data = made.encoded(stripes.convert("RGB"), "JPEG", quality=100, subsampling=2, exif=exif)
        meant = naively(data).transpose(turn).getchannel("B")
        turned = naively(sent(data)).getchannel("B")
        shifted = [change(meant, ImageChops.offset(turned, *by)) for by in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))]
        assert shifted[0] <= min(shifted), orientation


def test_grey_and_red_green_blue_stay_so() -> None:
    grey = turned_in_exif(LYING, (320, 208), "L")
    assert change(naively(sent(grey)), naively(grey).transpose(TURNS[LYING])) < 0.13
    with Image.open(io.BytesIO(sent(grey))) as opened:
        assert opened.mode == "L"
    plain = turned_in_exif(LYING, (320, 208), keep_rgb=True)
    assert change(naively(sent(plain)), naively(plain).transpose(TURNS[LYING])) < 0.13


@pytest.mark.parametrize("orientation", [1, LYING])
def test_a_profile_stays_with_the_pixels_that_it_is_for(orientation: int) -> None:
    data = turned_in_exif(orientation, (320, 208), icc_profile=icc_profiles.display_p3(), progressive=True)
    photo = sent(data)
    with Image.open(io.BytesIO(photo)) as opened:
        assert opened.info["icc_profile"]
    assert (
        change(naively(photo), naively(data).transpose(TURNS[LYING]) if orientation == LYING else naively(data)) < 0.13
    )
    assert change(decode(photo).image, decode(data).image) < 0.3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_is_turned_without_loss(mode: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = LYING
    source = (
        made.gradient(60, 40, "L").convert("I;16").point(lambda value: value * 250)
        if mode == "I;16"
        else made.gradient(60, 40, mode)
    )
    data = made.encoded(source, "PNG", exif=exif, icc_profile=icc_profiles.linear_grey() if mode == "L" else None)
    photo = sent(data)
    assert stored_orientation(photo) == 1
    with Image.open(io.BytesIO(photo)) as opened:
        assert opened.mode == mode
        assert opened.tobytes() == source.transpose(TURNS[LYING]).tobytes()
    assert decode(photo).image.tobytes() == decode(data).image.tobytes()


def test_a_png_of_sixteen_bits_a_colour_keeps_its_hole_when_it_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = LYING
    header = made.png_chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0))
    clear = made.png_chunk(b"tRNS", struct.pack(">HHH", 0x1234, 0x5678, 0x9ABC))
    row = b"\0" + struct.pack(">HHHHHH", 0x1234, 0x5678, 0x9ABC, 0x8000, 0x4000, 0xFFFF)
    lying = made.png_chunk(b"eXIf", exif.tobytes().removeprefix(b"Exif\0\0"))
    end = made.png_chunk(b"IDAT", zlib.compress(row)) + made.png_chunk(b"IEND", b"")
    image = decode(sent(made.PNG_START + header + lying + clear + end)).image
    assert [image.getpixel((0, row)) for row in (0, 1)] == [(255, 255, 255), (128, 64, 255)]


def test_a_jpeg_in_the_colours_of_a_press_leaves_in_those_of_a_screen() -> None:
    for orientation in (1, LYING):
        data = turned_in_exif(orientation, (320, 208), "CMYK")
        marked = data.index(b"\xff\xee")
        unmarked = data[:marked] + data[marked + 16 :]
        assert b"Adobe" in data
        assert b"Adobe" not in unmarked
        for source in (data, unmarked):
            photo = sent(source)
            assert b"Adobe" not in photo
            assert kind_of(photo) is FileKind.JPEG
            assert naively(photo).getbands() == ("R", "G", "B")
            assert change(naively(photo), decode(source).image) < 1
