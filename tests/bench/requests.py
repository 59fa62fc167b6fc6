"""How many requests each act of a day takes, as the practice clinic counts them.

    QT_QPA_PLATFORM=offscreen python -m tests.bench.requests

prints each act and its requests by kind. Minutes pass by turning the app's clock. The figures do not depend on the
machine: the same program takes the same requests anywhere.
"""

import asyncio
import hashlib
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.loop import run_until_done
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.verdict import Accepted, MediaType, OutgoingPhoto
from cerbo_desktop.practice import drawing
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, GRACE_ADEYEMI
from cerbo_desktop.runtime.paths import DataDir, resources_dir
from cerbo_desktop.ui.kit.theme import apply_theme
from tests.flows.desk import Desk
from tests.flows.turned_clock import TurnedClock, turned_clock
from tests.waiting import until

_QUIET_TURNS = 30
_WAITING_PATIENTS = 30
_MEDIUM, _LONG = 250, 5_000


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does, or what goes on by itself, and its requests by kind."""

    name: str
    requests: Counter[str]

    @property
    def line(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.requests.items()))
        return f"{self.name:<58} {self.requests.total():>4}   {kinds}"


class _Desk(Desk):
    """Counts what each act asks for."""

    def __init__(self, clinic: PracticeClinic, data_dir: DataDir, clock: TurnedClock) -> None:
        super().__init__(clinic, data_dir)
        self.clock = clock
        self.acts: list[Act] = []

    async def act(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        await self.quiet()
        self.clinic.counters.reset()
        await work()
        await self.quiet()
        kinds = Counter(seen.kind for seen in self.clinic.counters.seen())
        self.acts.append(Act(name, kinds))

    async def quiet(self) -> None:
        """Nothing is on the line, and nothing comes of what was on it."""
        turns = 0
        while turns < _QUIET_TURNS:
            turns = 0 if self.clinic.counters.in_flight() else turns + 1
            await asyncio.sleep(0.01)

    async def seconds(self, count: int) -> None:
        for _ in range(count // 5):
            self.clock.turn(5)
            await self.quiet()


async def counted(scratch: Path) -> list[Act]:
    """Every act, in the order of a day."""
    with pytest.MonkeyPatch.context() as patch:
        async with _at_desk(scratch, turned_clock(patch)) as desk:
            await _searching_and_albums(desk)
            await _uploading(desk)
            await _many_waiting(desk)
            return desk.acts


@asynccontextmanager
async def _at_desk(scratch: Path, clock: TurnedClock) -> AsyncIterator[_Desk]:
    data_dir = DataDir(scratch / "data")
    data_dir.prepare()
    with PracticeClinic(resources_dir() / "practice") as clinic:
        clinic.switches.newest_first = True
        clinic.fill_board(30)
        desk = _Desk(clinic, data_dir, clock)
        try:
            await desk.act("start, with a board of 30", partial(_start, desk))
            yield desk
        finally:
            await desk.close()


async def _start(desk: _Desk) -> None:
    await desk.start()
    desk.widen()
    await desk.board_is_there()


async def _searching_and_albums(desk: _Desk) -> None:
    await desk.act("board of 30, a minute", partial(desk.seconds, 60))
    await desk.act("a settled search by name", partial(desk.search, "adeyemi"))
    await desk.act("a search by id", partial(desk.search, str(GRACE_ADEYEMI)))
    for count in (_MEDIUM, _LONG):
        desk.clinic.fill_album(EVELYN_LONGACRE, [partial(drawing.numbered, number) for number in range(count)])
        await desk.open(GRACE_ADEYEMI)
        await desk.pictures_are_there()
        await desk.search(str(EVELYN_LONGACRE))
        await desk.act(f"open an album of {count:,}", partial(_open_found, desk))
        await desk.act(f"an album of {count:,} in view, a minute", partial(desk.seconds, 60))


async def _open_found(desk: _Desk) -> None:
    desk.click_row(desk.pane.results.list, 0)
    await desk.album_is_known()
    await desk.pictures_are_there()


async def _uploading(desk: _Desk) -> None:
    photo = resources_dir() / "practice" / "plaque-2025-11-05.jpg"
    await desk.act(f"an upload into {_LONG:,}", partial(_send, desk, photo))
    await desk.act("the upload waits for staff, 35 seconds", partial(desk.seconds, 35))
    desk.clinic.accept_all()
    await desk.act("staff accepted it, a minute", partial(desk.seconds, 60))


async def _send(desk: _Desk, photo: Path) -> None:
    await desk.send_file(photo)
    await until(lambda: _all_sent(desk, 1))


async def _many_waiting(desk: _Desk) -> None:
    people = [each for each in desk.clinic.patients.values() if each.status == "active"][:_WAITING_PATIENTS]
    for number, person in enumerate(people):
        patient = Patient(PatientId(str(person.id)), person.first_name, person.last_name)
        await desk.services.uploading.accept(patient, small_photo(number))
    await until(lambda: _all_sent(desk, len(people)), 120.0)
    await desk.seconds(300)
    await desk.act(f"{len(people)} patients' photos wait, a minute", partial(desk.seconds, 60))


def small_photo(number: int) -> Accepted:
    """One pixel, and bytes that no other number has."""
    data = drawing.numbered(number)
    sha256 = hashlib.sha256(data).hexdigest()
    return Accepted(OutgoingPhoto(data, MediaType.JPEG, 1, 1, sha256, f"{number:032x}"), Raster(1, 1, bytes(4), 1, 1))


def _all_sent(desk: _Desk, count: int) -> bool:
    """Those that staff accepted have left the list."""
    return sum(each.state is UploadState.SENT for each in desk.services.uploading.feed.latest) == count


def main() -> int:
    app = QApplication(["requests"])
    apply_theme(app, Qt.ColorScheme.Light)
    with tempfile.TemporaryDirectory() as scratch:

        async def run() -> int:
            for act in await counted(Path(scratch)):
                print(act.line)
            return 0

        return run_until_done(app, run)


if __name__ == "__main__":
    sys.exit(main())
