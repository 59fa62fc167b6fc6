"""The dialog for files as a process of its own, on Linux.

Qt's dialog asks about files in the thread that paints: with a folder on a share that is gone, the app's window stood
for ten minutes (measured, 7.3; no upstream report was found). Here it can hang and be ended, and knows nothing of
patients. It is Qt's own dialog, for GTK's and the desktop portal's write the chosen files down as recently used.
"""

import contextlib
import ctypes
import os
import signal
import socket
import sys
import threading
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QRect, QSettings, QSize, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QIcon, QTransform, QWindow
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QSplitter, QToolButton, QTreeView

from cerbo_desktop.ui.file_dialog.qt_dialog import made_dialog
from cerbo_desktop.ui.file_dialog.request import ALIVE, RAISE, DialogStart
from cerbo_desktop.ui.kit.icons import icon_pixmap
from cerbo_desktop.ui.kit.theme import Theme, wear
from cerbo_desktop.ui.text.catalogue import install_language

_ALIVE_EVERY_MS = 500
_SIZE_PX, _LEAST_SIZE_PX = QSize(880, 560), QSize(560, 360)
_FRAME_PX = 32
"""The title that the window manager puts above it."""
_PLACES_WIDTH_PX = 184
_COLUMN_WIDTHS_PX = (236, 88, 104, 152)
"""Name, size, type, date."""
_PR_SET_PDEATHSIG = 1
_ARROWS = {"backButton": ("prev", 0), "forwardButton": ("next", 0), "toParentButton": ("down", 180)}
"""Qt's are black, on dark too. Our icon for each, and how far it is turned."""
_ARROW_PX = 20
_OPEN_FILES = Path("/proc/self/fd")
_Places = QStandardPaths.StandardLocation


def run_dialog() -> int:
    """Shows the dialog that the app asks for on the standard input, answers, and ends. Returns the exit code."""
    _end_with_app()
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    start = msgspec.json.decode(line, type=DialogStart)
    orders = _Orders()
    threading.Thread(target=orders.listen, daemon=True).start()
    _keep_qt_from_remembering_folders()
    app = _application(start.theme, start.language)
    dialog, parent = _dialog(start), _parent_window(start.parent_window)
    dialog.winId()
    if parent is not None:
        dialog.windowHandle().setTransientParent(parent)
    typed = _Typed(dialog)
    dialog.filesSelected.connect(lambda paths: _answer(typed.meant(paths)))
    dialog.rejected.connect(lambda: _answer([]))
    dialog.finished.connect(app.quit)
    orders.raise_wanted.connect(lambda: _bring_to_front(dialog))
    dialog.show()
    _say(ALIVE)
    alive = QTimer(interval=_ALIVE_EVERY_MS)
    alive.timeout.connect(lambda: _say(ALIVE))
    alive.start()
    return app.exec()


def _end_with_app() -> None:
    """Also where this process was stopped, and can't read that the app has ended."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _application(theme: Theme, language: str) -> QApplication:
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Cerbo Desktop")
    app.setDesktopFileName("cerbo-desktop")
    install_language(app, language)
    wear(app, theme)
    return app


def _keep_qt_from_remembering_folders() -> None:
    """Qt's dialog writes down the folders it was in, and a folder may be named after a patient (measured, 7.3). Its
    settings are given a place where no file can be."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)


def _dialog(start: DialogStart) -> QFileDialog:
    dialog = made_dialog(start.request, is_native=False)
    dialog.setDirectory(start.folder if start.folder and Path(start.folder).is_dir() else str(Path.home()))
    dialog.setSidebarUrls([QUrl("file:"), *(QUrl.fromLocalFile(place) for place in _places())])
    _place(dialog, QRect(*start.room))
    _take_completer(dialog)
    _draw_arrows(dialog)
    return dialog


def _place(dialog: QFileDialog, room: QRect) -> None:
    size = _SIZE_PX.boundedTo(room.size() - QSize(0, _FRAME_PX)).expandedTo(_LEAST_SIZE_PX)
    dialog.resize(size)
    dialog.move(room.center().x() - size.width() // 2, room.center().y() - (size.height() + _FRAME_PX) // 2)
    for splitter in dialog.findChildren(QSplitter):
        splitter.setSizes([_PLACES_WIDTH_PX, size.width() - _PLACES_WIDTH_PX])
    for files in dialog.findChildren(QTreeView):
        for column, width_px in enumerate(_COLUMN_WIDTHS_PX):
            files.header().resizeSection(column, width_px)


def _draw_arrows(dialog: QFileDialog) -> None:
    for name, (icon, turned_by) in _ARROWS.items():
        pixmap = icon_pixmap(icon, _ARROW_PX, dpr=dialog.devicePixelRatioF())
        for button in dialog.findChildren(QToolButton, name):
            button.setIcon(QIcon(pixmap.transformed(QTransform().rotate(turned_by))))


def _take_completer(dialog: QFileDialog) -> None:
    """Its list takes every click of the desktop. With a disk that does not answer, nothing could be clicked (seen; no
    upstream report was found)."""
    for field in dialog.findChildren(QLineEdit):
        field.setCompleter(None)  # type: ignore[arg-type]  # Qt takes a null pointer


def _places() -> list[str]:
    """The folders that everybody has, once each."""
    wanted = (_Places.HomeLocation, _Places.DesktopLocation, _Places.DownloadLocation, _Places.PicturesLocation)
    places = [QStandardPaths.writableLocation(each) for each in wanted]
    return [place for place in dict.fromkeys(places) if Path(place).is_dir()]


class _Typed:
    """What a person typed or pasted into the box for names.

    While Qt reads the folder that the dialog begins with, a path that is pasted chooses a second file, too: the one of
    that name in this folder (seen; no upstream report was found).
    """

    def __init__(self, dialog: QFileDialog) -> None:
        self._text = ""
        for field in dialog.findChildren(QLineEdit):
            field.textEdited.connect(self._note)

    def meant(self, paths: list[str]) -> list[str]:
        are_together = len({Path(path).parent for path in paths}) == 1
        return paths if are_together else [path for path in paths if path == self._text] or paths

    def _note(self, text: str) -> None:
        self._text = text


def _parent_window(window_id: int) -> QWindow | None:
    return QWindow.fromWinId(window_id) if window_id else None


def _bring_to_front(dialog: QFileDialog) -> None:
    dialog.raise_()
    dialog.activateWindow()


def _answer(paths: list[str]) -> None:
    _say(msgspec.json.encode(paths))


def _say(line: bytes) -> None:
    with contextlib.suppress(OSError):
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()


class _Orders(QObject):
    """What the app says, read in a thread of its own: the dialog may hang. The end of its words is the end of all."""

    raise_wanted = Signal()

    def listen(self) -> None:
        for line in sys.stdin.buffer:
            if line.strip() == RAISE:
                self.raise_wanted.emit()
        _leave_screen()
        os._exit(0)


def _leave_screen() -> None:
    """Hang up on the window system. A process that waits for a disk may not be able to end, and its window would stay
    in front of the app (measured, 7.3)."""
    for entry in list(_OPEN_FILES.iterdir()):
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(entry.name))) as line:
            line.shutdown(socket.SHUT_RDWR)
