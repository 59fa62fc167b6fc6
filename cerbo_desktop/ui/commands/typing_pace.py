"""Which key presses follow one another so fast that no person means them as commands."""

from math import inf

SCAN_GAP_S = 0.06
"""Readers send a key every 1 to 30 ms; the fastest typists need 70."""
TYPING_GAP_S = 0.3
"""Two letters within this time are of a word. Once a burst has begun, whatever follows so soon belongs to it: people
type some pairs of a name fast and others not."""
_LATE_ENTER_S = 0.9
"""Some readers send their Enter after a pause: one that follows a burst within this time is still of it. Outside of a
field there is nothing that a person's own Enter would confirm so soon after a burst."""


class TypingPace:
    """Judges one press after another by the time between them."""

    def __init__(self) -> None:
        self.written = ""
        """What was typed at one go, up to the last key."""
        self._is_burst = False
        self._last_at_s = -inf

    def note_press(self, sign: str, at_s: float, *, is_acting: bool) -> bool:
        """Take note of a press and return whether it belongs to a burst.

        `sign` is what the key types, empty for nothing; `at_s` is when it was pressed, on a clock that never goes
        back; `is_acting`: Enter or Space, which alone begin no burst. The same letter twice is no word yet: somebody
        turns a photo by two steps.
        """
        gap_s = at_s - self._last_at_s
        is_word = self.written[-1:].isalpha() and sign.isalpha()
        is_at_one_go = gap_s < self._longest_gap_s(is_word=is_word, is_acting=is_acting)
        is_other = is_word and len(set((self.written + sign).casefold())) > 1
        self._is_burst = is_at_one_go and (self._is_burst or is_other or gap_s < SCAN_GAP_S)
        if self._is_burst or not is_acting:
            self._last_at_s = at_s
            self.written = (self.written if is_at_one_go else "") + sign
        return self._is_burst

    def _longest_gap_s(self, *, is_word: bool, is_acting: bool) -> float:
        """Between two presses of one burst."""
        if self._is_burst and is_acting:
            return _LATE_ENTER_S
        return TYPING_GAP_S if self._is_burst or is_word else SCAN_GAP_S

    def forget_written(self) -> None:
        """Keep nothing of what was typed; it may be a patient's name. The pace goes on as it was."""
        self.written = ""
