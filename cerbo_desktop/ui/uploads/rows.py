"""Quiet rows of uploads, as tall as they are many: what scrolls is the pane around them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.kit.quiet_list import QuietList
from cerbo_desktop.ui.text import tray, upload_questions
from cerbo_desktop.ui.uploads.batches import Batch
from cerbo_desktop.ui.uploads.card_words import SendingConditions
from cerbo_desktop.ui.uploads.delegate import UploadDelegate, more_rect
from cerbo_desktop.ui.uploads.model import ROW_ROLE, UPLOAD_ROLE, UploadModel, is_in_cerbo
from cerbo_desktop.ui.uploads.row_buttons import RowAct, RowButtons


class UploadRows(QuietList):
    """A row in Cerbo has a menu: take it back, or hear what staff have to be told. Delete does the first that may be
    done. The menu opens by the row's own button, Enter, the Menu key or the right mouse button. A row of several photos
    opens by Enter, a click or its button, and shows them one by one."""

    withdraw_wanted = Signal(str)
    wrong_patient_wanted = Signal(str)
    not_there_wanted = Signal(str)
    discard_wanted = Signal(str)
    stop_wanted = Signal(str)
    turned = Signal()
    """A batch was opened or closed: the list has another height."""

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.rows = UploadModel()
        self.setModel(self.rows)
        self.setItemDelegate(UploadDelegate(self))
        self.buttons = RowButtons(self)
        self.buttons.pressed.connect(self._act)
        self.clicked.connect(self._turn_clicked)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setAccessibleName(accessible_name)
        self.setAccessibleDescription(tray.rows_hint(UPLOADS.key("menu")))
        self.viewport().setAutoFillBackground(False)

    def show_batches(
        self, batches: Sequence[Batch], times: Mapping[UploadId, str], now: datetime, conditions: SendingConditions
    ) -> None:
        """Show a card for each batch; the current row stays the current one."""
        current = self.currentIndex().data(ROW_ROLE)
        self.rows.show(batches, times, now, conditions)
        place = self.rows.row_of(current.key) if current is not None else None
        if place is not None and place != self.currentIndex().row():
            self.setCurrentIndex(self.rows.index(place))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        upload = index.data(UPLOAD_ROLE)
        row = UPLOADS.row_of(event)
        if row is UPLOADS["menu"] and upload is None and index.isValid():
            self._act(index, RowAct.TURN)
        elif not is_in_cerbo(upload):
            super().keyPressEvent(event)
        elif row is UPLOADS["take_back"]:
            (self.withdraw_wanted if _can_be_withdrawn(upload) else self.wrong_patient_wanted).emit(upload.id)
        elif row is UPLOADS["menu"]:
            self._act(index, RowAct.MENU)
        else:
            super().keyPressEvent(event)

    def _turn_clicked(self, index: QModelIndex) -> None:
        if index.data(UPLOAD_ROLE) is None:
            self._act(index, RowAct.TURN)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(self.indexAt(event.pos()), event.globalPos())

    def _act(self, index: QModelIndex, act: RowAct) -> None:
        row = index.data(ROW_ROLE)
        match act:
            case RowAct.TURN:
                self.rows.turn(row)
                place = self.rows.row_of(row.key)
                self.setCurrentIndex(self.rows.index(place) if place is not None else QModelIndex())
                self._fit()
                self.turned.emit()
            case RowAct.MENU:
                at = more_rect(row, self.visualRect(index)).bottomLeft()
                self._open_menu(index, self.viewport().mapToGlobal(at))
            case RowAct.WITHDRAW:
                self.withdraw_wanted.emit(row.upload.id)
            case RowAct.DISCARD:
                self.discard_wanted.emit(row.upload.id)
            case RowAct.STOP:
                self.stop_wanted.emit(row.upload.id)

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
        self.executeDelayedItemsLayout()
        self.buttons.show()


def _can_be_withdrawn(upload: object) -> bool:
    return isinstance(upload, Upload) and upload.state is UploadState.SENT and upload.can_be_withdrawn
