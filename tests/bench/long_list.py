"""The list of a very long album, over a line of 50 ms: until the filters can say how many photos there are."""

import time
from collections.abc import AsyncIterator

from cerbo_desktop.domain.upload import UploadState
from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.waiting import until

_COUNT = 20_000
"""As many as the app lists; one of them is added by the upload."""
_LATENCY_S = 0.05
_PATIENCE_S = 120.0

LISTED = Budget("list of 20,000 photos, 50 ms", "-", limits.LISTED, unit="s")
LISTED_AGAIN = Budget("list of 20,000 photos again after one upload", "-", limits.LISTED_AGAIN, unit="requests")
BUDGETS = (LISTED, LISTED_AGAIN)


async def measure(place: Place) -> AsyncIterator[Measured]:
    took_s = []
    with ClinicProcess(place.scratch, is_tls=True) as clinic:
        clinic.fill_album(PATIENT, photos.large(place.photos)[:1], _COUNT - 1)
        async with at_desk(clinic, place, origin=clinic.slow_origin) as desk:
            for _ in range(LEAST_TRIES):
                clinic.set_line()
                await desk.leave()
                await desk.search(str(PATIENT))
                clinic.set_line(latency_s=_LATENCY_S)
                started_s = time.perf_counter()
                desk.click_found()
                await until(lambda: not desk.services.albums.album.latest.is_loading, _PATIENCE_S)
                took_s.append(time.perf_counter() - started_s)
            yield middle(LISTED, took_s)
            clinic.set_line()
            yield worst(LISTED_AGAIN, [await _listed_again(desk, place)])


async def _listed_again(desk: BenchDesk, place: Place) -> float:
    """Requests for lists once staff accepted a photo that this PC sent, until the open album shows it by itself."""
    await desk.send_file(photos.small(place.photos)[0])
    await until(lambda: [each.state for each in desk.services.uploading.feed.latest] == [UploadState.SENT], 60.0)
    await desk.quiet()
    desk.clinic_process.accept_all()
    desk.clinic_process.count_anew()
    await until(lambda: desk.filter_words[:1] == [f"All, {_COUNT}"], _PATIENCE_S)
    await desk.quiet()
    return float(sum(kind == "images" for kind, _ in desk.clinic_process.requests))
