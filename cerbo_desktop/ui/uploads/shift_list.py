"""The list of the shift: everything sent today, grouped by what has become of it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.labels import Label, Rule, Run
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.uploads.rows import UploadRows

_SIZE_PX = QSize(480, 720)
_NEEDS_ATTENTION, _TOLD = "Needs attention", "In Cerbo, you said"
_GROUPS: tuple[tuple[str, tuple[UploadState, ...]], ...] = (
    (_NEEDS_ATTENTION, ()),  # whatever the state
    (
        "On this PC",
        (
            *(UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING),
            *(UploadState.UNSURE, UploadState.CHECKING),
        ),
    ),
    ("Waiting in Cerbo’s queue", (UploadState.SENT,)),
    (_TOLD, ()),
    ("Cerbo took it", (UploadState.TAKEN,)),
    ("Found in chart", (UploadState.ACCEPTED,)),
)


class ShiftList(Sheet):
    """A snapshot of today's uploads; `times` are the hours of the day to print, one an upload."""

    withdraw_wanted = Signal(str)
    wrong_patient_wanted = Signal(str)
    not_there_wanted = Signal(str)

    def __init__(self, uploads: Sequence[Upload], times: Sequence[str], now: datetime) -> None:
        super().__init__("Shift list", _SIZE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        column.addLayout(self._head(len(uploads)))
        column.addWidget(Rule())
        column.addWidget(self._body(uploads, times, now), 1)

    def _leave_for(self, wanted: SignalInstance, upload_id: str) -> None:
        """What is asked next changes the list, which is a snapshot."""
        self.dismiss()
        wanted.emit(upload_id)

    def _head(self, count: int) -> QHBoxLayout:
        close = IconButton("close", "Close")
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 16, 16)
        title = Label("", fonts.PANE_TITLE)
        title.set_runs((Run("Photos of today"), Run(f"  {count}", "ink2", 400)))
        row.addWidget(title, 1)
        row.addWidget(close)
        return row

    def _body(self, uploads: Sequence[Upload], times: Sequence[str], now: datetime) -> QScrollArea:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 16, 8, 8)
        column.setSpacing(8)
        for title, _ in _GROUPS:
            found = [(upload, time) for upload, time in zip(uploads, times, strict=True) if _group_of(upload) == title]
            if not found:
                continue
            head = Label("", fonts.LABEL_STRONG, "ink2")
            head.set_runs((Run(title), Run(f"  {len(found)}", weight=500)))
            head.setContentsMargins(16, 0, 16, 0)
            rows = UploadRows(title)
            rows.withdraw_wanted.connect(lambda one: self._leave_for(self.withdraw_wanted, one))
            rows.wrong_patient_wanted.connect(lambda one: self._leave_for(self.wrong_patient_wanted, one))
            rows.not_there_wanted.connect(lambda one: self._leave_for(self.not_there_wanted, one))
            rows.show_uploads([upload for upload, _ in found], [time for _, time in found], now)
            column.addWidget(head)
            column.addWidget(rows)
        if not uploads:
            column.addWidget(Label("Nothing was sent today.", fonts.BODY, "ink2"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area


def _group_of(upload: Upload) -> str:
    if upload.needs_person:
        return _NEEDS_ATTENTION
    if upload.is_told:
        return _TOLD
    return next((title for title, states in _GROUPS if upload.state in states), "")
