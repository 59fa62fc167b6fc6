"""What sending a photo of 11 MB costs the app, from the drop to Cerbo's answer."""

import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from cerbo_desktop.domain.upload import UploadState
from tests.bench import limits, memory, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Measured, middle, times, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.floors import Floor
from tests.bench.gaps import Gaps, listening
from tests.waiting import until

_MBIT_S = 50
_RATE_BYTES_S = _MBIT_S * 1_000_000 / 8
_LATENCY_S = 0.05
_ROUND_TRIPS = 3
"""A connection, and the two lists without which nobody could tell later whether the photo arrived."""

MEMORY = Budget(
    "drop of 11 MB to sent: peak of all processes above before", "a bare generator", limits.UPLOAD_MEMORY, unit="MB"
)
STALL = Budget("upload of 11 MB: longest gap", "-", limits.UPLOAD_GAP, unit="ms")
OVER_LINE = Budget(
    f"upload of 11 MB, {_MBIT_S} Mbit/s, 50 ms", "its bytes as text / rate + 3 round trips", limits.OVER_LINE
)
BUDGETS = (MEMORY, STALL, OVER_LINE)


@dataclass(frozen=True, slots=True)
class _Sent:
    above_mb: float
    took_s: float
    """From the moment that the line is there."""
    gaps: Gaps


async def measure(place: Place) -> AsyncIterator[Measured]:
    heavy = photos.heavy(place.photos)
    with ClinicProcess(place.scratch, is_tls=True) as clinic, Floor("send", str(heavy)) as floor:
        async with at_desk(clinic, place) as desk:
            sent = await _several(desk, place)
            bare = [await _sent_barely(clinic, floor) for _ in range(LEAST_TRIES)]
        told = sorted((each.gaps for each in sent), key=lambda gaps: gaps.longest_ms)[len(sent) // 2].longest_told
        yield worst(MEMORY, [each.above_mb for each in sent], floor=bare)
        yield middle(STALL, [each.gaps.longest_ms for each in sent], note=f"the middle one: {told}")
        clinic.set_line(latency_s=_LATENCY_S, rate_bytes_s=_RATE_BYTES_S)
        async with at_desk(clinic, place, origin=clinic.slow_origin) as desk:
            over_line = await _several(desk, place)
    bound_s = heavy.stat().st_size * 4 / 3 / _RATE_BYTES_S + _ROUND_TRIPS * _LATENCY_S
    yield times(OVER_LINE, [each.took_s for each in over_line], [bound_s] * LEAST_TRIES)


async def _several(desk: BenchDesk, place: Place) -> list[_Sent]:
    await desk.open(PATIENT)
    await desk.quiet()
    with memory.Watch(os.getpid()) as watch:
        return [await _sent(desk, place, number, watch) for number in range(1, 1 + LEAST_TRIES)]


async def _sent(desk: BenchDesk, place: Place, number: int, watch: memory.Watch) -> _Sent:
    """Keep the photo with no line, then give the line back and send it."""
    uploading = desk.services.uploading
    memory.settle()
    watch.reset()
    rest_bytes = watch.now_bytes
    desk.clinic_process.set_online(False)
    await desk.send_file(photos.heavy(place.photos))
    await until(lambda: len(uploading.feed.latest) == number and uploading.feed.latest[-1].trouble is not None)
    desk.clinic_process.set_online(True)
    started_s = time.perf_counter()
    with listening() as gaps:
        uploading.resume()
        await until(lambda: uploading.feed.latest[-1].state is UploadState.SENT, 60.0)
    return _Sent((watch.peak_bytes - rest_bytes) / 1e6, time.perf_counter() - started_s, gaps)


async def _sent_barely(clinic: ClinicProcess, floor: Floor) -> float:
    url = f"{clinic.origin}/api/v1/patients/{PATIENT}/images"
    told = await floor.run(url=url, pt_id=str(PATIENT), username=clinic.username, secret=clinic.secret)
    return float(told["above_bytes"]) / 1e6
