"""What a presenter knows of a view's signal: that it can be connected."""

from collections.abc import Callable
from typing import Protocol


class Signal(Protocol):
    """The part of a Qt signal that presenters use, so that they need no Qt."""

    def connect(self, slot: Callable[..., object], /) -> object: ...
