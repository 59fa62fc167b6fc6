"""The program in a process of its own, in its real window, moved by words on its standard input.

`python -m tests.fakes.puppet FOLDER [option ...]`: nothing in FOLDER ever answers. Prints `shown` when the window is
there, and at the end how long quitting took without the time for which no processor was free.
"""

import sys
import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.app import lifecycle, main
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.patients.patient_list import PatientListView
from cerbo_desktop.ui.window import MainWindow
from tests.fakes.dead_share import kill_share
from tests.flows.reading import button_of, words_of

_LOOK_EVERY_MS = 20


class Puppet:
    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._words: SimpleQueue[str] = SimpleQueue()
        self._awaited = ""
        self._is_told = False
        self.closed_at = (0.0, 0.0)
        threading.Thread(target=self._listen, daemon=True).start()
        self._timer = QTimer(interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._words.put(line.strip())

    def _look(self) -> None:
        if not self._is_told and self._window.isVisible():
            self._is_told = True
            _say("shown")
        if self._awaited and self._awaited not in words_of(self._window):
            return
        if self._awaited:
            _say(f"says {self._awaited}")
            self._awaited = ""
        try:
            order, _, rest = self._words.get_nowait().partition(" ")
        except Empty:
            return
        getattr(self, f"_do_{order}")(rest)

    def _do_await(self, words: str) -> None:
        self._awaited = words

    def _do_open(self, _: str) -> None:
        """Whoever is first on the board."""
        listing = next(each for each in self._window.findChildren(PatientListView) if each.isVisible())
        listing.row_clicked.emit(next(row.key for row in listing.rows_model.rows if row.can_be_chosen))

    def _do_drop(self, path: str) -> None:
        page = self._window.findChildren(PatientPage)[0]
        mime, copy = QMimeData(), Qt.DropAction.CopyAction
        mime.setUrls([QUrl.fromLocalFile(path)])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(page, QDragEnterEvent(QPoint(50, 50), copy, mime, left, none))
        QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), copy, mime, left, none))

    def _do_close(self, _: str) -> None:
        self.closed_at = _now_s()
        self._window.close()

    def _do_press(self, words: str) -> None:
        self.closed_at = _now_s()
        button_of(self._window, words).click()


def _now_s() -> tuple[float, float]:
    """By the clock, and for how long of it the main thread was ready and had no processor."""
    queued_ns = int(Path("/proc/self/schedstat").read_text().split()[1])
    return time.monotonic(), queued_ns / 1e9


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _run(arguments: list[str]) -> int:
    kill_share(Path(arguments[0]), setattr)
    puppets: list[Puppet] = []
    real = lifecycle.run_app

    def run_app(*parts: Any) -> int:
        puppets.append(Puppet(next(part for part in parts if isinstance(part, MainWindow))))
        return real(*parts)

    setattr(lifecycle, "run_app", run_app)  # noqa: B010 - the type checker knows the real one
    code = main.main(arguments[1:])
    (closed_s, queued_s), (now_s, now_queued_s) = puppets[0].closed_at, _now_s()
    _say(f"quit in {now_s - closed_s - (now_queued_s - queued_s):.2f} s")
    return code


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:]))
