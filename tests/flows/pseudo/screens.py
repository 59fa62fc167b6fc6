"""The windows that a maximised app has on the screens of clinics, in layout pixels."""

import itertools

from PySide6.QtCore import QSize

SMALLEST = QSize(880, 500)
"""The design's smallest window, in which every primary button is in view."""
_SCREENS = ((1280, 720), (1280, 800), (1366, 768), (1920, 1080), (2560, 1440), (3840, 2160))
_SCALES_PERCENT = (100, 125, 150, 175, 200, 225)
_TASK_BAR_PX, _CAPTION_PX = 48, 31
_LOWEST_PX = 300
"""Under it, which takes 200 % on 1280 x 720 or 225 %, the lines of a strip leave no room for the foot below."""
_TURNS_AT_PX = (880, 960, 1100, 1120, 1200, 1280, 1360, 1600)
"""Widths at which some screen is laid out in another way."""


def _windows() -> set[tuple[int, int]]:
    made = itertools.product(_SCREENS, _SCALES_PERCENT)
    bars_px = _TASK_BAR_PX + _CAPTION_PX
    return {(width * 100 // scale, height * 100 // scale - bars_px) for (width, height), scale in made}


def _hardest(windows: set[tuple[int, int]]) -> tuple[QSize, ...]:
    """Without those that have another one's layout and are no smaller in either direction."""
    by_layout: dict[int, set[tuple[int, int]]] = {}
    for width, height in windows:
        by_layout.setdefault(sum(width >= turn for turn in _TURNS_AT_PX), set()).add((width, height))
    kept = [size for alike in by_layout.values() for size in alike if not any(_fits_in(size, each) for each in alike)]
    return tuple(QSize(*size) for size in sorted(kept))


def _fits_in(size: tuple[int, int], other: tuple[int, int]) -> bool:
    return other != size and other[0] <= size[0] and other[1] <= size[1]


def _holds_smallest(size: tuple[int, int]) -> bool:
    return size[0] >= SMALLEST.width() and size[1] >= SMALLEST.height()


USUAL = _hardest({size for size in _windows() if _holds_smallest(size)})
TOO_SMALL = _hardest({size for size in _windows() if not _holds_smallest(size) and size[1] >= _LOWEST_PX})
