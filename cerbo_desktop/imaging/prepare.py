"""A photo as it leaves this PC: the same pixels, none of its metadata, and an id by which it is known again.

Cerbo has no idempotency key and gives a photo another id when staff accept it (contract 6.5), so the photo itself has
to say which one it is: 32 hex digits, as EXIF's ImageUniqueID in a JPEG or PNG and as a comment in a GIF. Place,
device, names and the thumbnail of an uncropped original stay behind; what colours and the way up need is kept.
"""

import struct
import zlib
from collections.abc import Iterator

from cerbo_desktop.imaging.sniff import Kind
from cerbo_desktop.imaging.structure import (
    GIF_EXTENSION,
    GIF_FRAME,
    gif_blocks,
    gif_head_bytes,
    jpeg_segments,
    png_chunks,
)

_FIRST_APP, _LAST_APP, _COMMENT = 0xE0, 0xEF, 0xFE
_JPEG_KEPT = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that the colours need, by how they begin."""
_PNG_KEPT = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"),
        *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs"),
    }
)
_GIF_TRANSPARENCY = 0xF9
_ORIENTATION, _EXIF_IFD, _EXIF_VERSION, _IMAGE_UNIQUE_ID = 0x0112, 0x8769, 0x9000, 0xA420
_ASCII, _SHORT, _LONG, _UNDEFINED = 2, 3, 4, 7

Pieces = Iterator[bytes | memoryview]


def prepared(kind: Kind, data: bytes, orientation: int, unique_id: str) -> bytes:
    """The JPEG, PNG or GIF without metadata, `unique_id` (32 hex digits) in it. `data` has passed `structure.outline`.

    Lossless: the coded pixels are copied, and an EXIF orientation (1 to 8) stays what it was.
    """
    match kind:
        case Kind.JPEG:
            return b"".join(_jpeg(data, _exif(orientation, unique_id)))
        case Kind.PNG:
            return b"".join(_png(data, _exif(orientation, unique_id)))
        case _:
            return b"".join(_gif(data, unique_id))


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
    """JFIF's own segment stays in front of EXIF's, as readers of either expect; ends where the picture ends.

    An end that is missing stays missing: with one, decoders would take half a photo for a whole (measured).
    """
    view = memoryview(data)
    yield data[:2]
    if data[2:4] == b"\xff\xe0" and data[6:11] == b"JFIF\0":
        yield b"\xff\xe0\0\x10" + data[6:18] + b"\0\0"  # without the thumbnail that may follow
    yield b"\xff\xe1" + struct.pack(">H", 2 + 6 + len(exif)) + b"Exif\0\0" + exif
    for marker, at, end in jpeg_segments(data):
        if _is_of_pixels(data, marker, at):
            yield bytes((0xFF, marker))
            yield view[at:end]


def _is_of_pixels(data: bytes, marker: int, at: int) -> bool:
    if marker in _JPEG_KEPT:
        return data.startswith(_JPEG_KEPT[marker], at + 2)
    return not (_FIRST_APP <= marker <= _LAST_APP or marker == _COMMENT)


def _png(data: bytes, exif: bytes) -> Pieces:
    view = memoryview(data)
    yield data[:8]
    for name, start, length in png_chunks(data):
        if name in _PNG_KEPT:
            yield view[start - 8 : start + length + 4]
        if name == b"IHDR":
            yield struct.pack(">I", len(exif)) + b"eXIf" + exif + struct.pack(">I", zlib.crc32(b"eXIf" + exif))


def _gif(data: bytes, unique_id: str) -> Pieces:
    """Comments came with version 89a, which every reader of the older one takes."""
    view = memoryview(data)
    text = unique_id.encode("ascii")
    yield b"GIF89a"
    yield view[6 : gif_head_bytes(data)]
    yield bytes((GIF_EXTENSION, _COMMENT, len(text))) + text + b"\0"
    for opener, at, end in gif_blocks(data):
        if opener == GIF_FRAME or data[at + 1] == _GIF_TRANSPARENCY:
            yield view[at:end]
    yield b"\x3b"
