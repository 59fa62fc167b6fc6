"""The list of a very long album, over a line of 50 ms: until the filters can say how many photos there are."""

import time

from tests.bench import photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, Place, at_desk

_COUNT = 20_000
_LATENCY_S = 0.05

LISTED = Budget("list of 20,000 photos, 50 ms", "-", 4.5, unit="s")
BUDGETS = (LISTED,)


async def measure(place: Place) -> list[Measured]:
    took_s = []
    with ClinicProcess(place.scratch, is_tls=True) as clinic:
        clinic.fill_album(PATIENT, photos.large(place.photos)[:1], _COUNT)
        async with at_desk(clinic, place, origin=clinic.slow_origin) as desk:
            for _ in range(LEAST_TRIES):
                clinic.set_line()
                await desk.leave()
                await desk.search(str(PATIENT))
                clinic.set_line(latency_s=_LATENCY_S)
                started_s = time.perf_counter()
                desk.click_found()
                await desk.album_is_known()
                took_s.append(time.perf_counter() - started_s)
    return [middle(LISTED, took_s)]
