"""An ID that a reader has sent into the box, behind a text that was there before."""

from math import inf

from cerbo_desktop.ui.commands.typing_pace import SCAN_GAP_S
from cerbo_desktop.ui.kit.scanned import is_number

_LEAST_SIGNS = 4
"""Fewer may come from a hand that rolls over the keys."""


class Scan:
    """Follows the keys, of which a reader sends each sooner after the last than a person can."""

    def __init__(self) -> None:
        self._before, self._sent, self._last_at_s = "", "", -inf

    def begin(self, text: str) -> None:
        """Start with what a reader sent before the box had the focus; the next key continues it."""
        self._before, self._sent, self._last_at_s = "", text, inf

    def note(self, sign: str, at_s: float, text_before: str) -> None:
        """A key was pressed, in a box that held this text."""
        if at_s - self._last_at_s >= SCAN_GAP_S:
            self._before, self._sent = text_before, ""
        self._sent, self._last_at_s = self._sent + sign, at_s

    def end(self) -> None:
        """No key followed for a moment."""
        self._before, self._sent, self._last_at_s = "", "", -inf

    def number_in(self, text: str) -> str:
        """The ID that a reader has sent, whole or behind an older text; empty where the text in the box came otherwise.
        Behind a figure it may be the rest of an ID whose reader stopped for a moment."""
        if len(self._sent) < _LEAST_SIGNS or not is_number(self._sent):
            return ""
        is_behind_other = bool(self._before.strip()) and not self._before[-1].isdigit()
        is_there = text == self._sent or (is_behind_other and text == self._before + self._sent)
        return self._sent if is_there else ""
