"""Sizes, shares and waits."""

import pytest
from PySide6.QtCore import QLocale

from cerbo_desktop.ui.text import numbers


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [(0, "0 KB"), (1, "1 KB"), (412_300, "412 KB"), (999_499, "999 KB"), (999_700, "1.0 MB"), (6_100_000, "6.1 MB")],
)
def test_sizes(size_bytes: int, words: str) -> None:
    assert numbers.megabytes(size_bytes) == words


def test_progress_names_the_unit_once() -> None:
    assert numbers.progress_of(2_700_000, 6_100_000) == "2.7 of 6.1 MB"
    assert numbers.progress_of(100_000, 412_000) == "100 of 412 KB"
    assert numbers.percent(0.45) == "45%"
    assert numbers.percent(0.999) == "99%"
    assert numbers.percent(1.0) == "100%"


def test_waits() -> None:
    assert [numbers.wait(s) for s in (0.2, 10, 59.5, 60, 61)] == ["1 s", "10 s", "1 min", "1 min", "2 min"]


def test_decimals_follow_the_language() -> None:
    english = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert numbers.megabytes(6_100_000) == "6,1 MB"
    finally:
        QLocale.setDefault(english)
