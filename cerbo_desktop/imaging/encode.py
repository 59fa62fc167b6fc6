"""Pixels to a JPEG without metadata. Runs in the worker alone."""

import io

from PIL import Image

from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES

QUALITIES = (93, 89, 85)
"""From the one that is wanted to the lowest that anything is made with."""
_FULL_CHROMA, _HALVED_CHROMA = 0, 2


def jpeg_of(image: Image.Image, quality: int, *, has_full_chroma: bool) -> bytes:
    """A JPEG of an image in mode L or RGB: 4:4:4 with `has_full_chroma`, otherwise 4:2:0."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, subsampling=_FULL_CHROMA if has_full_chroma else _HALVED_CHROMA)
    return target.getvalue()


def encode_jpeg(width_px: int, height_px: int, pixels: bytes) -> bytes:
    """A JPEG from the BGRX pixels of a camera. Its quality is lower only where it would be too large to send.

    4:4:4: what these photos are for is the colour of skin and the edge of a lesion; halved chroma smears both, and a
    camera's picture has room: 1080p stays near 1 MB of the 11.5 MB allowed.
    """
    image = Image.frombytes("RGB", (width_px, height_px), pixels, "raw", "BGRX")
    encoded = b""
    for quality in QUALITIES:
        encoded = jpeg_of(image, quality, has_full_chroma=True)
        if len(encoded) <= MAX_UPLOAD_BYTES:
            break
    return encoded
