"""The app as its users start it, which crashes once a patient's album is on the screen.

python -m tests.fakes.crashing_app HOW NAME PATIENT_ID OPTION...

The patient is searched for by name, and opened by id.
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

from cerbo_desktop.app.application import Application
from cerbo_desktop.app.main import main
from cerbo_desktop.runtime.scope import TaskScope
from tests.flows.desk import Desk

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
_program: Application | None = None
_scope = TaskScope("crash", lambda _: _end())


async def _start(self: Application) -> None:
    global _program
    _program = self
    await _started(self)
    _scope.start(_crash(self))


async def _crash(program: Application) -> None:
    how, name, patient_id = sys.argv[1:4]
    desk = Desk.in_front_of(program)
    await desk.board_is_there()
    await desk.search(name)
    await desk.open(patient_id)
    await desk.pictures_are_there()
    _WAYS[how]()


_started = Application.start

if __name__ == "__main__":
    Application.start = _start  # type: ignore[method-assign]
    sys.exit(main(sys.argv[4:]))
