"""Colours that a file names without a profile: shown as they are meant, and sent so that every reader shows them so.

What is meant is what Chromium 140 shows.
"""

import io
import struct

import pytest
from PIL import Image, ImageCms, features

from cerbo_desktop.imaging import heic
from cerbo_desktop.imaging.decode import decode
from cerbo_desktop.imaging.named_colours import named_profile
from cerbo_desktop.imaging.prepare import prepared
from cerbo_desktop.imaging.sniff import kind_of
from tests.fakes import hostile_images as made, icc_profiles
from tests.fakes.named_pngs import (
    BT2020,
    HLG,
    LINEAR,
    P3,
    P3_NUMBERS,
    PQ,
    SCREEN_GAMMA,
    SRGB_CURVE,
    SRGB_NUMBERS,
    Pixel,
    gamma,
    named,
    png,
    primaries,
)

RED, P3_RED, HALF, HALF_LIGHT = (255, 0, 0), (234, 51, 35), (128, 128, 128), (55, 55, 55)


def profiled(profile: bytes) -> bytes:
    data = made.encoded(Image.new("RGB", (1, 1)), "PNG", icc_profile=profile)
    start = data.index(b"iCCP") - 4
    return data[start : start + 12 + int.from_bytes(data[start : start + 4], "big")]


SRGB = made.png_chunk(b"sRGB", b"\0")
SWAPPED = profiled(icc_profiles.swapped_red_and_green())


def shown(data: bytes) -> Pixel:
    pixel = decode(data).image.getpixel((3, 3))
    assert isinstance(pixel, tuple)
    return pixel


def shown_by_profile(data: bytes) -> Pixel:
    """What a reader shows that knows profiles, and nothing else that may name colours."""
    with Image.open(io.BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile")
        if profile is None:
            pixel = opened.convert("RGB").getpixel((3, 3))
        else:
            source, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            managed = ImageCms.profileToProfile(opened, source, screen, outputMode="RGB")
            assert managed is not None
            pixel = managed.getpixel((3, 3))
    assert isinstance(pixel, tuple)
    return pixel


def assert_near(pixel: Pixel, meant: Pixel) -> None:
    assert max(abs(one - other) for one, other in zip(pixel, meant, strict=True)) <= 3, (pixel, meant)


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        (png(P3_RED), P3_RED),
        (png(HALF_LIGHT, gamma(LINEAR)), HALF),
        (png(55, gamma(LINEAR)), HALF),
        (png(HALF_LIGHT, gamma(SCREEN_GAMMA)), HALF_LIGHT),
        (png(HALF_LIGHT, gamma(SCREEN_GAMMA), primaries(SRGB_NUMBERS)), (52, 52, 52)),
        (png(P3_RED, gamma(SCREEN_GAMMA), primaries(P3_NUMBERS)), RED),
        (png(P3_RED, primaries(P3_NUMBERS)), P3_RED),
        (png(P3_RED, named(P3, SRGB_CURVE)), RED),
        (png((148,) * 3, named(BT2020, PQ)), (191, 191, 191)),
        (png((191,) * 3, named(BT2020, HLG)), (191, 191, 191)),
        (png(P3_RED, named(P3, SRGB_CURVE), SWAPPED, SRGB), RED),
        (png(RED, SWAPPED, gamma(LINEAR), primaries(P3_NUMBERS)), (0, 255, 0)),
        (png(HALF_LIGHT, SRGB, gamma(LINEAR), primaries(P3_NUMBERS)), HALF_LIGHT),
        (png(HALF_LIGHT, named(0, SRGB_CURVE), gamma(LINEAR)), HALF),
        (png(HALF_LIGHT, named(BT2020, 14)), (71, 71, 71)),
        (png(HALF_LIGHT, gamma(LINEAR), primaries((31_270,) * 8)), HALF_LIGHT),
        (png(HALF_LIGHT, gamma(0)), HALF_LIGHT),
        (png(HALF_LIGHT, gamma(2**31)), HALF_LIGHT),
    ],
    ids=[
        *(
            "nothing",
            "gamma",
            "grey gamma",
            "a screen's gamma",
            "sRGB by numbers",
            "P3 by numbers",
            "P3 without a gamma",
            "P3 by name",
        ),
        *("PQ", "HLG", "a name before the rest", "a profile before numbers", "sRGB before numbers"),
        *("a name that means nothing", "television", "primaries of one point", "no gamma", "too much gamma"),
    ],
)
def test_a_png_shows_what_it_names_and_so_does_what_is_sent(data: bytes, meant: Pixel) -> None:
    assert_near(shown(data), meant)
    photo = prepared(kind_of(data), data, 1, "0123456789abcdef" * 2)
    assert_near(shown(photo), meant)
    assert_near(shown_by_profile(photo), meant)
    assert not any(name in photo for name in (b"cICP", b"gAMA", b"cHRM"))


def test_a_made_profile_is_that_of_display_p3() -> None:
    made_profile = named_profile(P3, SRGB_CURVE)
    assert made_profile
    one, other = (
        ImageCms.ImageCmsProfile(io.BytesIO(data)).profile for data in (made_profile, icc_profiles.display_p3())
    )
    for name in ("red_colorant", "green_colorant", "blue_colorant"):
        assert getattr(one, name)[0] == pytest.approx(getattr(other, name)[0], abs=2e-4)


@pytest.mark.skipif(not features.check("avif"), reason="no AVIF decoder in this Pillow")
def test_an_avif_shows_the_primaries_that_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heic, "is_allowed", lambda: True)
    data = made.encoded(Image.new("RGB", (64, 48), P3_RED), "AVIF", quality=100, subsampling="4:4:4")
    at = data.index(b"nclx") + 4
    assert_near(shown(data), P3_RED)
    assert_near(shown(data[:at] + struct.pack(">HH", P3, SRGB_CURVE) + data[at + 4 :]), RED)
