"""Whether a file holds more than its picture: a phone's video, further images, layers. Runs in the worker alone.

What cameras and programs write of a photo as text, and padding, is no more of it. None of it is sent in any case; it
matters to whoever thinks of deleting the file.
"""

import contextlib
import re
from collections.abc import Callable

from PIL import TiffImagePlugin

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging import isobmff
from cerbo_desktop.imaging.formats import opened_picture
from cerbo_desktop.imaging.jpeg_structure import APPLICATIONS, COMMENT, JpegWalk
from cerbo_desktop.imaging.structure import gif_blocks, png_chunks

_MOST_BEHIND_BYTES = 16_000
"""Behind the end of the picture: notes of phones have some hundred bytes."""
_MOST_NOTES_BYTES = 200_000
"""Within the picture's own structure: EXIF and its thumbnail have 64 KB at most, and XMP as much."""
_ANOTHER_JPEG = b"\xff\xd8\xff"
_NO_PADDING = re.compile(rb"[^\0\xff]")
_PIXEL_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"iCCP", b"tRNS"})
_STILL_BOXES = frozenset({b"ftyp", b"meta", b"mdat", b"free", b"skip"})
_RIFF_HEAD_BYTES = 8


def holds_more(kind: FileKind, data: bytes, copied_bytes: int | None = None) -> bool:
    """`data` has passed `structure.scan_header`; `copied_bytes` is the size of the photo that was made of its coded
    pixels as they are, if it was. What can't be read to its end counts as more."""
    with contextlib.suppress(Exception):  # on hostile bytes Pillow raises nearly every kind there is
        return _jpeg(data, copied_bytes) if kind is FileKind.JPEG else _LOOKS[kind](data)
    return True


def _is_much(data: bytes, end: int, notes_bytes: int = 0) -> bool:
    """`end` is where the picture ends. Of a film behind it no copy is made."""
    first = _NO_PADDING.search(data, end)
    behind_bytes = len(data) - first.start() if first is not None else 0
    has_another = data.find(_ANOTHER_JPEG, end) >= 0
    return has_another or behind_bytes > _MOST_BEHIND_BYTES or notes_bytes > _MOST_NOTES_BYTES


def _jpeg(data: bytes, copied_bytes: int | None) -> bool:
    notes_bytes, end, walk = 0, 2, JpegWalk(data)
    for marker, at, end in walk:
        if marker in APPLICATIONS or marker == COMMENT:
            notes_bytes += end - at
    if not walk.has_end_marker:  # where the pixels end, only the copy tells
        return copied_bytes is None or len(data) - notes_bytes - copied_bytes > _MOST_BEHIND_BYTES
    return _is_much(data, end, notes_bytes)


def _png(data: bytes) -> bool:
    notes_bytes, end = 0, 0
    for name, at, length in png_chunks(data):
        end = at + length + 4
        notes_bytes += length if name not in _PIXEL_CHUNKS else 0
    return _is_much(data, end, notes_bytes)


def _gif(data: bytes) -> bool:
    end = max((end for _, _, end in gif_blocks(data)), default=0)
    return _is_much(data, end + 1)  # behind the trailer


def _webp(data: bytes) -> bool:
    return _is_much(data, _RIFF_HEAD_BYTES + int.from_bytes(data[4:8], "little"))


def _bmp(data: bytes) -> bool:
    size_bytes = int.from_bytes(data[2:6], "little")
    return _is_much(data, size_bytes) if size_bytes else False


def _heic(data: bytes) -> bool:
    with opened_picture(FileKind.HEIC, data) as opened:
        return getattr(opened, "n_frames", 1) > 1 or _has_other_boxes(data)


def _has_other_boxes(data: bytes) -> bool:
    """A video is a track of its own, or a box of the phone's."""
    others = (end - start for name, (start, end) in isobmff.boxes(data) if name not in _STILL_BOXES)
    return sum(others) > _MOST_BEHIND_BYTES


def _tiff(data: bytes) -> bool:
    """All that is neither the first page's pixels nor notes: layers, or pictures in directories of their own."""
    with opened_picture(FileKind.TIFF, data) as opened:
        tags = opened.tag_v2 if isinstance(opened, TiffImagePlugin.TiffImageFile) else {}
        counts = tags.get(TiffImagePlugin.STRIPBYTECOUNTS) or tags.get(TiffImagePlugin.TILEBYTECOUNTS) or 0
    pixels_bytes = sum(counts) if isinstance(counts, tuple) else int(counts)
    return len(data) - pixels_bytes > _MOST_NOTES_BYTES


_LOOKS: dict[FileKind, Callable[[bytes], bool]] = {
    FileKind.PNG: _png,
    FileKind.GIF: _gif,
    FileKind.WEBP: _webp,
    FileKind.HEIC: _heic,
    FileKind.AVIF: _has_other_boxes,
    FileKind.TIFF: _tiff,
    FileKind.BMP: _bmp,
}
