"""Short answers to what staff ask, with a box to search in them."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.fields import Field
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Rule
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.text import help_answers as words, lists
from cerbo_desktop.ui.text.help_answers import Answer

_ICON_PX = 16
_AROUND_PX = 12


class _Question(Button):
    """Shows and hides its answer. A long question wraps."""

    def __init__(self, question: str) -> None:
        super().__init__(question, "quiet")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(0)
        self.setMaximumHeight(1 << 20)
        self._title = Label(question, fonts.NAME, wraps=True)
        self._title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, _AROUND_PX, _ICON_PX + 8, _AROUND_PX)
        column.addWidget(self._title)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._title.heightForWidth(width - _ICON_PX - 8) + 2 * _AROUND_PX

    def sizeHint(self) -> QSize:
        return QSize(self._title.sizeHint().width() + _ICON_PX + 8, self._title.sizeHint().height() + 2 * _AROUND_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 20 + 2 * _AROUND_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            at = QRectF(self.width() - _ICON_PX, (self.height() - _ICON_PX) / 2, _ICON_PX, _ICON_PX)
            paint_icon(painter, "down" if self.isChecked() else "next", at, "ink2")


class _AnswerRow(QWidget):
    """A question, its answer below it, and a line."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.question = _Question(answer.question)
        self._spoken = lists.sentences(*(lists.headed(line.title, line.text) for line in answer.lines))
        self._sought = f"{answer.question} {self._spoken}".casefold()
        self._body = QWidget()
        self._fill(answer)
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.question, self._body, Rule()):
            column.addWidget(part)
        self.question.toggled.connect(self._body.setVisible)
        self.question.clicked.connect(self._tell)

    def has(self, text: str) -> bool:
        """Whether each word of `text` stands in it."""
        return all(word in self._sought for word in text.casefold().split())

    def _fill(self, answer: Answer) -> None:
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, _AROUND_PX)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for row, line in enumerate(answer.lines):
            text = Label(line.text, fonts.SECOND, "ink2", wraps=True)
            if line.title:
                grid.addWidget(IconLabel(line.icon, line.ink, _ICON_PX), row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(Label(line.title, fonts.SECOND_STRONG, line.ink), row, 1, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(text, row, 2)
            else:
                grid.addWidget(text, row, 0, 1, 3)

    def _tell(self, is_open: bool) -> None:
        if is_open:
            announce(self, self._spoken)


class Answers(QWidget):
    """The box, and below it the questions that have its words; the first of all stands open."""

    def __init__(self) -> None:
        super().__init__()
        self.field = Field(words.placeholder(), "search", clearable=True)
        self.rows = [_AnswerRow(answer) for answer in words.answers(UPLOADS.key("menu"))]
        self.rows[0].question.setChecked(True)
        self._none = Label(words.nothing_found(), fonts.BODY, "ink2", wraps=True)
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addSpacing(24)
        column.addWidget(Label(words.short_answers(), fonts.LABEL_STRONG, "ink2"))
        column.addWidget(self._none)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        self.field.textChanged.connect(self._find)

    def _find(self, text: str) -> None:
        for row in self.rows:
            row.setVisible(row.has(text))
        is_none = all(row.isHidden() for row in self.rows)
        if is_none and self._none.isHidden():
            announce(self, words.nothing_found())
        self._none.setVisible(is_none)
