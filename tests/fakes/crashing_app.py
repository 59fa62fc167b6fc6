"""The app as its users start it, which crashes once a patient's album is on the screen.

python -m tests.fakes.crashing_app HOW OPTION...
"""

import asyncio
import ctypes
import os
import sys
import threading
import warnings
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cerbo_desktop.app.main import main
from cerbo_desktop.app.program import Program
from cerbo_desktop.services.thumbnails import Ready
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.model import Role

CANARY = "Canary Birdsong"


class _Unlucky:
    def __del__(self) -> None:
        raise RuntimeError(CANARY)


def _in_qt() -> None:
    nowhere = shiboken6.wrapInstance(8, QWidget)
    assert isinstance(nowhere, QWidget)
    nowhere.show()


def _in_a_thread() -> None:
    def work() -> None:
        ctypes.string_at(8)

    threading.Thread(target=work).start()


def _unhandled() -> None:
    """Every way of failing that Python would write down with its values; the app goes on, and is closed."""
    warnings.warn(CANARY, stacklevel=1)
    asyncio.get_running_loop().call_exception_handler({"message": CANARY})
    _Unlucky()
    threading.Thread(target=_fail).start()
    QTimer.singleShot(0, _fail)
    QTimer.singleShot(50, _end)


def _fail() -> None:
    raise RuntimeError(CANARY)


def _end() -> None:
    assert _program is not None
    _program.ended.set()


_WAYS: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(8),
    "segfault in Qt": _in_qt,
    "segfault in a thread": _in_a_thread,
    "unhandled": _unhandled,
    "end": _end,
}
_program: Program | None = None


async def _start(self: Program) -> None:
    global _program
    _program = self
    await _started(self)
    timer = QTimer(self.window)
    timer.timeout.connect(lambda: _look(self, timer))
    timer.start(20)


def _look(program: Program, timer: QTimer) -> None:
    clinic = program.clinic
    if clinic is None:
        return
    if not clinic.pages.patient.isVisible():
        clinic.open_first()
    albums = [each for each in program.window.findChildren(AlbumView) if each.isVisible()]
    states = [each.model().index(row, 0).data(Role.STATE) for each in albums for row in each.rows_in_view()]
    if states and all(isinstance(state, Ready) for state in states):
        timer.stop()
        _WAYS[sys.argv[1]]()


_started, Program.start = Program.start, _start  # type: ignore[method-assign]

if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
