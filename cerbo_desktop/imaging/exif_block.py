"""The EXIF block of a photo that leaves: its id, when it was taken, and a thumbnail.

Layout by EXIF 2.32, sections 4.6.3 to 4.6.6.
"""

import struct
from typing import NamedTuple

from cerbo_desktop.imaging.capture_time import CaptureTime

_COMPRESSION, _THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH = 0x0103, 0x0201, 0x0202
_EXIF_IFD, _EXIF_VERSION = 0x8769, 0x9000
_TAKEN_AT, _UTC_OFFSET, _FRACTION, _IMAGE_UNIQUE_ID = 0x9003, 0x9011, 0x9291, 0xA420
_ASCII, _SHORT, _LONG, _UNDEFINED = 2, 3, 4, 7
_JPEG_COMPRESSION = 6
_FIRST_AT = 8
_INLINE_BYTES = 4


class _Field(NamedTuple):
    tag: int
    kind: int
    length: int
    value: bytes


def exif_block(unique_id: str, taken: CaptureTime | None = None, thumbnail: bytes = b"") -> bytes:
    """A TIFF structure with `unique_id` (32 hex digits), the time and the JPEG `thumbnail`, if any.

    The id stands before the thumbnail, which is the last part.
    """
    second_at = _FIRST_AT + _directory_bytes(1)
    second = _directory(_described(unique_id, taken), second_at, following=0)
    third_at = second_at + len(second) if thumbnail else 0
    first = _directory([_long(_EXIF_IFD, second_at)], _FIRST_AT, following=third_at)
    block = b"II*\0" + struct.pack("<I", _FIRST_AT) + first + second
    return block + _with_thumbnail(thumbnail, third_at) if thumbnail else block


def _described(unique_id: str, taken: CaptureTime | None) -> list[_Field]:
    """By rising tag, as TIFF wants it."""
    times = [] if taken is None else [_text(_TAKEN_AT, taken.text)]
    if taken is not None and taken.utc_offset:
        times.append(_text(_UTC_OFFSET, taken.utc_offset))
    if taken is not None and taken.fraction:
        times.append(_text(_FRACTION, taken.fraction))
    return [_Field(_EXIF_VERSION, _UNDEFINED, 4, b"0232"), *times, _text(_IMAGE_UNIQUE_ID, unique_id)]


def _with_thumbnail(thumbnail: bytes, at: int) -> bytes:
    fields = [
        _Field(_COMPRESSION, _SHORT, 1, struct.pack("<H", _JPEG_COMPRESSION)),
        _long(_THUMBNAIL_OFFSET, at + _directory_bytes(3)),
        _long(_THUMBNAIL_LENGTH, len(thumbnail)),
    ]
    return _directory(fields, at, following=0) + thumbnail


def _text(tag: int, text: str) -> _Field:
    value = text.encode("ascii") + b"\0"
    return _Field(tag, _ASCII, len(value), value)


def _long(tag: int, value: int) -> _Field:
    return _Field(tag, _LONG, 1, struct.pack("<I", value))


def _directory(fields: list[_Field], at: int, *, following: int) -> bytes:
    """A directory that stands at `at`, with the values that are too long for it behind it."""
    entries, values = b"", b""
    values_at = at + _directory_bytes(len(fields))
    for tag, kind, length, value in fields:
        place = value if len(value) <= _INLINE_BYTES else struct.pack("<I", values_at + len(values))
        entries += struct.pack("<HHI", tag, kind, length) + place.ljust(_INLINE_BYTES, b"\0")
        if len(value) > _INLINE_BYTES:
            values += value + bytes(len(value) % 2)
    return struct.pack("<H", len(fields)) + entries + struct.pack("<I", following) + values


def _directory_bytes(field_count: int) -> int:
    return 2 + 12 * field_count + 4
