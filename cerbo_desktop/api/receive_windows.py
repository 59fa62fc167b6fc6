"""How much of an answer a server may have on its way: what its line needs, and little more.

The system offers a busy connection room for megabytes, and a server fills what was offered whether its answer is read
or not: a photo that stood still took 2.3 MB more of the line that it was to leave to another (at 10 Mbit/s; measured,
3.5). What was offered can't be taken back without loss. The system then drops what comes, and the server sends it again
after waits that double for as long as the photo stands still (3 s after 10 s; measured, 3.5). So no more is offered
than helps, from the first byte on.
"""

import socket
import struct
import sys
import time
from asyncio.trsock import TransportSocket
from contextlib import suppress

_FIRST_BYTES = 64 * 1024
"""What Linux itself begins with."""
_LARGEST_BYTES = 512 * 1024
"""A line that needs more is so fast that it doesn't matter, and the system knows best what it needs."""
_LOOK_S = 0.05
_READ_WITHIN_S = 0.025
"""The loop has other things to do: what arrives meanwhile needs room too, however near the server is."""
_SO_BUF_LOCK = 72
"""Linux 5.14 and later: whether the system may enlarge a socket's buffers by its own measure."""
_LOCKED_RECEIVING = 2
_ROUND_TRIP_AT = 68
"""In `struct tcp_info`, in microseconds."""


def grown_bytes(window_bytes: int, rate_bytes_s: float, round_trip_s: float) -> int:
    """The next size of the window, where data comes at this rate: twice as much while half of it is on its way."""
    on_its_way_bytes = rate_bytes_s * max(round_trip_s, _READ_WITHIN_S)
    return 2 * window_bytes if on_its_way_bytes > window_bytes / 2 else window_bytes


class ReceiveWindow:
    """The receive window of one connection, which is told of all that arrives. Only Linux lets us set it."""

    def __init__(self, own: TransportSocket) -> None:
        self._own = own
        self._size_bytes = _FIRST_BYTES
        self._came_bytes = 0
        self._looked_at_s = time.monotonic()
        self._is_short = False
        """By the last look. One alone may have seen what had gathered while the answer was not read."""
        self._is_ours = False
        if sys.platform == "linux":
            with suppress(OSError):  # an older Linux doesn't know the lock
                own.setsockopt(socket.SOL_SOCKET, _SO_BUF_LOCK, _LOCKED_RECEIVING)
                self._offer(_FIRST_BYTES)
                self._is_ours = True

    def note(self, size_bytes: int) -> None:
        """Note that `size_bytes` more have arrived."""
        if not self._is_ours:
            return
        self._came_bytes += size_bytes
        passed_s = time.monotonic() - self._looked_at_s
        if passed_s < _LOOK_S:
            return
        grown = grown_bytes(self._size_bytes, self._came_bytes / passed_s, self._round_trip_s())
        self._came_bytes, self._looked_at_s = 0, self._looked_at_s + passed_s
        was_short, self._is_short = self._is_short, grown > self._size_bytes
        if was_short and self._is_short:
            self._is_short = False
            self._enlarge(grown)

    def _enlarge(self, size_bytes: int) -> None:
        if size_bytes <= _LARGEST_BYTES:
            self._offer(size_bytes)
        else:
            self._own.setsockopt(socket.SOL_SOCKET, _SO_BUF_LOCK, 0)
            self._is_ours = False

    def _offer(self, size_bytes: int) -> None:
        """The system takes twice that, and counts its own records of what arrived in it."""
        self._size_bytes = size_bytes
        self._own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size_bytes)
        self._own.setsockopt(socket.IPPROTO_TCP, socket.TCP_WINDOW_CLAMP, 2 * size_bytes)

    def _round_trip_s(self) -> float:
        told = self._own.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _ROUND_TRIP_AT + 4)
        (round_trip_us,) = struct.unpack_from("=I", told, _ROUND_TRIP_AT)
        return float(round_trip_us) / 1_000_000
