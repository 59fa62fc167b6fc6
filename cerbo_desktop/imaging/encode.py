"""Our own pixels to a JPEG. Runs in the worker alone."""

import io

from PIL import Image

from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES

_QUALITIES = (93, 88, 80)
_FULL_CHROMA = 0
"""4:4:4. What these photos are for is the colour of skin and the edge of a lesion; halved chroma smears both, and a
camera's picture has room: 1080p stays near 1 MB of the 11.5 MB allowed."""


def encode_jpeg(width_px: int, height_px: int, pixels: bytes) -> bytes:
    """A JPEG without metadata from BGRX pixels. Its quality is lower only where it would be too large to send."""
    image = Image.frombytes("RGB", (width_px, height_px), pixels, "raw", "BGRX")
    encoded = b""
    for quality in _QUALITIES:
        target = io.BytesIO()
        image.save(target, "JPEG", quality=quality, subsampling=_FULL_CHROMA)
        encoded = target.getvalue()
        if len(encoded) <= MAX_UPLOAD_BYTES:
            break
    return encoded
