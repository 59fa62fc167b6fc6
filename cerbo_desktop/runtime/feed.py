"""One writer, many readers, and only the latest value matters."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Feed(Generic[Value]):
    """Holds the latest snapshot and tells its readers of each new one, in the order they came."""

    def __init__(self, first: Value) -> None:
        self._latest = first
        self._readers: list[Callable[[Value], None]] = []

    @property
    def latest(self) -> Value:
        """The value published last, or the first one where nothing was published yet."""
        return self._latest

    def publish(self, value: Value) -> None:
        """Store `value` and tell every reader; a value equal to the last one is not told again."""
        if value == self._latest:
            return
        self._latest = value
        for reader in tuple(self._readers):
            reader(value)

    def subscribe(self, reader: Callable[[Value], None], *, replay: bool = True) -> Callable[[], None]:
        """Tell `reader` of the latest value now (unless `replay` is False) and of each later one.

        Returns the function that ends it.
        """
        self._readers.append(reader)
        if replay:
            reader(self._latest)
        return lambda: self._readers.remove(reader) if reader in self._readers else None
