"""What a file tells of itself before anything is taken off it: the hash of its pixels, our id and a place."""

import contextlib
import hashlib
import re

from PIL import ExifTags, Image

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.formats import opened_picture
from cerbo_desktop.imaging.structure import GIF_EXTENSION, gif_blocks

_BAND_ROWS = 64
_Turn = Image.Transpose
SWAPPING = frozenset({_Turn.TRANSPOSE, _Turn.ROTATE_270, _Turn.TRANSVERSE, _Turn.ROTATE_90})
"""Columns become rows."""
_FROM_END = frozenset({_Turn.ROTATE_180, _Turn.FLIP_TOP_BOTTOM, _Turn.TRANSVERSE, _Turn.ROTATE_90})
"""The last one becomes the first."""
_OUR_ID = re.compile(r"[0-9a-f]{32}")
_GIF_COMMENT = 0xFE
_PLACE_TAGS = frozenset({ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSDestLatitude})
_PLACE_IN_XMP = b"GPSLatitude"


def pixels_sha256(image: Image.Image, turn: Image.Transpose | None = None) -> str:
    """Hexadecimal, of the size and the rows of an upright picture, whatever file they came from; `turn` makes it
    upright.

    Some rows are turned at a time: all of them at once would be another picture.
    """
    size = image.size[::-1] if turn in SWAPPING else image.size
    found = hashlib.sha256(b"%d %d " % size)
    for top in range(0, size[1], _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, size[1])
        band = image.crop(_stored_box(image.size, turn, top, bottom))
        found.update((band if turn is None else band.transpose(turn)).tobytes())
    return found.hexdigest()


def _stored_box(
    size: tuple[int, int], turn: Image.Transpose | None, top: int, bottom: int
) -> tuple[int, int, int, int]:
    """Where the upright rows from `top` to `bottom` lie in a picture that `turn` makes upright."""
    length = size[0] if turn in SWAPPING else size[1]
    start, end = (length - bottom, length - top) if turn in _FROM_END else (top, bottom)
    return (start, 0, end, size[1]) if turn in SWAPPING else (0, start, size[0], end)


def names_place(kind: FileKind, data: bytes) -> bool:
    """Whether EXIF or XMP says where the photo was taken."""
    return _PLACE_IN_XMP in data or not _PLACE_TAGS.isdisjoint(_exif_fields(kind, data, ExifTags.IFD.GPSInfo))


def our_id(kind: FileKind, data: bytes) -> str:
    """The id that `prepare` wrote into the file, 32 hex digits; empty where it has none."""
    if kind is FileKind.GIF:
        texts = _gif_comments(data)
    else:
        texts = [str(_exif_fields(kind, data, ExifTags.IFD.Exif).get(ExifTags.Base.ImageUniqueID, ""))]
    return next((text for text in texts if _OUR_ID.fullmatch(text)), "")


def _exif_fields(kind: FileKind, data: bytes, directory: ExifTags.IFD) -> dict[int, object]:
    """What one directory of the file's EXIF holds; nothing where it has none or it is broken."""
    with contextlib.suppress(Exception):  # on hostile bytes Pillow raises nearly every kind there is
        return dict(opened_picture(kind, data).getexif().get_ifd(directory))
    return {}


def _gif_comments(data: bytes) -> list[str]:
    """The texts of the comments that consist of one piece, as ours does."""
    with contextlib.suppress(Exception):  # as above
        return [
            data[at + 3 : end - 1].decode("latin-1")
            for opener, at, end in gif_blocks(data)
            if opener == GIF_EXTENSION and data[at + 1] == _GIF_COMMENT
        ]
    return []
