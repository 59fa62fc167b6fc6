"""PySide6 6.12.0 loses a reference to None in every call that returns nothing; on Python 3.11 that ends in an abort.

No upstream report was found. Remove the bound in pyproject.toml where this passes with a newer release.
"""

import sys

from PySide6.QtCore import QObject


def test_void_calls_keep_their_reference_to_none() -> None:
    calls = 20_000
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(calls):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - calls // 2
