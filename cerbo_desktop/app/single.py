"""One copy of the app for each data folder: a second start raises the first one's window and ends.

The lock decides; the local socket only carries the wish. Two servers of one name can both listen (measured), so that a
socket alone would be no lock. A lock left by a killed process is free again at once (measured).
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from cerbo_desktop.runtime.paths import DataDir

if TYPE_CHECKING:
    from cerbo_desktop.app.knocking import Door


class SingleInstance:
    """`is_first` tells whether this process may go on. Needs an application object."""

    def __init__(self, data_dir: DataDir) -> None:
        self._data_dir = data_dir
        self._lock = QLockFile(str(data_dir.root / "lock"))
        self._lock.setStaleLockTime(0)
        self._door: Door | None = None
        self.is_first = self._take() or self._lock.error() is not QLockFile.LockError.LockFailedError

    def listen(self, on_raise: Callable[[], None]) -> None:
        """Call `on_raise` whenever another start knocks."""
        from cerbo_desktop.app.knocking import Door  # after the first painting

        self._door = Door(self._data_dir, on_raise)

    def stop_listening(self) -> None:
        """The window is gone for good: whoever starts the app now must not be told that it was shown."""
        if self._door is not None:
            self._door.close()
            self._door = None

    def raise_first(self) -> bool:
        """Knock at the first copy; False where it does not answer."""
        from cerbo_desktop.app.knocking import knock

        return knock(self._data_dir)

    def release(self) -> None:
        self.stop_listening()
        self._lock.unlock()

    def _take(self) -> bool:
        """A lock that names this very process is that of a killed one whose number we were given. Qt takes it for alive
        (measured under wine, where a second start often gets the number of the first)."""
        if self._lock.tryLock(0):
            return True
        is_own_number = self._lock.getLockInfo()[0] == os.getpid()
        return is_own_number and self._lock.removeStaleLockFile() and self._lock.tryLock(0)
