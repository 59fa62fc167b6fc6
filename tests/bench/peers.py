"""The same photos through programs that people know, two processes at once as the app has. Told, not judged."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Direction, Measured, middle
from tests.bench.desk import Place
from tests.bench.floors import both_s, two_decoders

COUNT = 200
_EDGE_PX = 256
_TRIES = LEAST_TRIES

Command = Callable[[Path, Path], list[str]]

BARE = Budget("200 x 12 MP to 256 px: bare decode loop", "-", limits.TOLD, Direction.AT_LEAST, "a second")
FILE_MANAGER = Budget(
    "200 x 12 MP to 256 px: gdk-pixbuf-thumbnailer", "bare decode loop", limits.TOLD, Direction.AT_LEAST, "a second"
)
VIPS = Budget("200 x 12 MP to 256 px: vipsthumbnail", "bare decode loop", limits.TOLD, Direction.AT_LEAST, "a second")
SCALED = Budget(
    "200 x 12 MP to 1/8: djpeg, of libjpeg-turbo", "bare decode loop", limits.TOLD, Direction.AT_LEAST, "a second"
)
BUDGETS = (BARE, FILE_MANAGER, VIPS, SCALED)


async def measure(place: Place) -> AsyncIterator[Measured]:
    files = photos.large(place.photos)
    album = [files[at % len(files)] for at in range(COUNT)]
    with two_decoders(_EDGE_PX, album) as floors:
        bare = [COUNT / await both_s(floors) for _ in range(_TRIES)]
    yield middle(BARE, bare)
    for budget, command in ((FILE_MANAGER, _gdk), (VIPS, _vips), (SCALED, djpeg)):
        if shutil.which(command(Path(), Path())[0]) is not None:
            yield middle(budget, [await rate(command, album, place.scratch) for _ in range(_TRIES)])


def djpeg(file: Path, target: Path) -> list[str]:
    return ["djpeg", "-scale", "1/8", "-outfile", f"{target}.ppm", str(file)]


def _gdk(file: Path, target: Path) -> list[str]:
    return ["gdk-pixbuf-thumbnailer", "-s", str(_EDGE_PX), str(file), f"{target}.png"]


def _vips(file: Path, target: Path) -> list[str]:
    return ["vipsthumbnail", str(file), "-s", str(_EDGE_PX), "-o", f"{target}.jpg"]


async def rate(command: Command, album: Sequence[Path], scratch: Path) -> float:
    remaining = iter(enumerate(album))

    async def work() -> None:
        for at, file in remaining:
            process = await asyncio.create_subprocess_exec(*command(file, scratch / str(at)))
            if await process.wait() != 0:
                raise ChildProcessError(command(Path(), Path())[0])

    started_s = time.perf_counter()
    await asyncio.gather(work(), work())
    return len(album) / (time.perf_counter() - started_s)
