"""Which kinds of picture can be read, and by which one decoder."""

from PIL import AvifImagePlugin, BmpImagePlugin, TiffImagePlugin, WebPImagePlugin

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging import heic

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


def is_safe(kind: FileKind) -> bool:
    """Whether this process may decode pictures of that kind."""
    return kind not in _CONFINED or heic.is_allowed()
