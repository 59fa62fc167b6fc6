"""PNGs that name their colours without a profile, by each of the chunks that may."""

import struct

from PIL import Image

from tests.fakes import hostile_images as made

Pixel = tuple[int, ...]
SRGB_NUMBERS = (31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000)
P3_NUMBERS = (31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000)
SCREEN_GAMMA, LINEAR = 45_455, 100_000
P3, BT2020, SRGB_CURVE, PQ, HLG = 12, 9, 13, 16, 18


def gamma(value: int) -> bytes:
    """A gAMA chunk."""
    return made.png_chunk(b"gAMA", struct.pack(">I", value))


def primaries(numbers: tuple[int, ...]) -> bytes:
    """A cHRM chunk."""
    return made.png_chunk(b"cHRM", struct.pack(">8I", *numbers))


def named(primaries: int, transfer: int) -> bytes:
    """A cICP chunk, with numbers of ITU-T H.273."""
    return made.png_chunk(b"cICP", bytes((primaries, transfer, 0, 1)))


def png(colour: Pixel | int, *chunks: bytes) -> bytes:
    """Of one colour, or grey, with these chunks in front of its pixels."""
    data = made.encoded(Image.new("L" if isinstance(colour, int) else "RGB", (8, 8), colour), "PNG")
    return data[:33] + b"".join(chunks) + data[33:]
