"""A still WEBP by libwebp's plain decoder, which takes four bytes a pixel. The one for animations, the only one that
Pillow has, takes 16.

It is reached through the library that Pillow brings. Where that exports no such function, as on Windows, and for a
picture that the plain decoder does not take, Pillow decodes.
"""

import ctypes
from collections.abc import Callable

from PIL import Image, ImageFile

try:
    from PIL import _webp
except ImportError:  # Pillow was built without it
    _webp = None  # type: ignore[assignment]  # as above

_CHANNELS = 4


def _found_decoder() -> Callable[..., int | None] | None:
    try:
        decoder = ctypes.CDLL(_webp.__file__).WebPDecodeRGBAInto
    except (AttributeError, OSError):
        return None
    decoder.restype = ctypes.c_void_p
    decoder.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return decoder


_DECODER = _found_decoder()
"""Looked for before the process is confined: afterwards no library can be opened."""


def loaded(opened: ImageFile.ImageFile, data: bytes) -> Image.Image:
    """`opened`, which was opened on the WEBP `data`, with its pixels. Raises what Pillow raises."""
    stride_bytes = _CHANNELS * opened.width
    pixels = bytearray(stride_bytes * opened.height)
    target = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    if _DECODER is None or not _DECODER(data, len(data), target, len(pixels), stride_bytes):
        opened.load()
        return opened
    # Mapped, not copied: in Pillow, too, a pixel of RGB has four bytes.
    mapped = Image.core.map_buffer(pixels, opened.size, "raw", 0, (opened.mode, 0, 1))  # type: ignore[attr-defined]  # it has no other way in
    return opened._new(mapped)
