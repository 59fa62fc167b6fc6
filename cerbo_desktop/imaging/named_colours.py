"""Colours that a file names by the numbers of ITU-T H.273: PNG's cICP, and the nclx of HEIC and AVIF."""

import functools
import math

from cerbo_desktop.imaging.matrix_profile import (
    Primaries,
    gamma_curve,
    grey_profile,
    line_and_power_curve,
    matrix_profile,
    srgb_curve,
    table_curve,
)

_D65, _C = (0.3127, 0.3290), (0.310, 0.316)
SRGB_PRIMARIES = Primaries((0.640, 0.330), (0.300, 0.600), (0.150, 0.060), _D65)
_NTSC = Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65)
_PRIMARIES = {
    1: SRGB_PRIMARIES,
    2: SRGB_PRIMARIES,  # not said
    4: Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), _C),
    5: Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), _D65),
    6: _NTSC,
    7: _NTSC,
    9: Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65),
    12: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65),
}
_LIKE_SRGB = frozenset({1, 2, 6, 13})
"""Two curves of television too: browsers show them with that of sRGB."""
_GAMMAS = {4: 2.2, 5: 2.8, 8: 1.0}
_LINES_AND_POWERS = {
    7: (1 / 0.45, 1 / 1.1115, 0.1115 / 1.1115, 1 / 4, 0.0913),
    14: (1 / 0.45, 1 / 1.0993, 0.0993 / 1.0993, 1 / 4.5, 0.0812),
    15: (1 / 0.45, 1 / 1.0993, 0.0993 / 1.0993, 1 / 4.5, 0.0812),
}
_PQ, _HLG = 16, 18
_STEPS = 1_024
_PQ_PARTS = (0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875)
_PQ_MOST_NITS = 10_000
_HLG_PARTS = (0.17883277, 0.28466892, 0.55991073)
_HLG_GAMMA = 1.2
_MOST_NITS, _WHITE_NITS = 1_000, 203
"""The brightest that a picture of a higher range is taken to show, and white paper in it (ITU-R BT.2408)."""
_MOST = _MOST_NITS / _WHITE_NITS


@functools.cache
def named_profile(primaries: int, transfer: int, *, is_grey: bool = False) -> bytes | None:
    """The ICC profile of these colours; empty where they are those of sRGB, None where the numbers mean nothing."""
    curve = _curve(transfer)
    if curve is None or primaries not in _PRIMARIES:
        return None
    if is_grey:
        return b"" if curve == srgb_curve() else grey_profile(curve)
    corners = _PRIMARIES[primaries]
    return b"" if (corners, curve) == (SRGB_PRIMARIES, srgb_curve()) else matrix_profile(corners, curve)


def _curve(transfer: int) -> bytes | None:
    if transfer in _LIKE_SRGB:
        return srgb_curve()
    if transfer in _GAMMAS:
        return gamma_curve(_GAMMAS[transfer])
    if transfer in _LINES_AND_POWERS:
        return line_and_power_curve(_LINES_AND_POWERS[transfer])
    light = {_PQ: _pq_light, _HLG: _hlg_light}.get(transfer)
    if light is None:
        return None
    return table_curve([_in_reach(light(step / (_STEPS - 1))) for step in range(_STEPS)])


def _in_reach(light: float) -> float:
    """What a screen of no higher range shows of `light`, as browsers map it: white paper becomes a light grey."""
    return light * (1 + light / _MOST**2) / (1 + light)


def _pq_light(value: float) -> float:
    """Of white paper's, by SMPTE ST 2084."""
    m1, m2, c1, c2, c3 = _PQ_PARTS
    powered = value ** (1 / m2)
    share = (max(0.0, powered - c1) / (c2 - c3 * powered)) ** (1 / m1)
    return min(_MOST, float(share * _PQ_MOST_NITS / _WHITE_NITS))


def _hlg_light(value: float) -> float:
    """Of white paper's, by ITU-R BT.2100."""
    a, b, c = _HLG_PARTS
    scene = value**2 / 3 if value <= 0.5 else (math.exp((value - c) / a) + b) / 12
    return float(scene**_HLG_GAMMA * _MOST)
