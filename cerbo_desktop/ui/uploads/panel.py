"""What the tray holds when it is not folded."""

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.focus_keeper import may_be_given_focus
from cerbo_desktop.ui.kit.keys import tell_of_news
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.kit.steady_scroll import SteadyScrollArea
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import earlier_sign_in, tray
from cerbo_desktop.ui.uploads.batches import Batch, fitting_card_counts, with_overflow
from cerbo_desktop.ui.uploads.card_words import SendingConditions
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.delegate import CARD_GAP_PX, CARD_PX, SHARED_CARD_PX
from cerbo_desktop.ui.uploads.model import ROW_ROLE
from cerbo_desktop.ui.uploads.originals_card import OriginalsCard
from cerbo_desktop.ui.uploads.panel_parts import (
    CardGroup,
    EmptyTray,
    card_column,
    part_of,
    with_figures,
    with_side_margins,
)
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.under_pointer import AimedAt, UnderPointer

_AROUND_FOCUS_PX = 16
_HEAD_PX = 48
"""Of a group: its heading, and the air around it."""


class Panel(QWidget):
    """The whole tray, in the row of panes or over the centre."""

    resized = Signal()
    """Its height changed, and with it how many cards have room."""

    def __init__(self) -> None:
        super().__init__()
        self.on_escape: Callable[[], object] = lambda: None
        self.is_over_centre = False
        """Then its own edge has to be painted."""
        self.setFixedWidth(TRAY_WIDTH_PX - 1)
        self.setAccessibleName(tray.uploads())
        self.fold = IconButton("panel", tray.collapse())
        self.waiting, self.arrived = UploadRows(tray.photos_on_the_way()), UploadRows(tray.photos_found())
        acting, self.sending, moving = QWidget(), QWidget(), QWidget()
        urgent, self.send_column = card_column(acting, 16), card_column(self.sending, 16)
        self.act_column, self.originals_column = part_of(urgent), part_of(urgent)
        way = QVBoxLayout(moving)
        way.setContentsMargins(0, 0, 0, 0)
        way.setSpacing(8)
        way.addWidget(self.sending)
        self._queue_note = Label("", fonts.SECOND, "ink2", wraps=True)
        self._queue_note.hide()
        way.addLayout(with_side_margins(self._queue_note))
        way.addWidget(self.waiting)
        self.needs_you = CardGroup(tray.needs_attention(), acting)
        self.on_the_way = CardGroup(tray.on_the_way(), moving)
        self.in_chart = CardGroup(tray.just_found(), self.arrived)
        self.look = Button(earlier_sign_in.look_at_them(), size=32)
        self.note = Notice("warn", "", buttons=(self.look,))
        self.note.hide()
        self._empty = EmptyTray()
        self._content = QWidget()
        self._scroll = SteadyScrollArea(self._content)
        self._is_known = True
        self._totals = Label("", fonts.SECOND, "ink2", wraps=True)
        self.shift_list = Button(tray.shift_list(), "quiet", size=32)
        self._lay_out()
        self.under_pointer = UnderPointer(self._scroll, self._column, self._parts)
        for rows in (self.waiting, self.arrived):
            rows.selectionModel().currentChanged.connect(self._show_focused)
            rows.turned.connect(self.under_pointer.lay_out_now)
        QApplication.instance().focusChanged.connect(self._show_focused)  # type: ignore[union-attr]

    def order_tabs(self, cards: Collection[QWidget], urgent_after: QWidget) -> None:
        """Put the controls into the order of Tab, from top to bottom; but photos that need a person come right after
        `urgent_after`, which is no part of this."""
        urgent = [card for card in cards if self.needs_you.isAncestorOf(card)]
        others = self._buttons_of([card for card in cards if card not in urgent])
        rows = [stop for each in (self.waiting, self.arrived) for stop in (each, *each.buttons.in_order)]
        stops = [self.fold, self.look, *others, *rows, self.shift_list]
        for order in (stops, [urgent_after, *self._buttons_of(urgent)]):
            for first, second in itertools.pairwise(order):
                QWidget.setTabOrder(first, second)

    def _buttons_of(self, cards: Collection[QWidget]) -> list[QWidget]:
        in_view = sorted(cards, key=lambda card: card.mapTo(self._content, QPoint()).y())
        return [each for card in in_view for each in card.findChildren(QAbstractButton)]

    def _show_focused(self, *_change: object) -> None:
        """What has the focus is in view: of rows, the current one."""
        focus = QApplication.focusWidget()
        if focus is None or not self._content.isAncestorOf(focus) or isinstance(focus, UploadCard):
            return  # nothing moves while a card holds the focus for its button
        part = focus.rect()
        if isinstance(focus, UploadRows) and focus.currentIndex().isValid():
            part = focus.visualRect(focus.currentIndex())
        for y in (part.bottom(), part.top()):  # the top stays in view where not all of it fits
            at = focus.mapTo(self._content, QPoint(0, y))
            self._scroll.ensureVisible(at.x(), at.y(), 0, _AROUND_FOCUS_PX)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.under_pointer.leave()

    def _parts(self) -> Iterator[AimedAt]:
        for group in (self.needs_you, self.sending):
            for card in (*group.findChildren(UploadCard), *group.findChildren(OriginalsCard)):
                if not card.isHidden():
                    yield AimedAt(card, self._in_content(card, card.rect()), group)
        for rows in (self.waiting, self.arrived):
            for row in range(rows.rows.rowCount()):
                index = rows.rows.index(row)
                yield AimedAt(index.data(ROW_ROLE).key, self._in_content(rows.viewport(), rows.visualRect(index)), rows)

    def _in_content(self, widget: QWidget, rect: QRect) -> QRect:
        return QRect(widget.mapTo(self._content, rect.topLeft()), rect.size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back; where there is none, the window may know what to do with it."""
        if event.key() == Qt.Key.Key_Escape:
            self.on_escape()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self.resized.emit()

    def show_batches(
        self,
        on_the_way: Sequence[Batch],
        found: Sequence[Batch],
        times: Mapping[UploadId, str],
        now: datetime,
        conditions: SendingConditions,
    ) -> None:
        """Show so many cards that the panel need not be scrolled, and the rest on a shared one."""
        lists = ((self.waiting, on_the_way), (self.arrived, found))
        heads_px = sum(_HEAD_PX for _, batches in lists if batches)
        room_px = self._scroll.viewport().height() - heads_px - self._taken_px()
        room = fitting_card_counts(
            len(on_the_way), len(found), room_px, CARD_PX + CARD_GAP_PX, SHARED_CARD_PX + CARD_GAP_PX
        )
        for (rows, batches), shown in zip(lists, room, strict=True):
            rows.show_batches(with_overflow(batches, shown), times, now, conditions)
            rows.setVisible(bool(batches))

    def _taken_px(self) -> int:
        """By the cards with buttons."""
        width = self._scroll.viewport().width()
        parts = [each for each in (self.note, self.needs_you, self.sending) if not each.isHidden()]
        return sum(max(each.heightForWidth(width), each.sizeHint().height()) for each in parts)

    def focus_first(self, group: QWidget) -> None:
        """Give the focus to the first control of this group, but not to one that deletes files."""
        self.under_pointer.lay_out_now()  # so that it is known what stands first, and where
        controls = [each for each in group.findChildren(QWidget) if may_be_given_focus(each)]
        if controls:
            first = min(controls, key=lambda each: each.mapTo(self._content, QPoint()).toTuple()[::-1])
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_on_one_of(self, cards: Sequence[UploadCard]) -> None:
        """Give the focus to the first of these cards that still needs a person and offers something, else to the quiet
        cards, and where no card is left to the button that folds this. A second press of Enter was meant for what has
        gone, so it is ignored."""
        self.under_pointer.lay_out_now()
        urgent = (card.focus_stop for card in cards if self.needs_you.isAncestorOf(card))
        quiet = (rows for rows in (self.waiting, self.arrived) if rows.isVisible())
        tell_of_news(self.window())
        stops = (stop for stop in itertools.chain(urgent, quiet) if stop is not None)
        next(stops, self.fold).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_known(self, is_known: bool) -> None:
        """Whether it is known what photos this PC holds: else neither figures nor "all sent" would be true."""
        self._is_known = is_known
        self._totals.setVisible(is_known)
        self.shift_list.setEnabled(is_known)
        self._show_empty()

    def show_queue_note(self, text: str) -> None:
        """Say above the waiting photos why what is said of them may be old; empty where it is not."""
        if text and text != self._queue_note.text():
            announce(self, text)
        self._queue_note.setText(text)
        self._queue_note.setVisible(bool(text))

    def show_totals(self, sent: int, found: int, waiting: int) -> None:
        """Show how many photos of today were sent, found in the chart, and are waiting."""
        self._totals.set_runs(with_figures(tray.totals(), sent=sent, found=found))
        self._show_empty()
        self._empty.show_totals(found, waiting)

    def _show_empty(self) -> None:
        has_rows = not (self.needs_you.isHidden() and self.on_the_way.isHidden() and self.in_chart.isHidden())
        self._empty.setVisible(self._is_known and not has_rows)

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color("win"))
            if self.is_over_centre:
                painter.fillRect(0, 0, 1, self.height(), color("line2"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.addWidget(Label(tray.uploads(), fonts.GROUP), 1)
        head.addWidget(self.fold)
        column = self._column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addLayout(with_side_margins(self.note))
        for group in (self.needs_you, self.on_the_way, self.in_chart, self._empty):
            column.addWidget(group)
        column.addStretch(1)
        foot = QFrame()
        foot.setMinimumHeight(56)
        foot_row = QHBoxLayout(foot)
        foot_row.setContentsMargins(16, 4, 8, 4)
        foot_row.addWidget(self._totals, 1, Qt.AlignmentFlag.AlignVCenter)
        foot_row.addStretch()  # so that the button keeps its place where the figures are hidden
        foot_row.addWidget(self.shift_list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(Rule())
        whole.addWidget(foot)
