"""A JPEG of many megapixels, examined and encoded by its planes: its RGB pixels are never all in the memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image

from cerbo_desktop.imaging import colour
from cerbo_desktop.imaging.decode import FIRST_LYING, SHRINKING, TURNS, Picture, fitting, stored_orientation
from cerbo_desktop.imaging.jpeg_structure import Span, walked
from cerbo_desktop.imaging.loading import reduction
from cerbo_desktop.imaging.planes import HALF_BOTH, Planes, has_planes, opened_jpeg, read_planes
from cerbo_desktop.imaging.strips import jpeg_of_strips

_FROM_PIXELS = 16_000_000
"""Fewer are quicker read as RGB, and take 64 MB at most."""
_BAND_ROWS = 64


@dataclass(frozen=True, slots=True)
class LargeJpeg:
    """Upright, in the colours of its own `profile`, which is empty for sRGB."""

    planes: Planes
    profile: bytes
    source_width_px: int
    source_height_px: int
    is_whole: bool
    surplus_scans: tuple[Span, ...]
    """As in `Picture`."""

    @property
    def size(self) -> tuple[int, int]:
        return self.planes.size

    def pixels_sha256(self) -> str:
        """Hexadecimal, of the size and the planes."""
        found = hashlib.sha256(b"%d %d " % self.size)
        for plane in (self.planes.bright, self.planes.blue, self.planes.red):
            for top in range(0, plane.height, _BAND_ROWS):
                found.update(plane.crop((0, top, plane.width, min(top + _BAND_ROWS, plane.height))).tobytes())
        return found.hexdigest()

    def preview(self, edge_px: int) -> Picture:
        """A small picture of it in sRGB."""
        size, planes = fitting(self.size, edge_px), (self.planes.bright, self.planes.blue, self.planes.red)
        small = Image.merge("YCbCr", [plane.resize(size, SHRINKING, reducing_gap=2.0) for plane in planes])
        image = colour.in_srgb(small.convert("RGB"), self.profile)
        return Picture(image, self.source_width_px, self.source_height_px, self.is_whole)

    def jpeg(self, quality: int, *, has_full_chroma: bool) -> bytes:
        """In sRGB. It has no finer colours than 4:2:0, whatever is asked for."""
        sampling = 0 if has_full_chroma else HALF_BOTH
        return jpeg_of_strips(self._strips(), self.size[1], quality=quality, subsampling=sampling)

    def smaller(self, size: tuple[int, int]) -> "LargeJpeg":
        """The same picture with fewer pixels."""
        half = -(-size[0] // 2), -(-size[1] // 2)
        planes = self.planes
        bright, blue, red = planes.bright, planes.blue, planes.red
        return replace(
            self,
            planes=Planes(bright.resize(size, SHRINKING), blue.resize(half, SHRINKING), red.resize(half, SHRINKING)),
        )

    def _strips(self) -> Iterator[Image.Image]:
        for strip in self.planes.strips():
            yield colour.in_srgb(strip.convert("RGB"), self.profile) if self.profile else strip


def read_large(data: bytes, *, is_exact: bool) -> LargeJpeg | None:
    """None where the JPEG `data` is not large, or is of a kind that has no such planes.

    One of more than `MAX_PIXELS` is read at a half or a quarter of its size, and then not so exactly; `is_exact` as in
    `decode`. Raises what Pillow raises.
    """
    with opened_jpeg(data) as head:
        if head.width * head.height <= _FROM_PIXELS or not has_planes(head):
            return None
        profile, source_px, by = head.info.get("icc_profile") or b"", head.size, reduction(head.size)
    planes, reading = read_planes(data, by, is_exact=is_exact and by == 1)
    orientation = stored_orientation(data)
    if orientation in TURNS:
        planes = planes.turned(TURNS[orientation])
    if orientation >= FIRST_LYING:
        source_px = source_px[1], source_px[0]
    surplus = zip(walked(data).scans, reading.has_surplus, strict=True)
    scans = tuple(scan for scan, has_surplus in surplus if has_surplus)
    return LargeJpeg(planes, profile, *source_px, reading.is_whole, scans)
