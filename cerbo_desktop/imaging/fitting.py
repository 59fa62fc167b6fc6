"""A new JPEG of decoded pixels, for what Cerbo can't take as it is: another kind, or too many bytes.

Quality gives way first, then size: a lesion's edge suffers less from a quality of 85 than from fewer pixels.
"""

import math
from typing import NamedTuple, Protocol

from PIL import Image

from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.imaging.decode import SHRINKING, fitting
from cerbo_desktop.imaging.encode import QUALITIES, jpeg_of
from cerbo_desktop.imaging.exif_block import exif_block
from cerbo_desktop.imaging.jpeg_copy import copied_jpeg, with_exif
from cerbo_desktop.imaging.origin import Origin
from cerbo_desktop.imaging.small_copy import small_copy

_MINIMUM_EDGE_PX = 3_000
"""Of the longer edge: fewer pixels need a person's word."""
_HEAD_ROOM_BYTES = 24_000
"""For the EXIF block with its thumbnail."""
_BAND_ROWS = 256
_MARGIN = 0.96
"""Smaller pictures need some more bytes for each pixel."""


class Pixels(Protocol):
    """A picture that can be encoded, however its pixels are held."""

    @property
    def size(self) -> tuple[int, int]: ...
    def jpeg(self, quality: int, *, has_full_chroma: bool) -> bytes: ...
    def smaller(self, size: tuple[int, int]) -> "Pixels": ...


class WholeImage(NamedTuple):
    """`Pixels` in one piece."""

    image: Image.Image

    @property
    def size(self) -> tuple[int, int]:
        return self.image.size

    def jpeg(self, quality: int, *, has_full_chroma: bool) -> bytes:
        """In the colours that it has."""
        return jpeg_of(self.image, quality, has_full_chroma=has_full_chroma)

    def smaller(self, size: tuple[int, int]) -> "WholeImage":
        """As `Image.resize` makes it, some rows at a time: at once, another picture would be made on the way."""
        image = self.image
        made, scale = Image.new(image.mode, size), image.height / size[1]
        for top in range(0, size[1], _BAND_ROWS):
            bottom = min(size[1], top + _BAND_ROWS)
            rows = (0.0, top * scale, float(image.width), bottom * scale)
            made.paste(image.resize((size[0], bottom - top), SHRINKING, rows), (0, top))
        return WholeImage(made)


class Encoded(NamedTuple):
    """What is sent in place of the source: an upright JPEG in sRGB with the id in it."""

    data: bytes
    quality: int
    is_fitted: bool
    """Quality or size gave way to Cerbo's limit, or the source was above it."""
    is_below_minimum: bool
    """Only with fewer pixels than may be sent without a person's word could it be made to fit."""
    width_px: int
    height_px: int


def encoded(
    pixels: Pixels, unique_id: str, origin: Origin | None = None, *, limit_bytes: int = MAX_UPLOAD_BYTES
) -> Encoded:
    """The pixels as a JPEG of at most `limit_bytes` that carries `unique_id` (32 hex digits)."""
    origin = origin or Origin()
    made = _fitted(pixels, origin, limit_bytes - _HEAD_ROOM_BYTES)
    bare = copied_jpeg(made.data)
    data = with_exif(bare, exif_block(unique_id, origin.taken, small_copy(bare)))
    is_fitted = made.is_fitted or origin.is_too_large
    return made._replace(data=data, is_fitted=is_fitted)


def _fitted(pixels: Pixels, origin: Origin, limit_bytes: int) -> Encoded:
    """Without the EXIF block."""
    quality, data = QUALITIES[0], b""
    for quality in _qualities(origin.quality):
        data = pixels.jpeg(quality, has_full_chroma=origin.has_full_chroma)
        if len(data) <= limit_bytes:
            return Encoded(data, quality, quality != QUALITIES[0], False, *pixels.size)
    size = pixels.size
    edge_px, minimum_px = max(size), min(_MINIMUM_EDGE_PX, max(size))
    while len(data) > limit_bytes:
        edge_px = _next_edge(edge_px, len(data) / limit_bytes, minimum_px)
        size = fitting(pixels.size, edge_px)
        data = pixels.smaller(size).jpeg(quality, has_full_chroma=origin.has_full_chroma)
    return Encoded(data, quality, True, edge_px < minimum_px, *size)


def _qualities(own: int | None) -> tuple[int, ...]:
    """Down to the source's own, where that is lower than what anything else is made with."""
    return (*QUALITIES, own) if own is not None and own < QUALITIES[-1] else QUALITIES


def _next_edge(edge_px: int, excess: float, minimum_px: int) -> int:
    """A longer edge at which the JPEG should fit, but first of all the least that needs nobody's word."""
    wanted_px = max(1, math.floor(_MARGIN * edge_px / math.sqrt(excess)))
    return minimum_px if wanted_px < minimum_px < edge_px else wanted_px
