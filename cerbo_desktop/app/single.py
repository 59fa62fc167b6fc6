"""One copy of the app for each data folder: a second start raises the first one's window and ends.

The lock decides; the local socket only carries the wish. Two servers of one name can both listen (measured), so that a
socket alone would be no lock. A lock left by a killed process is free again at once (measured).
"""

import hashlib
import os
from collections.abc import Callable

from PySide6.QtCore import QLockFile
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from cerbo_desktop.runtime.paths import DataDir

_ANSWER_WITHIN_MS = 1_000


class SingleInstance:
    """`is_first` tells whether this process may go on. Needs an application object."""

    def __init__(self, data_dir: DataDir) -> None:
        self._name = f"cerbo-desktop-{hashlib.sha256(str(data_dir.root.resolve()).encode()).hexdigest()[:16]}"
        self._lock = QLockFile(str(data_dir.root / "lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self.is_first = self._take() or self._lock.error() is not QLockFile.LockError.LockFailedError

    def listen(self, on_raise: Callable[[], None]) -> None:
        """Call `on_raise` whenever another start knocks."""
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(lambda: self._answer(on_raise))
        self._server.listen(self._name)

    def raise_first(self) -> bool:
        """Knock at the first copy; False where it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        return socket.waitForConnected(_ANSWER_WITHIN_MS)

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _take(self) -> bool:
        """A lock that names this very process is that of a killed one whose number we were given. Qt takes it for alive
        (measured under wine, where a second start often gets the number of the first)."""
        if self._lock.tryLock(0):
            return True
        is_own_number = self._lock.getLockInfo()[0] == os.getpid()
        return is_own_number and self._lock.removeStaleLockFile() and self._lock.tryLock(0)

    def _answer(self, on_raise: Callable[[], None]) -> None:
        while self._server is not None and (visitor := self._server.nextPendingConnection()) is not None:
            visitor.disconnectFromServer()
            visitor.deleteLater()
            on_raise()
