"""Who goes first when requests have to wait for each other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum


class Urgency(IntEnum):
    """Lower goes first."""

    NOW = 0
    """A person waits for this very answer: search, an opened photo."""
    VISIBLE = 1
    """A picture in view."""
    NEAR = 2
    """A picture that a scroll or an arrow key would bring into view."""
    OUTBOX = 3
    """A photo that is safe on this PC and on its way to Cerbo: last of what a person sees, but never kept for ever."""
    BACKGROUND = 4


class DynamicUrgency:
    """An urgency that changes while its bearer waits: it rises when a picture below the view is opened, and falls when
    whoever opened it has gone on to another."""

    def __init__(self, urgency: Urgency) -> None:
        self._now = urgency
        self._listeners: list[Callable[[Urgency], None]] = []

    @property
    def now(self) -> Urgency:
        return self._now

    def raise_to(self, urgency: Urgency) -> None:
        """Nothing happens where it is as urgent already."""
        if urgency < self._now:
            self.become(urgency)

    def become(self, urgency: Urgency) -> None:
        """More urgent or less."""
        if urgency is not self._now:
            self._now = urgency
            for listener in tuple(self._listeners):
                listener(urgency)

    @contextmanager
    def notifying(self, listener: Callable[[Urgency], None]) -> Iterator[None]:
        """Tell `listener` of each change for as long as the block runs."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)
