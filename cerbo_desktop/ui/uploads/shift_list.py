"""The list of the shift: everything sent today, grouped by what has become of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import assert_never

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.labels import Label, Rule, Run
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.text import common, tray, uploads as words
from cerbo_desktop.ui.uploads.batches import Batch, batches_of
from cerbo_desktop.ui.uploads.card_words import SendingConditions
from cerbo_desktop.ui.uploads.rows import UploadRows

_SIZE_PX = QSize(480, 720)


class _Group(Enum):
    """In the order in which they are shown."""

    NEEDS_ATTENTION = "attention"
    ON_THIS_PC = "here"
    IN_QUEUE = "queue"
    TOLD = "told"
    TAKEN = "taken"
    IN_CHART = "chart"


_GROUP_OF_STATE = {
    **dict.fromkeys((UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING), _Group.ON_THIS_PC),
    **dict.fromkeys((UploadState.UNSURE, UploadState.CHECKING), _Group.ON_THIS_PC),
    UploadState.SENT: _Group.IN_QUEUE,
    UploadState.TAKEN: _Group.TAKEN,
    UploadState.ACCEPTED: _Group.IN_CHART,
}


class ShiftList(Sheet):
    """Today's uploads; `times` are the hours of the day to print, one an upload."""

    withdraw_wanted = Signal(str)
    wrong_patient_wanted = Signal(str)
    not_there_wanted = Signal(str)
    discard_wanted = Signal(str)
    stop_wanted = Signal(str)

    def __init__(
        self, uploads: Sequence[Upload], times: Sequence[str], now: datetime, conditions: SendingConditions
    ) -> None:
        super().__init__(tray.shift_list(), _SIZE_PX)
        self._title = Label("", fonts.PANE_TITLE)
        self._heads = {group: _head_of_group() for group in _Group}
        self._rows = {group: self._connected(UploadRows(_title(group))) for group in _Group}
        self._nothing = Label(tray.nothing_sent_today(), fonts.BODY, "ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Rule())
        self._area = self._body()
        column.addWidget(self._area, 1)
        self.show_uploads(uploads, times, now, conditions)

    def show_uploads(
        self, uploads: Sequence[Upload], times: Sequence[str], now: datetime, conditions: SendingConditions
    ) -> None:
        """Show how each of them stands now."""
        self._title.set_runs((Run(tray.shift_list()), Run(f"  {len(uploads)}", "ink2", 400)))
        hours = {upload.id: time for upload, time in zip(uploads, times, strict=True)}
        for group in _Group:
            found = [upload for upload in uploads if _group_of(upload) is group]
            self._heads[group].set_runs((Run(_title(group)), Run(f"  {len(found)}", weight=500)))
            self._rows[group].show_batches(_cards(group, found), hours, now, conditions)
            for part in (self._heads[group], self._rows[group]):
                part.setVisible(bool(found))
        self._nothing.setVisible(not uploads)

    @property
    def first_focus(self) -> QWidget:
        """The first rows, or where there are none the place for them, which scrolls by keys."""
        return next((rows for rows in self._rows.values() if not rows.isHidden()), self._area)

    def _connected(self, rows: UploadRows) -> UploadRows:
        rows.withdraw_wanted.connect(lambda one: self._leave_for(self.withdraw_wanted, one))
        rows.wrong_patient_wanted.connect(lambda one: self._leave_for(self.wrong_patient_wanted, one))
        rows.not_there_wanted.connect(lambda one: self._leave_for(self.not_there_wanted, one))
        rows.discard_wanted.connect(lambda one: self._leave_for(self.discard_wanted, one))
        rows.stop_wanted.connect(lambda one: self._leave_for(self.stop_wanted, one))
        return rows

    def _leave_for(self, wanted: SignalInstance, upload_id: str) -> None:
        """What is asked next comes in place of the list."""
        self.dismiss()
        wanted.emit(upload_id)

    def _head(self) -> QHBoxLayout:
        close = IconButton("close", common.close())
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 16, 16)
        row.addWidget(self._title, 1)
        row.addWidget(close)
        return row

    def _body(self) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 16, 8, 8)
        column.setSpacing(8)
        for group in _Group:
            column.addWidget(self._heads[group])
            column.addWidget(self._rows[group])
        column.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setWidget(content)
        return area


def _head_of_group() -> Label:
    head = Label("", fonts.LABEL_STRONG, "ink2")
    head.setContentsMargins(16, 0, 16, 0)
    return head


def _group_of(upload: Upload) -> _Group | None:
    if upload.needs_person:
        return _Group.NEEDS_ATTENTION
    return _Group.TOLD if upload.is_told else _GROUP_OF_STATE.get(upload.state)


def _cards(group: _Group, uploads: Sequence[Upload]) -> list[Batch]:
    """Those that need a person stand one by one, as in the tray: each has a trouble and a time of its own."""
    return [Batch((each,)) for each in uploads] if group is _Group.NEEDS_ATTENTION else batches_of(uploads)


def _title(group: _Group) -> str:
    match group:
        case _Group.NEEDS_ATTENTION:
            return tray.needs_attention()
        case _Group.ON_THIS_PC:
            return tray.on_this_pc()
        case _Group.IN_QUEUE:
            return words.waiting_in_queue()
        case _Group.TOLD:
            return words.in_cerbo_you_said()
        case _Group.TAKEN:
            return words.taken()
        case _Group.IN_CHART:
            return words.found_in_chart()
        case _:
            assert_never(group)
