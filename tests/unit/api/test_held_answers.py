"""An answer that stands still takes no more than there is room for, however much its server sends."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from cerbo_desktop.api.auth import trust
from cerbo_desktop.api.sockets import LeanBackend, LeanStream
from tests.fakes.raw_server import Peer, RawServer, raw_server

_PIECE = bytes(65_536)
_ROOM_BYTES = 24_000_000
"""What the sockets of both ends may take, and what is read at once, with room to spare."""


@dataclass
class Endless:
    """A server that sends for as long as anything is taken."""

    sent_bytes: int = 0

    async def serve(self, peer: Peer) -> None:
        while True:
            await peer.send(_PIECE)
            self.sent_bytes += len(_PIECE)
            await asyncio.sleep(0)  # else the loop never hears that the connection is gone

    async def stopped_at(self) -> int:
        """What it has sent once it can send no more, or more than any room there is."""
        last, turns = -1, 0
        while turns < 60 and self.sent_bytes < 4 * _ROOM_BYTES:
            await asyncio.sleep(0.005)
            turns = turns + 1 if self.sent_bytes == last else 0
            last = self.sent_bytes
        return last


@pytest.fixture(params=[False, True], ids=["plain", "TLS"])
def server_tls(request: pytest.FixtureRequest, tls: ssl.SSLContext) -> ssl.SSLContext | None:
    return tls if request.param else None


@asynccontextmanager
async def _asked(server: RawServer) -> AsyncIterator[LeanStream]:
    context = await trust(server.origin("localhost"))
    stream = await LeanBackend().connect_tcp("127.0.0.1", server.port)
    if context is not None:
        stream = await stream.start_tls(context, "localhost")
    assert isinstance(stream, LeanStream)
    try:
        await stream.write(b"GET / HTTP/1.1\r\n\r\n")
        yield stream
    finally:
        await stream.aclose()


async def test_one_that_nobody_reads_stands_still(server_tls: ssl.SSLContext | None) -> None:
    """Before it is held, while it is, and when it goes on and is still not read."""
    endless = Endless()
    async with raw_server(endless.serve, tls=server_tls) as server, _asked(server) as stream:
        await stream.read(1)
        assert await endless.stopped_at() < _ROOM_BYTES
        stream.hold()
        assert await endless.stopped_at() < _ROOM_BYTES
        stream.go_on()
        assert await endless.stopped_at() < _ROOM_BYTES


async def test_one_that_is_read_while_it_is_held_gives_what_is_here_alone(server_tls: ssl.SSLContext | None) -> None:
    endless = Endless()
    async with raw_server(endless.serve, tls=server_tls) as server, _asked(server) as stream:
        await stream.read(1)
        await endless.stopped_at()
        stream.hold()
        reading = asyncio.ensure_future(_read_on(stream))
        assert await endless.stopped_at() < _ROOM_BYTES
        assert not reading.done()
        stream.go_on()
        await reading


async def _read_on(stream: LeanStream) -> None:
    """More than there is room for."""
    came_bytes = 0
    while came_bytes < 2 * _ROOM_BYTES:
        came_bytes += len(await stream.read(65_536))


@pytest.mark.parametrize("hold_count", [1, 3])
async def test_no_byte_is_lost(hold_count: int, server_tls: ssl.SSLContext | None) -> None:
    body = bytes(range(256)) * 80_000
    may_end = asyncio.Event()

    async def serve(peer: Peer) -> None:
        await peer.send(body)
        await may_end.wait()

    async with raw_server(serve, tls=server_tls) as server, _asked(server) as stream:
        came = bytearray()
        for number in range(hold_count):
            while len(came) < (number + 1) * len(body) // (hold_count + 1):
                came += await stream.read(65_536)
            stream.hold()
            for _ in range(20):
                await asyncio.sleep(0.002)
            stream.go_on()
        while len(came) < len(body):
            came += await stream.read(65_536)
        may_end.set()
    assert came == body
