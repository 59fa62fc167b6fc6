"""What the encoder needs to know of the file whose pixels it gets. Runs in the worker alone."""

from dataclasses import dataclass

from PIL import JpegImagePlugin

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.capture_time import CaptureTime, capture_time
from cerbo_desktop.imaging.formats import opened_picture

_HALVED_CHROMA = frozenset({FileKind.HEIC, FileKind.AVIF, FileKind.WEBP})
"""Kinds that hold two by two pixels' colours as one, or nearly always do."""
_FULL = 0
_STANDARD_LUMA_SUM = 3_692
"""Of the 64 steps of the table in ITU-T T.81, annex K, which is quality 50."""
_MIDDLE = 50


@dataclass(frozen=True, slots=True)
class Origin:
    """Of a file whose pixels may be encoded anew."""

    quality: int | None = None
    """Of a JPEG, by the size of its steps; None for any other."""
    has_full_chroma: bool = False
    """Each pixel has a colour of its own, and shall keep it."""
    taken: CaptureTime | None = None
    is_ink: bool = False
    """Its colours are those of a press, which each program shows in its own way."""
    is_too_large: bool = False
    """It has more bytes than Cerbo takes."""


def origin_of(kind: FileKind, data: bytes, *, is_too_large: bool = False) -> Origin:
    """What the file `data` tells; a broken one tells less."""
    try:
        with opened_picture(kind, data) as opened:
            if kind is FileKind.JPEG:
                has_full_chroma = JpegImagePlugin.get_sampling(opened) == _FULL
            else:
                has_full_chroma = kind not in _HALVED_CHROMA
            quality = _quality(opened) if isinstance(opened, JpegImagePlugin.JpegImageFile) else None
            return Origin(quality, has_full_chroma, capture_time(opened), opened.mode == "CMYK", is_too_large)
    except Exception:  # noqa: BLE001 - on hostile bytes Pillow raises nearly every kind there is
        return Origin(is_too_large=is_too_large)


def _quality(opened: JpegImagePlugin.JpegImageFile) -> int:
    """From 1 to 100, as libjpeg counts it, by the mean step of the table for brightness."""
    percent = 100 * sum(opened.quantization[opened.layer[0][3]]) / _STANDARD_LUMA_SUM
    quality = 100 - percent / 2 if percent <= 2 * _MIDDLE else 100 * _MIDDLE / percent
    return min(100, max(1, round(quality)))
