"""The gates a photo passes, in order, before it may be sent. Runs in the worker alone."""

from dataclasses import dataclass

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.domain.verdict import FileKind, MediaType, RefusalReason
from cerbo_desktop.imaging import heic, structure
from cerbo_desktop.imaging.decode import Picture, decode, fitted, stored_orientation, translated
from cerbo_desktop.imaging.frames import PREVIEW_EDGE_PX
from cerbo_desktop.imaging.jpeg_end import trimmed
from cerbo_desktop.imaging.jpeg_structure import walked
from cerbo_desktop.imaging.png_rows import Rows, rows_of
from cerbo_desktop.imaging.prepare import prepared
from cerbo_desktop.imaging.sniff import MEDIA_TYPES, PICTURES, kind_of, kind_of_name


class ValidationFailed(Exception):
    def __init__(self, reason: RefusalReason, found: FileKind = FileKind.UNKNOWN) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.found = found


@dataclass(frozen=True, slots=True)
class Validated:
    """`data` is what may be sent; `preview` fits into `PREVIEW_EDGE_PX`."""

    data: bytes
    media_type: MediaType
    preview: Picture


def examine(data: bytes, file_name: str, unique_id: str) -> Validated:
    """Size, type, name, structure; metadata off and the id in; then a full decode of just what would be sent.

    Raises:
        RefusedHereError: what did not pass, and what the bytes are where that helps.
    """
    _pass_size(data)
    kind = kind_of(data)
    _pass_type(kind, file_name)
    try:
        if structure.scan_header(kind, data).is_moving:
            raise ValidationFailed(RefusalReason.MOVING)
        if kind is FileKind.JPEG and walked(data).is_arithmetic:
            # Cerbo's page could not show it, and a half of one can't be told from a whole.
            raise ValidationFailed(RefusalReason.UNSUPPORTED_TYPE, FileKind.ARITHMETIC_JPEG)
        photo, picture = _prepared(kind, data, unique_id)
    except CannotShow as error:
        raise ValidationFailed(error.reason) from None
    _pass_size(photo)
    return Validated(photo, MEDIA_TYPES[kind], fitted(picture, PREVIEW_EDGE_PX))


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


def _pass_size(data: bytes) -> None:
    if not data:
        raise ValidationFailed(RefusalReason.EMPTY)
    if len(data) > MAX_UPLOAD_BYTES:
        raise ValidationFailed(RefusalReason.TOO_BIG)


def _pass_type(kind: FileKind, file_name: str) -> None:
    if kind not in MEDIA_TYPES:
        if kind is FileKind.HEIC and heic.FORMAT and not heic.is_allowed():
            raise ValidationFailed(RefusalReason.NOT_SAFE_HERE)
        is_picture = kind in PICTURES
        reason = RefusalReason.UNSUPPORTED_TYPE if is_picture else RefusalReason.NOT_A_PHOTO
        raise ValidationFailed(reason, kind)
    if kind_of_name(file_name) not in (None, kind):
        raise ValidationFailed(RefusalReason.WRONG_EXTENSION, kind)
