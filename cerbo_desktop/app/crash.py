"""Defects of our own: written to the log by kind and place, without the values that a traceback could carry."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from cerbo_desktop.runtime.events import Event, event

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtCore import QMessageLogContext, QtMsgType


class CrashReports:
    """Hears of every exception that nobody caught. `on_failure` is called for each, on whatever thread it happened."""

    def __init__(self, on_failure: Callable[[], None]) -> None:
        self._on_failure = on_failure

    def install(self) -> None:
        """Catch what nobody catches in this thread and in others."""
        sys.excepthook = self._from_python
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._from_nowhere

    def listen_to_qt(self) -> None:
        """Not before a window is there: what Qt says where it finds no screen is for whoever started the app."""
        from PySide6.QtCore import qInstallMessageHandler

        qInstallMessageHandler(self._from_qt)

    def leave_qt(self) -> None:
        """Qt must not call into Python while both are taken down. Python's own hooks stay to the very end."""
        from PySide6.QtCore import qInstallMessageHandler

        qInstallMessageHandler(None)

    def watch(self, loop: "asyncio.AbstractEventLoop") -> None:
        """Catch what nobody catches in the tasks of `loop`."""
        loop.set_exception_handler(self._from_loop)

    def report(self, failure: BaseException) -> None:
        """Log a defect, by its type and the innermost line of our own code."""
        event(Event.FAILURE, what=type(failure), operation=_place_of(failure.__traceback__), is_warning=True)
        self._on_failure()

    def _from_python(self, _: type[BaseException], failure: BaseException, __: TracebackType | None) -> None:
        self.report(failure)

    def _from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _from_nowhere(self, unraisable: "sys.UnraisableHookArgs") -> None:
        """Of a destructor, for one. Python would write down the object that it came from."""
        if unraisable.exc_value is not None:
            self.report(unraisable.exc_value)

    def _from_loop(self, _: "asyncio.AbstractEventLoop", context: dict[str, Any]) -> None:
        failure = context.get("exception")
        if isinstance(failure, BaseException):
            self.report(failure)
        else:
            event(Event.FAILURE, operation="event loop", is_warning=True)

    def _from_qt(self, kind: "QtMsgType", _: "QMessageLogContext", __: str) -> None:
        """Qt's own messages can carry file names; only that one came is kept."""
        from PySide6.QtCore import QtMsgType

        if kind is not QtMsgType.QtDebugMsg:
            event(Event.QT_MESSAGE, what=kind)


def _place_of(trace: TracebackType | None) -> str:
    import traceback

    frames = [frame for frame in traceback.extract_tb(trace) if "cerbo_desktop" in frame.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
