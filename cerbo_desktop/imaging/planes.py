"""The planes of a JPEG whose colours are half as fine as its brightness, as nearly every camera writes it.

A picture of three planes takes four bytes a pixel in Pillow; these take one and a half.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, JpegImagePlugin

from cerbo_desktop.imaging.jpeg_end import fingerprint, otherwise_padded
from cerbo_desktop.imaging.jpeg_pixels import Reading, read_pixels
from cerbo_desktop.imaging.jpeg_structure import walked
from cerbo_desktop.imaging.strips import STRIP_ROWS

HALF_BOTH = 2
"""Pillow's number for 4:2:0."""
_RGB_IDS = tuple(b"RGB")
Turn = Image.Transpose
_RIGHT_OR_BOTTOM_TO_LEFT = {Turn.FLIP_LEFT_RIGHT, Turn.ROTATE_180, Turn.ROTATE_270, Turn.TRANSVERSE}
_RIGHT_OR_BOTTOM_TO_TOP = {Turn.FLIP_TOP_BOTTOM, Turn.ROTATE_180, Turn.ROTATE_90, Turn.TRANSVERSE}
"""The turns after which such an edge of the stored picture is the left or the upper one."""


@dataclass(frozen=True, slots=True)
class Planes:
    """Brightness, and of each colour one sample for two pixels by two."""

    bright: Image.Image
    blue: Image.Image
    red: Image.Image
    is_left_cut: bool = False
    """The first column of samples stands for one column of pixels: it was the last one of an odd width."""
    is_top_cut: bool = False

    @property
    def size(self) -> tuple[int, int]:
        return self.bright.size

    def turned(self, turn: Turn) -> "Planes":
        """Turned from how they are stored."""
        bright = self.bright.transpose(turn)
        return Planes(
            bright,
            self.blue.transpose(turn),
            self.red.transpose(turn),
            is_left_cut=bright.width % 2 == 1 and turn in _RIGHT_OR_BOTTOM_TO_LEFT,
            is_top_cut=bright.height % 2 == 1 and turn in _RIGHT_OR_BOTTOM_TO_TOP,
        )

    def strips(self) -> Iterator[Image.Image]:
        """In YCbCr, from the top, each of `STRIP_ROWS` but the last."""
        width_px, height_px = self.size
        for top in range(0, height_px, STRIP_ROWS):
            rows = (0, top, width_px, min(height_px, top + STRIP_ROWS))
            colours = (self._fine(plane, rows) for plane in (self.blue, self.red))
            yield Image.merge("YCbCr", (self.bright.crop(rows), *colours))

    def _fine(self, plane: Image.Image, rows: tuple[int, int, int, int]) -> Image.Image:
        """A sample for each pixel of these rows."""
        _, top, right, bottom = rows
        across, down = int(self.is_left_cut), int(self.is_top_cut)
        samples = plane.crop((0, top // 2, plane.width, (bottom + down + 1) // 2))
        doubled = samples.resize((2 * samples.width, 2 * samples.height), Image.Resampling.NEAREST)
        return doubled.crop((across, down, across + right, down + bottom - top))


def has_planes(head: JpegImagePlugin.JpegImageFile) -> bool:
    """Whether `read_planes` is for this JPEG."""
    is_of_three = head.mode == "RGB" and not is_rgb(head) and min(head.size) > 1
    return is_of_three and JpegImagePlugin.get_sampling(head) == HALF_BOTH


def read_planes(data: bytes, by: int = 1, *, is_exact: bool) -> tuple[Planes, Reading]:
    """The planes as they are stored, at one `by`-th of the size: 1, 2 or 4. `is_exact` as in `read_as`."""
    coarse, of_colours = read_as(data, "YCbCr", 2 * by, is_exact=is_exact)
    blue, red = coarse.getchannel("Cb"), coarse.getchannel("Cr")
    del coarse  # before the larger plane comes
    bright, reading = read_as(data, "L", by, is_exact=False)
    return Planes(bright, blue, red), reading._replace(is_whole=reading.is_whole and of_colours.is_whole)


def read_as(data: bytes, mode: str, by: int, *, is_exact: bool) -> tuple[Image.Image, Reading]:
    """All the pixels in one of the modes that the decoder itself gives, at one `by`-th of the size.

    With `is_exact` a second decode finds out about the last few bytes, too.
    """
    walk = walked(data)

    def opened() -> JpegImagePlugin.JpegImageFile:
        image = opened_jpeg(data)
        image.draft(mode, (max(1, image.width // by), max(1, image.height // by)))
        return image

    otherwise = otherwise_padded(data, walk, opened) if is_exact else b""
    image = opened()
    reading = read_pixels(image, data, walk)
    if is_exact and fingerprint(image) != otherwise:
        reading = reading._replace(is_whole=False)
    return image, reading


def opened_jpeg(data: bytes) -> JpegImagePlugin.JpegImageFile:
    """The JPEG, its pixels not read yet. Raises what Pillow raises."""
    return JpegImagePlugin.JpegImageFile(io.BytesIO(data))


def is_rgb(head: JpegImagePlugin.JpegImageFile) -> bool:
    """Whether the decoder takes the three components for red, green and blue, as libjpeg decides it."""
    if head.mode != "RGB" or "jfif" in head.info:
        return False
    if "adobe" in head.info:
        return head.info.get("adobe_transform") == 0
    return tuple(component[0] for component in head.layer) == _RGB_IDS
