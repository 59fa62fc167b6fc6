"""What the fixtures of this folder give."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from hashlib import sha256

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.verdict import MediaType, OutgoingPhoto

Contacts = list[ServerError | None]
Opened = Callable[[Origin], AbstractAsyncContextManager[CerboClient]]

JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


def jpeg_like(size_bytes: int) -> bytes:
    """Bytes that begin as a JPEG; nothing here decodes them."""
    filler = bytes(range(256)) * (size_bytes // 256 + 1)
    return (JPEG_HEAD + filler)[:size_bytes]


def outgoing(size_bytes: int = 300_000) -> OutgoingPhoto:
    data = jpeg_like(size_bytes)
    return OutgoingPhoto(data, MediaType.JPEG, 10, 10, sha256(data).hexdigest())
