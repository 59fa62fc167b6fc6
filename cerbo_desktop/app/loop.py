"""The one event loop that Qt and asyncio share."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.gc_on_gui_thread import GuiThreadCollector
from cerbo_desktop.runtime.threads import DaemonThreads

_MOST_THREADS = 64


def run_until_done(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on Qt's loop and return its exit code.

    Leaving the runner closes the loop; if it stayed open, Qt would abort (measured, 7.1; no upstream report was found).
    Nobody waits for the loop's threads. When the desktop session ends, it stops the loop before `main` is done: that
    counts as a normal end.
    """
    app.setQuitOnLastWindowClosed(False)
    with GuiThreadCollector(), asyncio.Runner(loop_factory=lambda: made_loop(app)) as runner:
        try:
            return runner.run(main())
        except RuntimeError as error:
            if "Event loop stopped before Future completed" not in str(error):
                raise
            return 0


def made_loop(app: QCoreApplication) -> asyncio.AbstractEventLoop:
    """Qt's loop as asyncio's, with daemon threads in the place of qasync's own.

    Those would be joined when the loop closes, even one that a dead share holds (CabbageDevelopment/qasync issue 115).
    """
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app)
    loop.set_default_executor(DaemonThreads("worker", _MOST_THREADS))
    return loop
