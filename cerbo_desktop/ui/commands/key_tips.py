"""Tooltips and hints that name keys: only those that do something now."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.commands.rules import KeyRules, rules_of


class KeyTips(QObject):
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
