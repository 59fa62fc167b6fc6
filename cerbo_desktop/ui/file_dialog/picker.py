"""Lets a person choose files. This is the only way to a dialog for files in this app."""

import sys
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QLocale, QObject, QPoint, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from cerbo_desktop.ui.file_dialog.process import DialogProcess
from cerbo_desktop.ui.file_dialog.qt_dialog import made_dialog
from cerbo_desktop.ui.file_dialog.request import DialogStart, FileRequest
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.kit.theme import current
from cerbo_desktop.ui.text import common, file_dialog as words

_STRIP_ENDS_AT_PX = 132
_RUNS_APART = sys.platform == "linux"
_Places = QStandardPaths.StandardLocation


class FilePicker(QObject):
    """At most one dialog at a time, which goes with its sheet. Put `strip` into the sheet: it says what is wrong.

    The system's own dialog on Windows and macOS. On Linux it is Qt's, in a process of its own: see `program`.
    """

    chosen = Signal(object)  # list[Path], at least one
    opened = Signal()
    closed = Signal()
    """However it ended; after `chosen`."""

    _last_folder: ClassVar[str | None] = None
    """For the next patient: the one above, since a folder may be somebody's. As long as the app runs; it is written
    nowhere. None as long as nothing was chosen: it begins in Pictures; empty for the user's own folder."""

    def __init__(self, sheet: Sheet, request: FileRequest) -> None:
        super().__init__(sheet)
        self._sheet, self._request = sheet, request
        self._dialog: DialogProcess | QFileDialog | None = None
        self._folder = ""
        self.strip = PickerStrip()
        self.strip.close_it.clicked.connect(self.close)
        self.strip.try_again.clicked.connect(self.open)
        sheet.dismissed.connect(self.close)
        sheet.covered.connect(self.close)  # what is asked there would stand behind it

    @property
    def is_open(self) -> bool:
        """The window for choosing files is open."""
        return self._dialog is not None

    def open(self) -> None:
        """Bring the one that is open to the front; make a new one in place of one that doesn't answer."""
        self.strip.hide()
        if self._is_silent:
            self.close()
        if self._dialog is not None:
            _bring_to_front(self._dialog)
        elif _RUNS_APART:
            self._open_process()
        else:
            self._open_native()

    def remind(self) -> None:
        """Bring the open dialog to the front and say that it has to be closed first."""
        self.open()
        self.strip.show_still_open()

    def close(self) -> None:
        """Close the dialog with nothing chosen."""
        if self._dialog is None:
            return
        dialog = self._dialog
        if self._is_silent or (isinstance(dialog, DialogProcess) and not dialog.was_heard):
            self._forget_folders()
        self._forget()
        dialog.close()

    @property
    def _is_silent(self) -> bool:
        return isinstance(self._dialog, DialogProcess) and self._dialog.is_silent

    def _open_process(self) -> None:
        start = DialogStart(
            language=QLocale().name().partition("_")[0],
            request=self._request,
            theme=current(),
            folder="" if self._request.save_as else self._first_folder,
            parent_window=int(self._sheet.window().winId()) if QGuiApplication.platformName() == "xcb" else 0,
            room=self._room(),
        )
        try:
            dialog = DialogProcess(start, self)
        except OSError:
            self.strip.show_broken()
            return
        dialog.answered.connect(self._take)
        dialog.silence_changed.connect(self._on_silence)
        self._keep(dialog)

    @property
    def _first_folder(self) -> str:
        last = FilePicker._last_folder
        return self._folder or (last if last is not None else _pictures())

    def _remember(self, folder: Path) -> None:
        self._folder, FilePicker._last_folder = str(folder), _above(folder)

    def _take_native(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        self._remember(paths[0].parent)
        self.chosen.emit(paths)

    def _room(self) -> tuple[int, int, int, int]:
        """Below the strip, so that what it says can be read."""
        place, size = self._sheet.mapToGlobal(QPoint(0, _STRIP_ENDS_AT_PX)), self._sheet.size()
        return place.x(), place.y(), size.width(), size.height() - _STRIP_ENDS_AT_PX

    def _open_native(self) -> None:
        dialog = made_dialog(self._request, self._sheet.window(), is_native=True)
        if not self._request.save_as:
            dialog.setDirectory(self._first_folder)
        dialog.filesSelected.connect(self._take_native)
        dialog.finished.connect(self._forget)
        self._keep(dialog)
        dialog.open()

    def _keep(self, dialog: DialogProcess | QFileDialog) -> None:
        self._dialog = dialog
        self.opened.emit()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog = None
            self.strip.hide()
            self.closed.emit()

    def _take(self, paths: list[Path] | None) -> None:
        was_silent = self._is_silent
        if paths:
            self._remember(paths[0].parent)
            self.chosen.emit(paths)
        self._forget()
        if was_silent:
            self._forget_folders()
            self.strip.show_given_up()
        elif paths is None:
            self.strip.show_broken()

    def _forget_folders(self) -> None:
        """They may be on a disk that is gone."""
        self._folder = FilePicker._last_folder = ""

    def _on_silence(self, is_silent: bool) -> None:
        if is_silent:
            self.strip.show_silent()
        else:
            self.strip.hide()


def _above(folder: Path) -> str:
    """The folder around this one, but nothing above the user's own, and not above one that everybody has."""
    home = Path.home()
    is_top = folder in (home, *home.parents) or folder.parent in home.parents
    return str(folder if is_top or folder in map(Path, _everybodys()) else folder.parent)


def _everybodys() -> tuple[str, ...]:
    """Folders whose names tell nothing of a patient. By their names alone: the disk is not asked."""
    places = (_Places.PicturesLocation, _Places.DownloadLocation, _Places.DesktopLocation)
    return tuple(filter(None, map(QStandardPaths.writableLocation, places)))


def _pictures() -> str:
    return QStandardPaths.writableLocation(_Places.PicturesLocation)


def _bring_to_front(dialog: DialogProcess | QFileDialog) -> None:
    if isinstance(dialog, DialogProcess):
        dialog.bring_to_front()
    else:
        dialog.raise_()
        dialog.activateWindow()


class PickerStrip(Notice):
    """Out of sight as long as the dialog works."""

    def __init__(self) -> None:
        self.close_it, self.try_again = Button(words.close_it()), Button(common.try_again())
        super().__init__("warn", "", "", (self.close_it, self.try_again), is_strip=True)
        for button in (self.close_it, self.try_again):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_silent(self) -> None:
        """Say that the window for choosing files doesn't answer."""
        self._show(*words.silent(), self.close_it)

    def show_still_open(self) -> None:
        """Say that the window for choosing files is open behind this one."""
        self._show(*words.still_open(), self.close_it)

    def show_given_up(self) -> None:
        """Say that the window for choosing files was ended because it did not answer."""
        self._show(*words.given_up(), self.try_again)

    def show_broken(self) -> None:
        """Say that the window for choosing files could not be opened."""
        self._show(*words.broken(), self.try_again)

    def _show(self, title: str, text: str, button: Button) -> None:
        for each in (self.close_it, self.try_again):
            each.setVisible(each is button)
        self.show()
        self.set_words(title, text, assertive=True)
