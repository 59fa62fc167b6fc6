"""What a file tells of itself before anything is taken off it: the hash of its pixels, our id and a place."""

import contextlib
import hashlib
import re

from PIL import ExifTags, Image

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.decode import Picture
from cerbo_desktop.imaging.jpeg_head import read_head
from cerbo_desktop.imaging.structure import GIF_EXTENSION, gif_blocks, png_chunks

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
    if _PLACE_IN_XMP in data:
        return True
    with contextlib.suppress(Exception):  # on hostile bytes Pillow raises nearly every kind there is
        return not _PLACE_TAGS.isdisjoint(_exif(kind, data).get_ifd(ExifTags.IFD.GPSInfo))
    return False


def our_id(kind: FileKind, data: bytes) -> str:
    """The id that `prepare` wrote into the file, 32 hex digits; empty where it has none."""
    with contextlib.suppress(Exception):  # as above
        if kind is FileKind.GIF:
            return next((text for text in _gif_comments(data) if _OUR_ID.fullmatch(text)), "")
        text = str(_exif(kind, data).get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.ImageUniqueID, ""))
        return text if _OUR_ID.fullmatch(text) else ""
    return ""


def _exif(kind: FileKind, data: bytes) -> Image.Exif:
    """Empty where the file has none. Raises nearly anything on hostile bytes."""
    exif = Image.Exif()
    if block := _exif_block(kind, data):
        exif.load(block)
    return exif


def _exif_block(kind: FileKind, data: bytes) -> bytes:
    if kind is FileKind.JPEG:
        return read_head(data).exif
    if kind is FileKind.PNG:
        chunks = ((data[start : start + length]) for name, start, length in png_chunks(data) if name == b"eXIf")
        return next(chunks, b"")
    return b""


def _gif_comments(data: bytes) -> list[str]:
    """The texts of the comment blocks that consist of one piece, as ours does."""
    found = []
    for opener, at, end in gif_blocks(data):
        if opener == GIF_EXTENSION and data[at + 1] == _GIF_COMMENT:
            found.append(data[at + 3 : end - 1].decode("latin-1"))
    return found
