"""Quiet rows of uploads, as tall as they are many: what scrolls is the pane around them."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu

from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.uploads.delegate import CARD_GAP_PX, CARD_HEIGHT_PX, UploadDelegate
from cerbo_desktop.ui.uploads.model import UPLOAD_ROLE, UploadModel

WITHDRAW_WORDS = "Take back from Cerbo’s queue"
WRONG_PATIENT_WORDS = "Wrong patient"


class UploadRows(QListView):
    """Delete, or the menu, takes a photo back from Cerbo's queue, or says what staff have to be told."""

    withdraw_wanted = Signal(str)
    wrong_patient_wanted = Signal(str)

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.rows = UploadModel()
        self.setModel(self.rows)
        self.setItemDelegate(UploadDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAccessibleName(accessible_name)
        self.setAccessibleDescription("Press Delete to take back a photo that is waiting in Cerbo’s queue.")
        self.viewport().setAutoFillBackground(False)

    def show_uploads(self, uploads: Sequence[Upload], times: Sequence[str], now: datetime) -> None:
        self.rows.show(uploads, times, now)
        self.setFixedHeight(len(uploads) * (CARD_HEIGHT_PX + CARD_GAP_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        upload = self.currentIndex().data(UPLOAD_ROLE)
        if event.key() == Qt.Key.Key_Delete and _is_in_cerbo(upload):
            (self.withdraw_wanted if _can_be_withdrawn(upload) else self.wrong_patient_wanted).emit(upload.id)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        upload = self.indexAt(event.pos()).data(UPLOAD_ROLE)
        if not _is_in_cerbo(upload):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if _can_be_withdrawn(upload):
            menu.addAction(WITHDRAW_WORDS).triggered.connect(lambda: self.withdraw_wanted.emit(upload.id))
        menu.addAction(WRONG_PATIENT_WORDS).triggered.connect(lambda: self.wrong_patient_wanted.emit(upload.id))
        menu.popup(event.globalPos())


def _can_be_withdrawn(upload: object) -> bool:
    return isinstance(upload, Upload) and upload.state is UploadState.SENT and upload.can_be_withdrawn


def _is_in_cerbo(upload: object) -> bool:
    """Sent, and nothing this PC can still hold back by itself."""
    in_cerbo = (UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED)
    return isinstance(upload, Upload) and upload.state in in_cerbo
