"""JPEGs with a thumbnail inside, as cameras write them."""

import struct

from PIL import Image

from tests.fakes.hostile_images import encoded

_SHORT, _LONG = 3, 4


def exif_block(thumbnail: bytes, *, orientation: int = 1, start: int | None = None, length: int | None = None) -> bytes:
    """A TIFF structure of two directories: the orientation, and where the thumbnail is (or is said to be)."""
    first = [(0x0112, _SHORT, orientation << 16)]
    second_at = 8 + _directory_bytes(first)
    place = second_at + _directory_bytes([(0, 0, 0)] * 3)
    second = [
        (0x0103, _SHORT, 6 << 16),
        (0x0201, _LONG, place if start is None else start),
        (0x0202, _LONG, len(thumbnail) if length is None else length),
    ]
    return b"MM\0*\0\0\0\x08" + _directory(first, second_at) + _directory(second, 0) + thumbnail


def with_thumbnail(photo: bytes, thumbnail: bytes, **claims: int) -> bytes:
    """The photo with the thumbnail in its EXIF, right at its start."""
    body = b"Exif\0\0" + exif_block(thumbnail, **claims)
    return photo[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(body)) + body + photo[2:]


def camera_jpeg(
    picture: Image.Image, thumbnail_px: tuple[int, int] = (160, 120), *, orientation: int = 1, **options: object
) -> bytes:
    """Letterboxed where the shapes differ, as cameras do; `options` are the photo's."""
    small = picture.copy()
    small.thumbnail(thumbnail_px)
    framed = Image.new(picture.mode, thumbnail_px)
    framed.paste(small, ((thumbnail_px[0] - small.width) // 2, (thumbnail_px[1] - small.height) // 2))
    thumbnail = encoded(framed, "JPEG", quality=85)
    return with_thumbnail(encoded(picture, "JPEG", quality=92, **options), thumbnail, orientation=orientation)


def _directory_bytes(entries: list[tuple[int, int, int]]) -> int:
    return 2 + 12 * len(entries) + 4


def _directory(entries: list[tuple[int, int, int]], following: int) -> bytes:
    fields = b"".join(struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return struct.pack(">H", len(entries)) + fields + struct.pack(">I", following)
