"""Small pieces that the search pane is put together from."""

from collections.abc import Iterable

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import LinkButton
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.labels import Label, Rule, Run
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.search.pages import SearchPage
from cerbo_desktop.ui.text import lists, search as text
from cerbo_desktop.ui.text.pieces import Piece, plain_text

EDGE_PX = 16


class Stack(QWidget):
    """A column whose parts are put in anew each time; hidden while it holds none."""

    def __init__(self, spacing_px: int, margins: QMargins | None = None) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(margins or QMargins())
        self._column.setSpacing(spacing_px)
        self.hide()

    def fill(self, parts: Iterable[QWidget]) -> None:
        """Show these widgets under one another, in place of those before."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for part in parts:
            self._column.addWidget(part)
        self.setVisible(self._column.count() > 0)


class NewPatientNote(QWidget):
    """Patients are made in Cerbo, never here."""

    def __init__(self) -> None:
        super().__init__()
        self.link = LinkButton(text.open_cerbo(), "open-out")
        self.link.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(6)
        column.addWidget(Rule())
        column.addSpacing(10)
        column.addWidget(Label(text.new_patient(), fonts.BODY, "ink2", wraps=True))
        column.addWidget(self.link)


class OpenFirstNote(QWidget):
    """Says below the search box that photos were pasted while nobody is open. Out of sight until `tell`; it goes with
    the next letter in the box, and when somebody is opened."""

    def __init__(self, box: QLineEdit) -> None:
        super().__init__()
        self._notice = Notice("info", text.open_then_paste())
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, 0, EDGE_PX, 8)
        column.addWidget(self._notice)
        box.textChanged.connect(self.hide)
        self.hide()

    def tell(self) -> None:
        """Say that a patient has to be opened first."""
        self.show()
        self._notice.announce_now(assertive=True)


def inset(part: QWidget, *, top: int = 0, bottom: int = 0, is_wide: bool = True) -> QWidget:
    """`part` with the pane's edges left and right, as wide as the pane or as its content."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(EDGE_PX, top, EDGE_PX, bottom)
    column.addWidget(part, 0, Qt.AlignmentFlag(0) if is_wide else Qt.AlignmentFlag.AlignLeft)
    return frame


def sentence(pieces: Iterable[Piece], style: TypeStyle = fonts.BODY, ink: str = "ink2", strong: str = "ink") -> Label:
    """A wrapped sentence in which what was typed stands out."""
    label = Label("", style, ink, wraps=True)
    label.set_runs(
        [Run(piece.text, strong if piece.is_strong else "", 600 if piece.is_strong else 0) for piece in pieces]
    )
    return label


def searched_line(pieces: Iterable[Piece]) -> QWidget:
    """Below the rows: a divider, then what was searched for."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 8, 0, 16)
    column.setSpacing(16)
    column.addWidget(Rule())
    line = sentence(pieces, fonts.SECOND, "ink3", "ink2")
    line.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
    column.addWidget(line)
    return frame


def spoken_page(page: SearchPage) -> str:
    """What a screen reader says when the page comes: how many, or what happened."""
    warning = page.warning or ()
    return lists.sentences(*map(lists.ended, (page.title, *warning, *map(plain_text, page.lines))))
