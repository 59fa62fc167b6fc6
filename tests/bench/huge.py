"""A photo of fifty megapixels opened: how long the interface is deaf until every pixel of it is there."""

import asyncio
from collections.abc import AsyncIterator

from PySide6.QtCore import Qt

from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.gaps import Gaps, listening
from tests.waiting import until

_REST_S = 0.4
"""Lets the cross-fade end."""
_LIMIT_S = 60.0

LONGEST = Budget("50 MP photo opened: longest gap", "-", limits.HUGE_GAP, unit="ms")
P99 = Budget("50 MP photo opened: 99th percentile of the gaps", "-", limits.HUGE_P99_GAP, unit="ms")
BUDGETS = (LONGEST, P99)


async def measure(place: Place) -> AsyncIterator[Measured]:
    with ClinicProcess(place.scratch) as clinic:
        clinic.fill_album(PATIENT, [photos.huge(place.photos)])
        async with at_desk(clinic, place) as desk:
            heard = [await _opened(desk) for _ in range(LEAST_TRIES)]
    told = sorted(heard, key=lambda gaps: gaps.longest_ms)[len(heard) // 2].longest_told
    yield middle(LONGEST, [gaps.longest_ms for gaps in heard], note=f"the middle one: {told}")
    yield middle(P99, [gaps.p99_ms for gaps in heard])


async def _opened(desk: BenchDesk) -> Gaps:
    """From the double click until the photo rests at full quality; its bytes are here."""
    await desk.open(PATIENT)
    await desk.pictures_are_there(_LIMIT_S)
    await desk.quiet()
    with listening() as gaps:
        await desk.open_photo()
        await until(lambda: desk.viewer.area.is_full, _LIMIT_S)
        await asyncio.sleep(_REST_S)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.viewer.isVisible())
    await desk.leave()
    return gaps
