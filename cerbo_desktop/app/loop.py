"""The one event loop that Qt and asyncio share."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.collecting import GuiThreadCollector


def run_until_done(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on Qt's loop and return its exit code.

    Leaving the runner closes the loop and its threads; without that Qt aborts (measured). A session that ends under
    us stops the loop before `main` is done: that counts as a normal end.
    """
    app.setQuitOnLastWindowClosed(False)
    with GuiThreadCollector(), asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        try:
            return runner.run(main())
        except RuntimeError as error:
            if "Event loop stopped before Future completed" not in str(error):
                raise
            return 0
