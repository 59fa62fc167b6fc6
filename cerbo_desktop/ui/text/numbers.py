"""Sizes, shares and waits as the app writes them, with the decimal sign of the app's language."""

import math

from PySide6.QtCore import QLocale

from cerbo_desktop.ui.text.catalogue import translate

_KB, _MB = 1_000, 1_000_000


def megabytes(size_bytes: int) -> str:
    """6.1 MB; under a megabyte 412 KB"""
    if _is_small(size_bytes):
        return f"{max(1 if size_bytes else 0, round(size_bytes / _KB))} KB"
    return f"{decimal(size_bytes / _MB)} MB"


def measures(width_px: int, height_px: int) -> str:
    """3024 × 4032"""
    return translate("Numbers", "{width} × {height}").format(width=width_px, height=height_px)


def progress_of(done_bytes: int, total_bytes: int) -> str:
    """2.7 of 6.1 MB; both in the total's unit"""
    done = str(round(done_bytes / _KB)) if _is_small(total_bytes) else decimal(done_bytes / _MB)
    return translate("Numbers", "{done} of {total}").format(done=done, total=megabytes(total_bytes))


def percent(fraction: float) -> str:
    """45%; never 100 before the end"""
    shown = 100 if fraction >= 1 else min(99, round(100 * fraction))
    return f"{max(0, shown)}%"


def wait(seconds: float) -> str:
    """20 s; from a minute on 2 min. Rounded up, so that a promise is never too early."""
    whole = max(1, math.ceil(seconds))
    return f"{whole} s" if whole < 60 else f"{math.ceil(whole / 60)} min"


def decimal(value: float) -> str:
    """6.1: with one digit after the decimal sign"""
    return QLocale().toString(value, "f", 1)


def whole(value: int) -> str:
    """5,000"""
    return QLocale().toString(value)


def _is_small(size_bytes: int) -> bool:
    return size_bytes < _MB - _KB // 2
