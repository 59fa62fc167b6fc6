"""A long shift at random: scrolling, opening photos, switching patients; memory must stay where it was."""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.loop import run_until_done
from cerbo_desktop.practice import patients
from cerbo_desktop.runtime.events import start_logging
from cerbo_desktop.runtime.memory import give_back_large_blocks
from cerbo_desktop.ui.kit.theme import apply_theme
from tests.bench import memory, photos
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.residence import beyond_budgets_mb
from tests.waiting import until

MARGIN_MB = 24.0
"""Caches fill at random; a leak of one 12 MP picture in an hour would be twice this."""
_LONG_ALBUM = 600
_WARM_UP_SHARE = 6
"""Before the minutes that count come a sixth of them; they are numbered from below."""
_PEOPLE = (PATIENT, patients.MARIA_LOPEZ, patients.GRACE_ADEYEMI, patients.RUTH_CALLOWAY, patients.DOROTHY_VANCE)
_MOVES = (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Home)


def floors_mb(lowest_mb: Sequence[float]) -> tuple[float, float]:
    """Of the first third and of the last: the middle one of their minutes' lowest figures.

    Peaks come and go with what is open; a leak lifts the floor.
    """
    third = max(1, len(lowest_mb) // 3)
    return statistics.median(lowest_mb[:third]), statistics.median(lowest_mb[-third:])


def has_stayed(lowest_mb: Sequence[float], margin_mb: float = MARGIN_MB) -> bool:
    first_mb, last_mb = floors_mb(lowest_mb)
    return last_mb <= first_mb + margin_mb


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench soak", description="Use the app at random and watch its memory.")
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--photos", metavar="DIR", type=Path, help="keep the photos there for the next run")
    options = parser.parse_args(arguments)
    app = QApplication(["soak"])
    give_back_large_blocks()
    start_logging(None)
    apply_theme(app, Qt.ColorScheme.Light)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(options.photos or Path(folder) / "photos", Path(folder))
        photos.make_photos(place.photos)
        return run_until_done(app, lambda: _soak(place, options.minutes, options.seed))


async def _soak(place: Place, minutes: int, seed: int) -> int:
    print(f"Seed {seed}, {minutes} minutes. Fails where the floor rises by more than {MARGIN_MB:.0f} MB.", flush=True)
    with ClinicProcess(place.scratch) as clinic:
        clinic.fill_album(PATIENT, photos.large(place.photos), _LONG_ALBUM)
        async with at_desk(clinic, place) as desk:
            lowest_mb = await _used(desk, random.Random(seed), minutes)
    (first_mb, last_mb), stayed = floors_mb(lowest_mb), has_stayed(lowest_mb)
    print(f"Floor of the first third {first_mb:.0f} MB, of the last {last_mb:.0f} MB: {'ok' if stayed else 'MISS'}")
    return 0 if stayed else 1


async def _used(desk: BenchDesk, chance: random.Random, minutes: int) -> list[float]:
    """The lowest resident megabytes of each minute, without those in which the caches fill for the first time."""
    lowest_mb: list[float] = []
    warm_up, started_s = max(1, minutes // _WARM_UP_SHARE), time.monotonic()
    for minute in range(warm_up + minutes):
        minutes_mb: list[float] = []
        while time.monotonic() - started_s < 60 * (minute + 1):
            await _act(desk, chance)
            minutes_mb.append(memory.resident_bytes() / 1e6)
        _tell(desk, minute - warm_up + 1, minutes_mb)
        lowest_mb.append(min(minutes_mb))
    return lowest_mb[warm_up:]


def _tell(desk: BenchDesk, minute: int, resident_mb: Sequence[float]) -> None:
    beyond_mb = beyond_budgets_mb(desk)
    print(
        f"minute {minute:3}  {len(resident_mb):4} acts  {min(resident_mb):5.0f} to {max(resident_mb):5.0f} MB  "
        f"settled {memory.settled_bytes() / 1e6:5.0f} MB  caches {beyond_mb:.0f} MB beyond their budgets",
        flush=True,
    )


async def _act(desk: BenchDesk, chance: random.Random) -> None:
    """One thing a person does; never waits for everything to be there."""
    share = chance.random()
    if desk.viewer.isVisible():
        await _look(desk, chance, share)
    elif share < 0.15:
        await desk.open(chance.choice(_PEOPLE))
    elif share < 0.35:
        await _open_photo(desk, chance)
    else:
        desk.album.setFocus()
        desk.press(chance.choice(_MOVES))
        await asyncio.sleep(chance.uniform(0.02, 0.5))


async def _open_photo(desk: BenchDesk, chance: random.Random) -> None:
    rows = desk.album.rows_in_view()
    if not rows:
        return
    point = desk.tile_centre(chance.randrange(len(rows)))
    QTest.mouseDClick(desk.album.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    await asyncio.sleep(chance.uniform(0.05, 0.8))


async def _look(desk: BenchDesk, chance: random.Random, share: float) -> None:
    if share < 0.25:
        desk.press(Qt.Key.Key_Escape)
        await until(lambda: not desk.viewer.isVisible())
        return
    keys = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_Z, Qt.Key.Key_0, Qt.Key.Key_R)
    desk.press(chance.choice(keys))
    await asyncio.sleep(chance.uniform(0.02, 0.6))
