"""Foreign bytes to upright pixels. Runs in the worker alone; the only module that lets Pillow parse anything."""

import contextlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from PIL import Image, ImageFile, WebPImagePlugin

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_PIXELS
from cerbo_desktop.domain.verdict import FileKind, RefusalReason
from cerbo_desktop.imaging import colour, heic, jpeg_end, jpeg_pixels, jpeg_structure, png_profile, png_rows, structure
from cerbo_desktop.imaging.jpeg_structure import Span
from cerbo_desktop.imaging.png_rows import Rows
from cerbo_desktop.imaging.sniff import PICTURES, kind_of

FORMATS = {
    FileKind.JPEG: "JPEG",  # many phones' MPO too: it opens as JPEG
    FileKind.PNG: "PNG",
    FileKind.GIF: "GIF",
    FileKind.WEBP: WebPImagePlugin.WebPImageFile.format,
    **({FileKind.HEIC: heic.FORMAT} if heic.FORMAT else {}),
}
"""What may be looked at, with the one decoder that each kind may reach."""
_ORIENTATION_TAG = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture with such an orientation in its EXIF upright."""
FIRST_LYING = 5
"""From this orientation on width and height change places."""
_TOP_DOWN = frozenset({FileKind.PNG, FileKind.GIF})
"""What these have shown before they break off is right."""
_BAND_ROWS = 64
SHRINKING = Image.Resampling.HAMMING
"""A third of Lanczos' time; from it 0.3 of 255 on average, 7 at most (measured, 2.6)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Upright RGB pixels, and the upright size of the photo they were made from."""

    image: Image.Image
    source_width_px: int
    source_height_px: int
    is_whole: bool = True
    """False where pixels are missing; grey, black or blurred, they are part of the picture all the same."""
    surplus_scans: tuple[Span, ...] = ()
    """The scans of a JPEG at whose ends are bytes that no pixel needs."""

    @property
    def size_bytes(self) -> int:
        """The size of its pixels as BGRX."""
        return 4 * self.image.width * self.image.height


class _Loaded(NamedTuple):
    is_whole: bool
    surplus_scans: tuple[Span, ...] = ()


def prepare_decoder() -> None:
    """Make errors of Pillow's warnings about bombs, and set its ceiling. To be called once in each process."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def decode(data: bytes, edge_px: int | None = None, *, is_exact: bool = False) -> Picture:
    """The first frame, upright; its longer edge at most `edge_px` unless that is None.

    A picture of which a part is missing is shown as far as it goes. With `is_exact` a JPEG takes another decode, which
    finds out about the last few bytes too.

    Raises:
        CannotShow: NOT_A_PHOTO, UNSUPPORTED_TYPE, NOT_SAFE_HERE, DAMAGED or TOO_MANY_PIXELS.
    """
    kind = kind_of(data)
    if kind not in FORMATS:
        raise CannotShow(RefusalReason.UNSUPPORTED_TYPE if kind in PICTURES else RefusalReason.NOT_A_PHOTO)
    if kind is FileKind.HEIC and not heic.is_allowed():
        raise CannotShow(RefusalReason.NOT_SAFE_HERE)
    structure.scan_header(kind, data)
    with translated():
        return _decoded(
            png_profile.without_bad_profile(data) if kind is FileKind.PNG else data, kind, edge_px, is_exact
        )


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Raise whatever a decoder raises as `CannotShow`."""
    try:
        yield
    except CannotShow:
        raise
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CannotShow(RefusalReason.TOO_MANY_PIXELS) from None
    except Exception:  # noqa: BLE001 - on hostile bytes Pillow raises nearly every kind there is
        raise CannotShow(RefusalReason.DAMAGED) from None


def stored_orientation(data: bytes) -> int:
    """The orientation, 1 to 8, that the EXIF block of a JPEG, PNG or GIF names; 1 where it names none."""
    try:
        with Image.open(io.BytesIO(data), formats=(FORMATS[kind_of(data)],)) as opened:
            found = _orientation(opened)
    except Exception:  # noqa: BLE001 - on hostile bytes Pillow raises nearly every kind there is
        return 1
    return found if found in TURNS else 1


def fitted(picture: Picture, edge_px: int) -> Picture:
    """The same picture, its longer edge at most `edge_px`; never enlarged."""
    image = _resized(picture.image, edge_px)
    return picture if image is picture.image else replace(picture, image=image)


def orientation_of(exif: Image.Exif) -> int:
    """The orientation that EXIF names, 1 to 8. Raises on a broken block what Pillow raises."""
    return int(exif.get(_ORIENTATION_TAG, 1))


def bands(picture: Picture) -> Iterator[bytes]:
    """The pixels as BGRX, rows top down, 64 rows at a time.

    12 megapixels take 12 ms so, and 70 in one piece (measured, 2.6).
    """
    image = picture.image
    for top in range(0, image.height, _BAND_ROWS):
        band = image.crop((0, top, image.width, min(top + _BAND_ROWS, image.height)))
        # The fourth byte is 255; packed without it would be 0, and Qt paints textures with that as air. In place, for
        # half of what a conversion takes.
        band.putalpha(255)
        yield band.tobytes("raw", "BGRA")


def _decoded(data: bytes, kind: FileKind, edge_px: int | None, is_exact: bool) -> Picture:
    with Image.open(io.BytesIO(data), formats=(FORMATS[kind],)) as opened:
        source_px = opened.size
        if edge_px is not None:
            # JPEG alone: the decoder itself scales by 1/2, 1/4 or 1/8, a seventh of the time (measured, 2.1).
            opened.draft(None, fitting(opened.size, edge_px))
        is_jpeg = kind is FileKind.JPEG
        loaded = _load_jpeg(opened, data, is_exact) if is_jpeg else _Loaded(_load(opened, data, kind))
        if not loaded.is_whole and _is_of_one_colour(opened):
            raise CannotShow(RefusalReason.DAMAGED)
        if opened.width * opened.height > MAX_PIXELS:  # a HEIC's pixels may outnumber what its boxes say
            raise Image.DecompressionBombError
        # Only now: asking a PNG earlier loads it, and what breaks on the way would be taken for missing EXIF.
        orientation = 1 if kind is FileKind.HEIC else _orientation(opened)  # libheif has turned it already
        picture = finished(opened, source_px, orientation, edge_px)
        return replace(picture, is_whole=loaded.is_whole, surplus_scans=loaded.surplus_scans)


def _load_jpeg(opened: ImageFile.ImageFile, data: bytes, is_exact: bool) -> _Loaded:
    walk = jpeg_structure.walked(data)
    if walk.is_arithmetic:
        return _Loaded(jpeg_pixels.read_at_once(opened, data, walk))
    reading = jpeg_pixels.read_pixels(opened, data, walk)
    is_whole = reading.is_whole and not (is_exact and jpeg_end.is_padding_seen(opened, data, walk))
    surplus = zip(walk.scans, reading.has_surplus, strict=True)
    return _Loaded(is_whole, tuple(scan for scan, has_surplus in surplus if has_surplus))


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


def finished(image: Image.Image, source_px: tuple[int, int], orientation: int, edge_px: int | None) -> Picture:
    """The `Picture` of what the decoder gave: fitted, in sRGB, upright. `source_px` is the size of the photo as
    stored."""
    profile = image.info.get("icc_profile") or b""
    plain = colour.flattened(image)
    if edge_px is not None:
        plain = _resized(plain, edge_px)
    plain = colour.in_srgb(plain, profile)
    if orientation not in TURNS:
        return Picture(plain, *source_px)
    if orientation >= FIRST_LYING:
        source_px = source_px[1], source_px[0]
    return Picture(plain.transpose(TURNS[orientation]), *source_px)


def _orientation(image: Image.Image) -> int:
    try:
        return orientation_of(image.getexif())
    except Exception:  # noqa: BLE001 - a broken EXIF block must not cost the picture
        return 1


def _resized(image: Image.Image, edge_px: int) -> Image.Image:
    size = fitting(image.size, edge_px)
    return image if size == image.size else image.resize(size, SHRINKING, reducing_gap=2.0)


def fitting(size: tuple[int, int], edge_px: int) -> tuple[int, int]:
    """The largest size of the same shape whose longer edge is at most `edge_px`; never larger than `size`."""
    longer_px = max(size)
    if longer_px <= edge_px:
        return size
    width_px, height_px = (max(1, round(side * edge_px / longer_px)) for side in size)
    return width_px, height_px
