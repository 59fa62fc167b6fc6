"""The checks that a photo passes, in order, before it may be sent. Runs in the worker alone."""

from dataclasses import dataclass, replace

from PIL import Image

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_PIXELS, MAX_UPLOAD_BYTES
from cerbo_desktop.domain.verdict import FileKind, MediaType, Preparation, RefusalReason, Refused
from cerbo_desktop.imaging import source_facts, structure
from cerbo_desktop.imaging.beside_picture import holds_more
from cerbo_desktop.imaging.decode import TURNS, Picture, decode, fitted, stored_orientation, translated
from cerbo_desktop.imaging.encode import encode_jpeg
from cerbo_desktop.imaging.fitting import WholeImage, encoded
from cerbo_desktop.imaging.formats import FORMATS, is_safe
from cerbo_desktop.imaging.frames import PREVIEW_EDGE_PX
from cerbo_desktop.imaging.jpeg_end import trimmed
from cerbo_desktop.imaging.jpeg_structure import walked
from cerbo_desktop.imaging.large_jpeg import LargeJpeg, read_large
from cerbo_desktop.imaging.origin import origin_of
from cerbo_desktop.imaging.png_repair import without_wrong_chunks
from cerbo_desktop.imaging.png_rows import Rows, rows_of
from cerbo_desktop.imaging.prepare import prepared
from cerbo_desktop.imaging.sniff import MEDIA_TYPES, PICTURES, kind_of
from cerbo_desktop.imaging.structure import Outline

_UPRIGHT = 1
_OTHER_WEIGHT = 3
"""A pixel takes four to sixteen bytes while another kind is decoded and encoded anew, and its file may be as large."""


@dataclass(frozen=True, slots=True)
class Validated:
    """`data` is what may be sent; `preview` fits into `PREVIEW_EDGE_PX`, and its source is `data`."""

    data: bytes
    media_type: MediaType
    preview: Picture
    preparation: Preparation


@dataclass(frozen=True, slots=True)
class _Source:
    """A file whose kind and structure can be read."""

    kind: FileKind
    data: bytes
    outline: Outline

    @property
    def weight(self) -> int:
        """The pixels of a JPEG that takes as much memory."""
        return self.outline.width_px * self.outline.height_px * (1 if self.kind is FileKind.JPEG else _OTHER_WEIGHT)

    @property
    def is_of_sent_kind(self) -> bool:
        return self.kind in MEDIA_TYPES

    @property
    def may_be_copied(self) -> bool:
        """Its own pixels are what Cerbo takes, if they are not too many bytes."""
        has_too_many_pixels = self.outline.width_px * self.outline.height_px > MAX_PIXELS
        return self.is_of_sent_kind and not has_too_many_pixels and not origin_of(self.kind, self.data).is_ink


def examine(
    data: bytes, named_kind: FileKind | None, unique_id: str, most_pixels: int | None = None
) -> Validated | Refused | None:
    """Check type and structure, decode, take the metadata off, write the id in, and make fit what is too large.

    `named_kind` is what the file's name claims: it refuses nothing, since the bytes decide. `unique_id` is 32 hex
    digits. A refusal names what the bytes are where that helps. None where the picture takes more memory than a JPEG of
    `most_pixels`: then it was not decoded.
    """
    kind = kind_of(data)
    if (refused := _refused_for_type(kind, data)) is not None:
        return refused
    try:
        with translated():
            source = _opened(kind, data)
            if most_pixels is not None and source.weight > most_pixels:
                return None
            made = _copied(source, unique_id) if source.may_be_copied else _whole(kind, source.data)
            validated = made if isinstance(made, Validated) else _encoded(source, made, unique_id)
    except CannotShow as error:
        return _refused(error.reason, kind)
    named = replace(validated.preparation, named_kind=None if named_kind is kind else named_kind)
    return replace(validated, preparation=named)


def examine_frame(width_px: int, height_px: int, pixels: bytes, unique_id: str) -> Validated | Refused | None:
    """Encode a camera frame as a JPEG of high quality and put that through every check.

    `pixels` holds the rows from the top, 4 bytes (BGRX) a pixel.
    """
    return examine(encode_jpeg(width_px, height_px, pixels), None, unique_id)


def _opened(kind: FileKind, data: bytes) -> _Source:
    """Raises `CannotShow` for what can't be sent, by its structure alone."""
    if kind is FileKind.PNG:
        data = without_wrong_chunks(data)
    outline = structure.scan_header(kind, data)
    if outline.is_moving:
        raise CannotShow(RefusalReason.MOVING)
    if kind is FileKind.JPEG and walked(data).is_arithmetic:
        # Cerbo's page could not show it, and a half of one can't be told from a whole.
        raise CannotShow(RefusalReason.UNSUPPORTED_TYPE)
    return _Source(kind, data, outline)


def _copied(source: _Source, unique_id: str) -> Validated | Picture | LargeJpeg:
    """The source's own pixels in a file that may be sent; decoded, where they are more bytes than Cerbo takes.

    Raises `CannotShow`, also where a part is missing.
    """
    kind, data = source.kind, source.data
    if kind is FileKind.PNG and rows_of(data) is Rows.MISSING:
        raise CannotShow(RefusalReason.DAMAGED)
    orientation = stored_orientation(data)
    photo = prepared(kind, data, orientation, unique_id)
    if kind is FileKind.JPEG and orientation != _UPRIGHT:
        return _turned(source, photo, TURNS[orientation])
    picture = _whole(kind, photo)
    photo = _without_surplus(source, photo, picture)
    if len(photo) > MAX_UPLOAD_BYTES:
        return picture
    return Validated(
        photo, MEDIA_TYPES[kind], _preview(picture), _preparation(source, picture, copied_bytes=len(photo))
    )


def _turned(source: _Source, photo: bytes, turn: Image.Transpose) -> Validated | Picture | LargeJpeg:
    """As `_copied`, for a JPEG that lies. What was encoded here is whole, and its own pixels are a little different
    each time."""
    if len(photo) > MAX_UPLOAD_BYTES:
        return read_large(source.data, is_exact=False) or decode(source.data)
    picture = read_large(source.data, is_exact=False) or decode(source.data, is_turned=False)
    preparation = _preparation(source, picture, turn, copied_bytes=len(photo))
    del picture
    return Validated(photo, MediaType.JPEG, decode(photo, PREVIEW_EDGE_PX), preparation)


def _without_surplus(source: _Source, photo: bytes, picture: Picture | LargeJpeg) -> bytes:
    """The photo without bytes at the end of a scan that no pixel needs."""
    scans = picture.surplus_scans
    if source.kind is FileKind.JPEG and not walked(source.data).has_end_marker:
        scans = tuple(dict.fromkeys((*scans, walked(photo).scans[-1])))
    return trimmed(photo, scans) if scans else photo


def _encoded(source: _Source, picture: Picture | LargeJpeg, unique_id: str) -> Validated:
    """A JPEG made of the source's pixels, as large as Cerbo takes it."""
    is_too_large = source.is_of_sent_kind and len(source.data) > MAX_UPLOAD_BYTES
    pixels = WholeImage(picture.image) if isinstance(picture, Picture) else picture
    made = encoded(pixels, unique_id, origin_of(source.kind, source.data, is_too_large=is_too_large))
    preparation = replace(
        _preparation(source, picture),
        quality=made.quality,
        is_fitted=made.is_fitted,
        is_below_minimum=made.is_below_minimum,
    )
    preview = replace(_preview(picture), source_width_px=made.width_px, source_height_px=made.height_px)
    return Validated(made.data, MediaType.JPEG, preview, preparation)


def _whole(kind: FileKind, data: bytes) -> Picture | LargeJpeg:
    large = read_large(data, is_exact=True) if kind is FileKind.JPEG else None
    picture = large or decode(data, is_exact=True)
    if not picture.is_whole:
        raise CannotShow(RefusalReason.DAMAGED)
    return picture


def _preview(picture: Picture | LargeJpeg) -> Picture:
    if isinstance(picture, LargeJpeg):
        return picture.preview(PREVIEW_EDGE_PX)
    return fitted(picture, PREVIEW_EDGE_PX)


def _preparation(
    source: _Source,
    picture: Picture | LargeJpeg,
    turn: Image.Transpose | None = None,
    *,
    copied_bytes: int | None = None,
) -> Preparation:
    """What there is to tell without encoding. `picture` shows the source's own pixels; `turn` makes a `Picture`
    upright; `copied_bytes` is as in `holds_more`."""
    source_px = picture.source_width_px, picture.source_height_px
    if isinstance(picture, LargeJpeg):
        size_px, pixels_sha256 = picture.size, picture.pixels_sha256()
    else:
        size_px, pixels_sha256 = picture.image.size, source_facts.pixels_sha256(picture.image, turn)
    upright_px = source_px[::-1] if isinstance(picture, Picture) and turn in source_facts.SWAPPING else source_px
    return Preparation(
        source_kind=source.kind,
        source_width_px=upright_px[0],
        source_height_px=upright_px[1],
        source_bytes=len(source.data),
        page_count=source.outline.page_count,
        is_reduced=size_px != source_px,
        holds_more=holds_more(source.kind, source.data, copied_bytes),
        had_location=source_facts.names_place(source.kind, source.data),
        pixels_sha256=pixels_sha256,
        source_unique_id=source_facts.our_id(source.kind, source.data),
    )


def _refused_for_type(kind: FileKind, data: bytes) -> Refused | None:
    if not data:
        return Refused(RefusalReason.EMPTY)
    if kind not in FORMATS:
        return Refused(RefusalReason.UNSUPPORTED_TYPE if kind in PICTURES else RefusalReason.NOT_A_PHOTO, kind)
    return None if is_safe(kind) else Refused(RefusalReason.NOT_SAFE_HERE, kind)


def _refused(reason: RefusalReason, kind: FileKind) -> Refused:
    """With what the bytes are, where that is the reason."""
    if reason is not RefusalReason.UNSUPPORTED_TYPE:
        return Refused(reason)
    return Refused(reason, FileKind.ARITHMETIC_JPEG if kind is FileKind.JPEG else kind)
