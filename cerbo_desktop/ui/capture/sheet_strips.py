"""The strips under the head of the capture sheet: what went wrong, what went well, and what is still going on."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.notice import Notice


class SheetStrips(QWidget):
    """Each stands until its owner takes it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem, self.news, self.note = "", "", ""
        """The sentences that stand there, or empty."""
        self._problem, self._news = Notice("bad", "", is_strip=True), Notice("ok", "", is_strip=True)
        self._note = Notice("info", "", is_strip=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strip in (self._problem, self._news, self._note):
            strip.hide()
            column.addWidget(strip)

    def show_problem(self, sentence: str) -> None:
        """Empty takes it away."""
        self.problem = sentence
        self._problem.set_words(sentence, assertive=True)
        self._problem.setVisible(bool(sentence))

    def show_news(self, sentence: str) -> None:
        """Empty takes it away."""
        self.news = sentence
        self._news.set_words(sentence)
        self._news.setVisible(bool(sentence))

    def show_note(self, sentence: str) -> None:
        """Empty takes it away. One that counts down is read out once."""
        is_new, self.note = not self.note, sentence
        self._note.set_words(sentence, is_quiet=not is_new)
        self._note.setVisible(bool(sentence))
