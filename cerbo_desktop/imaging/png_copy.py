"""A PNG written anew: the rows, and what stands before them and says how they look.

What a text could still hide in is small: numbers that are as large as they may be, colours and see-through values that
pixels use, and how the rows were packed.
"""

import contextlib
import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.imaging.bare_profile import bare_profile
from cerbo_desktop.imaging.colour import with_short_transparency
from cerbo_desktop.imaging.decode import TURNS, translated
from cerbo_desktop.imaging.png_colours import meant_profile
from cerbo_desktop.imaging.png_rows import Rows, packed_rows, rows_of
from cerbo_desktop.imaging.structure import png_chunks, png_header

_GREY, _COLOUR, _PALETTE = 0, 2, 3
_CLEAR_BYTES = {_GREY: 2, _COLOUR: 6, _PALETTE: 256}
"""How long tRNS may be, by the colour type; the others have none."""
_LAYOUTS = {b"IHDR": ">13s", b"pHYs": ">IIB"}
_MOST = 1_000_000
"""More than the pixels of a metre can be."""
_COMPRESS_LEVEL = 4
"""A third of the time of the usual 6, for a few bytes more."""

Pieces = Iterator[bytes | memoryview]


def copied_png(data: bytes, exif: bytes, orientation: int = 1) -> bytes:
    """The PNG `data`, which has passed `structure.scan_header`, written anew with the EXIF block `exif` near its
    start.

    Upright by itself, where `orientation` (EXIF's) says how it lies; then what had 16 bits for each of three colours
    has 8. Raises then what Pillow raises.
    """
    copy = b"".join(_pieces(data, exif))
    if orientation != 1:
        copy = b"".join(_pieces(_turned(copy, orientation), exif))
    with contextlib.suppress(CannotShow), translated():
        if png_header(copy)[3] == _PALETTE:
            return _with_used_colours(copy)
    return copy


def _turned(copy: bytes, orientation: int) -> bytes:
    """The pixels alone."""
    with Image.open(io.BytesIO(copy), formats=("PNG",)) as opened:
        with_short_transparency(opened)
        upright = opened.transpose(TURNS[orientation])
        target = io.BytesIO()
        upright.save(target, "PNG", compress_level=_COMPRESS_LEVEL)
    return target.getvalue()


def _pieces(data: bytes, exif: bytes) -> Pieces:
    view = memoryview(data)
    yield data[:8]
    colour = png_header(data)[3]
    has_exact_rows = rows_of(data) is not Rows.TOO_MUCH
    written: set[bytes] = set()
    for name, start, length in png_chunks(data):
        if name == b"IDAT" and has_exact_rows:
            yield _chunk(name, bytes(view[start : start + length]))  # its checksum may be wrong, and the rows right
        elif name == b"IDAT" and name not in written:
            yield _chunk(name, packed_rows(data))
        elif not written & {name, b"IDAT"}:
            body = _needed(name, data[start : start + length], colour)
            yield _chunk(name, body) if body else b""
        if name == b"IHDR":
            yield _chunk(b"eXIf", exif)
            yield _colours(data)
        written.add(name)
    yield _chunk(b"IEND", b"")


def _colours(data: bytes) -> bytes:
    """One chunk for all that say which colours are meant, and the one that most readers know; empty for sRGB."""
    profile = bare_profile(meant_profile(data))
    return _chunk(b"iCCP", b"icc\0\0" + zlib.compress(profile)) if profile else b""


def _needed(name: bytes, body: bytes, colour: int) -> bytes:
    """What of a chunk says how the picture looks; empty where it says nothing or makes no sense."""
    if name == b"PLTE" and colour == _PALETTE:
        return body[: min(len(body) // 3, 256) * 3]
    if name == b"tRNS":
        clear_bytes = _CLEAR_BYTES.get(colour, 0)
        return body[:clear_bytes] if colour == _PALETTE or len(body) >= clear_bytes else b""
    layout = _LAYOUTS.get(name, "")
    if not layout or len(body) != struct.calcsize(layout):
        return b""
    numbers = (value for value in struct.unpack(layout, body) if isinstance(value, int))
    return body if all(number <= _MOST for number in numbers) else b""


def _with_used_colours(png: bytes) -> bytes:
    """Black and opaque where no pixel has the colour. Raises what Pillow raises."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
        opened.load()
        is_used = [count > 0 for count in opened.histogram()]
    parts, colour_count = [png[:8]], 0
    for name, start, length in png_chunks(png):
        body = png[start : start + length]
        if name == b"PLTE":
            colour_count = length // 3
            body = b"".join(body[3 * at : 3 * at + 3] if is_used[at] else bytes(3) for at in range(colour_count))
        elif name == b"tRNS":
            body = bytes(value if used else 255 for value, used in zip(body[:colour_count], is_used, strict=False))
        parts.append(_chunk(name, body))
    return b"".join(parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
