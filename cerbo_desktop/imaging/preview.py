"""Something to look at before the whole photo is there: the thumbnail inside, or as much as has arrived.

Runs in the worker alone. Only JPEG can do either.
"""

import io

from PIL import ExifTags, Image, ImageChops, ImageFile, ImageStat

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.verdict import FileKind, RefusalReason
from cerbo_desktop.imaging import structure
from cerbo_desktop.imaging.decode import SHRINKING, Picture, decode, finished, fitting, orientation_of, translated
from cerbo_desktop.imaging.jpeg_head import JpegHead, read_head

_THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_SHAPE_TOLERANCE = 0.02
_DARK = 24
"""The most that a black bar's mean may be, after JPEG."""
_JPEG_END = b"\xff\xd9"
_NEVER_SEEN = (1, 254, 3)
_MCU_ROWS_PX = 16


def embedded(head: bytes, edge_px: int) -> Picture:
    """The thumbnail in a JPEG's EXIF, as the photo itself would show: upright, in sRGB, without black bars.

    Raises:
        CannotShow: DAMAGED where there is none, where it shows another shape than the photo (software that crops
            often leaves the old thumbnail in) or where the photo's size is not in `head`; and as `read_head`.
    """
    photo = read_head(head)
    with translated():
        exif = Image.Exif()
        exif.load(photo.exif)
        data = _thumbnail_bytes(exif, photo.exif)
        structure.scan_header(FileKind.JPEG, data)
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:
            opened.load()
            # Cameras give the thumbnail the colours of the photo and leave the profile out.
            opened.info.setdefault("icc_profile", photo.profile)
            inner = _without_bars(opened, photo)
        return finished(inner, (photo.width_px, photo.height_px), orientation_of(exif), edge_px)


def partial(head: bytes, edge_px: int) -> tuple[Picture, int]:
    """What has arrived of a JPEG, and how many rows of it from the top are real; those below are black.

    A progressive one shows as a whole, finer with each scan that is complete. Any other shows from the top down.

    Raises:
        CannotShow: DAMAGED where nothing shows yet; UNSUPPORTED_TYPE where rows would grow sideways; as `read_head`.
    """
    photo = read_head(head)
    if photo.shows_whole_picture:
        picture = decode(head[: photo.whole_scans_end] + _JPEG_END, edge_px)
        return picture, picture.image.height
    if photo.is_progressive:
        raise CannotShow(RefusalReason.DAMAGED)
    with translated():
        return _top_down(head, photo, edge_px)


def _thumbnail_bytes(exif: Image.Exif, block: bytes) -> bytes:
    second = exif.get_ifd(ExifTags.IFD.IFD1)
    start, length = int(second[_THUMBNAIL_OFFSET]), int(second[_THUMBNAIL_LENGTH])
    if start < 0 or length < 1:
        raise CannotShow(RefusalReason.DAMAGED)
    return block[start : start + length]


def _without_bars(thumbnail: Image.Image, photo: JpegHead) -> Image.Image:
    """Its middle in the photo's shape, where what is left out is black."""
    inner = _inner_size(thumbnail.size, (photo.width_px, photo.height_px))
    if all(inside >= side * (1 - _SHAPE_TOLERANCE) for inside, side in zip(inner, thumbnail.size, strict=True)):
        return thumbnail
    left, top = ((side - inside + 1) // 2 for side, inside in zip(thumbnail.size, inner, strict=True))
    right, bottom = thumbnail.width - left, thumbnail.height - top
    if right <= left or bottom <= top:
        raise CannotShow(RefusalReason.DAMAGED)
    bars = thumbnail.convert("L")
    mask = Image.new("L", bars.size, 255)
    mask.paste(0, (left, top, right, bottom))
    if ImageStat.Stat(bars, mask).mean[0] > _DARK:
        raise CannotShow(RefusalReason.DAMAGED)
    return thumbnail.crop((left, top, right, bottom))


def _inner_size(outer: tuple[int, int], shape: tuple[int, int]) -> tuple[int, int]:
    """The largest size with the proportions of `shape` that `outer` has room for."""
    (width, height), (across, down) = outer, shape
    if width * down > height * across:
        return height * across // down, height
    return width, width * down // across


def _top_down(head: bytes, photo: JpegHead, edge_px: int) -> tuple[Picture, int]:
    size = fitting((photo.width_px, photo.height_px), edge_px)
    with Image.open(io.BytesIO(head), formats=("JPEG",)) as opened:
        if orientation_of(opened.getexif()) != 1:
            raise CannotShow(RefusalReason.UNSUPPORTED_TYPE)
        opened.draft(None, size)
        reached_rows = _reached_rows(opened)
        if reached_rows < opened.height:
            reached_rows -= -(-_MCU_ROWS_PX * opened.height // photo.height_px)
        known_rows = reached_rows * size[1] // opened.height
        if known_rows < 1:
            raise CannotShow(RefusalReason.DAMAGED)
        rows = (0, 0, opened.width, known_rows * opened.height / size[1])
        top = opened.resize((size[0], known_rows), SHRINKING, rows, reducing_gap=2.0)
    shown = finished(top, (photo.width_px, photo.height_px), 1, None)
    whole = Image.new("RGB", size)
    whole.paste(shown.image)
    return Picture(whole, photo.width_px, photo.height_px), known_rows


def _reached_rows(opened: ImageFile.ImageFile) -> int:
    """Load as far as the data goes; how many rows that painted.

    The decoder waits for more with what it has painted so far. Told that there is no more (Pillow's
    LOAD_TRUNCATED_IMAGES) it would paint the rest grey; so it is not told, and what still has the colour that was
    there before was not reached: the rows above are those of the whole photo, bit by bit (tested).
    """
    before = Image.new(opened.mode, opened.size, _never_seen(opened.mode))
    opened.im = before.copy().im
    try:
        opened.load()
    except OSError:
        opened.tile = []  # what is there will do
    else:
        return opened.height
    reached = ImageChops.difference(opened, before).getbbox(alpha_only=False)
    return reached[3] if reached else 0


def _never_seen(mode: str) -> tuple[int, ...]:
    return (*_NEVER_SEEN, 7)[: len(Image.new(mode, (1, 1)).getbands())]
