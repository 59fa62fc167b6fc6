"""The server's thread and its listening socket: started, taken off the network, put back, stopped at once."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Coroutine

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import ServerState

from cerbo_desktop.practice.counters import Counters
from cerbo_desktop.practice.line import LineProtocol

HOST = "127.0.0.1"
START_DEADLINE_S = 10.0
SETTLE_S = 0.3
KEEP_ALIVE_S = 75
_SHARED = getattr(socket, "SO_REUSEPORT", socket.SO_REUSEADDR)
"""Lets a second socket of ours hold the port while the first still listens; Windows has one option for both."""
_TURNS = 3
"""Of the loop: a connection that was just taken becomes known to the server within them, and can then be reset."""


class Listener:
    """uvicorn's protocol on a loop of its own thread. Methods may be called from any other thread."""

    def __init__(self, app: ASGIApp, counters: Counters, tls: ssl.SSLContext | None) -> None:
        self._counters = counters
        self._tls = tls
        self._config = Config(
            app,
            http=LineProtocol,
            ws="none",
            lifespan="off",
            timeout_keep_alive=KEEP_ALIVE_S,
            log_config=None,
            log_level="critical",
            access_log=False,
        )
        self._state = ServerState()
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._server: asyncio.Server | None = None
        self._held: socket.socket | None = None
        self.port = 0

    def start(self) -> None:
        """Listen on a free port; returns when connections are taken."""
        self._held = _bound(0)
        self.port = self._held.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="practice-clinic", daemon=True)
        self._thread.start()
        if not self._ready.wait(START_DEADLINE_S):
            raise TimeoutError("the practice clinic did not start")

    def stop(self) -> None:
        """Break every connection and end the thread. Calling it again does nothing."""
        thread, self._thread = self._thread, None
        if thread is None or self._loop is None or self._stopping is None:
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        thread.join()

    def go_offline(self) -> None:
        """Refuse connections and reset the open ones, until `go_online`. The port stays ours."""
        self._on_loop(self._leave)

    def go_online(self) -> None:
        self._await_on_loop(self._listen)

    def break_connections(self) -> None:
        """Reset every open connection, idle or in use; new ones are taken."""
        self._on_loop(self._reset_all)

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._config.load()
        await self._listen()
        self._ready.set()
        await self._stopping.wait()
        self._leave()
        if self._held is not None:
            self._held.close()
        for _ in range(_TURNS):
            await asyncio.sleep(0)
            self._reset_all()
        if self._state.tasks:
            await asyncio.wait(set(self._state.tasks), timeout=SETTLE_S)

    async def _listen(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._protocol, sock=held, backlog=128, ssl=self._tls)

    def _protocol(self) -> LineProtocol:
        return LineProtocol(self._config, self._state, self._counters)

    def _leave(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            self._held = _bound(self.port)  # first, so that the port is free at no moment
            server.close()
        self._reset_all()

    def _reset_all(self) -> None:
        for connection in list(self._state.connections):
            if isinstance(connection, LineProtocol):
                connection.reset()

    def _on_loop(self, act: Callable[[], None]) -> None:
        async def acting() -> None:
            act()

        self._await_on_loop(acting)

    def _await_on_loop(self, act: Callable[[], Coroutine[None, None, None]]) -> None:
        if self._loop is not None and self._thread is not None:
            asyncio.run_coroutine_threadsafe(act(), self._loop).result(START_DEADLINE_S)


def _bound(port: int) -> socket.socket:
    """A bound socket that does not listen: connecting to it is refused, and no other program is given the port."""
    # With the protocol named, asyncio turns Nagle's delay off: else each answer waits 40 ms (measured, 3.6; no upstream
    # report was found).
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, _SHARED, 1)
    sock.bind((HOST, port))
    return sock
