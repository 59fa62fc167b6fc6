"""A start of the app that ends with what a person waits for. Nothing is imported before the app itself would.

    python -m tests.bench.started bare                         a plain QtWidgets window: its first painting
    python -m tests.bench.started board KEY OPTION...          today's board, painted with names
    python -m tests.bench.started tray COUNT KEY OPTION...     the tray, painted with so many photos that wait

KEY, base64, stands for what the keyring keeps. Prints the clock (`time.monotonic`, one for all processes) at which the
painting was over, the processor time, and the memory (PSS) of the process and its workers.
"""

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListView, QWidget

_LOOK_MS = 5


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    _end_with_next_painting(window)
    window.show()
    app.exec()


def _app(is_wanted: "Callable[[QListView], bool]", key: str, *options: str) -> None:
    from cerbo_desktop.app.main import main
    from cerbo_desktop.ui.window import MainWindow

    show_early = MainWindow.show_early

    def show(window: MainWindow, app: Any) -> None:
        """What the app would import next is imported here, and finds a keyring that is open."""
        window.resize(1440, 900)
        show_early(window, app)
        from cerbo_desktop.app import lifecycle

        setattr(lifecycle, "KeyringSecrets", lambda: _Keyring(key))  # noqa: B010 - mypy rightly refuses it by name
        _watch(window, is_wanted)

    setattr(MainWindow, "show_early", show)  # noqa: B010 - mypy rightly refuses it by name
    main(list(options))


class _Keyring:
    """`domain.ports.SecretStore` with nothing but the master key in it."""

    def __init__(self, key: str) -> None:
        self._kept = {"master key": key}

    async def place(self) -> object:
        return "the bench"

    async def read(self, account: str) -> str | None:
        return self._kept.get(account)

    async def write(self, account: str, secret: str) -> None:
        self._kept[account] = secret

    async def erase(self, account: str) -> None:
        self._kept.pop(account, None)


def _watch(window: "QWidget", is_wanted: "Callable[[QListView], bool]") -> None:
    """Look every now and then for a list that is filled, and wait for its next painting."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QListView

    timer = QTimer(window, interval=_LOOK_MS)

    def look() -> None:
        for listing in window.findChildren(QListView):
            if listing.isVisible() and is_wanted(listing):
                timer.stop()
                _end_with_next_painting(listing.viewport())
                listing.viewport().update()
                return

    timer.timeout.connect(look)
    timer.start()


def _is_board(listing: "QListView") -> bool:
    return listing.metaObject().className() == "PatientListView" and listing.model().rowCount() > 0


def _is_tray_of(count: int) -> "Callable[[QListView], bool]":
    def is_it(listing: "QListView") -> bool:
        from cerbo_desktop.ui.uploads.rows import UploadRows

        return isinstance(listing, UploadRows) and listing.rows.upload_count >= count

    return is_it


def _end_with_next_painting(widget: "QWidget") -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _say_and_end)
            return False

    widget.installEventFilter(Watch(widget))


def _say_and_end() -> None:
    at_s, worked_s = time.monotonic(), time.process_time()
    from tests.bench.memory import pss_of_all_bytes

    print(at_s, worked_s, pss_of_all_bytes(os.getpid()), flush=True)
    os._exit(0)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare"]:
            _bare()
        case ["board", key, *options]:
            _app(_is_board, key, *options)
        case ["tray", count, key, *options]:
            _app(_is_tray_of(int(count)), key, *options)
