"""The column beside the stage: what Cerbo says of the photo on show, and what its file shows."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import RING_REACH_PX, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import lists, photo_details as text
from cerbo_desktop.ui.viewer.details_presenter import Fact

WIDTH_PX = 272
_SIDE_PX = 24
_STEP_PX = 60
"""A fact with its label."""
_ACTIONS = QAbstractSlider.SliderAction
_LINE_KEYS = {Qt.Key.Key_Up: _ACTIONS.SliderSingleStepSub, Qt.Key.Key_Down: _ACTIONS.SliderSingleStepAdd}
_PAGE_KEYS = {
    Qt.Key.Key_PageUp: _ACTIONS.SliderPageStepSub,
    Qt.Key.Key_PageDown: _ACTIONS.SliderPageStepAdd,
    Qt.Key.Key_Home: _ACTIONS.SliderToMinimum,
    Qt.Key.Key_End: _ACTIONS.SliderToMaximum,
}
"""In the viewer they go from photo to photo, but for whoever has gone into the column."""


class PhotoDetails(QWidget):
    """Closed at first. What does not fit the height is scrolled."""

    opened_changed = Signal(bool)
    close_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH_PX)
        self.setAccessibleName(text.details())
        self._close = IconButton("close", text.close_details())
        self._told = _Group(text.what_cerbo_says())
        self._in_file = _Group(text.downloaded_file())
        self._note = Label("", fonts.SECOND, "ink2", wraps=True)
        self._facts = _Scroll(text.details())
        self._spoken = ""
        self._lay_out()
        self._close.clicked.connect(self.close_chosen)
        self.hide()

    @property
    def is_open(self) -> bool:
        """The column is shown."""
        return not self.isHidden()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the focus, in order."""
        return self._close, self._facts

    def set_open(self, is_open: bool) -> None:
        """Show the column, or take it away."""
        self.setVisible(is_open)
        self.opened_changed.emit(is_open)
        if is_open:
            announce(self._facts, lists.headed(text.details(), self._spoken))

    def scroll_by_key(self, key: int) -> bool:
        """By a key that was pressed elsewhere in the viewer; False for one that does not scroll."""
        return self.is_open and self._facts.scroll_by_key(key, _LINE_KEYS)

    def show_facts(self, told: Sequence[Fact], in_file: Sequence[Fact], note: str) -> None:
        """In place of everything that stood here."""
        self._told.show_facts(told)
        self._in_file.show_facts(in_file)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._spoken = lists.spoken(*(lists.labelled(fact.label, fact.value) for fact in (*told, *in_file)))
        self._facts.setAccessibleDescription(lists.headed(self._spoken, note))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color("surface"))
            painter.fillRect(0, 0, 1, self.height(), color("line"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE_PX, 16, 16, 8)
        head.addWidget(Label(text.details(), fonts.GROUP), 1)
        head.addWidget(self._close)
        content = QWidget()
        content.setProperty("pane", "clear")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(_SIDE_PX - RING_REACH_PX, 8, _SIDE_PX - RING_REACH_PX, 24)
        inside.setSpacing(24)
        for part in (self._note, self._told, self._in_file):
            inside.addWidget(part)
        inside.addStretch(1)
        self._facts.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        framed = QHBoxLayout()
        framed.setContentsMargins(RING_REACH_PX, 0, RING_REACH_PX, RING_REACH_PX)
        framed.addWidget(self._facts)
        column.addLayout(framed, 1)


class _Scroll(RingsOnFocus, QScrollArea):
    """Reached by Tab, so that the keyboard can scroll it and a screen reader can read it."""

    ring_radius = 4.0

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(_STEP_PX)
        self.viewport().setAutoFillBackground(False)

    def scroll_by_key(self, key: int, keys: Mapping[Qt.Key, _ACTIONS]) -> bool:
        """False where the key is none of these, or nothing can be scrolled."""
        action, bar = keys.get(Qt.Key(key)), self.verticalScrollBar()
        if action is None or bar.maximum() == 0:
            return False
        bar.triggerAction(action)
        return True

    def event(self, event: QEvent) -> bool:
        """Before the viewer's own keys are looked up."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if is_plain and event.key() in _PAGE_KEYS and self.verticalScrollBar().maximum() > 0:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.scroll_by_key(event.key(), _LINE_KEYS | _PAGE_KEYS):
            super().keyPressEvent(event)


class _Group(QWidget):
    """A title and facts below it; not there without facts."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._rows: list[_FactRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(Label(title, fonts.SECOND_STRONG))

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Rows are used again, so that going from photo to photo does not make the column flicker."""
        while len(self._rows) < len(facts):
            self._rows.append(_FactRow())
            self._column.addWidget(self._rows[-1])
        for row, fact in zip(self._rows, facts, strict=False):
            row.show_fact(fact)
        for row in self._rows[len(facts) :]:
            row.forget()
        self.setVisible(bool(facts))


class _FactRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._label = Label("", fonts.LABEL, "ink2")
        self._value = Label("", fonts.BODY, "ink", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addWidget(self._value)

    def show_fact(self, fact: Fact) -> None:
        self._label.setText(fact.label)
        self._value.setText(fact.value)
        self._value.set_ink("ink" if fact.is_given else "ink2")
        self._value.setAccessibleName(lists.labelled(fact.label, fact.value))
        self.show()

    def forget(self) -> None:
        for label in (self._label, self._value):
            label.setText("")
        self._value.setAccessibleName("")
        self.hide()
