"""Foreign bytes to upright pixels. Runs in the worker alone; the only module that lets Pillow parse anything."""

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image, ImageFile

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_JPEG_PIXELS, MAX_PIXELS
from cerbo_desktop.domain.verdict import FileKind, RefusalReason
from cerbo_desktop.imaging import colour, png_profile, structure, webp_still
from cerbo_desktop.imaging.formats import FORMATS, is_safe, opened_picture
from cerbo_desktop.imaging.gif_copy import clipped
from cerbo_desktop.imaging.jpeg_structure import Span
from cerbo_desktop.imaging.loading import Loaded, load, reduction
from cerbo_desktop.imaging.meant_colours import meant_profile
from cerbo_desktop.imaging.png_repair import without_wrong_chunks
from cerbo_desktop.imaging.sniff import PICTURES, kind_of

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
_TURNED_BY_DECODER = frozenset({FileKind.HEIC, FileKind.TIFF})
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


def prepare_decoder() -> None:
    """Make errors of Pillow's warnings about bombs, and set its ceiling. To be called once in each process."""
    Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def let_go_of_pixels() -> None:
    """Give up the memory that Pillow keeps for the next picture: after a large one that is 64 MB."""
    Image.core.clear_cache()  # type: ignore[attr-defined]  # it has no other way in


def decode(data: bytes, edge_px: int | None = None, *, is_exact: bool = False, is_turned: bool = True) -> Picture:
    """The first frame, upright or, without `is_turned`, as it is stored; its longer edge at most `edge_px` unless that
    is None.

    A picture of which a part is missing is shown as far as it goes. With `is_exact` a JPEG takes another decode, which
    finds out about the last few bytes too. One of more than `MAX_PIXELS` is read at a half or a quarter of its size,
    and then not so exactly.

    Raises:
        CannotShow: NOT_A_PHOTO, UNSUPPORTED_TYPE, NOT_SAFE_HERE, DAMAGED or TOO_MANY_PIXELS.
    """
    kind = kind_of(data)
    if kind not in FORMATS:
        raise CannotShow(RefusalReason.UNSUPPORTED_TYPE if kind in PICTURES else RefusalReason.NOT_A_PHOTO)
    if not is_safe(kind):
        raise CannotShow(RefusalReason.NOT_SAFE_HERE)
    structure.scan_header(kind, data)
    with translated():
        if kind is FileKind.PNG:
            data = png_profile.without_bad_profile(without_wrong_chunks(data))
        return _decoded(data, kind, edge_px, is_exact=is_exact, is_turned=is_turned)


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
        found = _orientation(opened_picture(kind_of(data), data))
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


def _decoded(data: bytes, kind: FileKind, edge_px: int | None, *, is_exact: bool, is_turned: bool) -> Picture:
    with opened_picture(kind, data) as opened:
        source_px = opened.size
        is_reduced = kind is FileKind.JPEG and _read_smaller(opened, edge_px)
        if opened.width * opened.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        if kind is FileKind.WEBP:
            whole: Image.Image = webp_still.loaded(opened, data)
            loaded = Loaded(is_whole=True)
        else:
            whole, loaded = opened, load(opened, data, kind, is_exact=is_exact and not is_reduced)
        if whole.width * whole.height > MAX_PIXELS:  # a HEIC's pixels may outnumber what its boxes say
            raise Image.DecompressionBombError
        # Only now: asking a PNG earlier loads it, and what breaks on the way would be taken for missing EXIF.
        orientation = 1 if kind in _TURNED_BY_DECODER or not is_turned else _orientation(opened)
        shown = clipped(opened, data) if kind is FileKind.GIF else whole
        shown.info["icc_profile"] = meant_profile(kind, data, opened)
        picture = finished(shown, shown.size if kind is FileKind.GIF else source_px, orientation, edge_px)
        return replace(picture, is_whole=loaded.is_whole, surplus_scans=loaded.surplus_scans)


def _read_smaller(opened: ImageFile.ImageFile, edge_px: int | None) -> bool:
    """Have the decoder of a JPEG itself scale by 1/2, 1/4 or 1/8. True where there are too many pixels for the memory.

    A thumbnail takes a seventh of the time (measured, 2.1).
    """
    by = reduction(opened.size)
    wanted = opened.width // by, opened.height // by
    if edge_px is not None:
        wanted = min(wanted, fitting(opened.size, edge_px))
    if wanted != opened.size:
        opened.draft(None, wanted)
    return by > 1


def finished(image: Image.Image, source_px: tuple[int, int], orientation: int, edge_px: int | None) -> Picture:
    """The `Picture` of what the decoder gave: fitted, in sRGB, upright. `source_px` is the size of the photo as
    stored."""
    profile = image.info.get("icc_profile") or b""
    plain = colour.flattened(image)
    if edge_px is not None:
        plain = _resized(plain, edge_px)
    plain = colour.in_srgb(plain, profile)
    if isinstance(plain, ImageFile.ImageFile):
        # Without the file: as soon as it is saved, Pillow would ask the system where that lies, which a worker may not.
        plain = plain._new(plain.im)
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
