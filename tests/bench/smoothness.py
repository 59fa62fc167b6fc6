"""How long the interface is deaf while an album loads and somebody scrolls through it."""

import asyncio
from collections.abc import AsyncIterator

from PySide6.QtCore import Qt, QTimer

from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.gaps import Gaps, listening
from tests.bench.peers import COUNT

_FRAME_MS = 16
_PX_A_FRAME = 8
"""480 pixels a second, so that about as many tiles come into view as two workers can fill."""
_END_S = 1.0

LONGEST = Budget("longest gap while 200 thumbnails load and the list scrolls", "-", limits.LONGEST_GAP, unit="ms")
P99 = Budget("99th percentile of those gaps", "-", limits.P99_GAP, unit="ms")
WORK = Budget("the most the interface's thread itself worked between two beats", "-", limits.TOLD, unit="ms")
BUDGETS = (LONGEST, P99, WORK)


async def measure(place: Place) -> AsyncIterator[Measured]:
    with ClinicProcess(place.scratch, is_tls=True) as clinic:
        clinic.fill_album(PATIENT, photos.large(place.photos), COUNT)
        async with at_desk(clinic, place) as desk:
            heard = [await _scrolled(desk) for _ in range(LEAST_TRIES)]
    told = sorted(heard, key=lambda gaps: gaps.longest_ms)[len(heard) // 2]
    note = f"the middle one: {told.longest_told}; of {len(told.beats)} beats"
    yield middle(LONGEST, [gaps.longest_ms for gaps in heard], note=note)
    yield middle(P99, [gaps.p99_ms for gaps in heard])
    yield middle(WORK, [gaps.longest_work_ms for gaps in heard])


async def _scrolled(desk: BenchDesk) -> Gaps:
    """From the click on the patient until the end of the album has been reached at 60 steps a second."""
    await desk.leave()
    await desk.search(str(PATIENT))
    bar, done = desk.album.verticalScrollBar(), asyncio.Event()

    def step() -> None:
        bar.setValue(bar.value() + _PX_A_FRAME)
        if 0 < bar.maximum() == bar.value():
            done.set()

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_FRAME_MS)
    timer.timeout.connect(step)
    with listening() as gaps:
        desk.click_found()
        timer.start()
        await asyncio.wait_for(done.wait(), 120.0)
        await asyncio.sleep(_END_S)
    timer.stop()
    return gaps
