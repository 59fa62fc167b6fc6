"""A JPEG written anew around the coded pixels as they are: nothing else of the file goes along but its colours."""

import struct
from collections.abc import Iterator

from cerbo_desktop.imaging.bare_profile import bare_profile
from cerbo_desktop.imaging.jpeg_head import PROFILE_MARK, read_head
from cerbo_desktop.imaging.jpeg_structure import FRAMES, SCAN, TABLES, JpegWalk
from cerbo_desktop.imaging.jpeg_tables import NeededTables

_APP1, _APP2 = 0xE1, 0xE2
_JFIF_START = b"\xff\xe0\0\x10"
_JFIF_END = 20
"""Where JFIF's own segment ends in a copy that has one."""
_ADOBE_MARKER = 0xEE
_ADOBE_BYTES = 12
_ADOBE_TRANSFORMS = (0, 1, 2)
"""The last byte, the only one that decoders heed: whether the colours were turned into brightness and hue."""
_PROFILE_PART_BYTES = 65_000

Pieces = Iterator[bytes | memoryview]


def copied_jpeg(data: bytes) -> bytes:
    """The JPEG `data`, which has passed `structure.scan_header`, without metadata.

    Lossless: the coded pixels stay as they are. The last scan still ends where the next marker says so; `jpeg_end`
    knows better. Raises `CannotShow` or `IndexError` where a table is cut.
    """
    return b"".join(_pieces(data))


def with_exif(copy: bytes, block: bytes) -> bytes:
    """A copy by `copied_jpeg` with an EXIF block in it.

    JFIF's own segment stays in front of EXIF's, as readers of either expect.
    """
    at = _JFIF_END if copy.startswith(_JFIF_START, 2) else 2
    return b"".join((copy[:at], _segment(_APP1, b"Exif\0\0" + block), memoryview(copy)[at:]))


def _pieces(data: bytes) -> Pieces:
    view = memoryview(data)
    yield data[:2]
    if data[2:4] == b"\xff\xe0" and data[6:11] == b"JFIF\0":
        yield _JFIF_START + data[6:18] + b"\0\0"  # without the thumbnail that may follow
    yield from _profile_segments(bare_profile(read_head(data).profile))
    has_adobe = False
    walk, tables = JpegWalk(data), NeededTables()
    for marker, at, end in walk:
        if marker == _ADOBE_MARKER and not has_adobe and data.startswith(b"Adobe", at + 2):
            has_adobe = True
            yield _adobe(data[at + 2 : end])
        elif marker in FRAMES:
            tables.take_frame(data[at + 2 : end], is_progressive=walk.is_progressive)
            yield _segment(marker, data[at + 2 : end])
        elif marker in TABLES:
            tables.take(marker, data[at + 2 : end])
        elif marker == SCAN:
            coded_at = walk.scans[-1].start
            header = data[at + 2 : coded_at]
            for table, body in tables.before_scan(header):
                yield _segment(table, body)
            yield _segment(marker, tables.header(header))
            yield view[coded_at:end]
    yield b"\xff\xd9"


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(body)) + body


def _adobe(body: bytes) -> bytes:
    if len(body) < _ADOBE_BYTES:
        return b""  # decoders do not heed it either
    transform = body[_ADOBE_BYTES - 1]
    known = transform if transform in _ADOBE_TRANSFORMS else 1
    return _segment(_ADOBE_MARKER, b"Adobe\0\x64\0\0\0\0" + bytes((known,)))


def _profile_segments(profile: bytes) -> Pieces:
    parts = [profile[at : at + _PROFILE_PART_BYTES] for at in range(0, len(profile), _PROFILE_PART_BYTES)]
    for number, part in enumerate(parts, 1):
        yield _segment(_APP2, PROFILE_MARK + bytes((number, len(parts))) + part)
