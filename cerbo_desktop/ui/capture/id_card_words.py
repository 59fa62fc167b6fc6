"""What the ID photo card says beside its picture, and the choice of a camera. It scrolls where the card is low."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.fields import Select
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.scrolled import ScrolledBody
from cerbo_desktop.ui.text import camera as camera_words


class IdCardNote(QWidget):
    """One line with an icon: what the camera does, or what happens to the photo. Hidden where there is nothing to
    say."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._line = IconLabel("info", "ink2", 20), Label("", fonts.SECOND, "ink2", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._line, 1)

    def set_icon(self, icon: str) -> None:
        """Show this icon before the line."""
        self._mark.set_icon(icon, "ink2")

    def set_text(self, text: str) -> None:
        """Say this; an empty text hides the note."""
        self._line.setText(text)
        self.setVisible(bool(text))


class IdCardWords(ScrolledBody):
    """Title, text, what went wrong, and the cameras there are. `note` comes in last where the card is low."""

    def __init__(self) -> None:
        self.title, self.text = Label("", fonts.PANE_TITLE, wraps=True), Label("", fonts.BODY, "ink2", wraps=True)
        self.problem = Label("", fonts.SECOND, "bad", wraps=True)
        self.camera = Select(camera_words.camera())
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        for label in (self.title, self.text, self.problem):
            self._column.addWidget(label)
        self.problem.hide()
        self._column.addStretch(1)
        self._column.addWidget(self.camera)
        super().__init__(self._column, 0)
        self.verticalScrollBar().rangeChanged.connect(self._come_to_problem)

    def say(self, title: str, text: str) -> None:
        """Show this title and text."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)

    def height_px(self, width_px: int) -> int:
        """How high the words are in this width, without the note."""
        shown = [label for label in (self.title, self.text, self.problem) if not label.isHidden()]
        labels = [label.heightForWidth(width_px) for label in shown]
        cameras = [] if self.camera.isHidden() else [self.camera.sizeHint().height()]
        return sum(labels + cameras) + self._column.spacing() * len(labels + cameras)

    def add_note(self, note: IdCardNote) -> None:
        """Say this too, below all other words."""
        self._column.insertWidget(self._column.count() - 2, note)

    def _come_to_problem(self) -> None:
        """Scroll to what went wrong, and back to the title when that is over."""
        self.ensureWidgetVisible(self.title if self.problem.isHidden() else self.problem, 0, 0)
