"""How a second start asks the first to show its window. Apart from the lock, which every start needs at once."""

import hashlib
from collections.abc import Callable

from PySide6.QtNetwork import QLocalServer, QLocalSocket

from cerbo_desktop.runtime.paths import DataDir

_ANSWER_WITHIN_MS = 1_000
_ANSWER, _THANKS = b"1", b"2"


def _name_of(data_dir: DataDir) -> str:
    return f"cerbo-desktop-{hashlib.sha256(str(data_dir.root.resolve()).encode()).hexdigest()[:16]}"


def knock(data_dir: DataDir) -> bool:
    """Ask the first copy to show itself; False where it does not answer.

    To be connected is no answer: the system connects to a copy that hangs, too. The first copy shows itself when it has
    heard that its answer came in time.
    """
    socket = QLocalSocket()
    socket.connectToServer(_name_of(data_dir))
    if not (socket.waitForConnected(_ANSWER_WITHIN_MS) and socket.waitForReadyRead(_ANSWER_WITHIN_MS)):
        return False
    socket.write(_THANKS)
    return socket.waitForBytesWritten(_ANSWER_WITHIN_MS)


class ActivationServer:
    """Calls `on_knock` whenever another start knocks and still listens when it is answered, until it is closed.

    A knock from a while ago raises nothing: it would put a window under keys that are meant for another one.
    """

    def __init__(self, data_dir: DataDir, on_knock: Callable[[], None]) -> None:
        name = _name_of(data_dir)
        QLocalServer.removeServer(name)
        self._server: QLocalServer | None = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(lambda: self._answer(on_knock))
        self._server.listen(name)

    def close(self) -> None:
        """Take no more requests."""
        if self._server is not None:
            self._server.close()

    def _answer(self, on_knock: Callable[[], None]) -> None:
        while self._server is not None and (visitor := self._server.nextPendingConnection()) is not None:
            visitor.disconnected.connect(visitor.deleteLater)
            visitor.readyRead.connect(lambda visitor=visitor: self._let_in(visitor, on_knock))
            visitor.write(_ANSWER)
            visitor.flush()

    def _let_in(self, visitor: QLocalSocket, on_knock: Callable[[], None]) -> None:
        is_thanked = visitor.read(1) == _THANKS
        visitor.disconnectFromServer()
        if is_thanked and self._server is not None:
            on_knock()
