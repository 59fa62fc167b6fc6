"""Small faults that hurt no pixel, and that other programs don't mind: such files are shown and sent."""

import io
import struct

import pytest
from PIL import Image

from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.imaging.studio import WorkerStudio
from tests.fakes.hostile_images import encoded, gradient, jpeg, png, png_chunk, same_pixels

FILL = b"\xff" * 200


async def sent(studio: WorkerStudio, data: bytes) -> bytes:
    assert (await studio.full(data)).is_whole
    verdict = await studio.examine(data, "")
    assert isinstance(verdict, Accepted)
    return bytes(verdict.photo.data)


@pytest.mark.parametrize("name", [b"tEXt", b"gAMA", b"eXIf", b"iCCP", b"zzZz"])
@pytest.mark.parametrize("is_behind", [False, True])
async def test_a_wrong_checksum_costs_a_png_that_chunk_alone(
    studio: WorkerStudio, name: bytes, is_behind: bool
) -> None:
    whole = png()
    at = len(whole) - 12 if is_behind else 33
    wrong = png_chunk(name, b"\0\0\1\2 nonsense")[:-1] + b"\xa5"
    data = whole[:at] + wrong + whole[at:]
    assert (await studio.full(data)).pixels == (await studio.full(whole)).pixels
    photo = await sent(studio, data)
    assert same_pixels(photo, whole)
    assert b"nonsense" not in photo


async def test_a_wrong_checksum_around_sound_pixels_is_mended(studio: WorkerStudio) -> None:
    """The pixels have a checksum of their own; other programs would refuse the photo for the outer one."""
    whole = png()
    at = whole.index(b"IDAT") - 4
    end = at + 12 + struct.unpack_from(">I", whole, at)[0]
    data = whole[: end - 1] + bytes((whole[end - 1] ^ 1,)) + whole[end:]
    photo = await sent(studio, data)
    with Image.open(io.BytesIO(photo)) as opened:
        opened.verify()
    assert same_pixels(photo, whole)


@pytest.mark.parametrize("marker", [b"\xff\xdb", b"\xff\xc4", b"\xff\xc0", b"\xff\xda", b"\xff\xd9"])
async def test_fill_bytes_before_a_marker_hurt_nobody(studio: WorkerStudio, marker: bytes) -> None:
    whole = jpeg()
    at = whole.rindex(marker)
    data = whole[:at] + FILL + whole[at:]
    photo = await sent(studio, data)
    assert same_pixels(photo, whole)
    assert FILL not in photo


async def test_a_frame_of_a_gif_is_cut_at_its_screen(studio: WorkerStudio) -> None:
    """As browsers do; its frame has 320 by 200 pixels."""
    whole = encoded(gradient(mode="P"), "GIF")
    data = whole[:6] + struct.pack("<HH", 100, 250) + whole[10:]
    shown = await studio.full(data)
    assert (shown.width_px, shown.height_px, shown.source_width_px) == (100, 250, 100)
    verdict = await studio.examine(data, "")
    assert isinstance(verdict, Accepted)
    assert (verdict.photo.width_px, verdict.photo.height_px) == (100, 250)
    assert same_pixels(bytes(verdict.photo.data), encoded(_seen(shown.pixels, (100, 250)), "PNG"))


def _seen(pixels: bytes, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, pixels, "raw", "BGRX")
