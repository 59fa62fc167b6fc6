"""The ribbon that says, on every page, that all patients are fictional; and the part of the clinic's staff."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.sheet_room import STAYS_IN_VIEW
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import lists, practice as words

_HEIGHT_PX, _EDGE_PX, _GAP_PX, _ICON_PX = 56, 16, 8, 20


class PracticeRibbon(QWidget):
    """`troubles` are (key, words) that can be tried out; the first stands for none."""

    accept_wanted = Signal()
    trouble_chosen = Signal(str)

    def __init__(self, troubles: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setMinimumHeight(_HEIGHT_PX)
        self.setObjectName(STAYS_IN_VIEW)  # on a sheet, too, nobody here is real
        self.setAccessibleName(words.ribbon())
        self._title = Label(words.ribbon(), fonts.SECOND_STRONG, "accent", wraps=True)
        self._status = Label("", fonts.SECOND, "ink2", elides=True)
        self._status.hide()
        self._accept = Button(words.accept_photos(), icon="queue", size=32)
        self._accept.clicked.connect(self.accept_wanted)
        self._trouble = Button(words.simulate(), "quiet", icon="warn", size=32, trailing_icon="down")
        for button in (self._accept, self._trouble):  # a click leaves the focus in the page, whose keys go on working
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = self._make_menu(troubles)
        self._trouble.clicked.connect(self._open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        row.setSpacing(_GAP_PX)
        row.addWidget(IconLabel("info", "accent", _ICON_PX))
        row.addLayout(self._said(), 1)
        row.addWidget(self._trouble)
        row.addWidget(self._accept)

    def show_status(self, text: str) -> None:
        """Show what staff just did, or the trouble that is on."""
        self._status.setText(text)
        self._status.setVisible(bool(text))
        self._fit()
        announce(self, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(QRectF(self.rect()), color("tint"))
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), color("tint_line"))

    def _fit(self) -> None:
        """In a narrow window the buttons show their icons alone, one after the other."""
        room = self.width() - 2 * _EDGE_PX - _ICON_PX - 4 * _GAP_PX
        room -= self._title.sizeHint().width() + self._status.sizeHint().width()
        for on_accept, on_trouble in ((True, True), (False, True), (False, False)):
            self._show_words(on_accept=on_accept, on_trouble=on_trouble)
            if self._accept.sizeHint().width() + self._trouble.sizeHint().width() <= room:
                break

    def _show_words(self, *, on_accept: bool, on_trouble: bool) -> None:
        tip = words.accept_tip()
        self._accept.show_word(on_accept)
        self._accept.setToolTip(tip if on_accept else lists.headed(words.accept_photos(), tip))
        self._trouble.show_word(on_trouble)

    def _said(self) -> QVBoxLayout:
        """Title and status, and beneath them who the clinic's staff are."""
        first = QHBoxLayout()
        first.setSpacing(_GAP_PX)
        first.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self._status, 1)
        first.addStretch()
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch()
        said.addLayout(first)
        said.addWidget(Label(words.who_staff_are(), fonts.SECOND, "ink2", elides=True))
        said.addStretch()
        return said

    def _make_menu(self, troubles: Sequence[tuple[str, str]]) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for place, (key, name) in enumerate(troubles):
            action = QAction(name, menu, checkable=True, checked=place == 0)
            action.triggered.connect(lambda _=False, key=key: self.trouble_chosen.emit(key))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _open_menu(self) -> None:
        self._menu.popup(self._trouble.mapToGlobal(self._trouble.rect().bottomLeft()))
