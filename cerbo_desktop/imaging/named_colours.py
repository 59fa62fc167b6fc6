"""Colours that a file names by the numbers of ITU-T H.273: PNG's cICP, and the nclx of HEIC and AVIF."""

import functools
import math

from cerbo_desktop.imaging.matrix_profile import (
    Primaries,
    gamma_curve,
    grey_profile,
    matrix_profile,
    srgb_curve,
    table_curve,
)

_D65, _DCI_WHITE, _C = (0.3127, 0.3290), (0.314, 0.351), (0.310, 0.316)
SRGB_PRIMARIES = Primaries((0.640, 0.330), (0.300, 0.600), (0.150, 0.060), _D65)
_PRIMARIES = {
    1: SRGB_PRIMARIES,
    4: Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), _C),
    5: Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), _D65),
    6: Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65),
    7: Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), _D65),
    9: Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), _D65),
    11: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _DCI_WHITE),
    12: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), _D65),
    22: Primaries((0.630, 0.340), (0.295, 0.605), (0.155, 0.077), _D65),
}
_SRGB, _UNSPECIFIED = 1, 2
_LIKE_SRGB = frozenset({1, 6, 7, 13, 14, 15})
"""Curves of television too: browsers show them with that of sRGB, for which their pictures are made."""
_GAMMAS = {4: 2.2, 5: 2.8, 8: 1.0, 17: 2.6}
_PQ, _HLG = 16, 18
_STEPS = 1_024
_PQ_PARTS = (0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875)
_PQ_MOST_NITS, _WHITE_NITS = 10_000, 203
"""White paper in a picture of a higher range, by ITU-R BT.2408; what is brighter is cut off."""
_HLG_PARTS = (0.17883277, 0.28466892, 0.55991073)
_HLG_WHITE = 0.75


@functools.cache
def named_profile(primaries: int, transfer: int, *, is_grey: bool = False) -> bytes | None:
    """The ICC profile of these colours; empty where they are those of sRGB, None where the numbers mean nothing."""
    curve = _curve(transfer)
    if curve is None or (primaries not in _PRIMARIES and primaries != _UNSPECIFIED):
        return None
    has_srgb_primaries = is_grey or primaries in (_SRGB, _UNSPECIFIED)
    if curve == srgb_curve() and has_srgb_primaries:
        return b""
    return grey_profile(curve) if is_grey else matrix_profile(_PRIMARIES.get(primaries, SRGB_PRIMARIES), curve)


def _curve(transfer: int) -> bytes | None:
    if transfer in _LIKE_SRGB or transfer == _UNSPECIFIED:
        return srgb_curve()
    if transfer in _GAMMAS:
        return gamma_curve(_GAMMAS[transfer])
    light = {_PQ: _pq_light, _HLG: _hlg_light}.get(transfer)
    return None if light is None else table_curve([light(step / (_STEPS - 1)) for step in range(_STEPS)])


def _pq_light(value: float) -> float:
    """Of white paper's, by SMPTE ST 2084."""
    m1, m2, c1, c2, c3 = _PQ_PARTS
    powered = value ** (1 / m2)
    share = (max(0.0, powered - c1) / (c2 - c3 * powered)) ** (1 / m1)
    return float(share * _PQ_MOST_NITS / _WHITE_NITS)


def _hlg_light(value: float) -> float:
    """Of white paper's, by ITU-R BT.2100."""
    return _hlg_scene(value) / _hlg_scene(_HLG_WHITE)


def _hlg_scene(value: float) -> float:
    a, b, c = _HLG_PARTS
    return value**2 / 3 if value <= 0.5 else (math.exp((value - c) / a) + b) / 12
