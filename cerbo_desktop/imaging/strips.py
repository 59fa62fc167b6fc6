"""A JPEG that is encoded some rows at a time, so that no picture of all its pixels needs to be in the memory."""

import io
from collections.abc import Iterable
from typing import Any

from PIL import Image

from cerbo_desktop.imaging.jpeg_structure import walked

STRIP_ROWS = 128
"""Eight rows of blocks, or sixteen: a restart marker stands behind each row, and they are numbered from 0 to 7."""
_LAST_RESTART, _END = b"\xff\xd7", b"\xff\xd9"
_SEQUENTIAL_FRAMES = (0xC0, 0xC1)


def jpeg_of_strips(strips: Iterable[Image.Image], height_px: int, **options: Any) -> bytes:
    """A JPEG of pictures that lie below each other, all of `STRIP_ROWS` but the last, `height_px` in all.

    `options` are those of Pillow, the same for each strip; they must not ask for other Huffman tables.
    """
    made = bytearray()
    for strip in strips:
        target = io.BytesIO()
        strip.save(target, "JPEG", restart_marker_rows=1, **options)
        data = target.getvalue()
        coded_at = walked(data).scans[0].start
        made += _LAST_RESTART if made else _of_height(data[:coded_at], height_px)
        made += data[coded_at : -len(_END)]
    return bytes(made + _END)


def _of_height(head: bytes, height_px: int) -> bytes:
    """The head of a JPEG with another height in its frame."""
    at = 2
    while head[at + 1] not in _SEQUENTIAL_FRAMES:
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return head[: at + 5] + height_px.to_bytes(2, "big") + head[at + 7 :]
