"""Photos that come into the capture sheet from other programs: chosen, dropped or pasted."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication

from cerbo_desktop.services.folder_walk import PHOTO_SUFFIXES
from cerbo_desktop.ui.capture.pasting import picture_bytes
from cerbo_desktop.ui.file_dialog.picker import FilePicker
from cerbo_desktop.ui.file_dialog.request import FileRequest
from cerbo_desktop.ui.kit.dragged import is_web_link, local_files
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.text import added_files as words

_PATTERNS = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in PHOTO_SUFFIXES)
"""In small and capital letters: some systems tell them apart."""


class IncomingPhotos(QObject):
    """Takes what is dropped on a sheet, what is pasted, and what is chosen by its `picker`."""

    files_came = Signal(object)  # list[Path]
    picture_came = Signal(object)  # bytes of an encoded picture
    link_came = Signal()
    """What was dropped or pasted only names a page or a picture on the web."""
    nothing_came = Signal()
    """What was dropped or pasted is no photo."""
    hovers = Signal(bool)
    """Something that is dragged has come over the sheet, or has gone."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        request = FileRequest(title=words.choose_photos(), filters=(words.photo_files(_PATTERNS), words.all_files()))
        self.picker = FilePicker(sheet, request)
        self.picker.chosen.connect(self.files_came)
        sheet.setAcceptDrops(True)
        sheet.installEventFilter(self)

    def paste(self) -> None:
        """Take what the clipboard holds."""
        self._take(QGuiApplication.clipboard().mimeData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dropped on the sheet, and tell while something hovers over it."""
        if isinstance(event, QDragEnterEvent):
            if event.mimeData().hasUrls() or event.mimeData().hasImage() or is_web_link(event.mimeData()):
                event.acceptProposedAction()
                self.hovers.emit(True)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.hovers.emit(False)
        elif event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hovers.emit(False)
            event.acceptProposedAction()
            self._take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def _take(self, mime: QMimeData) -> None:
        if paths := local_files(mime):
            self.files_came.emit(paths)
        elif (data := picture_bytes(mime)) is not None:
            self.picture_came.emit(data)
        elif is_web_link(mime):
            self.link_came.emit()
        else:
            self.nothing_came.emit()
