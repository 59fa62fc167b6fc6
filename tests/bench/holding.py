"""The arrow key held down in the viewer: what is seen of the photos that go by, and what is decoded for nobody."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.stage.stage import Stage
from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.painted import PaintedTiles
from tests.waiting import until

_COUNT = 160
_HELD_S = 4.0
_REPEATS_A_SECOND = 30
"""As keyboards are set where nobody changes it; fewer photos go by than the album has."""

EMPTY = Budget("Right held for 4 s: paintings without a picture", "-", limits.HELD_EMPTY, unit="paintings")
DECODES = Budget("Right held for 4 s: photos decoded whole", "-", limits.HELD_DECODES, unit="photos")
BETWEEN = Budget("Right held for 4 s: longest time between two photos", "-", limits.TOLD, unit="ms")
BUDGETS = (EMPTY, DECODES, BETWEEN)


@dataclass(slots=True)
class _Held:
    empty: int = 0
    decodes: int = 0
    changed_at_s: list[float] = field(default_factory=list)
    """When another photo stood on the stage for the first time."""

    @property
    def longest_ms(self) -> float:
        return 1000 * max(late - early for early, late in pairwise(self.changed_at_s))


class _Stage(QObject):
    """Notes each painting of the stage: empty, or of which photo."""

    def __init__(self, stage: Stage, held: _Held) -> None:
        super().__init__(stage)
        self._stage, self._held, self._shown = stage, held, ""
        stage.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._note(self._stage.accessibleName().rpartition(".")[0])
        return False

    def _note(self, shown: str) -> None:
        if not self._stage.has_photo:
            self._held.empty += 1
        elif shown != self._shown:
            self._shown = shown
            self._held.changed_at_s.append(time.perf_counter())


async def measure(place: Place) -> AsyncIterator[Measured]:
    with ClinicProcess(place.scratch) as clinic:
        clinic.fill_album(PATIENT, photos.large(place.photos), _COUNT)
        async with at_desk(clinic, place) as desk:
            await _every_tile_is_there(desk)
            held = [await _held(desk) for _ in range(LEAST_TRIES)]
    yield worst(EMPTY, [float(each.empty) for each in held])
    yield worst(DECODES, [float(each.decodes) for each in held])
    note = f"{', '.join(str(len(each.changed_at_s)) for each in held)} photos were seen"
    yield middle(BETWEEN, [each.longest_ms for each in held], note=note)


async def _every_tile_is_there(desk: BenchDesk) -> None:
    """Somebody looked through the album before: the small pictures are in memory, the photos aren't."""
    painted = PaintedTiles(desk.album)
    await desk.open(PATIENT)
    await painted.view_complete()
    while len(painted.ids) < _COUNT:
        desk.press(Qt.Key.Key_PageDown)
        await painted.view_complete()


async def _held(desk: BenchDesk) -> _Held:
    """From the newest photo on, until the key is let go."""
    await desk.open_photo()
    desk.press(Qt.Key.Key_Home)
    await desk.full_quality()
    await desk.quiet()
    held, studio = _Held(), desk.services.studio
    decode = studio.full

    async def full(*arguments: object, **more: object) -> Raster:
        held.decodes += 1
        return await decode(*arguments, **more)  # type: ignore[arg-type]  # passed on as they came

    setattr(studio, "full", full)  # noqa: B010 - mypy rightly refuses it by name
    watch = _Stage(desk.viewer.stage, held)
    started_s = time.perf_counter()
    for number in range(int(_HELD_S * _REPEATS_A_SECOND)):
        await asyncio.sleep(max(0.0, started_s + number / _REPEATS_A_SECOND - time.perf_counter()))
        desk.press(Qt.Key.Key_Right)
    desk.viewer.stage.removeEventFilter(watch)
    setattr(studio, "full", decode)  # noqa: B010 - as above
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.viewer.isVisible())
    return held
