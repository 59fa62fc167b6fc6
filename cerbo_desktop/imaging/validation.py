"""The checks that a photo passes, in order, before it may be sent. Runs in the worker alone."""

from dataclasses import dataclass

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.domain.verdict import FileKind, MediaType, RefusalReason, Refused
from cerbo_desktop.imaging import heic, structure
from cerbo_desktop.imaging.decode import Picture, decode, fitted, stored_orientation, translated
from cerbo_desktop.imaging.encode import encode_jpeg
from cerbo_desktop.imaging.frames import PREVIEW_EDGE_PX
from cerbo_desktop.imaging.jpeg_end import trimmed
from cerbo_desktop.imaging.jpeg_structure import walked
from cerbo_desktop.imaging.png_rows import Rows, rows_of
from cerbo_desktop.imaging.prepare import prepared
from cerbo_desktop.imaging.sniff import MEDIA_TYPES, PICTURES, kind_of, kind_of_name


@dataclass(frozen=True, slots=True)
class Validated:
    """`data` is what may be sent; `preview` fits into `PREVIEW_EDGE_PX`."""

    data: bytes
    media_type: MediaType
    preview: Picture


def examine(data: bytes, file_name: str, unique_id: str) -> Validated | Refused:
    """Check size, type, name and structure, take the metadata off, write the id in, and decode just what would be sent.

    `file_name` may be empty, `unique_id` is 32 hex digits. A refusal names what the bytes are where that helps.
    """
    kind = kind_of(data)
    if (refused := _refused_for_size(data) or _refused_for_type(kind, file_name)) is not None:
        return refused
    try:
        if (refused := _refused_for_structure(kind, data)) is not None:
            return refused
        photo, picture = _prepared(kind, data, unique_id)
    except CannotShow as error:
        return Refused(error.reason)
    return _refused_for_size(photo) or Validated(photo, MEDIA_TYPES[kind], fitted(picture, PREVIEW_EDGE_PX))


def examine_frame(width_px: int, height_px: int, pixels: bytes, unique_id: str) -> Validated | Refused:
    """Encode a camera frame as a JPEG of high quality and put that through every check.

    `pixels` holds the rows from the top, 4 bytes (BGRX) a pixel.
    """
    return examine(encode_jpeg(width_px, height_px, pixels), "", unique_id)


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


def _refused_for_size(data: bytes) -> Refused | None:
    if not data:
        return Refused(RefusalReason.EMPTY)
    return Refused(RefusalReason.TOO_BIG) if len(data) > MAX_UPLOAD_BYTES else None


def _refused_for_type(kind: FileKind, file_name: str) -> Refused | None:
    if kind not in MEDIA_TYPES:
        if kind is FileKind.HEIC and heic.FORMAT and not heic.is_allowed():
            return Refused(RefusalReason.NOT_SAFE_HERE)
        is_picture = kind in PICTURES
        return Refused(RefusalReason.UNSUPPORTED_TYPE if is_picture else RefusalReason.NOT_A_PHOTO, kind)
    return Refused(RefusalReason.WRONG_EXTENSION, kind) if kind_of_name(file_name) not in (None, kind) else None


def _refused_for_structure(kind: FileKind, data: bytes) -> Refused | None:
    """Raises `CannotShow` for a structure that makes no sense."""
    if structure.scan_header(kind, data).is_moving:
        return Refused(RefusalReason.MOVING)
    if kind is FileKind.JPEG and walked(data).is_arithmetic:
        # Cerbo's page could not show it, and a half of one can't be told from a whole.
        return Refused(RefusalReason.UNSUPPORTED_TYPE, FileKind.ARITHMETIC_JPEG)
    return None
