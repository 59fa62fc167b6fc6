"""Which kinds of picture can be read, and by which one decoder."""

import io

from PIL import AvifImagePlugin, BmpImagePlugin, Image, ImageFile, TiffImagePlugin, WebPImagePlugin

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging import heic
from cerbo_desktop.imaging.structure import png_chunks

AvifImagePlugin.DEFAULT_MAX_THREADS = 1
"""The other worker has the other core, and each thread would cost address space."""

FORMATS = {
    FileKind.JPEG: "JPEG",  # many phones' MPO too: it opens as JPEG
    FileKind.PNG: "PNG",
    FileKind.GIF: "GIF",
    FileKind.WEBP: WebPImagePlugin.WebPImageFile.format,
    FileKind.TIFF: TiffImagePlugin.TiffImageFile.format,
    FileKind.BMP: BmpImagePlugin.BmpImageFile.format,
    **({FileKind.AVIF: AvifImagePlugin.AvifImageFile.format} if AvifImagePlugin.SUPPORTED else {}),
    **({FileKind.HEIC: heic.FORMAT} if heic.FORMAT else {}),
}
"""What may be looked at, with the one decoder that each kind may reach."""
_CONFINED = frozenset({FileKind.HEIC, FileKind.AVIF})
"""Their decoders may see a picture only in a process that the kernel confines."""


def opened_picture(kind: FileKind, data: bytes) -> ImageFile.ImageFile:
    """The picture `data` of that kind, its pixels not loaded yet. Raises what Pillow raises.

    The EXIF of a PNG is there already: asked for it, Pillow would load all the pixels, since it may stand behind them.
    """
    opened = Image.open(io.BytesIO(data), formats=(FORMATS[kind],))
    if kind is FileKind.PNG:
        blocks = (data[start : start + length] for name, start, length in png_chunks(data) if name == b"eXIf")
        opened.info["exif"] = next(blocks, b"")
    return opened


def is_safe(kind: FileKind) -> bool:
    """Whether this process may decode pictures of that kind."""
    return kind not in _CONFINED or heic.is_allowed()
