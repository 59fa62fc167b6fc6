"""A desk for measuring: the whole program in its real window, before a clinic in another process."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from cerbo_desktop.app.options import Options
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.ui.viewer.page import ViewerPage
from tests.bench import memory
from tests.bench.clinic_process import ClinicProcess
from tests.flows.desk import Desk
from tests.waiting import until

_QUIET_S = 0.4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group finds its photos, a folder of its own, and how large the window is to be."""

    photos: Path
    scratch: Path
    window_px: tuple[int, int] = (1440, 900)


class BenchDesk(Desk):
    """A `Desk` that can wait until nothing is under way, and forget what it fetched."""

    def __init__(self, clinic: ClinicProcess, data_dir: DataDir) -> None:
        super().__init__(clinic, data_dir)  # type: ignore[arg-type]  # only its address, key and secret are asked for
        self.clinic_process = clinic

    @property
    def viewer(self) -> ViewerPage:
        return self.pages.viewer

    async def quiet(self) -> None:
        """Nothing is on the line, and nothing comes after it."""
        async with asyncio.timeout(60.0):
            quiet_s = 0.0
            while quiet_s < _QUIET_S:
                await asyncio.sleep(0.1)
                quiet_s = 0.0 if self.clinic_process.in_flight else quiet_s + 0.1

    async def settled(self) -> None:
        """Nothing on the line, and nothing in memory that nobody refers to."""
        await self.quiet()
        memory.settle()

    async def leave(self) -> None:
        """Go to somebody with no photo at all; what was fetched for anybody is fetched anew after this."""
        await self.open(NOBODY_SEEN)
        self.services.contents.clear()
        self.services.thumbnails.clear()
        await self.quiet()

    def click_found(self) -> None:
        """The first row that the search found."""
        self.click_row(self.pane.results.list, 0)

    @property
    def decoders(self) -> list[int]:
        """Process ids of the workers that run now."""
        studio = self.services.studio
        assert isinstance(studio, WorkerStudio)
        return studio.process_ids


NOBODY_SEEN = 8817
"""Thomas Becker of the practice clinic: no photo."""
PATIENT = 10300
PATIENT_ID = PatientId("10300")
"""Evelyn Longacre, whose album the bench fills."""


@asynccontextmanager
async def at_desk(clinic: ClinicProcess, place: Place, *, origin: str = "") -> AsyncIterator[BenchDesk]:
    """Connected, the board on screen, nothing under way. `origin`: another way to the same clinic."""
    data_dir = DataDir(Path(tempfile.mkdtemp(dir=place.scratch)))
    data_dir.prepare()
    desk = BenchDesk(clinic, data_dir)
    try:
        await desk.start_with(Options(server=origin or clinic.origin, key=clinic.username, secret=clinic.secret))
        desk.window.resize(*place.window_px)
        await desk.board_is_there()
        await until(lambda: desk.decoders)
        await desk.quiet()
        yield desk
    finally:
        await desk.close()
