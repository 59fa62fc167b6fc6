"""One copy of the app for each data folder: a second start raises the first one's window and ends.

The lock decides; the local socket only carries the wish. Two servers of one name can both listen (measured, 8.3), so
that a socket alone would be no lock.
"""

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.process_lock import Locking, ProcessLock
from cerbo_desktop.runtime.threads import wait_for

if TYPE_CHECKING:
    from cerbo_desktop.app.instance.activation import ActivationServer


_ANSWER_WITHIN_S = 3.0


class SingleInstance:
    """`is_first` tells whether this process may go on; `is_held`, whether another copy is the reason if not."""

    def __init__(self, data_dir: DataDir) -> None:
        self._data_dir = data_dir
        self._lock = ProcessLock(data_dir.root)
        self._door: ActivationServer | None = None
        self.is_first = self.is_held = False
        self.try_again()

    def try_again(self) -> bool:
        """Take the lock; the first copy may have ended meanwhile.

        Where there is no folder to lock, nothing can be kept in it either, and no two copies can get in each other's
        way.
        """
        locking = self._lock.take()
        nothing_to_lock = locking is Locking.IMPOSSIBLE and not self._data_dir.root.is_dir()
        self.is_first = locking is Locking.OURS or nothing_to_lock
        self.is_held = locking is Locking.ANOTHERS
        return self.is_first

    def listen(self, on_raise: Callable[[], None]) -> None:
        """Call `on_raise` whenever another start knocks."""
        from cerbo_desktop.app.instance.activation import ActivationServer  # after the first painting

        self._door = ActivationServer(self._data_dir, on_raise)

    def stop_listening(self) -> None:
        """Answer no further start of the app: the window is gone for good, and nobody must be told that it was
        shown."""
        if self._door is not None:
            self._door.close()
            self._door = None

    def release(self) -> None:
        """Give the folder up, so that another start may have it."""
        self.stop_listening()
        with contextlib.suppress(TimeoutError):
            # The kernel lets go of it anyway as soon as the process has ended.
            wait_for(_ANSWER_WITHIN_S, self._lock.release)
