"""How much of an upload has not arrived yet, though it was sent.

The system takes megabytes of an upload at once and sends them when it can. Somebody who reads that Cerbo's answer is
waited for may then switch off the line under half of their photo; and the photo would be in doubt from then on.
"""

import asyncio
import struct
import sys
from asyncio.trsock import TransportSocket
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import httpcore

if sys.platform == "linux":
    import fcntl
    import termios

_FIRST_LOOK_S = 0.005
_LONGEST_LOOK_S = 0.05


class Sender(Protocol):
    """A connection that an upload is sent over."""

    @property
    def unsent_bytes(self) -> int: ...

    @property
    def is_vain(self) -> bool:
        """Whether it has ended, or the answer is here: nothing more has to be sent then."""


def held_by_system(own: TransportSocket) -> int:
    """How much the system took and the other side has not confirmed; 0 where the system does not tell."""
    if sys.platform == "linux":
        with suppress(OSError):
            (held_bytes,) = struct.unpack("i", fcntl.ioctl(own.fileno(), termios.TIOCOUTQ, bytes(4)))
            return int(held_bytes)
    return 0


class Outflow:
    """What of one upload has not arrived yet. `watch` names the connection that it goes over."""

    def __init__(self) -> None:
        self._sender: Sender | None = None

    def watch(self, sender: Sender) -> None:
        """Name the connection that the upload goes over."""
        self._sender = sender

    @property
    def left_bytes(self) -> int:
        """How much was sent and is not known to have arrived."""
        return 0 if self._sender is None else self._sender.unsent_bytes

    async def drain(self, note: Callable[[int], None]) -> None:
        """Wait until the other side has confirmed everything. `note` hears how many more bytes it has confirmed. Raises
        `WriteError` as `refuse_vain` does."""
        left_bytes, look_s = self.left_bytes, _FIRST_LOOK_S
        while left_bytes:
            await asyncio.sleep(look_s)
            look_s = min(2 * look_s, _LONGEST_LOOK_S)
            self.refuse_vain()
            before_bytes, left_bytes = left_bytes, self.left_bytes
            if left_bytes < before_bytes:
                note(before_bytes - left_bytes)

    def refuse_vain(self) -> None:
        """Raise `WriteError` where the connection has ended, or the answer is here already: it will be read then."""
        if self._sender is not None and self._sender.is_vain:
            raise httpcore.WriteError
