"""What a JSON text is, told by its first sign and without reading all of it."""

import msgspec
from msgspec import Raw

MAX_NOTE_BYTES = 16 * 1024
"""A longer text is not read for what it may say beside the rows."""


def value_of(raw: Raw) -> object:
    """The value of a JSON text; None for a number that no computer holds."""
    try:
        return msgspec.json.decode(raw)
    except msgspec.MsgspecError:
        return None


def _starts_with(raw: Raw, sign: bytes) -> bool:
    return bytes(memoryview(raw)[:1]) == sign


def is_list(raw: Raw) -> bool:
    """Whether it is an array."""
    return _starts_with(raw, b"[")


def is_object(raw: Raw) -> bool:
    """Whether it is an object."""
    return _starts_with(raw, b"{")


def is_null(raw: Raw) -> bool:
    """Whether it is null."""
    return _starts_with(raw, b"n")


def is_empty(raw: Raw) -> bool:
    """An object with nothing in it, which some servers write for an empty list."""
    return is_object(raw) and memoryview(raw).nbytes < MAX_NOTE_BYTES and value_of(raw) == {}
