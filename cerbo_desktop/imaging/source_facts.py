"""What a file tells of itself before anything is taken off it: the hash of its pixels, our id and a place."""

import contextlib
import hashlib
import re

from PIL import ExifTags

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.decode import Picture
from cerbo_desktop.imaging.formats import opened_picture
from cerbo_desktop.imaging.structure import GIF_EXTENSION, gif_blocks

_BAND_ROWS = 64
_OUR_ID = re.compile(r"[0-9a-f]{32}")
_GIF_COMMENT = 0xFE
_PLACE_TAGS = frozenset({ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSDestLatitude})
_PLACE_IN_XMP = b"GPSLatitude"


def pixels_sha256(picture: Picture) -> str:
    """Hexadecimal, of the size and the rows of an upright picture, whatever file they came from."""
    image = picture.image
    found = hashlib.sha256(b"%d %d " % image.size)
    for top in range(0, image.height, _BAND_ROWS):
        found.update(image.crop((0, top, image.width, min(top + _BAND_ROWS, image.height))).tobytes())
    return found.hexdigest()


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
