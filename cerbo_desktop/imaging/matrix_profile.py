"""ICC profiles made of primaries and a curve, for pictures that say only those. Layout by ICC.1:2022."""

import struct
from collections.abc import Sequence
from typing import NamedTuple

from cerbo_desktop.imaging.bare_profile import assembled

Vector = Sequence[float]
Matrix = Sequence[Vector]
_SCREEN_IN_VERSION_4 = b"\4\x30\0\0mntr"
_CONNECTION = b"XYZ "
_RELATIVE = 1
_ONE = 65_536
_D50 = (0.9642, 1.0, 0.8249)
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_SRGB_PARTS = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_POWER, _POWER_AND_LINE = 0, 3
"""Kinds of parametric curves."""


class Primaries(NamedTuple):
    """Chromaticities x and y of red, green, blue and white."""

    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float]


def gamma_curve(gamma: float) -> bytes:
    """A curve by which light is the stored value to the power of `gamma`."""
    return _parametric(_POWER, (gamma,))


def line_and_power_curve(parts: Vector) -> bytes:
    """A curve of a line and a power: for parts g, a, b, c, d light is (aX + b)^g from d on, and cX below."""
    return _parametric(_POWER_AND_LINE, parts)


def srgb_curve() -> bytes:
    """The curve of sRGB."""
    return line_and_power_curve(_SRGB_PARTS)


def table_curve(values: Sequence[float]) -> bytes:
    """A curve through `values`, 0 to 1, at equal distances."""
    steps = [round(65_535 * min(1.0, max(0.0, value))) for value in values]
    return b"curv" + bytes(4) + struct.pack(f">I{len(steps)}H", len(steps), *steps)


def matrix_profile(primaries: Primaries, curve: bytes) -> bytes:
    """The profile of a picture of red, green and blue with these primaries and this curve.

    Raises `ArithmeticError` or `ValueError` where the primaries span no colours.
    """
    colorants = zip(*_to_d50(primaries), strict=True)
    tags = {b"wtpt": _xyz(_D50)}
    for name, colorant in zip(b"rgb", colorants, strict=True):
        tags[bytes((name,)) + b"XYZ"] = _xyz(colorant)
        tags[bytes((name,)) + b"TRC"] = curve
    return assembled(_SCREEN_IN_VERSION_4 + b"RGB " + _CONNECTION, _RELATIVE, tags)


def grey_profile(curve: bytes) -> bytes:
    """The profile of a grey picture with this curve."""
    tags = {b"wtpt": _xyz(_D50), b"kTRC": curve}
    return assembled(_SCREEN_IN_VERSION_4 + b"GRAY" + _CONNECTION, _RELATIVE, tags)


def _to_d50(primaries: Primaries) -> Matrix:
    """From linear red, green and blue to XYZ, as it would be in the light of D50."""
    red, green, blue, white = (_light(chromaticity) for chromaticity in primaries)
    columns = list(zip(red, green, blue, strict=True))
    shares = _times(_inverse(columns), white)
    return _product(
        _adaptation(white), [[value * share for value, share in zip(row, shares, strict=True)] for row in columns]
    )


def _adaptation(white: Vector) -> Matrix:
    """Bradford's, from the light `white` to D50."""
    gains = [wanted / given for wanted, given in zip(_times(_BRADFORD, _D50), _times(_BRADFORD, white), strict=True)]
    adapted = [[gain * value for value in row] for gain, row in zip(gains, _BRADFORD, strict=True)]
    return _product(_inverse(_BRADFORD), adapted)


def _light(chromaticity: tuple[float, float]) -> Vector:
    """XYZ at a brightness of one."""
    x, y = chromaticity
    return x / y, 1.0, (1 - x - y) / y


def _times(matrix: Matrix, vector: Vector) -> list[float]:
    return [sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix]


def _product(left: Matrix, right: Matrix) -> Matrix:
    columns = list(zip(*right, strict=True))
    return [[sum(one * other for one, other in zip(row, column, strict=True)) for column in columns] for row in left]


def _inverse(matrix: Matrix) -> Matrix:
    """By its cofactors. Raises `ZeroDivisionError` where there is none."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    cofactors = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    determinant = a * cofactors[0][0] + b * cofactors[1][0] + c * cofactors[2][0]
    return [[value / determinant for value in row] for row in cofactors]


def _xyz(values: Vector) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(values)


def _parametric(kind: int, parts: Vector) -> bytes:
    return b"para" + bytes(4) + struct.pack(">HH", kind, 0) + _fixed(parts)


def _fixed(values: Vector) -> bytes:
    """Raises `ValueError` where one is out of range."""
    try:
        return struct.pack(f">{len(values)}i", *(round(_ONE * value) for value in values))
    except struct.error as error:
        raise ValueError("no such colours") from error
