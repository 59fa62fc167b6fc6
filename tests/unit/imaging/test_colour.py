"""Colours as they were meant, against values that are known beforehand."""

import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from cerbo_desktop.imaging import heic
from cerbo_desktop.imaging.decode import decode
from tests.fakes import heic_pictures, hostile_images as made, icc_profiles

RED, GREEN = (255, 0, 0), (0, 255, 0)
needs_heic = pytest.mark.skipif(not heic.FORMAT, reason="no HEIC decoder for this machine")


def shown(data: bytes, at: tuple[int, int] = (4, 4), edge_px: int | None = None) -> tuple[int, ...]:
    pixel = decode(data, edge_px).image.getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel


def assert_near(pixel: tuple[int, ...], meant: tuple[int, ...], tolerance: int = 3) -> None:
    assert max(abs(one - other) for one, other in zip(pixel, meant, strict=True)) <= tolerance, (pixel, meant)


def plain(colour: tuple[int, ...] | int, mode: str = "RGB", form: str = "JPEG", **options: object) -> bytes:
    quality = {"quality": 95, "subsampling": 0} if form == "JPEG" else {"lossless": True} if form == "WEBP" else {}
    return made.encoded(Image.new(mode, (64, 48), colour), form, **quality, **options)


@pytest.mark.parametrize("edge_px", [None, 16])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "MPO"])
def test_a_profile_is_followed(form: str, edge_px: int | None) -> None:
    profiled = plain((234, 51, 35), form=form, icc_profile=icc_profiles.display_p3())
    assert_near(shown(profiled, edge_px=edge_px), RED)
    swapped = plain(RED, form=form, icc_profile=icc_profiles.swapped_red_and_green())
    assert_near(shown(swapped, edge_px=edge_px), GREEN)


def test_other_known_colours_of_display_p3() -> None:
    profile = icc_profiles.display_p3()
    for stored, meant in (((117, 251, 76), GREEN), ((0, 0, 245), (0, 0, 255)), ((128, 128, 128), (128, 128, 128))):
        assert_near(shown(plain(stored, form="PNG", icc_profile=profile)), meant)


def test_grey_follows_a_grey_profile() -> None:
    assert_near(shown(plain(55, "L", "PNG", icc_profile=icc_profiles.linear_grey())), (128, 128, 128))


def test_sixteen_bits_and_palettes_follow_theirs() -> None:
    deep = made.encoded(Image.new("I;16", (8, 8), 55 * 257), "PNG", icc_profile=icc_profiles.linear_grey())
    assert_near(shown(deep), (128, 128, 128))
    palette = Image.new("RGB", (8, 8), (234, 51, 35)).convert("P", palette=Image.Palette.ADAPTIVE)
    assert_near(shown(made.encoded(palette, "PNG", icc_profile=icc_profiles.display_p3())), RED)


def test_srgb_by_name_moves_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with_profile = decode(made.encoded(made.gradient(), "PNG", icc_profile=profile)).image
    assert with_profile.tobytes() == made.gradient().tobytes()


@pytest.mark.parametrize(
    "profile",
    [
        b"\xa5" * 3_000,
        icc_profiles.display_p3()[:200],
        icc_profiles.display_p3()[:128] + b"\xff" * 400,
        icc_profiles.linear_grey(),
        icc_profiles.red_cyan(),
    ],
    ids=["noise", "cut", "tags of noise", "for grey", "for ink"],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_profile_that_is_no_good_is_ignored(form: str, profile: bytes) -> None:
    assert_near(shown(plain((200, 100, 50), form=form, icc_profile=profile)), (200, 100, 50))


def test_a_profile_that_would_inflate_to_much_costs_the_profile_alone() -> None:
    rows = (b"\0" + b"\x40" * 8) * 8
    for packed in (b"x\0\0" + zlib.compress(b"\0" * 50_000_000), b"x\0\7" + zlib.compress(b"a"), b"nothing"):
        assert shown(made.png_of(8, 8, rows, extra=made.png_chunk(b"iCCP", packed))) == (64, 64, 64)


@pytest.mark.parametrize(
    ("ink", "meant"),
    [
        ((0, 0, 0, 0), (255, 255, 255)),
        ((0, 255, 255, 0), RED),
        ((0, 0, 0, 255), (0, 0, 0)),
        ((255, 0, 0, 0), (0, 255, 255)),
    ],
)
def test_ink_is_stored_as_light_with_adobes_marker_and_without(ink: tuple[int, ...], meant: tuple[int, ...]) -> None:
    """Browsers take every such JPEG for one of Adobe's, which hold ink the other way round."""
    adobes = plain(ink, "CMYK")
    assert b"Adobe" in adobes
    assert_near(shown(adobes), meant)
    others = adobes
    start = others.index(b"\xff\xee")
    others = others[:start] + others[start + 2 + int.from_bytes(others[start + 2 : start + 4], "big") :]
    assert b"Adobe" not in others
    assert_near(shown(others), meant)
    assert_near(shown(others, edge_px=16), meant)


@pytest.mark.parametrize("edge_px", [None, 16])
def test_ink_by_its_profile(edge_px: int | None) -> None:
    profile = icc_profiles.red_cyan()
    assert_near(shown(plain((255, 0, 0, 0), "CMYK", icc_profile=profile), edge_px=edge_px), RED)
    assert_near(shown(plain((0, 0, 0, 0), "CMYK", icc_profile=profile), edge_px=edge_px), (255, 255, 255))


def test_what_is_transparent_is_white_in_every_mode() -> None:
    layered = Image.new("LA", (8, 8), (0, 0))
    assert shown(made.encoded(layered, "PNG")) == (255, 255, 255)
    assert shown(made.encoded(layered, "PNG", icc_profile=icc_profiles.linear_grey())) == (255, 255, 255)
    palette = made.gradient(8, 8, "P")
    assert shown(made.encoded(palette, "PNG", transparency=palette.getpixel((4, 4)))) == (255, 255, 255)
    for mode, colour in (("L", 9), ("RGB", (1, 2, 3)), ("I;16", 4_000), ("1", 0)):
        assert shown(made.encoded(Image.new(mode, (8, 8), colour), "PNG", transparency=colour)) == (255, 255, 255), mode
    half = Image.new("RGBA", (8, 8), (0, 0, 0, 128))
    assert_near(shown(made.encoded(half, "WEBP", lossless=True)), (127, 127, 127))


def test_sixteen_bit_colour_with_a_transparent_one() -> None:
    header = made.png_chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0))
    clear = made.png_chunk(b"tRNS", struct.pack(">HHH", 0x1234, 0x5678, 0x9ABC))
    row = b"\0" + struct.pack(">HHHHHH", 0x1234, 0x5678, 0x9ABC, 0x8000, 0x4000, 0xFFFF)
    pixels = made.png_chunk(b"IDAT", zlib.compress(row)) + made.png_chunk(b"IEND", b"")
    image = decode(made.PNG_START + header + clear + pixels).image
    assert [image.getpixel((column, 0)) for column in (0, 1)] == [(255, 255, 255), (128, 64, 255)]


@needs_heic
def test_a_phones_picture_has_its_colours_and_stands_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heic, "is_allowed", lambda: True)
    quarters = {(8, 8): made.RED, (56, 8): (30, 160, 60), (8, 40): (240, 240, 240), (56, 40): (40, 60, 200)}
    for data in (heic_pictures.PLAIN, heic_pictures.TURNED):
        picture = decode(data)
        assert (picture.source_width_px, picture.source_height_px) == picture.image.size == (64, 48)
        for at, colour in quarters.items():
            assert_near(shown(data, at), colour)
    assert_near(shown(heic_pictures.SEE_THROUGH, (56, 40)), (255, 255, 255))
    assert_near(shown(heic_pictures.WIDE_COLOURS), RED)
    assert decode(heic_pictures.TURNED, 32).image.size == (32, 24)


def test_without_its_decoder_heic_is_of_a_kind_that_is_not_shown() -> None:
    script = (
        "import sys; sys.modules['pi_heif'] = None\n"
        "from cerbo_desktop.domain.errors import CannotShow\n"
        "from cerbo_desktop.imaging.decode import decode\n"
        "from tests.fakes import heic_pictures\n"
        "try:\n"
        "    decode(heic_pictures.PLAIN)\n"
        "except CannotShow as error:\n"
        "    print(error.reason.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30)
    assert done.stdout == "UNSUPPORTED_TYPE\n", done.stderr


def test_cell_and_viewer_agree() -> None:
    data = made.encoded(made.gradient(640, 480), "JPEG", quality=95, icc_profile=icc_profiles.display_p3())
    small, full = decode(data, 64).image, decode(data).image
    distance = ImageChops.difference(small, full.resize(small.size, Image.Resampling.LANCZOS))
    assert max(ImageStat.Stat(distance).mean) < 3
