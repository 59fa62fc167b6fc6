"""Rasters with pixels that tell where they are."""

import random

from PySide6.QtGui import QImage

from cerbo_desktop.domain.raster import Raster


def noise(width_px: int, height_px: int, seed: int = 1) -> Raster:
    """Every pixel another colour, alpha full."""
    pixels = bytearray(random.Random(seed).randbytes(4 * width_px * height_px))
    pixels[3::4] = b"\xff" * (width_px * height_px)
    return Raster(width_px, height_px, bytes(pixels), width_px, height_px)


def plain(width_px: int, height_px: int, bgr: tuple[int, int, int], source: tuple[int, int] | None = None) -> Raster:
    """One colour."""
    pixels = bytes((*bgr, 255)) * (width_px * height_px)
    return Raster(width_px, height_px, pixels, *(source or (width_px, height_px)))


def half_known(
    width_px: int, height_px: int, bgr: tuple[int, int, int], source: tuple[int, int] | None = None
) -> tuple[Raster, int]:
    """What a photo of one colour shows when the upper half of it has come, and how many rows that is; black below."""
    known_rows = height_px // 2
    pixels = bytes((*bgr, 255)) * (width_px * known_rows)
    pixels += bytes((0, 0, 0, 255)) * (width_px * (height_px - known_rows))
    return Raster(width_px, height_px, pixels, *(source or (width_px, height_px))), known_rows


def quarters(width_px: int, height_px: int) -> Raster:
    """Red, green over blue, white: which corner is which shows after any turn."""
    red, green, blue, white = ((0, 0, 255, 255), (0, 255, 0, 255), (255, 0, 0, 255), (255, 255, 255, 255))
    half_w, half_h = width_px // 2, height_px // 2
    upper = bytes(red) * half_w + bytes(green) * (width_px - half_w)
    lower = bytes(blue) * half_w + bytes(white) * (width_px - half_w)
    return Raster(width_px, height_px, upper * half_h + lower * (height_px - half_h), width_px, height_px)


def same_pixels(one: QImage, other: QImage) -> bool:
    form = QImage.Format.Format_RGB32
    return one.size() == other.size() and one.convertToFormat(form) == other.convertToFormat(form)
