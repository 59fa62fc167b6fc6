"""A cheap walk over a picture's structure, before a decoder sees it: sizes, counts and ends, each with a hard cap.

A 50 kB JPEG of 5,000 scans keeps a decoder busy beyond 20 s and cannot be interrupted; 5 MB of FF bytes hold it for
3 s; a WebP of 3.4 kB takes 1.35 GB; a PNG cut short loads without an error (measured, 2.7). All of these end here.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_JPEG_PIXELS, MAX_PIXELS
from cerbo_desktop.domain.verdict import FileKind, RefusalReason
from cerbo_desktop.imaging import isobmff, jpeg_structure
from cerbo_desktop.imaging.tiff_structure import tiff_pages

_MAX_PNG_CHUNKS = 50_000
_MAX_GIF_BLOCKS = 100_000
_MAX_BUFFERED_BYTES = 256_000_000
"""Of a JPEG that is larger than `MAX_PIXELS`: 85 progressive megapixels of a phone."""
_BMP_CORE_BYTES = 12
"""The oldest header, whose sizes have two bytes."""

GIF_FRAME, GIF_EXTENSION, _GIF_TRAILER = 0x2C, 0x21, 0x3B


@dataclass(frozen=True, slots=True)
class Outline:
    """Size in pixels as stored, not yet upright, whether there is more than one frame, and how many pages."""

    width_px: int
    height_px: int
    is_moving: bool = False
    page_count: int = 1


def scan_header(kind: FileKind, data: bytes) -> Outline:
    """Walk through a picture of one of the kinds in `formats.FORMATS` without decoding it.

    Raises:
        CannotShow: DAMAGED, TOO_MANY_PIXELS, or UNSUPPORTED_TYPE for a camera's raw file.
    """
    try:
        found = _WALKS[kind](data)
    except (IndexError, struct.error, isobmff.BrokenBoxesError):
        raise CannotShow(RefusalReason.DAMAGED) from None
    if found.width_px < 1 or found.height_px < 1:
        raise CannotShow(RefusalReason.DAMAGED)
    if found.width_px * found.height_px > (MAX_JPEG_PIXELS if kind is FileKind.JPEG else MAX_PIXELS):
        raise CannotShow(RefusalReason.TOO_MANY_PIXELS)
    return found


def _jpeg(data: bytes) -> Outline:
    walk = jpeg_structure.walked(data)
    if walk.width_px * walk.height_px > MAX_PIXELS and walk.buffered_bytes > _MAX_BUFFERED_BYTES:
        raise CannotShow(RefusalReason.TOO_MANY_PIXELS)
    return Outline(walk.width_px, walk.height_px)


def _png(data: bytes) -> Outline:
    header = png_header(data)
    frame_count = 1
    for name, start, length in png_chunks(data):
        if name == b"acTL" and length >= 4:
            (frame_count,) = struct.unpack_from(">I", data, start)
    return Outline(header[0], header[1], is_moving=frame_count > 1)


def png_header(data: bytes) -> tuple[int, int, int, int, int]:
    """Width and height in pixels, bits a sample, colour type and interlace method of a PNG."""
    length, name, *fields = struct.unpack_from(">I4sIIBBBBB", data, 8)
    _demand(length == 13 and name == b"IHDR")
    width_px, height_px, depth, colour, _compression, _filter, interlace = fields
    return width_px, height_px, depth, colour, interlace


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name of each chunk, and start and length of its content. A PNG without its end is refused."""
    at = 8
    for _ in range(_MAX_PNG_CHUNKS):
        length, name = struct.unpack_from(">I4s", data, at)
        _demand(at + 12 + length <= len(data))
        yield name, at + 8, length
        if name == b"IEND":
            return
        at += 12 + length
    raise CannotShow(RefusalReason.DAMAGED)


def _gif(data: bytes) -> Outline:
    """The walk stops at the second frame: then it is known to move, and only the first is ever decoded."""
    width_px, height_px = struct.unpack_from("<HH", data, 6)
    frame_count = 0
    for opener, at, _ in gif_blocks(data):
        if opener != GIF_FRAME:
            continue
        frame_count += 1
        left, top, width, height = struct.unpack_from("<HHHH", data, at + 1)
        width_px, height_px = max(width_px, left + width), max(height_px, top + height)
        if frame_count > 1:
            break
    _demand(frame_count > 0)
    return Outline(width_px, height_px, is_moving=frame_count > 1)


def gif_head_bytes(data: bytes) -> int:
    """The size of what stands before the first block of a GIF."""
    return 13 + _gif_palette_bytes(data[10])


def gif_blocks(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Opening byte, start and end of each block of a GIF, up to the trailer or whatever else is no block.

    Raises `CannotShow`, `IndexError` or `struct.error`.
    """
    at = gif_head_bytes(data)
    for _ in range(_MAX_GIF_BLOCKS):
        opener = data[at] if at < len(data) else _GIF_TRAILER
        if opener == GIF_FRAME:
            end = _after_gif_blocks(data, at + 11 + _gif_palette_bytes(data[at + 9]))
        elif opener == GIF_EXTENSION:
            end = _after_gif_blocks(data, at + 2)
        else:
            return
        yield opener, at, end
        at = end


def _gif_palette_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_gif_blocks(data: bytes, at: int) -> int:
    for _ in range(_MAX_GIF_BLOCKS):
        length = data[at]
        at += 1 + length
        if length == 0:
            return at
    raise CannotShow(RefusalReason.DAMAGED)


def _webp(data: bytes) -> Outline:
    form = data[12:16]
    if form == b"VP8X":
        width_px = 1 + int.from_bytes(data[24:27], "little")
        return Outline(width_px, 1 + int.from_bytes(data[27:30], "little"), is_moving=bool(data[20] & 2))
    if form == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return Outline(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    _demand(form == b"VP8 ")
    width_px, height_px = struct.unpack_from("<HH", data, 26)
    return Outline(width_px & 0x3FFF, height_px & 0x3FFF)


def _boxed(data: bytes) -> Outline:
    """HEIC or AVIF: of its pictures and tiles the largest; none of them may have a side of nothing."""
    sizes = isobmff.picture_sizes(data)
    _demand(all(min(size) > 0 for size in sizes))
    return Outline(*max(sizes, key=lambda size: size[0] * size[1]), is_moving=isobmff.is_sequence(data))


def _tiff(data: bytes) -> Outline:
    pages = tiff_pages(data)
    return Outline(pages.width_px, pages.height_px, page_count=pages.page_count)


def _bmp(data: bytes) -> Outline:
    """A negative height means that the rows begin at the top."""
    (header_bytes,) = struct.unpack_from("<I", data, 14)
    width_px, height_px = struct.unpack_from("<HH" if header_bytes == _BMP_CORE_BYTES else "<ii", data, 18)
    return Outline(width_px, abs(height_px))


def _demand(is_sound: bool) -> None:
    if not is_sound:
        raise CannotShow(RefusalReason.DAMAGED)


_WALKS: dict[FileKind, Callable[[bytes], Outline]] = {
    FileKind.JPEG: _jpeg,
    FileKind.PNG: _png,
    FileKind.GIF: _gif,
    FileKind.WEBP: _webp,
    FileKind.HEIC: _boxed,
    FileKind.AVIF: _boxed,
    FileKind.TIFF: _tiff,
    FileKind.BMP: _bmp,
}
