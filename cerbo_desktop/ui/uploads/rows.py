"""Quiet rows of uploads, as tall as they are many: what scrolls is the pane around them."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.kit.quiet_list import QuietList
from cerbo_desktop.ui.text import tray, upload_questions
from cerbo_desktop.ui.uploads.delegate import UploadDelegate, more_rect
from cerbo_desktop.ui.uploads.model import UPLOAD_ROLE, WORDS_ROLE, UploadModel, is_in_cerbo


class UploadRows(QuietList):
    """A row in Cerbo has a menu: take it back, or hear what staff have to be told. Delete does the first that may be
    done. The menu opens by the row's own button, Enter, the Menu key or the right mouse button."""

    withdraw_wanted = Signal(str)
    wrong_patient_wanted = Signal(str)
    not_there_wanted = Signal(str)

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.rows = UploadModel()
        self.setModel(self.rows)
        self.setItemDelegate(UploadDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAccessibleName(accessible_name)
        self.setAccessibleDescription(tray.rows_hint(UPLOADS.key("menu")))
        self.viewport().setAutoFillBackground(False)

    def show_uploads(
        self,
        uploads: Sequence[Upload],
        times: Sequence[str],
        now: datetime,
        held_up: frozenset[UploadId] = frozenset(),
    ) -> None:
        """`held_up`: those that wait until a person has dealt with another photo."""
        self.rows.show(uploads, times, now, held_up)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        upload = index.data(UPLOAD_ROLE)
        row = UPLOADS.row_of(event) if is_in_cerbo(upload) else None
        if row is UPLOADS["take_back"]:
            (self.withdraw_wanted if _can_be_withdrawn(upload) else self.wrong_patient_wanted).emit(upload.id)
        elif row is UPLOADS["menu"]:
            self._open_menu(index, self.viewport().mapToGlobal(self._more_rect(index).bottomLeft()))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index.isValid() and self._more_rect(index).contains(event.position().toPoint()):
            self._open_menu(index, self.viewport().mapToGlobal(self._more_rect(index).bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(self.indexAt(event.pos()), event.globalPos())

    def _more_rect(self, index: QModelIndex) -> QRect:
        return more_rect(index.data(UPLOAD_ROLE), index.data(WORDS_ROLE), self.visualRect(index))

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        upload = index.data(UPLOAD_ROLE)
        if not is_in_cerbo(upload):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if _can_be_withdrawn(upload):
            menu.addAction(tray.withdraw_from_queue()).triggered.connect(lambda: self.withdraw_wanted.emit(upload.id))
        if upload.can_be_untold:
            menu.addAction(tray.not_there_after_all()).triggered.connect(lambda: self.not_there_wanted.emit(upload.id))
        menu.addAction(upload_questions.wrong_patient()).triggered.connect(
            lambda: self.wrong_patient_wanted.emit(upload.id)
        )
        menu.popup(at)

    def _fit(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in range(self.rows.rowCount())))


def _can_be_withdrawn(upload: object) -> bool:
    return isinstance(upload, Upload) and upload.state is UploadState.SENT and upload.can_be_withdrawn
