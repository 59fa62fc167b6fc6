"""A server is offered what its line needs: what it may have on its way when its photo is told to stand still."""

import asyncio
import fcntl
import socket
import struct
import sys
import termios
from contextlib import aclosing, suppress

import pytest

from cerbo_desktop.api.receive_windows import grown_bytes
from cerbo_desktop.api.sockets import LeanBackend, LeanStream
from tests.fakes.lines import Quality, SlowLine
from tests.fakes.raw_server import Peer, raw_server

KB = 1024


@pytest.mark.parametrize(
    ("window_kb", "mbit_s", "round_trip_ms", "grown_kb"),
    [
        (64, 1, 50, 64),
        (64, 2, 150, 128),
        (64, 10, 20, 64),
        (64, 10, 50, 128),
        (128, 10, 50, 128),
        (64, 50, 20, 128),
        (128, 50, 20, 256),
        (256, 50, 20, 512),
        (512, 50, 20, 512),
        (512, 100, 150, 1024),
        (64, 900, 0.1, 128),
        (512, 100, 0.1, 1024),
    ],
)
def test_it_is_twice_what_is_on_its_way(window_kb: int, mbit_s: float, round_trip_ms: float, grown_kb: int) -> None:
    rate_bytes_s = mbit_s * 1_000_000 / 8
    assert grown_bytes(window_kb * KB, rate_bytes_s, round_trip_ms / 1000) == grown_kb * KB


@pytest.mark.parametrize(
    ("mbit_s", "round_trip_ms"), [(1, 50), (10, 50), (10, 150), (50, 150), (1000, 20), (1000, 0.1)]
)
def test_no_line_is_slower_for_it(mbit_s: float, round_trip_ms: float) -> None:
    """By itself it grows until the line, and not the window, says how fast an answer comes."""
    line_bytes_s, round_trip_s, window_bytes = mbit_s * 1_000_000 / 8, round_trip_ms / 1000, 64 * KB
    for _ in range(12):
        rate_bytes_s = min(line_bytes_s, window_bytes / round_trip_s)
        window_bytes = grown_bytes(window_bytes, rate_bytes_s, round_trip_s)
    assert window_bytes / round_trip_s > line_bytes_s


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep their own measure")
async def test_a_photo_that_stands_still_takes_little_more_and_then_goes_on_at_once() -> None:
    """Also where its bytes were read in bursts, after which the system would offer megabytes."""

    async def serve(peer: Peer) -> None:
        with suppress(ConnectionError):  # the reader goes at the end, wherever this is
            while True:
                await peer.send(bytes(64 * KB))
                await asyncio.sleep(0)

    async with raw_server(serve) as server:
        with SlowLine(server.port, Quality.named("16 Mbit/s")) as line:
            stream = await LeanBackend().connect_tcp("127.0.0.1", line.port)
            assert isinstance(stream, LeanStream)
            async with aclosing(stream):
                await stream.write(b"GET / HTTP/1.1\r\n\r\n")
                for _ in range(6):
                    stream.hold()
                    await asyncio.sleep(0.15)
                    stream.go_on()
                    await _read(stream, 300_000)
                stream.hold()
                here_bytes = await _comes_no_more(stream)
                stream.go_on()
                await _read(stream, 1_000_000)
    assert here_bytes < 256 * KB


async def _read(stream: LeanStream, size_bytes: int) -> None:
    while size_bytes > 0:
        size_bytes -= len(await stream.read(64 * KB))


async def _comes_no_more(stream: LeanStream) -> int:
    """What waits in the system's socket once it has stayed the same for many turns."""
    own: socket.socket = stream.get_extra_info("socket")
    last_bytes, turns = -1, 0
    while turns < 60:
        await asyncio.sleep(0.005)
        (waiting_bytes,) = struct.unpack("i", fcntl.ioctl(own.fileno(), termios.FIONREAD, bytes(4)))
        turns = turns + 1 if waiting_bytes == last_bytes else 0
        last_bytes = waiting_bytes
    return last_bytes
