"""What somebody listens to that outlives them, so that all of it can be ended at once."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import SignalInstance

from cerbo_desktop.runtime.feed import Feed

Value = TypeVar("Value")


class Subscriptions:
    """Signals of widgets, and feeds of services. `close` ends them in reverse order and may be called twice."""

    def __init__(self) -> None:
        self._ends: list[Callable[[], object]] = []

    def connect(self, signal: SignalInstance, slot: Callable[..., object]) -> None:
        """Connect `slot` until `close`."""
        signal.connect(slot)
        self._ends.append(lambda: signal.disconnect(slot))

    def follow(self, feed: Feed[Value], reader: Callable[[Value], None], *, replay: bool = True) -> None:
        """Tell `reader` of the feed's latest value (unless `replay` is False) and of each later one, until `close`."""
        self._ends.append(feed.subscribe(reader, replay=replay))

    def close(self) -> None:
        """Hear no more of anything."""
        ends, self._ends = self._ends, []
        for end in reversed(ends):
            end()
