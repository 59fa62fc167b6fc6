"""What keeping a photo on this PC costs, and a start with many of them."""

import os
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from cerbo_desktop.domain.raster import Raster
from tests.bench import limits
from tests.bench.budgets import Budget, Measured, middle, times
from tests.bench.desk import Place
from tests.bench.gaps import listening
from tests.unit.outbox.stock import outbox, photo, upload

_ELEVEN_MB = 11_000_000
_TRIES = 6
_WAITING = 500

ACCEPT = Budget("accept of 11 MB", "the same bytes written and synced", limits.ACCEPT)
ACCEPT_GAP = Budget("accept of 11 MB: longest gap", "-", limits.ACCEPT_GAP, unit="ms")
RECOVER = Budget("500 waiting uploads read at the start, on a thread of their own", "-", limits.TOLD, unit="ms")
BUDGETS = (ACCEPT, ACCEPT_GAP)


async def measure(place: Place) -> AsyncIterator[Measured]:
    large, took_s, floor_s, heard = photo(os.urandom(_ELEVEN_MB)), [], [], []
    async with outbox(place.scratch / "outbox") as opened:
        await opened.recover()
        for number in range(_TRIES):
            floor_s.append(_plain_write_s(place.scratch / "floor", large.data))
            started_s = time.perf_counter()
            with listening() as gaps:
                await opened.accept(upload(number, large), large)
            took_s.append(time.perf_counter() - started_s)
            heard.append(gaps)
    told = sorted(heard, key=lambda gaps: gaps.longest_ms)[len(heard) // 2].longest_told
    yield times(ACCEPT, took_s, floor_s)
    yield middle(ACCEPT_GAP, [gaps.longest_ms for gaps in heard], note=f"the middle one: {told}")


async def fill(opened_at: Path, count: int, **of: object) -> None:
    """An outbox with so many photos that wait, each with a preview of the usual size."""
    preview = Raster(128, 96, bytes(128 * 96 * 4), 4000, 3000)
    async with partial(outbox, opened_at, **of)() as opened:  # type: ignore[arg-type]  # key and account
        await opened.recover()
        for number in range(count):
            await opened.accept(replace(upload(number), preview=preview), photo())


async def recovered(folder: Path) -> Measured:
    await fill(folder, _WAITING)
    took_ms = []
    for _ in range(_TRIES):
        started_s = time.perf_counter()
        async with outbox(folder) as opened:
            recovered = await opened.recover()
            took_ms.append(1000 * (time.perf_counter() - started_s))
        assert len(recovered.kept) == _WAITING
    return middle(RECOVER, took_ms)


def _plain_write_s(file: Path, data: bytes | bytearray) -> float:
    started_s = time.perf_counter()
    with file.open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    return time.perf_counter() - started_s
