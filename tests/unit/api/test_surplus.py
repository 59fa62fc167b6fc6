"""What comes behind an answer is never the answer to the next question: it may be another patient's photo."""

import select
import ssl

import httpcore
import pytest

from cerbo_desktop.api.auth import trust
from cerbo_desktop.api.connection_pool import ConnectionPool
from cerbo_desktop.api.sockets import LeanBackend, LeanStream
from cerbo_desktop.domain.ids import PatientId, PhotoId
from tests.fakes.raw_server import Peer, RawServer, raw_server
from tests.unit.api.contacts import Opened, jpeg_like
from tests.waiting import until

SEVEN, EIGHT, FIVE = PatientId("7"), PatientId("8"), PhotoId("5")
RUTHS, OTHERS = jpeg_like(3_000), jpeg_like(4_000)


def _answer(photo: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(photo) + photo


def _chunked(photo: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(photo), photo)


SURPLUS = {
    "the answer twice": _answer(RUTHS) * 2,
    "twice, in chunks": _chunked(RUTHS) * 2,
    "the begin of another": _answer(RUTHS) + b"HTTP/1.1 200 OK\r\nContent-Le",
    "one byte": _answer(RUTHS) + b"\n",
}


@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("name", SURPLUS)
async def test_what_came_behind_an_answer_ends_its_connection(
    name: str, is_tls: bool, tls: ssl.SSLContext, opened: Opened
) -> None:
    async def serve(peer: Peer) -> None:
        await peer.send(SURPLUS[name] if "/7/" in peer.path else _answer(OTHERS))

    async with raw_server(serve, tls=tls if is_tls else None) as server, opened(server.origin("localhost")) as client:
        assert (await client.content(SEVEN, FIVE)).data == RUTHS
        assert (await client.content(EIGHT, FIVE)).data == OTHERS
        assert server.connections == 2
        assert (await client.content(EIGHT, FIVE)).data == OTHERS
        assert server.connections == 2, "one with nothing behind its answer is used again"


@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "TLS"])
async def test_what_comes_while_nothing_is_asked_ends_its_connection(is_tls: bool, tls: ssl.SSLContext) -> None:
    """Also where the loop has not seen it: no turn of it passes between its arrival and the next question."""

    async def serve(peer: Peer) -> None:
        await peer.send(_answer(RUTHS if peer.path == "/7" else OTHERS))

    async with raw_server(serve, tls=tls if is_tls else None) as server:
        origin = server.origin("localhost")
        async with ConnectionPool(await trust(origin), LeanBackend()) as lines:
            first = await lines.handle_async_request(_question(server, "/7"))
            assert await _read(first) == RUTHS
            server.requests[0].writer.write(_answer(RUTHS))
            _wait_for_arrival(first)
            assert await _read(await lines.handle_async_request(_question(server, "/8"))) == OTHERS
        assert server.connections == 2


async def test_what_arrived_before_a_question_has_left_is_not_its_answer() -> None:
    """The loop turns between a connection's being taken and the first byte of the question."""

    async def serve(peer: Peer) -> None:
        await peer.send(_answer(RUTHS))

    async with raw_server(serve) as server:
        stream = await LeanBackend().connect_tcp("127.0.0.1", server.port)
        assert isinstance(stream, LeanStream)
        await stream.write(b"GET /7 HTTP/1.1\r\n\r\n")
        await stream.read(65_536)
        server.requests[0].writer.write(_answer(RUTHS))
        await until(lambda: stream._channel.chunks)
        with pytest.raises(httpcore.ReadError):
            await stream.write(b"GET /8 HTTP/1.1\r\n\r\n")
        await stream.aclose()


def _question(server: RawServer, path: str) -> httpcore.Request:
    origin = server.origin("localhost")
    return httpcore.Request("GET", f"{origin.text}{path}", headers={"Host": "localhost"})


async def _read(answer: httpcore.Response) -> bytes:
    body = await answer.aread()
    await answer.aclose()
    return body


def _wait_for_arrival(answer: httpcore.Response) -> None:
    """Without a turn of the loop."""
    at_home = answer.extensions["network_stream"].get_extra_info("socket")
    assert select.select([at_home], [], [], 30.0)[0]
