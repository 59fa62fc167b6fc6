"""Which tiles wait for their picture, and since when: a spinner shows only after 300 ms, so that nothing flashes."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.ui.kit import motion

_FRAME_MS = 40
_TURN_S = 1.0


class WaitingTiles(QObject):
    """Ticks only while something waits. `turned` names the tiles to paint again."""

    turned = Signal(object)  # frozenset[PhotoId]

    def __init__(self, parent: QObject, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._since_s: dict[PhotoId, float] = {}
        self.spinning: frozenset[PhotoId] = frozenset()
        self.turn = 0.0
        """0..1 of a revolution; stays 0 where the system asks for calm."""
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._tick)

    @property
    def is_ticking(self) -> bool:
        """Some tile waits, and its spinner turns."""
        return self._frames.isActive()

    def note(self, photo_id: PhotoId, *, is_waiting: bool) -> None:
        """Note that a tile was painted; `is_waiting`: its thumbnail has not come yet."""
        if not is_waiting:
            self._since_s.pop(photo_id, None)
            return
        if photo_id not in self._since_s:
            self._since_s[photo_id] = self._now_s()
            self._frames.start()

    def keep_only(self, in_view: frozenset[PhotoId]) -> None:
        """Drop tiles that are out of view."""
        self._since_s = {photo_id: since_s for photo_id, since_s in self._since_s.items() if photo_id in in_view}

    def clear(self) -> None:
        """Forget every tile that waits."""
        self._since_s.clear()
        self.spinning = frozenset()
        self._frames.stop()

    def _tick(self) -> None:
        now_s, moves = self._now_s(), motion.duration_ms(1) > 0
        delay_s = motion.SPINNER_DELAY_MS / 1000
        before = self.spinning
        self.spinning = frozenset(id_ for id_, since_s in self._since_s.items() if now_s - since_s >= delay_s)
        self.turn = now_s % _TURN_S / _TURN_S if moves else 0.0
        self.turned.emit(self.spinning if moves else self.spinning - before)
        is_settled = not moves and len(self.spinning) == len(self._since_s)
        if not self._since_s or is_settled:
            self._frames.stop()
