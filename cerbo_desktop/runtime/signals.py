"""What a presenter knows of a view's signal: that it can be connected."""

from collections.abc import Callable
from typing import Protocol


class Signal(Protocol):
    """As far as a presenter needs it."""

    def connect(self, slot: Callable[..., object], /) -> object: ...
