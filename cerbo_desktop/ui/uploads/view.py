"""The uploads tray: what needs a person on top, then what is on its way, then what has arrived."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import PhotoId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import Label, Rule, Run
from cerbo_desktop.ui.kit.notice import IconLabel, Notice
from cerbo_desktop.ui.kit.painting import painting, set_pane
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.rail import RAIL_WIDTH_PX, Rail
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.shift_list import ShiftList


class _Group(QWidget):
    """A heading with a count over what belongs to it."""

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        self._title = title
        self._head = Label(title, fonts.LABEL_STRONG, "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self._head)
        self._head.setContentsMargins(16, 0, 16, 0)
        column.addWidget(content)
        self.hide()

    def set_count(self, count: int) -> None:
        self._head.set_runs((Run(self._title), Run(f"  {count}", weight=500)))
        self.setVisible(count > 0)


class UploadTray(QWidget):
    """320 wide, or a rail of 56 that opens over the centre."""

    retry_clicked = Signal(str)
    discard_clicked = Signal(str)
    arrived_clicked = Signal(str)
    send_again_clicked = Signal(str)
    send_anyway_clicked = Signal(str)
    stop_clicked = Signal(str)
    withdraw_clicked = Signal(str)
    wrong_patient_clicked = Signal(str)
    same_photo_clicked = Signal(str, str)
    other_photo_clicked = Signal(str, str)
    shift_list_clicked = Signal()
    look_wanted = Signal()
    """At the photos that the note tells of."""

    def __init__(self) -> None:
        super().__init__()
        set_pane(self, "win")
        self._cards: dict[UploadId, UploadCard] = {}
        self._is_narrow = self._is_folded = False
        self._panel = _Panel()
        self._rail = Rail()
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._panel)
        self._panel.fold.clicked.connect(lambda: self._set_folded(True))
        self._panel.shift_list.clicked.connect(self.shift_list_clicked)
        self._panel.look.clicked.connect(self.look_wanted)
        self._panel.waiting.withdraw_wanted.connect(self.withdraw_clicked)
        for rows in (self._panel.waiting, self._panel.arrived):
            rows.wrong_patient_wanted.connect(self.wrong_patient_clicked)
        self._rail.unfold.clicked.connect(lambda: self._set_folded(False))
        self._set_folded(False)

    def set_narrow(self, is_narrow: bool) -> None:
        """True when the window is too narrow for the whole tray: it folds, and opens over the centre."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._set_folded(is_narrow)

    def show_uploads(
        self,
        acting: Sequence[Upload],
        sending: Sequence[Upload],
        waiting: Sequence[Upload],
        arrived: Sequence[Upload],
        times: dict[UploadId, str],
        now: datetime,
    ) -> None:
        """Uploads that need a person, that are on the line, that wait quietly and that were found in the chart."""
        self._show_cards(acting, sending, times, now)
        self._panel.waiting.show_uploads(waiting, [times[each.id] for each in waiting], now)
        self._panel.arrived.show_uploads(arrived, [times[each.id] for each in arrived], now)
        self._panel.sending.setVisible(bool(sending))
        self._panel.waiting.setVisible(bool(waiting))
        self._panel.needs_you.set_count(len(acting))
        self._panel.on_the_way.set_count(len(sending) + len(waiting))
        self._panel.in_chart.set_count(len(arrived))
        self._rail.show_counts(len(acting), len(sending) + len(waiting))

    def show_new_photo(self, upload_id: UploadId, photo_id: PhotoId, picture: Raster) -> None:
        """The new photo of the chart, on the card that asks whether it is this one."""
        card = self._cards.get(upload_id)
        if card is not None:
            card.show_new_photo(photo_id, raster_to_qimage(picture))

    def show_totals(self, sent: int, found: int, waiting: int) -> None:
        """Today's figures; `waiting` are those in Cerbo's queue."""
        self._panel.show_totals(sent, found, waiting)

    def open_shift_list(self, uploads: Sequence[Upload], times: Sequence[str], now: datetime) -> None:
        ShiftList(uploads, times, now).open_over(self)

    def set_closed(self, is_closed: bool) -> None:
        """True while photos may wait on this PC that the tray cannot know of: it then says nothing of "all sent"."""
        self._panel.set_closed(is_closed)

    def show_note(self, title: str, text: str, *, offers_look: bool = False) -> None:
        """Something about this PC's photos that is no upload of this account."""
        self._panel.note.set_words(title, text)
        self._panel.look.setVisible(offers_look)
        self._panel.note.show()
        self._rail.show_note(title)

    def hide_note(self) -> None:
        self._rail.show_note("")
        self._panel.note.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(self.rect()), color("win"))
            painter.fillRect(QRectF(0, 0, 1, self.height()), color("line"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_over()

    def _show_cards(
        self, acting: Sequence[Upload], sending: Sequence[Upload], times: dict[UploadId, str], now: datetime
    ) -> None:
        wanted = {upload.id: upload for upload in (*acting, *sending)}
        for gone in self._cards.keys() - wanted.keys():
            self._cards.pop(gone).deleteLater()
        for upload in acting:
            self._panel.act_column.addWidget(self._card(upload, times, now))
        for upload in sending:
            self._panel.send_column.addWidget(self._card(upload, times, now))

    def _card(self, upload: Upload, times: dict[UploadId, str], now: datetime) -> UploadCard:
        card = self._cards.get(upload.id)
        if card is None:
            card = self._cards[upload.id] = UploadCard(upload, times[upload.id], now)
            card.retry_clicked.connect(self.retry_clicked)
            card.discard_clicked.connect(self.discard_clicked)
            card.arrived_clicked.connect(self.arrived_clicked)
            card.send_again_clicked.connect(self.send_again_clicked)
            card.send_anyway_clicked.connect(self.send_anyway_clicked)
            card.stop_clicked.connect(self.stop_clicked)
            card.withdraw_clicked.connect(self.withdraw_clicked)
            card.same_photo_clicked.connect(self.same_photo_clicked)
            card.other_photo_clicked.connect(self.other_photo_clicked)
        card.show_upload(upload, now)
        return card

    def _set_folded(self, is_folded: bool) -> None:
        self._is_folded = is_folded
        is_rail = is_folded or self._is_narrow
        self._rail.setVisible(is_rail)
        self._panel.setVisible(not is_folded)
        self.setFixedWidth(RAIL_WIDTH_PX if is_rail else TRAY_WIDTH_PX)
        self._place_over()

    def _place_over(self) -> None:
        """In a narrow window the open panel lies over the centre; in a wide one it is part of the row."""
        page, row = self.parentWidget(), self.layout()
        if self._is_narrow and not self._is_folded and page is not None:
            self._panel.setParent(page)
            self._panel.setGeometry(page.width() - TRAY_WIDTH_PX, self.y(), TRAY_WIDTH_PX, self.height())
            self._panel.show()
            self._panel.raise_()
        elif row is not None and self._panel.parentWidget() is not self:
            row.addWidget(self._panel)
            self._panel.setVisible(not self._is_folded)


class _Panel(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(TRAY_WIDTH_PX - 1)
        self.fold = IconButton("panel", "Fold uploads")
        self.waiting, self.arrived = UploadRows("Photos on the way"), UploadRows("Photos found in the chart")
        acting, self.sending, moving = QWidget(), QWidget(), QWidget()
        self.act_column, self.send_column = _column(acting, 16), _column(self.sending, 16)
        way = QVBoxLayout(moving)
        way.setContentsMargins(0, 0, 0, 0)
        way.setSpacing(8)
        way.addWidget(self.sending)
        way.addWidget(self.waiting)
        self.needs_you = _Group("Needs you", acting)
        self.on_the_way = _Group("On the way to the chart", moving)
        self.in_chart = _Group("In the chart", self.arrived)
        self.look = Button("Look at them", size=32)
        self.note = Notice("warn", "", buttons=(self.look,))
        self.note.hide()
        self._empty = _Empty()
        self._is_closed = False
        self._totals = Label("", fonts.SECOND, "ink2")
        self.shift_list = Button("Shift list", "quiet", size=32)
        self._lay_out()

    def set_closed(self, is_closed: bool) -> None:
        self._is_closed = is_closed
        self._show_empty()

    def show_totals(self, sent: int, found: int, waiting: int) -> None:
        self._totals.set_runs(
            (Run(str(sent), "ink", 600), Run(" sent today, "), Run(str(found), "ink", 600), Run(" found in chart"))
        )
        self._show_empty()
        self._empty.show_totals(found, waiting)

    def _show_empty(self) -> None:
        has_rows = not (self.needs_you.isHidden() and self.on_the_way.isHidden() and self.in_chart.isHidden())
        self._empty.setVisible(not (has_rows or self._is_closed))

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color("win"))
            if self.parentWidget() is not None and not isinstance(self.parentWidget(), UploadTray):
                painter.fillRect(0, 0, 1, self.height(), color("line2"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.addWidget(Label("Uploads", fonts.GROUP), 1)
        head.addWidget(self.fold)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        note = QHBoxLayout()
        note.setContentsMargins(16, 0, 16, 0)
        note.addWidget(self.note)
        column.addLayout(note)
        for group in (self.needs_you, self.on_the_way, self.in_chart, self._empty):
            column.addWidget(group)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        foot = QFrame()
        foot.setFixedHeight(56)
        foot_row = QHBoxLayout(foot)
        foot_row.setContentsMargins(16, 0, 8, 0)
        foot_row.addWidget(self._totals, 1)
        foot_row.addWidget(self.shift_list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        whole.addWidget(Rule())
        whole.addWidget(foot)


class _Empty(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._mark = IconLabel("done", "ok", 32)
        self._title = Label("All sent", fonts.NAME)
        self._text = Label("", fonts.SECOND, "ink2", wraps=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 208, 32, 0)
        column.setSpacing(8)
        for part in (self._mark, self._title):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)

    def show_totals(self, found: int, waiting: int) -> None:
        has_sent = bool(found or waiting)
        self._mark.set_icon("done" if has_sent else "send", "ok" if has_sent else "ink3")
        self._title.setText("All sent" if has_sent else "Nothing sent yet")
        waits = f"{waiting} {'waits' if waiting == 1 else 'wait'} in Cerbo’s queue for staff."
        self._text.setText(f"{found} in the chart. {waits}" if has_sent else "Photos you send show here.")


def _column(owner: QWidget, side_px: int) -> QVBoxLayout:
    column = QVBoxLayout(owner)
    column.setContentsMargins(side_px, 0, side_px, 0)
    column.setSpacing(8)
    return column
