"""An opened picture's pixels, and whether all of them are there. Runs in the worker alone."""

from typing import NamedTuple

from PIL import Image, ImageFile

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_PIXELS
from cerbo_desktop.domain.verdict import FileKind, RefusalReason
from cerbo_desktop.imaging import jpeg_end, jpeg_pixels, jpeg_structure, png_rows
from cerbo_desktop.imaging.jpeg_structure import Span
from cerbo_desktop.imaging.png_rows import Rows

_TOP_DOWN = frozenset({FileKind.PNG, FileKind.GIF})
"""What these have shown before they break off is right."""
_UNREADABLE_MODES = frozenset({"F", "LAB", "HSV"})
"""Of TIFFs that measure something: how they would look isn't known."""
_REDUCTIONS = (1, 2, 4, 8)


class Loaded(NamedTuple):
    """How the loading of a picture ended."""

    is_whole: bool
    surplus_scans: tuple[Span, ...] = ()
    """The scans of a JPEG at whose ends are bytes that no pixel needs."""


def load(opened: ImageFile.ImageFile, data: bytes, kind: FileKind, *, is_exact: bool) -> Loaded:
    """Load the pixels of `opened`, which was opened on `data`; what is missing is grey, black or blurred.

    With `is_exact` a JPEG takes another decode, which finds out about the last few bytes too.

    Raises:
        CannotShow: DAMAGED where nothing is there at all, UNSUPPORTED_TYPE where a TIFF's numbers are no colours.
        Exception: nearly any, on hostile bytes.
    """
    if opened.mode in _UNREADABLE_MODES:
        raise CannotShow(RefusalReason.UNSUPPORTED_TYPE)
    loaded = _load_jpeg(opened, data, is_exact) if kind is FileKind.JPEG else Loaded(_load(opened, data, kind))
    if not loaded.is_whole and _is_of_one_colour(opened):
        raise CannotShow(RefusalReason.DAMAGED)
    return loaded


def reduction(size: tuple[int, int]) -> int:
    """By how much a JPEG is read smaller so that it has at most `MAX_PIXELS`: 1, 2, 4 or 8."""
    return next((by for by in _REDUCTIONS if -(-size[0] // by) * -(-size[1] // by) <= MAX_PIXELS), _REDUCTIONS[-1])


def _load_jpeg(opened: ImageFile.ImageFile, data: bytes, is_exact: bool) -> Loaded:
    walk = jpeg_structure.walked(data)
    if walk.is_arithmetic:
        return Loaded(jpeg_pixels.read_at_once(opened, data, walk))
    otherwise = jpeg_end.otherwise_padded(data, walk) if is_exact else b""
    reading = jpeg_pixels.read_pixels(opened, data, walk)
    is_whole = reading.is_whole and (not is_exact or jpeg_end.fingerprint(opened) == otherwise)
    surplus = zip(walk.scans, reading.has_surplus, strict=True)
    return Loaded(is_whole, tuple(scan for scan, has_surplus in surplus if has_surplus))


def _load(opened: ImageFile.ImageFile, data: bytes, kind: FileKind) -> bool:
    """True where every pixel is there."""
    try:
        opened.load()
    except OSError:
        opened.tile = []
        if kind not in _TOP_DOWN:
            raise
        return False
    return kind is not FileKind.PNG or not _ends_blank(opened) or png_rows.rows_of(data) is not Rows.MISSING


def _is_of_one_colour(image: Image.Image) -> bool:
    """What decoders leave where nothing of a picture was there."""
    extrema = image.getextrema()
    bands = [extrema] if len(image.getbands()) == 1 else extrema
    return all(lowest == highest for lowest, highest in bands)  # type: ignore[misc] # pairs by now


def _ends_blank(image: Image.Image) -> bool:
    """One of the last two rows holds nothing, as rows do that were missing; two, because Adam7 writes them apart."""
    last_rows = (image.crop((0, top, image.width, top + 1)) for top in range(max(0, image.height - 2), image.height))
    return any(row.getbbox(alpha_only=False) is None for row in last_rows)
