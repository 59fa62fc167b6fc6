"""The ring that turns in the rows of files while they are checked: a large one takes a while, and nothing hangs."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from cerbo_desktop.services.shots import Examining, Shot
from cerbo_desktop.ui.kit import motion

_FRAME_MS, _FRAMES_A_TURN = 100, 10


class CheckingRing(QObject):
    """How far the ring has turned. It stands still for a person who asked the system for calm."""

    turned = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = 0
        self._delay = QTimer(self, singleShot=True, interval=motion.SPINNER_DELAY_MS)
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._delay.timeout.connect(self._frames.start)
        self._frames.timeout.connect(self._go_on)

    @property
    def turn(self) -> float | None:
        """0..1 of a revolution; None as long as no ring is shown."""
        return self._frame / _FRAMES_A_TURN if self._frames.isActive() else None

    def follow(self, shots: Iterable[Shot]) -> None:
        """Turn while one of these is being checked."""
        if not any(isinstance(shot.state, Examining) for shot in shots):
            self._delay.stop()
            self._frames.stop()
        elif not self._delay.isActive() and not self._frames.isActive() and motion.duration_ms(1):
            self._delay.start()

    def _go_on(self) -> None:
        self._frame = (self._frame + 1) % _FRAMES_A_TURN
        self.turned.emit()
