"""Short answers to what staff ask, with a box to search in them."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button, LinkButton
from cerbo_desktop.ui.kit.fields import Field
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Rule
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.text import help_answers as words, lists
from cerbo_desktop.ui.text.help_answers import Answer

_ICON_PX = 16
_AROUND_PX = 12
_LEAST_TEXT_PX = 160
"""Of a text beside its title, with the gaps around it."""


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


class _AnswerLines(QWidget):
    """An answer: texts, each beside its title, or below it where there is no room beside."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._rows = [
            (
                IconLabel(line.icon, line.ink, _ICON_PX) if line.title else None,
                Label(line.title, fonts.SECOND_STRONG, line.ink, wraps=True),
                Label(line.text, fonts.SECOND, "ink2", wraps=True),
            )
            for line in answer.lines
        ]
        self._titles_px = max(title.width_in_lines(1) for _, title, _ in self._rows)
        self._is_narrow: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, _AROUND_PX)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._place(is_narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(is_narrow=self.width() < _ICON_PX + self._titles_px + _LEAST_TEXT_PX)

    def _place(self, *, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for at, (icon, title, text) in enumerate(self._rows):
            if icon is None:
                title.hide()
                self._grid.addWidget(text, 2 * at, 0, 1, 3)
                continue
            self._grid.addWidget(icon, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(title, 2 * at, 1, 1, 2 if is_narrow else 1)
            self._grid.addWidget(text, 2 * at + is_narrow, 1 if is_narrow else 2, 1, 2 if is_narrow else 1)
        self._grid.setColumnMinimumWidth(1, 0 if is_narrow else self._titles_px)


class _AnswerRow(QWidget):
    """A question, its answer below it, and a line."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.question = _Question(answer.question)
        self._spoken = lists.sentences(*(lists.headed(line.title, line.text) for line in answer.lines))
        self._sought = f"{answer.question} {self._spoken} {answer.search_words}".casefold()
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._inside.addWidget(_AnswerLines(answer))
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.question, self._body, Rule()):
            column.addWidget(part)
        self.question.toggled.connect(self._body.setVisible)
        self.question.clicked.connect(self._tell)

    def add_link(self, text: str) -> LinkButton:
        """Put a link below the answer, with which it comes and goes."""
        link = LinkButton(text)
        self._inside.addWidget(link)
        return link

    def has(self, text: str) -> bool:
        """Whether each word of `text` stands in it, or is one that people look for it by."""
        return all(word in self._sought for word in text.casefold().split())

    def _tell(self, is_open: bool) -> None:
        if is_open:
            announce(self, self._spoken)


class Answers(QWidget):
    """The box, and below it the questions that have its words; the first of all stands open."""

    def __init__(self) -> None:
        super().__init__()
        self.field = Field(words.placeholder(), "search", clearable=True)
        self.rows = [_AnswerRow(answer) for answer in words.answers(UPLOADS.key("menu"))]
        self.uploads = self.rows[0].add_link(words.show_uploads())
        self.uploads.hide()
        self.has_elsewhere: Callable[[str], bool] = lambda _: False
        """Whether a text stands in what is beside the answers, which then shows where."""
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
        is_elsewhere, is_none = self.has_elsewhere(text), all(row.isHidden() for row in self.rows)
        said = words.only_among_keys() if is_elsewhere else words.nothing_found()
        if is_none and (self._none.isHidden() or self._none.text() != said):
            announce(self, said)
        self._none.setText(said)
        self._none.setVisible(is_none)
