"""Programs that people know, from the start of their process to a painted photo of twelve megapixels. Told, not judged.

Each has an X server of its own, whose picture lies in a file: the photo is there when its colour is, wherever the
program's window stands.
"""

import asyncio
import os
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from PIL import Image

from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, never
from tests.bench.desk import Place

_WIDTH_PX, _HEIGHT_PX = 1440, 900
_COLOUR = (210, 40, 160)
"""Of no program's own window."""
_NEAR = 24
_LOOKED_AT = 12
"""So many points across the screen, and so many down."""
_POINTS = 9
"""Of all points, so many with its colour are no button and no border: a window for photos is larger than that."""
_LIMIT_S = 30.0
_LOOK_S = 0.002

COMMANDS: dict[str, tuple[str, ...]] = {
    "feh": ("feh", "--auto-zoom", "--geometry", f"{_WIDTH_PX}x{_HEIGHT_PX}"),
    "gpicview": ("gpicview",),
    "eog": ("eog",),
    "gwenview": ("gwenview",),
    "geeqie": ("geeqie",),
}
OPENING = {name: Budget(f"process start to a painted photo: {name}", "-", limits.TOLD, unit="ms") for name in COMMANDS}
BUDGETS = tuple(OPENING.values())


async def measure(place: Place) -> AsyncIterator[Measured]:
    """Of those that are here."""
    photo = place.scratch / "photo.jpg"
    Image.new("RGB", photos.SIZE_PX, _COLOUR).save(photo, "JPEG", quality=90)
    for name in COMMANDS:
        if shutil.which(name) and shutil.which("Xvfb"):
            yield await asyncio.to_thread(_measured, name, photo, place.scratch / name)


def _measured(name: str, photo: Path, home: Path) -> Measured:
    """The first try makes the program's own files."""
    home.mkdir()
    try:
        tries = [_opened_ms(name, photo, home) for _ in range(1 + LEAST_TRIES)]
    except TimeoutError:
        return never(OPENING[name], f"its photo was not on the screen after {_LIMIT_S:g} s")
    return middle(OPENING[name], tries[1:])


def _opened_ms(name: str, photo: Path, home: Path) -> float:
    with _x_server(home) as (display, is_painted):
        environment = {**os.environ, "DISPLAY": display, "HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
        quiet = subprocess.DEVNULL
        started_s = time.perf_counter()
        command = [*COMMANDS[name], str(photo)]
        with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True) as process:
            try:
                return _painted_ms(is_painted, started_s)
            finally:
                os.killpg(process.pid, signal.SIGKILL)


def _painted_ms(is_painted: Callable[[], bool], started_s: float) -> float:
    while not is_painted():
        if time.perf_counter() - started_s > _LIMIT_S:
            raise TimeoutError("the photo was never painted")
        time.sleep(_LOOK_S)
    return 1000 * (time.perf_counter() - started_s)


@contextmanager
def _x_server(home: Path) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Its display, and whether the photo is on it."""
    read_end, write_end = os.pipe()
    geometry = f"{_WIDTH_PX}x{_HEIGHT_PX}x24"
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", geometry, "-fbdir", str(home), "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(write_end,), stderr=subprocess.DEVNULL) as server:
        os.close(write_end)
        try:
            with os.fdopen(read_end) as told:
                display = told.readline().strip()
            picture = home / "Xvfb_screen0"
            yield f":{display}", lambda: _has_photo(picture)
        finally:
            server.terminate()


def _has_photo(picture: Path) -> bool:
    """The file is an XWD dump: a header that tells its own size, a table of colours, and rows of BGRX."""
    with picture.open("rb") as file:
        head = struct.unpack(">25I", file.read(100))
        header_bytes, bytes_a_line, colours = head[0], head[12], head[19]
        file.seek(header_bytes + 12 * colours)
        rows = file.read(bytes_a_line * _HEIGHT_PX)
    across, down = range(0, _WIDTH_PX, _WIDTH_PX // _LOOKED_AT), range(0, _HEIGHT_PX, _HEIGHT_PX // _LOOKED_AT)
    points = product(across, down)
    return sum(_is_its_colour(rows, bytes_a_line * y + 4 * x) for x, y in points) >= _POINTS


def _is_its_colour(rows: bytes, at: int) -> bool:
    blue, green, red = rows[at : at + 3]
    return all(abs(is_ - wanted) <= _NEAR for is_, wanted in zip((red, green, blue), _COLOUR, strict=True))
