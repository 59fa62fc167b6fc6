"""Which colours a PNG means, of all the chunks that may say so: cICP before iCCP, sRGB, and gAMA with cHRM.

The order is that of the PNG specification, third edition, and what browsers go by.
"""

import struct
from collections.abc import Mapping

from cerbo_desktop.imaging.matrix_profile import Primaries, gamma_curve, grey_profile, matrix_profile
from cerbo_desktop.imaging.named_colours import SRGB_PRIMARIES, named_profile
from cerbo_desktop.imaging.png_profile import inflated_profile
from cerbo_desktop.imaging.structure import png_chunks, png_header

_NAMES = frozenset({b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM"})
_COLOURED = 2
"""A bit of the colour type."""
_UNIT = 100_000
_SCREEN_GAMMA = 2.2
_UNSEEN = 0.05
"""A gamma so close to that of a screen is taken for sRGB's curve where it stands alone."""
_GAMMAS = (0.2, 5.0)
_FULL_RANGE = 1


def meant_profile(png: bytes) -> bytes:
    """The ICC profile by which the PNG is to be shown, as it is in the file or made; empty where that is sRGB."""
    found: dict[bytes, bytes] = {}
    for name, start, length in png_chunks(png):
        if name == b"IDAT":
            break
        if name in _NAMES:
            found.setdefault(name, png[start : start + length])
    is_grey = not png_header(png)[3] & _COLOURED
    named = _named(found.get(b"cICP", b""), is_grey=is_grey)
    if named is not None:
        return named
    profile = inflated_profile(found[b"iCCP"]) if b"iCCP" in found else b""
    if profile or b"sRGB" in found:
        return profile
    return _by_numbers(found, is_grey=is_grey)


def _named(chunk: bytes, *, is_grey: bool) -> bytes | None:
    if len(chunk) != 4:
        return None
    primaries, transfer, matrix, full_range = chunk
    return named_profile(primaries, transfer, is_grey=is_grey) if (matrix, full_range) == (0, _FULL_RANGE) else None


def _by_numbers(found: Mapping[bytes, bytes], *, is_grey: bool) -> bytes:
    """By gAMA, and by cHRM beside it; primaries without a gamma are ignored, as is all where one makes no sense."""
    stored = int.from_bytes(found.get(b"gAMA", b""), "big")
    gamma = _UNIT / stored if stored else 0
    if not _GAMMAS[0] <= gamma <= _GAMMAS[1]:
        return b""
    if b"cHRM" not in found:
        is_seen = abs(gamma / _SCREEN_GAMMA - 1) > _UNSEEN
        return _profile(SRGB_PRIMARIES, gamma_curve(gamma), is_grey=is_grey) if is_seen else b""
    try:
        return _profile(_primaries(found[b"cHRM"]), gamma_curve(gamma), is_grey=is_grey)
    except (ArithmeticError, ValueError, struct.error):
        return b""


def _profile(primaries: Primaries, curve: bytes, *, is_grey: bool) -> bytes:
    return grey_profile(curve) if is_grey else matrix_profile(primaries, curve)


def _primaries(chunk: bytes) -> Primaries:
    """Raises `ValueError` where one is no light, and `struct.error`."""
    x, y, *rest = (value / _UNIT for value in struct.unpack(">8I", chunk))
    red, green, blue = zip(rest[::2], rest[1::2], strict=True)
    if any(down <= 0 or across + down > 1 for across, down in ((x, y), red, green, blue)):
        raise ValueError("no such colours")
    return Primaries(red, green, blue, (x, y))
