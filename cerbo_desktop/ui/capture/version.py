"""One version of a file, large: its stage, and beneath it what is known of it."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.stage.pill import Pill
from cerbo_desktop.ui.stage.stage import Stage
from cerbo_desktop.ui.text import lists, numbers

_CORNER_PX = 12
_FOOT_PX = 16
_NOTICE_PX, _SIDE_PX = 400, 24


class StagePlace(QWidget):
    """The stage, with a word on what is still to come or why nothing is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage(self, corner_px=_CORNER_PX)
        self._pill = Pill("half", "ink", self)
        self._warning = Pill("warn", "warn", self)
        self._nothing = Notice("warn", "", "", parent=self)
        self.stage.full_shown.connect(self._pill.hide)
        self.show_loading("")

    def show_loading(self, sentence: str) -> None:
        """Say what is being opened, until it is shown; nothing where the sentence is empty."""
        for part in (self._warning, self._nothing):
            part.hide()
        self._pill.setVisible(bool(sentence))
        self._pill.set_words(sentence)
        self._place()

    def show_warning(self, sentence: str) -> None:
        """Say over the picture that it is only a preview, for good."""
        self._pill.hide()
        self._warning.set_words(sentence)
        self._warning.show()
        self._place()
        announce(self.stage, sentence)

    def show_nothing(self, title: str, text: str) -> None:
        """Say in place of a picture why there is none."""
        self.stage.clear()
        self._pill.hide()
        self._nothing.set_words(title, text)
        self._nothing.show()
        self._place()

    @property
    def sentence(self) -> str:
        """What stands over the stage; empty where nothing does."""
        parts = (self._pill, self._warning, self._nothing)
        return next((part.accessibleName() for part in parts if not part.isHidden()), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stage.setGeometry(self.rect())
        self._place()

    def _place(self) -> None:
        for pill in (self._pill, self._warning):
            pill.move((self.width() - pill.width()) // 2, self.height() - _FOOT_PX - pill.height())
        width = max(1, min(_NOTICE_PX, self.width() - 2 * _SIDE_PX))
        self._nothing.resize(width, max(self._nothing.heightForWidth(width), self._nothing.minimumSizeHint().height()))
        self._nothing.move(self.rect().center() - QPoint(self._nothing.width() // 2, self._nothing.height() // 2))


class Version(QWidget):
    """The stage with its caption: which version, its measures, its size, and how it comes about."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.place = StagePlace()
        self._heading = Label(title, fonts.GROUP)
        self._measures, self._bytes = Label("", fonts.BODY, "ink2"), Label("", fonts.NAME)
        self._how = Label("", fonts.SECOND, "ink2", elides=True)
        self.caption = QWidget()
        caption = QHBoxLayout(self.caption)
        caption.setContentsMargins(0, 12, 0, 0)
        caption.setSpacing(16)
        caption.addWidget(self._heading)
        caption.addWidget(self._measures)
        caption.addWidget(self._bytes)
        caption.addStretch(1)
        caption.addWidget(self._how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.place, 1)
        column.addWidget(self.caption)

    @property
    def stage(self) -> Stage:
        return self.place.stage

    def show_title(self, title: str) -> None:
        """Say which version this is."""
        self._title = title
        self._heading.setText(title)
        self._name_stage()

    def show_facts(self, measures: str, size_bytes: int, how: str) -> None:
        """Say what is known of this version; sizes of 0 are left out."""
        self._measures.setText(measures)
        self._bytes.setText(numbers.megabytes(size_bytes) if size_bytes else "")
        self._how.setText(how)
        self._name_stage()

    def _name_stage(self) -> None:
        self.stage.setAccessibleName(self.shown_words)

    def show_preview(self, raster: Raster, loading: str) -> None:
        """Show the small picture of another file while every pixel of it is opened: one that has them all already says
        nothing of that."""
        self.stage.clear()
        self.stage.show_preview(raster)
        self.place.show_loading("" if raster.is_full_size else loading)

    def show_nothing(self, title: str, text: str) -> None:
        """Say why there is no picture; what was known when the file was added still stands in the caption."""
        self._how.setText("")
        self.place.show_nothing(title, text)

    @property
    def shown_words(self) -> str:
        """The caption as it is read."""
        return lists.spoken(self._title, self._measures.text(), self._bytes.text(), self._how.text())
