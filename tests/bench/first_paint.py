"""A window that ends with its first painting. Nothing is imported before it is needed: that is what is measured.

    python -m tests.bench.first_paint bare                  a plain QtWidgets window
    python -m tests.bench.first_paint app KEY OPTION...     the app's own entry; KEY, base64, stands for the keyring's

prints the clock (`time.monotonic`, one for all processes) at which the painting was over, and the processor time.
"""

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    watch(window)
    window.show()
    app.exec()


def _app(key: str, *options: str) -> None:
    from cerbo_desktop.app.main import main
    from cerbo_desktop.ui.window import MainWindow

    def show(window: MainWindow) -> None:
        watch(window)
        shown(window)

    shown = MainWindow.show
    setattr(MainWindow, "show", show)  # noqa: B010 - mypy rightly refuses it by name
    main(list(options))


def watch(window: "QWidget") -> None:
    """Say when the window's first painting is over, and end at once."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _say_and_end)
            return False

    window.installEventFilter(Watch(window))


def _say_and_end() -> None:
    print(time.monotonic(), time.process_time(), flush=True)
    os._exit(0)


if __name__ == "__main__":
    _bare() if sys.argv[1] == "bare" else _app(*sys.argv[2:])
