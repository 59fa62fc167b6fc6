"""JPEGs of more pixels than fit into the memory are read at a half or a quarter, and shown at that."""

import os
import sys

import pytest

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_PIXELS
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.studio import WorkerStudio
from tests.fakes import hostile_images as made
from tests.fakes.large_jpegs import large_jpeg

PANORAMA, PHONE_108, PHONE_200 = (14_336, 4_128), (12_000, 9_008), (16_320, 12_240)
MOST_BYTES = 450_000_000


@pytest.mark.parametrize(("size", "by"), [(PANORAMA, 2), (PHONE_108, 2), (PHONE_200, 2), ((14_480, 14_480), 4)])
async def test_it_is_shown_at_a_part_of_its_size(studio: WorkerStudio, size: tuple[int, int], by: int) -> None:
    data = large_jpeg(*size)
    shown = await studio.full(data)
    assert (shown.source_width_px, shown.source_height_px) == size
    assert (shown.width_px, shown.height_px) == (size[0] // by, size[1] // by)
    assert shown.is_whole
    small = await studio.thumbnail(data, 240)
    assert (small.source_width_px, small.source_height_px, max(small.width_px, small.height_px)) == (*size, 240)


async def test_half_of_one_is_shown_as_such(studio: WorkerStudio) -> None:
    data = large_jpeg(*PANORAMA)
    assert not (await studio.full(data[: len(data) // 2])).is_whole


async def test_a_size_that_is_no_multiple_of_anything_is_read(studio: WorkerStudio) -> None:
    shown = await studio.full(made.with_size(large_jpeg(14_336, 4_128), 14_323, 4_117))
    assert (shown.width_px, shown.height_px) == (7_162, 2_059)


async def test_beyond_that_it_has_too_many_pixels(studio: WorkerStudio) -> None:
    with pytest.raises(CannotShow) as refused:
        await studio.full(made.with_size(large_jpeg(160, 160), 14_512, 14_512))
    assert refused.value.reason is RefusalReason.TOO_MANY_PIXELS


async def test_a_progressive_one_is_held_to_what_its_decoder_keeps(studio: WorkerStudio) -> None:
    small = made.jpeg(320, 200, progressive=True)
    at = small.index(b"\xff\xc2") + 5
    assert MAX_PIXELS < 10_000 * 9_000
    with pytest.raises(CannotShow) as refused:
        await studio.full(small[:at] + (9_000).to_bytes(2, "big") + (10_000).to_bytes(2, "big") + small[at + 4 :])
    assert refused.value.reason is RefusalReason.TOO_MANY_PIXELS


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
async def test_the_largest_takes_no_more_memory_than_a_pc_has_for_it(studio: WorkerStudio) -> None:
    data = large_jpeg(*PHONE_200)
    await studio.full(data)
    (process_id,) = studio.process_ids
    with open(f"/proc/{process_id}/status", encoding="ascii") as status:
        (peak_kb,) = [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
    print(f"{len(data) / 1e6:.1f} MB of 200 megapixels: {peak_kb / 1024:.0f} MB in the worker, {os.cpu_count()} cores")
    assert 1_024 * peak_kb <= MOST_BYTES
