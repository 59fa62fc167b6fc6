"""Decoded pixels on their way to the screen."""

from dataclasses import dataclass, replace

_SMALL_COPY_PX = (200, 200)
"""The size of the thumbnails that the EHR itself makes (contract 6.7)."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Upright sRGB pixels, 32-bit BGRX with X at 255, rows top down, `4 * width_px` bytes a row.

    BGRX is what the screen wants: a 24-megapixel picture is wrapped in 0.1 ms instead of converted in 99 (measured).
    """

    width_px: int
    height_px: int
    pixels: bytes
    source_width_px: int
    """Width of the whole upright photo this raster was made from; larger than `width_px` for a thumbnail."""
    source_height_px: int
    is_whole: bool = True
    """False where a part of the photo is missing from its file; what can be read is here, the rest grey or black."""

    def __post_init__(self) -> None:
        if self.width_px < 1 or self.height_px < 1 or len(self.pixels) != 4 * self.width_px * self.height_px:
            raise ValueError("pixel count and size disagree")

    @property
    def size_bytes(self) -> int:
        return len(self.pixels)

    @property
    def is_of_small_copy(self) -> bool:
        """Cerbo gave its own small picture instead of the photo, by all that can be told from its size."""
        return (self.source_width_px, self.source_height_px) == _SMALL_COPY_PX

    def subsampled(self, edge_px: int) -> "Raster":
        """Every n-th pixel of it, its longer edge at most `edge_px`: for a picture the size of a stamp."""
        step = -(-max(self.width_px, self.height_px) // edge_px)
        if step <= 1:
            return self
        pixels = memoryview(self.pixels).cast("I")
        starts = range(0, self.width_px * self.height_px, self.width_px * step)
        rows = [bytes(pixels[start : start + self.width_px : step]) for start in starts]
        return replace(self, width_px=len(rows[0]) // 4, height_px=len(rows), pixels=b"".join(rows))

    @property
    def is_full_size(self) -> bool:
        return (self.width_px, self.height_px) == (self.source_width_px, self.source_height_px)


@dataclass(frozen=True, slots=True)
class PartialImage:
    """What a photo under way shows so far."""

    raster: Raster
    """The whole frame."""
    known_rows: int
    """Its top rows that are real, at least one; those below are black. All where the photo gets finer, not longer."""

    def __post_init__(self) -> None:
        if not 1 <= self.known_rows <= self.raster.height_px:
            raise ValueError("more rows are known than there are, or none")
