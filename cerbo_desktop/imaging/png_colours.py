"""Which colours a PNG means, of all the chunks that may say so: cICP before iCCP, sRGB, and gAMA with cHRM.

The order is that of the PNG specification, third edition, and what browsers go by.
"""

import struct
from collections.abc import Mapping

from cerbo_desktop.imaging.matrix_profile import Primaries, gamma_curve, grey_profile, matrix_profile, srgb_curve
from cerbo_desktop.imaging.named_colours import SRGB_PRIMARIES, named_profile
from cerbo_desktop.imaging.png_profile import inflated_profile
from cerbo_desktop.imaging.structure import png_chunks, png_header

_NAMES = frozenset({b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM"})
_COLOURED = 2
"""A bit of the colour type."""
_UNIT = 100_000
_SCREEN_GAMMA = 2.2
_UNSEEN = 0.05
"""A gamma so close to that of a screen is taken for sRGB's curve, as libpng takes it."""
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
    """By gAMA and cHRM; one that is missing or makes no sense is as sRGB has it."""
    curve, primaries = _curve(found.get(b"gAMA", b"")), _primaries(found.get(b"cHRM", b""))
    if curve == srgb_curve() and (is_grey or primaries == SRGB_PRIMARIES):
        return b""
    if is_grey:
        return grey_profile(curve)
    try:
        return matrix_profile(primaries, curve)
    except (ArithmeticError, ValueError):
        return b"" if curve == srgb_curve() else matrix_profile(SRGB_PRIMARIES, curve)


def _curve(chunk: bytes) -> bytes:
    stored = int.from_bytes(chunk, "big") if len(chunk) == 4 else 0
    gamma = _UNIT / stored if stored else _SCREEN_GAMMA
    least, most = _GAMMAS
    if not least <= gamma <= most or abs(gamma / _SCREEN_GAMMA - 1) <= _UNSEEN:
        return srgb_curve()
    return gamma_curve(gamma)


def _primaries(chunk: bytes) -> Primaries:
    if len(chunk) != 32:
        return SRGB_PRIMARIES
    x, y, *rest = (value / _UNIT for value in struct.unpack(">8I", chunk))
    red, green, blue = zip(rest[::2], rest[1::2], strict=True)
    is_light = all(down > 0 and across + down <= 1 for across, down in ((x, y), red, green, blue))
    return Primaries(red, green, blue, (x, y)) if is_light else SRGB_PRIMARIES
