"""What stands between the banner and the album: rows that warn and offer one thing to do, and quiet notes."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from cerbo_desktop.domain.patient import PatientStatus
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Run
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.text import lists, patient_page

Tone = Literal["warn", "bad"]
ROW_PX, LOW_ROW_PX = 56, 40
"""The height of one line with a button; the second one on a low page, which takes the air around the words."""
SPACING_PX, LOW_SPACING_PX = 8, 4
_NOTE_PX, _LOW_NOTE_PX = 40, 28
_ICONS = {"warn": "warn", "bad": "failed"}


class NoticeRow(QFrame):
    """A coloured card of one line: what is so in bold, then what to do, then a button. Wraps where there is no room."""

    def __init__(
        self,
        tone: Tone,
        title: str,
        text: str = "",
        button: QPushButton | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone, self._title = tone, title
        self._words = Label(wraps=True)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(IconLabel(icon or _ICONS[tone], tone))
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        if button is not None:
            row.addWidget(button)
        self.set_low(False)
        self.set_text(text)
        _grow_in_height(self)

    def set_low(self, is_low: bool) -> None:
        """Whether the page is so low that the row gives the air around its words away."""
        _set_air(self, self._row, LOW_ROW_PX if is_low else ROW_PX, 3 if is_low else 11)

    def set_text(self, text: str) -> None:
        """Say this after the title; nothing where it is empty."""
        self._words.set_runs([Run(self._title, self._tone, 600), *([Run(f" {text}", "ink2")] if text else [])])
        self.setAccessibleName(lists.sentences(self._title, text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 12, f"{self._tone}_tint", f"{self._tone}_line")


class QuietNote(QFrame):
    """A grey line with an icon, 40 high, as wide as its place or as its words (a pill)."""

    def __init__(
        self, icon: str, text: str = "", *, is_pill: bool = False, px: int = _NOTE_PX, parent: QWidget | None = None
    ) -> None:
        """`px`: its least height where the page is not low."""
        super().__init__(parent)
        self._px = px
        self._radius = 20 if is_pill else 8
        self._words = Label(text, fonts.SECOND, "ink2", wraps=not is_pill)
        row = self._row = QHBoxLayout(self)
        side_px = 16 if is_pill else 12
        row.setContentsMargins(side_px, 0, side_px, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, "ink2"))
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.set_low(False)
        self.set_text(text)
        if is_pill:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        else:
            _grow_in_height(self)

    def set_low(self, is_low: bool) -> None:
        """Whether the page is so low that the note gives the air around its words away."""
        _set_air(self, self._row, _LOW_NOTE_PX if is_low else self._px, 3 if is_low else 10)

    @property
    def text(self) -> str:
        return self._words.text()

    def set_text(self, text: str) -> None:
        """Show this text; an empty one hides the note."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text) and self.parent() is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), self._radius, "win")


def status_notice(
    status: PatientStatus, on_confirmed: Callable[[], object], *, is_withheld: bool = False
) -> NoticeRow | None:
    """What a patient's status calls for; `is_withheld`: the key isn't allowed to read the record that tells it."""
    if status is PatientStatus.DECEASED:
        return NoticeRow("warn", patient_page.deceased(), patient_page.photos_cannot_be_sent())
    if status is PatientStatus.ACTIVE and not is_withheld:
        return None
    is_unsaid = is_withheld and status in (PatientStatus.ACTIVE, PatientStatus.UNKNOWN)
    title = patient_page.record_not_allowed() if is_unsaid else patient_page.status(status)
    confirm = Button(patient_page.correct_record(), size=32)
    confirm.clicked.connect(on_confirmed)
    return NoticeRow("warn", title, patient_page.check_record(), confirm)


def _set_air(notice: QFrame, row: QHBoxLayout, least_px: int, above_px: int) -> None:
    margins = row.contentsMargins()
    row.setContentsMargins(margins.left(), above_px, margins.right(), above_px)
    notice.setMinimumHeight(least_px)


def _grow_in_height(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
