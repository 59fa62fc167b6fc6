"""A JPEG turned upright before it leaves: some readers ignore the orientation in EXIF.

It is encoded with its own tables, from its own samples: planes of colour are read as coarse as they were stored, and so
are not blurred on the way. Where the blocks fall on the same pixels again, next to nothing changes (a mean of less than
0.02 of 255); where they can't, because a side that becomes the left or the upper one ends in a part of a block, it is
the loss of one more encoding.
"""

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image, JpegImagePlugin

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.decode import FIRST_LYING, TURNS
from cerbo_desktop.imaging.planes import HALF_BOTH, Planes, has_planes, is_rgb, opened_jpeg, read_as, read_planes
from cerbo_desktop.imaging.strips import jpeg_of_strips

_SAME, _HALF_ACROSS = 0, 1
"""How coarse the colours are, as Pillow numbers it: 4:4:4, 4:2:2."""
_TABLE_EDGE = 8
Turn = Image.Transpose


def turned_jpeg(data: bytes, orientation: int, profile: bytes) -> bytes:
    """The JPEG `data`, grey or of three components, as one that shows upright by itself, with the ICC `profile`.

    `orientation` is EXIF's, 2 to 8. Raises `CannotShow` (DAMAGED) where a part of the picture is missing, and what
    Pillow raises.
    """
    head, turn = opened_jpeg(data), TURNS[orientation]
    options = {"qtables": _tables(head, is_lying=orientation >= FIRST_LYING), "icc_profile": profile}
    if has_planes(head):
        upright = _upright_planes(data, turn)
        return jpeg_of_strips(upright.strips(), upright.size[1], subsampling=HALF_BOTH, **options)
    sampling = JpegImagePlugin.get_sampling(head)
    sampling = _SAME if orientation >= FIRST_LYING or sampling != _HALF_ACROSS else sampling
    return _encoded(_upright(data, head, turn), subsampling=sampling, **options)


def _encoded(upright: Image.Image, **options: Any) -> bytes:
    target = io.BytesIO()
    upright.save(target, "JPEG", keep_rgb=upright.mode == "RGB", **options)
    return target.getvalue()


def _upright(data: bytes, head: JpegImagePlugin.JpegImageFile, turn: Turn) -> Image.Image:
    mode = "L" if head.mode == "L" else "RGB" if is_rgb(head) else "YCbCr"
    image, reading = read_as(data, mode, 1, is_exact=True)
    if not reading.is_whole:
        raise CannotShow(RefusalReason.DAMAGED)
    return image.transpose(turn)


def _upright_planes(data: bytes, turn: Turn) -> Planes:
    planes, reading = read_planes(data, is_exact=True)
    if not reading.is_whole:
        raise CannotShow(RefusalReason.DAMAGED)
    return planes.turned(turn)


def _tables(head: JpegImagePlugin.JpegImageFile, *, is_lying: bool) -> list[list[int]]:
    """One for each component."""
    tables = [head.quantization[number] for *_, number in head.layer]
    return [_transposed(table) for table in tables] if is_lying else tables


def _transposed(table: Sequence[int]) -> list[int]:
    return [table[_TABLE_EDGE * column + row] for row in range(_TABLE_EDGE) for column in range(_TABLE_EDGE)]
