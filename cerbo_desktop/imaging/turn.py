"""A JPEG turned upright before it leaves: some readers ignore the orientation in EXIF.

It is encoded with its own tables, from its own samples: planes of colour are read as coarse as they were stored, and so
are not blurred on the way. Where the blocks fall on the same pixels again, next to nothing changes (a mean of less than
0.02 of 255); where they can't, because a side that becomes the left or the upper one ends in a part of a block, it is
the loss of one more encoding.
"""

import io
from collections.abc import Sequence

from PIL import Image, JpegImagePlugin

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.decode import FIRST_LYING, TURNS
from cerbo_desktop.imaging.jpeg_end import fingerprint, otherwise_padded
from cerbo_desktop.imaging.jpeg_pixels import read_pixels
from cerbo_desktop.imaging.jpeg_structure import walked

_SAME, _HALF_ACROSS, _HALF_BOTH = 0, 1, 2
"""How coarse the colours are, as Pillow numbers it: 4:4:4, 4:2:2, 4:2:0."""
_BAND_ROWS = 512
"""An even number."""
_TABLE_EDGE = 8
_RGB_IDS = tuple(b"RGB")
Turn = Image.Transpose
_RIGHT_OR_BOTTOM_TO_LEFT = {Turn.FLIP_LEFT_RIGHT, Turn.ROTATE_180, Turn.ROTATE_270, Turn.TRANSVERSE}
_RIGHT_OR_BOTTOM_TO_TOP = {Turn.FLIP_TOP_BOTTOM, Turn.ROTATE_180, Turn.ROTATE_90, Turn.TRANSVERSE}
"""The turns after which such an edge of the stored picture is the left or the upper one."""


def turned_jpeg(data: bytes, orientation: int, profile: bytes) -> bytes:
    """The JPEG `data`, grey or of three components, as one that shows upright by itself, with the ICC `profile`.

    `orientation` is EXIF's, 2 to 8. Raises `CannotShow` (DAMAGED) where a part of the picture is missing, and what
    Pillow raises.
    """
    head = _opened(data)
    sampling, turn = JpegImagePlugin.get_sampling(head), TURNS[orientation]
    if head.mode != "L" and sampling == _HALF_BOTH and not _is_rgb(head) and min(head.size) > 1:
        upright = _upright_planes(data, turn)
    else:
        upright = _upright(data, head, turn)
        sampling = _SAME if orientation >= FIRST_LYING or sampling != _HALF_ACROSS else sampling
    target = io.BytesIO()
    upright.save(
        target,
        "JPEG",
        qtables=_tables(head, is_lying=orientation >= FIRST_LYING),
        subsampling=sampling,
        keep_rgb=upright.mode == "RGB",
        icc_profile=profile,
    )
    return target.getvalue()


def _upright(data: bytes, head: JpegImagePlugin.JpegImageFile, turn: Turn) -> Image.Image:
    mode = "L" if head.mode == "L" else "RGB" if _is_rgb(head) else "YCbCr"
    return _whole(data, mode, 1, is_exact=True).transpose(turn)


def _upright_planes(data: bytes, turn: Turn) -> Image.Image:
    """In YCbCr. Put together a band at a time: a picture of three planes takes four bytes a pixel."""
    bright = _whole(data, "L", 1, is_exact=False).transpose(turn)
    coarse = _whole(data, "YCbCr", 2, is_exact=True)
    colours = [coarse.getchannel(name).transpose(turn) for name in ("Cb", "Cr")]
    del coarse
    upright = Image.new("YCbCr", bright.size)
    for top in range(0, bright.height, _BAND_ROWS):
        rows = (0, top, bright.width, min(bright.height, top + _BAND_ROWS))
        planes = (bright.crop(rows), *(_fine(colour, rows, bright.size, turn) for colour in colours))
        upright.paste(Image.merge("YCbCr", planes), rows[:2])
    return upright


def _fine(colour: Image.Image, rows: tuple[int, int, int, int], size: tuple[int, int], turn: Turn) -> Image.Image:
    """These rows of a picture of this size, from a plane in which each sample stands for two pixels by two.

    On an odd side the last sample stood for one column or row of pixels; turned, it may be the first.
    """
    _, top, right, bottom = rows
    across, down = size[0] % 2 * (turn in _RIGHT_OR_BOTTOM_TO_LEFT), size[1] % 2 * (turn in _RIGHT_OR_BOTTOM_TO_TOP)
    samples = colour.crop((0, top // 2, colour.width, (bottom + down + 1) // 2))
    doubled = samples.resize((2 * samples.width, 2 * samples.height), Image.Resampling.NEAREST)
    return doubled.crop((across, down, across + right, down + bottom - top))


def _opened(data: bytes) -> JpegImagePlugin.JpegImageFile:
    return JpegImagePlugin.JpegImageFile(io.BytesIO(data))


def _whole(data: bytes, mode: str, scale: int, *, is_exact: bool) -> Image.Image:
    """All the pixels in one of the modes that the decoder itself gives, at one `scale`-th of the size."""
    walk = walked(data)

    def opened() -> JpegImagePlugin.JpegImageFile:
        image = _opened(data)
        image.draft(mode, (max(1, image.width // scale), max(1, image.height // scale)))
        return image

    otherwise = otherwise_padded(data, walk, opened) if is_exact else b""
    image = opened()
    if not read_pixels(image, data, walk).is_whole or (is_exact and fingerprint(image) != otherwise):
        raise CannotShow(RefusalReason.DAMAGED)
    return image


def _is_rgb(head: JpegImagePlugin.JpegImageFile) -> bool:
    """Whether the decoder takes the three components for red, green and blue, as libjpeg decides it."""
    if head.mode != "RGB" or "jfif" in head.info:
        return False
    if "adobe" in head.info:
        return head.info.get("adobe_transform") == 0
    return tuple(component[0] for component in head.layer) == _RGB_IDS


def _tables(head: JpegImagePlugin.JpegImageFile, *, is_lying: bool) -> list[list[int]]:
    """One for each component."""
    tables = [head.quantization[number] for *_, number in head.layer]
    return [_transposed(table) for table in tables] if is_lying else tables


def _transposed(table: Sequence[int]) -> list[int]:
    return [table[_TABLE_EDGE * column + row] for row in range(_TABLE_EDGE) for column in range(_TABLE_EDGE)]
