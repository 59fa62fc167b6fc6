"""The search box: a field in which some keys mean something to the pane."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.kit.fields import Field
from cerbo_desktop.ui.kit.keys import is_held_act, is_kept_beside
from cerbo_desktop.ui.text import search as text

_MAX_TYPED = 400
"""Enough to tell a person that what was pasted is too long, instead of searching for a part of it."""


class SearchField(Field):
    """The box. Down, Enter and Esc mean something to the pane."""

    key_pressed = Signal()
    """Any key but Enter."""
    down_pressed = Signal()
    enter_pressed = Signal()
    escape_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(text.box_placeholder(), "search", MAIN.key("search"), clearable=True)
        self.setMaxLength(_MAX_TYPED)
        self.setAccessibleName(text.box_name())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not is_kept_beside(event):
            self.key_pressed.emit()  # here, for Tab gets no further
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_escape and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not QGuiApplication.clipboard().mimeData().hasText():
            event.ignore()  # a picture is the window's
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            event.ignore()  # Alt 1 opens a card; it must not type a figure
            return
        match event.key():
            case Qt.Key.Key_Down:
                self.down_pressed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if not is_held_act(event):
                    self.enter_pressed.emit()
            case Qt.Key.Key_Escape if self.text():
                self.escape_pressed.emit()
            case _:
                super().keyPressEvent(event)
