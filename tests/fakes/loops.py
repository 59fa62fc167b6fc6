"""Event loops that are never collected.

A closed qasync loop is a ring of objects with a Qt timer in it. Collected in a worker thread, that timer is destroyed
in the wrong thread and the process crashes (seen with the keyring's threads; no upstream report was found). The app has
one loop, and keeps it.
"""

import qasync
from PySide6.QtWidgets import QApplication

_kept: list[qasync.QEventLoop] = []


def kept_loop() -> qasync.QEventLoop:
    if _kept:
        _kept[-1].set_exception_handler(None)  # with what a test put there the whole desk of that test would be kept
    _kept.append(qasync.QEventLoop(QApplication.instance()))
    return _kept[-1]
