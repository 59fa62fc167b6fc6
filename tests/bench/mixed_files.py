"""Sixty files of every kind dropped at once: how long the interface is deaf, and what all processes hold in memory."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt

from cerbo_desktop.services.capturing import MAX_SHOTS
from cerbo_desktop.services.shots import Examining, Shot
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.bench import limits, memory, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.gaps import Gaps, listening
from tests.fakes.found_files import CONVERTED, FOLDER
from tests.fakes.large_jpegs import large_jpeg
from tests.waiting import until

_OF_EACH = 3
_ORIENTATION, _LYING = 0x0112, 6
_PHONE_200_PX = (16_320, 12_240)
_SETTLED_S = 300.0

LONGEST = Budget("60 mixed files dropped: longest gap", "-", limits.MIXED_GAP, unit="ms")
MEMORY = Budget("60 mixed files in the sheet: peak of all processes", "idle", limits.MIXED_MEMORY, unit="MB")
BUDGETS = (LONGEST, MEMORY)


async def measure(place: Place) -> AsyncIterator[Measured]:
    files = _files(place)
    with ClinicProcess(place.scratch) as clinic:
        async with at_desk(clinic, place) as desk:
            await desk.open(PATIENT)
            await desk.settled()
            with memory.Watch(os.getpid()) as watch:
                idle_mb, heard, peaks_mb = watch.now_bytes / 1e6, [], []
                for _ in range(LEAST_TRIES):
                    watch.reset()
                    heard.append(await _dropped(desk, files))
                    peaks_mb.append(watch.peak_bytes / 1e6)
                    await _discard(desk)
    told = sorted(heard, key=lambda gaps: gaps.longest_ms)[len(heard) // 2].longest_told
    yield middle(LONGEST, [gaps.longest_ms for gaps in heard], note=f"the middle one: {told}")
    yield worst(MEMORY, peaks_mb, floor=[idle_mb])


def _files(place: Place) -> list[Path]:
    """As many as a sheet takes, of which a dozen have twelve megapixels and two far more."""
    folder = place.scratch / "mixed"
    folder.mkdir()
    large = photos.large(place.photos)
    files = [*large[:_OF_EACH], photos.huge(place.photos), *(FOLDER / name for name in CONVERTED)]
    for number, source in enumerate(large[_OF_EACH : 2 * _OF_EACH]):
        with Image.open(source) as opened:
            files += _of_other_kinds(opened.convert("RGB"), folder / f"{number}")
    phone = folder / "phone.jpg"
    phone.write_bytes(large_jpeg(*_PHONE_200_PX))
    files.append(phone)
    small = photos.small(place.photos)
    for number in range(MAX_SHOTS - len(files)):
        files.append(folder / f"small-{number}.jpg")
        shutil.copyfile(small[number % len(small)], files[-1])
    return files


def _of_other_kinds(image: Image.Image, stem: Path) -> list[Path]:
    made = [stem.with_suffix(ending) for ending in (".webp", ".tif", ".bmp", ".jpg")]
    lying = Image.Exif()
    lying[_ORIENTATION] = _LYING
    for file in made:
        image.save(file, exif=lying)  # which a BMP has no place for
    return made


async def _dropped(desk: BenchDesk, files: list[Path]) -> Gaps:
    """Until every file has its verdict."""
    with listening() as gaps:
        desk.drop(files)
        await until(lambda: len(_shots(desk)) == len(files), _SETTLED_S)
        await until(lambda: not any(isinstance(shot.state, Examining) for shot in _shots(desk)), _SETTLED_S)
    return gaps


def _shots(desk: BenchDesk) -> tuple[Shot, ...]:
    """Asked a hundred times a second: the words of sixty rows would take more time than the app itself."""
    sheet = open_sheet(desk.window)
    return sheet.files_tab.files.shots.shots if isinstance(sheet, CaptureSheet) else ()


async def _discard(desk: BenchDesk) -> None:
    chosen_count = sum(", chosen" in row for row in desk.added)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    desk.answer(f"Discard {chosen_count}")
    await until(lambda: open_sheet(desk.window) is None)
    await desk.settled()
