"""Tooltips and hints that name keys: only those that do something now."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QWidget

from cerbo_desktop.ui.commands.command import Table
from cerbo_desktop.ui.commands.rules import KeyRules, rules_of, table_at
from cerbo_desktop.ui.kit.key_hint import ButtonWithKey, PassesKeysOn


class KeyNameUpdater(QObject):
    """Tells a screen, each time that it comes into view and when letters are switched, which keys to name."""

    def __init__(self, screen: QWidget, show: Callable[[KeyRules], object]) -> None:
        super().__init__(screen)
        self._screen, self._show = screen, show
        self._rules: KeyRules | None = None
        screen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            rules = rules_of(self._screen)
            if rules is not self._rules:
                self._rules = rules
                rules.switched.connect(self._tell)
            self._tell()
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        if self._rules is not None:
            self._show(self._rules)


class KeyHintVisibility(QObject):
    """Shows the key on a button only while it presses that button: while the focus is on its screen."""

    def __init__(
        self, button: ButtonWithKey, table: Table, uses_key: Callable[[QWidget], bool] = lambda _: False
    ) -> None:
        """`table` is the screen's; `uses_key` tells where else on the screen the key does something of its own."""
        super().__init__(button)
        self._button, self._table, self._uses_key = button, table, uses_key
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return  # the window is left, and nobody presses keys here
        is_taken = now is not self._button and self._uses_key(now)
        self._button.show_key(table_at(now) is self._table and not is_taken)


def takes_space(focused: QWidget) -> bool:
    """Space presses, ticks or opens what has the focus."""
    return isinstance(focused, QAbstractButton | QComboBox) and not isinstance(focused, PassesKeysOn)


def takes_enter(focused: QWidget) -> bool:
    """Enter presses or opens what has the focus. It ticks no box."""
    return takes_space(focused) and not isinstance(focused, QCheckBox)
