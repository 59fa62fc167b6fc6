"""A photo as it leaves this PC: the same pixels, none of its metadata, and an id by which it is known again.

Cerbo has no idempotency key and gives a photo another id when staff accept it (contract 6.5), so the photo itself has
to say which one it is: 32 hex digits, as EXIF's ImageUniqueID in a JPEG or PNG and as a comment in a GIF. Place,
device, names and the thumbnail of an uncropped original stay behind; what colours and the way up need is kept.
"""

import struct
import zlib
from collections.abc import Iterator

from cerbo_desktop.imaging.bare_profile import bare_profile
from cerbo_desktop.imaging.gif_copy import copied_gif
from cerbo_desktop.imaging.jpeg_head import PROFILE_MARK, read_head
from cerbo_desktop.imaging.jpeg_structure import FRAMES, SCAN, TABLES, JpegWalk
from cerbo_desktop.imaging.png_profile import inflated_profile
from cerbo_desktop.imaging.png_rows import Rows, packed_rows, rows_of
from cerbo_desktop.imaging.sniff import Kind
from cerbo_desktop.imaging.structure import png_chunks

_ADOBE_MARKER = 0xEE
_ADOBE_BYTES = 12
_ADOBE_TRANSFORMS = (0, 1, 2)
"""The last byte, the only one that decoders heed: whether the colours were turned into brightness and hue."""
_PROFILE_PART_BYTES = 65_000
_MAX_PNG_BYTES = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"tRNS": 256,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"cICP": 4,
    b"sBIT": 4,
    b"bKGD": 6,
    b"pHYs": 9,
}
"""The chunks that stand before the pixels and say how those look, by how long they may be; once each."""
_ORIENTATION, _EXIF_IFD, _EXIF_VERSION, _IMAGE_UNIQUE_ID = 0x0112, 0x8769, 0x9000, 0xA420
_ASCII, _SHORT, _LONG, _UNDEFINED = 2, 3, 4, 7

Pieces = Iterator[bytes | memoryview]


def prepared(kind: Kind, data: bytes, orientation: int, unique_id: str) -> bytes:
    """The JPEG, PNG or GIF without metadata, `unique_id` (32 hex digits) in it. `data` has passed `structure.outline`.

    Lossless: the pixels stay what they were, and so does an EXIF orientation (1 to 8). A JPEG's last scan still ends
    where the next marker says so; `jpeg_end` knows better.
    """
    match kind:
        case Kind.JPEG:
            return b"".join(_jpeg(data, _exif(orientation, unique_id)))
        case Kind.PNG:
            return b"".join(_png(data, _exif(orientation, unique_id)))
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
    for marker, at, end in JpegWalk(data):
        if marker == _ADOBE_MARKER and not has_adobe and data.startswith(b"Adobe", at + 2):
            has_adobe = True
            yield _adobe(data[at + 2 : end])
        elif marker in FRAMES or marker in TABLES or marker == SCAN:
            yield bytes((0xFF, marker))
            yield view[at:end]
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


def _png(data: bytes, exif: bytes) -> Pieces:
    view = memoryview(data)
    yield data[:8]
    has_exact_rows = rows_of(data) is not Rows.TOO_MUCH
    written: set[bytes] = set()
    for name, start, length in png_chunks(data):
        if name == b"IDAT" and has_exact_rows:
            yield view[start - 8 : start + length + 4]
        elif name == b"IDAT" and name not in written:
            yield _chunk(name, packed_rows(data))
        elif name == b"iCCP" and not written & {name, b"IDAT"}:
            profile = bare_profile(inflated_profile(data[start : start + length]))
            yield _chunk(name, b"icc\0\0" + zlib.compress(profile)) if profile else b""
        elif length <= _MAX_PNG_BYTES.get(name, -1) and not written & {name, b"IDAT"}:
            yield view[start - 8 : start + length + 4]
        if name == b"IHDR":
            yield _chunk(b"eXIf", exif)
        written.add(name)
    yield _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
