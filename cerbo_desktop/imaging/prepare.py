"""A photo as it leaves this PC: its pixels upright, none of its metadata, and an id by which it is known again.

Cerbo has no idempotency key and gives a photo another id when staff accept it (contract 6.5), so the photo itself has
to say which one it is: 32 hex digits, as EXIF's ImageUniqueID in a JPEG or PNG and as a comment in a GIF. Place,
device, names and the thumbnail of an uncropped original stay behind; the colours and the time when it was taken are
kept.

So do bytes in which nobody would look for a text: whatever leaves is needed for some pixel, or stands in a table that
is. In a file that was made so, a text can still hide in a table's values that no pixel happens to use, such as codes of
a Huffman table (at most 256 bytes each), steps of a quantiser (64) or points of a profile's curve; in a baseline scan
that a later one replaces; and in the pixels themselves.
"""

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import FileKind, RefusalReason
from cerbo_desktop.imaging.bare_profile import bare_profile
from cerbo_desktop.imaging.decode import decode
from cerbo_desktop.imaging.exif_block import exif_block
from cerbo_desktop.imaging.fitting import WholeImage, encoded
from cerbo_desktop.imaging.gif_copy import copied_gif
from cerbo_desktop.imaging.jpeg_copy import copied_jpeg, with_exif
from cerbo_desktop.imaging.jpeg_head import read_head
from cerbo_desktop.imaging.origin import Origin, origin_of
from cerbo_desktop.imaging.png_copy import copied_png
from cerbo_desktop.imaging.small_copy import small_copy
from cerbo_desktop.imaging.turn import turned_jpeg

_UPRIGHT = 1


def prepared(kind: FileKind, data: bytes, orientation: int, unique_id: str) -> bytes:
    """Returns the JPEG, PNG or GIF upright, without metadata and with `unique_id` (32 hex digits) in it.

    `data` has passed `structure.scan_header`, and has no part missing if it is a PNG; `orientation` is EXIF's, 1 to 8.

    Lossless where the pixels stand upright already: then a JPEG's last scan still ends where the next marker says so;
    `jpeg_end` knows better. A JPEG in the colours of a press becomes one in sRGB.

    Raises `CannotShow` (DAMAGED) where a part of what has to be turned or encoded anew is missing.
    """
    origin = origin_of(kind, data)
    match kind:
        case FileKind.JPEG:
            return _jpeg(data, orientation, unique_id, origin)
        case FileKind.PNG:
            return copied_png(data, exif_block(unique_id, origin.taken), orientation)
        case _:
            return copied_gif(data, unique_id.encode("ascii"))


def _jpeg(data: bytes, orientation: int, unique_id: str, origin: Origin) -> bytes:
    if origin.is_ink:
        picture = decode(data, is_exact=True)
        if not picture.is_whole:
            raise CannotShow(RefusalReason.DAMAGED)
        return encoded(WholeImage(picture.image), unique_id, origin).data
    bare = copied_jpeg(data)
    if orientation != _UPRIGHT:
        bare = copied_jpeg(turned_jpeg(bare, orientation, bare_profile(read_head(bare).profile)))
    return with_exif(bare, exif_block(unique_id, origin.taken, small_copy(bare)))
