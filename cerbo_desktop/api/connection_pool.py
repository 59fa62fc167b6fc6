"""The connections to one origin, each lent to one request at a time; in place of httpcore's pool.

That pool is jammed by cancelling: a request that is cancelled while it waits in it, in the moment after its connection
was made, or while its answer is being closed leaves a connection behind that is neither used nor ever dropped, and with
the last of them every request times out (measured, 3.3; upstream: encode/httpcore issues 830, 1093 and 1115, all open).
Here nobody waits, since the priority limiter lets in only so many, and what does not come back idle is closed.
"""

import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from types import TracebackType
from typing import Protocol, cast

import httpcore
import httpx

from cerbo_desktop.api.outflow import Outflow
from cerbo_desktop.api.sockets import LeanBackend, LeanStream

_KEEPALIVE_S = 30.0


class LeanTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over our own connections: HTTP/1.1, no proxies, nothing from the environment, no repeats."""

    def __init__(self, context: ssl.SSLContext | None, backend: LeanBackend) -> None:
        self._pool = ConnectionPool(context, backend)  # type: ignore[assignment]  # all that it asks of a pool


class _Line(httpcore.AsyncHTTPConnection):
    @property
    def has_surplus(self) -> bool:
        """Whether bytes are here, or the end, while nothing is asked: behind the answer that was read, in this program
        or still in the system's socket. A next request would take them for its own answer: another patient's.
        httpcore does not look (no upstream report was found); RFC 9112, 9.2 forbids using them."""
        connection = self._connection
        if not isinstance(connection, httpcore.AsyncHTTP11Connection):
            return False
        behind, _ = connection._h11_state.trailing_data
        return bool(behind or connection._network_stream.get_extra_info("is_readable"))

    @property
    def unsent_bytes(self) -> int:
        stream = self._stream
        return 0 if stream is None else stream.unsent_bytes

    @property
    def is_vain(self) -> bool:
        stream = self._stream
        return stream is None or stream.is_vain

    @property
    def _stream(self) -> LeanStream | None:
        """Once it is connected."""
        stream = getattr(self._connection, "_network_stream", None)
        return stream if isinstance(stream, LeanStream) else None


class ConnectionPool:
    """As much of httpcore's pool as httpx uses. Any number of requests at once; closing it breaks those under way."""

    def __init__(self, context: ssl.SSLContext | None, backend: LeanBackend) -> None:
        self._context = context
        self._backend = backend
        self._idle: list[_Line] = []
        self._lent: set[_Line] = set()
        self._is_closed = False

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        line = await self._idle_line() or self._new_line(request.url.origin)
        self._lent.add(line)
        outflow = request.extensions.get("outflow")
        if isinstance(outflow, Outflow):
            outflow.watch(line)
        try:
            response = await line.handle_async_request(request)
        except BaseException:
            await self.take_back(line)
            raise
        body = _Body(cast(_Closable, response.stream), line, self)
        return httpcore.Response(
            response.status, headers=response.headers, content=body, extensions=response.extensions
        )

    async def take_back(self, line: _Line) -> None:
        """Keep a connection whose answer was read to its end, with nothing behind it; close any other."""
        self._lent.discard(line)
        if line.is_idle() and not self._is_closed and not line.has_surplus:
            self._idle.append(line)
        else:
            await line.aclose()

    async def aclose(self) -> None:
        self._is_closed = True
        lines, self._idle = [*self._idle, *self._lent], []
        for line in lines:
            await line.aclose()

    async def __aenter__(self) -> "ConnectionPool":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _idle_line(self) -> "_Line | None":
        """The one used last, without those that the server has closed, that were idle for too long, or on which
        something came that nobody asked for."""
        while self._idle:
            line = self._idle.pop()
            if line.is_idle() and not line.has_expired() and not line.has_surplus:
                return line
            await line.aclose()
        return None

    def _new_line(self, origin: httpcore.Origin) -> _Line:
        return _Line(origin, ssl_context=self._context, keepalive_expiry=_KEEPALIVE_S, network_backend=self._backend)


class _Closable(Protocol):
    """An answer's body as httpcore gives it."""

    def __aiter__(self) -> AsyncGenerator[bytes, None]: ...

    async def aclose(self) -> None: ...


class _Body:
    """An answer's body, which gives its line back when it is closed, by whomever and however."""

    def __init__(self, stream: "_Closable", line: _Line, lines: ConnectionPool) -> None:
        self._stream = stream
        self._line = line
        self._lines = lines
        self._parts: AsyncGenerator[bytes, None] | None = None
        self._is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._parts = self._stream.__aiter__()
        async for part in self._parts:
            yield part

    async def aclose(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self._parts is not None:
                await self._parts.aclose()  # here: the collector would end it outside the loop, which it needs
            await self._stream.aclose()
        finally:
            await self._lines.take_back(self._line)
