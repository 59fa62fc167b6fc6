"""The profile by which a picture is to be shown, wherever its file says so."""

from PIL import Image

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging import isobmff, named_colours, png_colours

_IN_BOXES = frozenset({FileKind.HEIC, FileKind.AVIF})


def meant_profile(kind: FileKind, data: bytes, opened: Image.Image) -> bytes:
    """The ICC profile of `opened`, which was opened on `data`, as it is in the file or made; empty for sRGB.

    Raises `CannotShow` where the structure makes no sense.
    """
    if kind is FileKind.PNG:
        return png_colours.meant_profile(data)
    profile: bytes = opened.info.get("icc_profile") or b""
    codes = isobmff.colour_codes(data) if kind in _IN_BOXES and not profile else None
    if codes is None:
        return profile
    return named_colours.named_profile(*codes, is_grey=opened.mode in ("L", "LA")) or b""
