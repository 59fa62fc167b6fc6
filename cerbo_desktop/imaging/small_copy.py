"""The thumbnail that goes with a photo, made of the pixels that leave: an album can show it from the first 64 KB."""

import io

from PIL import Image

from cerbo_desktop.imaging.decode import SHRINKING, fitting
from cerbo_desktop.imaging.encode import jpeg_of

_EDGE_PX = 320
_LEAST_PX = 8
"""A narrower one would not have the photo's shape."""
_MOST_BYTES = 20_000
_QUALITIES = (88, 80, 70, 50)
_HEAD_BYTES = 65_536
"""A photo that is no longer is there as soon as its thumbnail would be."""
_MODES = ("L", "RGB")


def small_copy(jpeg: bytes) -> bytes:
    """A JPEG of at most 20 kB with the photo's shape, in the colours of the photo's own profile.

    Empty where the photo is small or very narrow, or can't be read.
    """
    if len(jpeg) <= _HEAD_BYTES:
        return b""
    try:
        small = _reduced(jpeg)
    except Exception:  # noqa: BLE001 - on hostile bytes Pillow raises nearly every kind there is
        return b""
    return b"" if small is None else _encoded(small)


def _reduced(jpeg: bytes) -> Image.Image | None:
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
        size = fitting(opened.size, _EDGE_PX)
        if size == opened.size or min(size) < _LEAST_PX or opened.mode not in _MODES:
            return None
        opened.draft(None, size)
        return opened.resize(size, SHRINKING, reducing_gap=2.0)


def _encoded(small: Image.Image) -> bytes:
    """Empty where not even the lowest quality is small enough."""
    for quality in _QUALITIES:
        encoded = jpeg_of(small, quality, has_full_chroma=False)
        if len(encoded) <= _MOST_BYTES:
            return encoded
    return b""
