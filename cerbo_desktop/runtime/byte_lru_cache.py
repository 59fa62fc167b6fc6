"""A cache that is bounded in bytes: what was used longest ago goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class ByteLruCache(Generic[Key, Value]):
    """Keeps values as long as all of them together stay within `limit_bytes`."""

    def __init__(self, limit_bytes: int, size_of: Callable[[Value], int]) -> None:
        self._limit_bytes = limit_bytes
        self._size_of = size_of
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._used_bytes = 0

    @property
    def used_bytes(self) -> int:
        return self._used_bytes

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Key) -> bool:
        """Does not count as use."""
        return key in self._values

    def get(self, key: Key) -> Value | None:
        """The value, now the most recently used; None where there is none."""
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key][0]

    def put(self, key: Key, value: Value) -> None:
        """Keep `value`, dropping the least recently used; one larger than the whole budget is not kept."""
        self.discard(key)
        size_bytes = self._size_of(value)
        if size_bytes > self._limit_bytes:
            return
        self._values[key] = value, size_bytes
        self._used_bytes += size_bytes
        while self._used_bytes > self._limit_bytes:
            _, (_, dropped_bytes) = self._values.popitem(last=False)
            self._used_bytes -= dropped_bytes

    def discard(self, key: Key) -> None:
        """Drop one; nothing happens where there is none."""
        if key in self._values:
            self._used_bytes -= self._values.pop(key)[1]

    def discard_where(self, is_unwanted: Callable[[Key], bool]) -> None:
        """Drop each one whose key is unwanted."""
        for key in [key for key in self._values if is_unwanted(key)]:
            self.discard(key)

    def clear(self) -> None:
        self._values.clear()
        self._used_bytes = 0
