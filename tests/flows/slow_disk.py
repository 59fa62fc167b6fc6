"""A disk that holds photos back until it is let go."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cerbo_desktop.outbox.disk import Disk

_MORE_THAN_ANY = 1000
_HELD_AT_MOST_S = 20.0
"""A test that fails doesn't keep the others waiting."""


class SlowDisk:
    """Writes the files of some photos, and holds the next until it is let go; the list of photos is written as ever."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
        self._room = threading.Semaphore(room)
        self.is_held = threading.Event()
        write_new = Disk.write_new

        def slowly_write_new(disk: Disk, name: str, data: bytes) -> None:
            if not self._room.acquire(blocking=False):
                self.is_held.set()
                self._room.acquire(timeout=_HELD_AT_MOST_S)
            write_new(disk, name, data)

        monkeypatch.setattr(Disk, "write_new", slowly_write_new)

    def make_room(self, photos: int) -> None:
        """Write so many more."""
        self._room.release(photos)

    def let_go(self) -> None:
        """Write all that come."""
        self.make_room(_MORE_THAN_ANY)


@contextmanager
def slow_disk_with_room(monkeypatch: pytest.MonkeyPatch, room: int) -> Iterator[SlowDisk]:
    made = SlowDisk(monkeypatch, room)
    try:
        yield made
    finally:
        made.let_go()
