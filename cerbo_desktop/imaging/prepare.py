"""A photo as it leaves this PC: the same pixels, none of its metadata, and an id by which it is known again.

Cerbo has no idempotency key and gives a photo another id when staff accept it (contract 6.5), so the photo itself has
to say which one it is: 32 hex digits, as EXIF's ImageUniqueID in a JPEG or PNG and as a comment in a GIF. Place,
device, names and the thumbnail of an uncropped original stay behind; what colours and the way up need is kept.

So do bytes in which nobody would look for a text: whatever leaves is needed for some pixel, or stands in a table that
is. In a file that was made so, a text can still hide in a table's values that no pixel happens to use, such as codes of
a Huffman table (at most 256 bytes each), steps of a quantiser (64) or points of a profile's curve; in a baseline scan
that a later one replaces; and in the pixels themselves.
"""

import struct
from collections.abc import Iterator

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.bare_profile import bare_profile
from cerbo_desktop.imaging.gif_copy import copied_gif
from cerbo_desktop.imaging.jpeg_head import PROFILE_MARK, read_head
from cerbo_desktop.imaging.jpeg_structure import FRAMES, SCAN, TABLES, JpegWalk
from cerbo_desktop.imaging.jpeg_tables import NeededTables
from cerbo_desktop.imaging.png_copy import copied_png

_ADOBE_MARKER = 0xEE
_ADOBE_BYTES = 12
_ADOBE_TRANSFORMS = (0, 1, 2)
"""The last byte, the only one that decoders heed: whether the colours were turned into brightness and hue."""
_PROFILE_PART_BYTES = 65_000
_ORIENTATION, _EXIF_IFD, _EXIF_VERSION, _IMAGE_UNIQUE_ID = 0x0112, 0x8769, 0x9000, 0xA420
_ASCII, _SHORT, _LONG, _UNDEFINED = 2, 3, 4, 7

Pieces = Iterator[bytes | memoryview]


def prepared(kind: FileKind, data: bytes, orientation: int, unique_id: str) -> bytes:
    """Returns the JPEG, PNG or GIF without metadata and with `unique_id` (32 hex digits) in it.

    `data` has passed `structure.scan_header`.

    Lossless: the pixels stay what they were, and so does an EXIF orientation (1 to 8). A JPEG's last scan still ends
    where the next marker says so; `jpeg_end` knows better.
    """
    match kind:
        case FileKind.JPEG:
            return b"".join(_jpeg(data, _exif(orientation, unique_id)))
        case FileKind.PNG:
            return copied_png(data, _exif(orientation, unique_id))
        case _:
            return copied_gif(data, unique_id.encode("ascii"))


def _exif(orientation: int, unique_id: str) -> bytes:
    """The smallest block that says both; layout by EXIF 2.32, sections 4.6.3 to 4.6.6."""
    turn = [(_ORIENTATION, _SHORT, 1, struct.pack("<HH", orientation, 0))] if orientation != 1 else []
    second_at = 8 + _directory_bytes(len(turn) + 1)
    text_at = second_at + _directory_bytes(2)
    text = unique_id.encode("ascii") + b"\0"
    first = [*turn, (_EXIF_IFD, _LONG, 1, struct.pack("<I", second_at))]
    second = [
        (_EXIF_VERSION, _UNDEFINED, 4, b"0232"),
        (_IMAGE_UNIQUE_ID, _ASCII, len(text), struct.pack("<I", text_at)),
    ]
    return b"II*\0" + struct.pack("<I", 8) + _directory(first) + _directory(second) + text


def _directory(entries: list[tuple[int, int, int, bytes]]) -> bytes:
    packed = (struct.pack("<HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    return struct.pack("<H", len(entries)) + b"".join(packed) + bytes(4)


def _directory_bytes(entry_count: int) -> int:
    return 2 + 12 * entry_count + 4


def _jpeg(data: bytes, exif: bytes) -> Pieces:
    """JFIF's own segment stays in front of EXIF's, as readers of either expect."""
    view = memoryview(data)
    yield data[:2]
    if data[2:4] == b"\xff\xe0" and data[6:11] == b"JFIF\0":
        yield b"\xff\xe0\0\x10" + data[6:18] + b"\0\0"  # without the thumbnail that may follow
    yield _segment(0xE1, b"Exif\0\0" + exif)
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
        yield _segment(0xE2, PROFILE_MARK + bytes((number, len(parts))) + part)
