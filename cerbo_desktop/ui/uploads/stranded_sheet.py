"""The sheet with photos that an earlier sign-in left on this PC, and what may be done with each."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.services.uploads.taking_over import StrandedLook
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.text import earlier_sign_in as words

_SIZE_PX = QSize(560, 640)


class StrandedSheet(Sheet):
    """Says how each photo stands, and offers to send those that may be sent."""

    send_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(words.title(), _SIZE_PX)
        self._status = Label(words.checking(), fonts.BODY, "ink2", wraps=True)
        self._rows = QVBoxLayout()
        self.keep = Button(words.keep_here())
        self.send = Button(words.send(()), "primary", icon="send")
        self.send.hide()
        self.keep.clicked.connect(self.dismiss)
        self.send.clicked.connect(self._send)
        self._lay_out()

    def show_looked(self, looked: StrandedLook, moments: Sequence[str]) -> None:
        """`moments` are the days and times at which the photos were taken, one each."""
        self.show_status(words.summary(looked))
        for (photo, match), moment in zip(looked.photos, moments, strict=True):
            self._rows.addWidget(Label(words.whose(photo.recipient), fonts.NAME, wraps=True))
            self._rows.addWidget(Label(words.added(moment, photo, match), fonts.SECOND, "ink2", wraps=True))
            self._rows.addSpacing(12)
        self._rows.addStretch(1)
        self.send.setText(words.send(looked.possible))
        self.send.setVisible(bool(looked.possible))

    def show_status(self, text: str) -> None:
        """Say, also to a screen reader, what has become of the look or of the sending."""
        self._status.setText(text)
        announce(self, text)

    def _send(self) -> None:
        self.send.setEnabled(False)
        self.send_wanted.emit()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setLayout(self._rows)
        self._rows.setContentsMargins(24, 16, 24, 16)
        self._rows.setSpacing(4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(words.title())
        area.setWidget(content)
        head = QVBoxLayout()
        head.setContentsMargins(24, 24, 24, 16)
        head.setSpacing(8)
        head.addWidget(Label(words.title(), fonts.PANE_TITLE, wraps=True))
        head.addWidget(self._status)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 16, 24, 16)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.keep)
        foot.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(area, 1)
        column.addWidget(Rule())
        column.addLayout(foot)
