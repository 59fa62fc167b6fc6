"""The checks that a photo passes, in order, before it may be sent. Runs in the worker alone."""

from dataclasses import dataclass

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.domain.verdict import FileKind, MediaType, Preparation, RefusalReason, Refused
from cerbo_desktop.imaging import heic, source_facts, structure
from cerbo_desktop.imaging.decode import Picture, decode, fitted, stored_orientation, translated
from cerbo_desktop.imaging.encode import encode_jpeg
from cerbo_desktop.imaging.frames import PREVIEW_EDGE_PX
from cerbo_desktop.imaging.jpeg_end import trimmed
from cerbo_desktop.imaging.jpeg_structure import walked
from cerbo_desktop.imaging.png_rows import Rows, rows_of
from cerbo_desktop.imaging.prepare import prepared
from cerbo_desktop.imaging.sniff import MEDIA_TYPES, PICTURES, kind_of


@dataclass(frozen=True, slots=True)
class Validated:
    """`data` is what may be sent; `preview` fits into `PREVIEW_EDGE_PX`."""

    data: bytes
    media_type: MediaType
    preview: Picture
    preparation: Preparation


def examine(data: bytes, named_kind: FileKind | None, unique_id: str) -> Validated | Refused:
    """Check type and structure, take the metadata off, write the id in, decode just what would be sent, and check its
    size.

    `named_kind` is what the file's name claims: it refuses nothing, since the bytes decide. `unique_id` is 32 hex
    digits. A refusal names what the bytes are where that helps.
    """
    kind = kind_of(data)
    if (refused := _refused_for_type(kind, data)) is not None:
        return refused
    try:
        if (refused := _refused_for_structure(kind, data)) is not None:
            return refused
        photo, picture = _prepared(kind, data, unique_id)
    except CannotShow as error:
        return Refused(error.reason)
    if len(photo) > MAX_UPLOAD_BYTES:
        return Refused(RefusalReason.TOO_BIG)
    preparation = _preparation(kind, named_kind, data, picture)
    return Validated(photo, MEDIA_TYPES[kind], fitted(picture, PREVIEW_EDGE_PX), preparation)


def examine_frame(width_px: int, height_px: int, pixels: bytes, unique_id: str) -> Validated | Refused:
    """Encode a camera frame as a JPEG of high quality and put that through every check.

    `pixels` holds the rows from the top, 4 bytes (BGRX) a pixel.
    """
    return examine(encode_jpeg(width_px, height_px, pixels), None, unique_id)


def _prepared(kind: FileKind, data: bytes, unique_id: str) -> tuple[bytes, Picture]:
    """What would be sent, and what it shows. Raises `CannotShow`, also where a part is missing."""
    with translated():
        if kind is FileKind.PNG and rows_of(data) is Rows.MISSING:
            raise CannotShow(RefusalReason.DAMAGED)
        photo = prepared(kind, data, stored_orientation(data), unique_id)
        picture = decode(photo, is_exact=True)
        if not picture.is_whole:
            raise CannotShow(RefusalReason.DAMAGED)
        scans = picture.surplus_scans
        if kind is FileKind.JPEG and not walked(data).has_end_marker:
            scans = tuple(dict.fromkeys((*scans, walked(photo).scans[-1])))
        return trimmed(photo, scans) if scans else photo, picture


def _preparation(kind: FileKind, named_kind: FileKind | None, data: bytes, picture: Picture) -> Preparation:
    return Preparation(
        source_kind=kind,
        named_kind=named_kind if named_kind is not kind else None,
        source_width_px=picture.source_width_px,
        source_height_px=picture.source_height_px,
        source_bytes=len(data),
        had_location=source_facts.names_place(kind, data),
        pixels_sha256=source_facts.pixels_sha256(picture),
        source_unique_id=source_facts.our_id(kind, data),
    )


def _refused_for_type(kind: FileKind, data: bytes) -> Refused | None:
    if not data:
        return Refused(RefusalReason.EMPTY)
    if kind in MEDIA_TYPES:
        return None
    if kind is FileKind.HEIC and heic.FORMAT and not heic.is_allowed():
        return Refused(RefusalReason.NOT_SAFE_HERE)
    is_picture = kind in PICTURES
    return Refused(RefusalReason.UNSUPPORTED_TYPE if is_picture else RefusalReason.NOT_A_PHOTO, kind)


def _refused_for_structure(kind: FileKind, data: bytes) -> Refused | None:
    """Raises `CannotShow` for a structure that makes no sense."""
    if structure.scan_header(kind, data).is_moving:
        return Refused(RefusalReason.MOVING)
    if kind is FileKind.JPEG and walked(data).is_arithmetic:
        # Cerbo's page could not show it, and a half of one can't be told from a whole.
        return Refused(RefusalReason.UNSUPPORTED_TYPE, FileKind.ARITHMETIC_JPEG)
    return None
