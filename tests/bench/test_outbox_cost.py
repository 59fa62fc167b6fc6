"""What keeping a photo costs, beside a floor measured in the same run. Printed with `-s`."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cerbo_desktop.domain.raster import Raster
from tests.unit.outbox.stock import outbox, photo, upload

ELEVEN_MB = 11_000_000
_BEAT_S = 0.002


async def longest_gap_s(work: Callable[[], Awaitable[object]]) -> float:
    """The longest time in which the loop did not turn while `work` ran."""
    gaps: list[float] = []

    async def beat() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(_BEAT_S)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    async with asyncio.TaskGroup() as group:
        beating = group.create_task(beat())
        await asyncio.sleep(5 * _BEAT_S)
        await work()
        beating.cancel()
    return max(gaps) - _BEAT_S


def plain_write_s(folder: Path, data: bytes | bytearray) -> float:
    """The floor: the same bytes into one file, on the disk."""
    started = time.perf_counter()
    with (folder / "floor").open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    return time.perf_counter() - started


async def test_accepting_eleven_megabytes(tmp_path: Path) -> None:
    large = photo(os.urandom(ELEVEN_MB))
    async with outbox(tmp_path / "outbox") as opened:
        await opened.recover()
        floors, took, gaps = [], [], []
        for number in range(5):
            floors.append(plain_write_s(tmp_path, large.data))
            started = time.perf_counter()
            gaps.append(await longest_gap_s(partial(opened.accept, upload(number, large), large)))
            took.append(time.perf_counter() - started)
    best, floor, gap = min(took), min(floors), min(gaps)
    print(f"\naccept 11 MB: {1000 * best:.0f} ms, floor (write, fsync) {1000 * floor:.0f} ms, gap {1000 * gap:.0f} ms")
    assert best < 0.4
    assert gap < 0.020


async def test_a_start_with_five_hundred_waiting(tmp_path: Path) -> None:
    preview = Raster(128, 96, bytes(128 * 96 * 4), 4000, 3000)
    async with outbox(tmp_path) as opened:
        await opened.recover()
        for number in range(500):
            await opened.accept(replace(upload(number), preview=preview), photo())
    started = time.perf_counter()
    async with outbox(tmp_path) as opened:
        recovered = await opened.recover()
        took = time.perf_counter() - started
        assert len(recovered.kept) == 500
    print(f"\nstart with 500 waiting: {1000 * took:.0f} ms beside the window, on a thread of its own")
    assert took < 1.0


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process's memory from /proc")
async def test_opening_a_photo_to_send_it_costs_its_own_size_and_little_more(tmp_path: Path) -> None:
    """What the body of the request adds is measured where the body is tested: half a megabyte."""
    large = photo(os.urandom(ELEVEN_MB))
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1, large), large)
        idle = resident_bytes()
        reset_peak()
        sent = await opened.photo(upload(1).id)
        peak = peak_bytes()
    above = peak - idle
    print(f"\nphoto of 11 MB opened to be sent: {above / 1e6:.1f} MB above idle")
    assert sent.sha256 == large.sha256
    assert above <= 16_000_000


def _status(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise LookupError(field)


def resident_bytes() -> int:
    return _status("VmRSS")


def peak_bytes() -> int:
    return _status("VmHWM")


def reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")
