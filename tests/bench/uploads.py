"""What sending a photo of 11 MB costs the app, from the sealed file on disk to Cerbo's answer."""

import asyncio

from cerbo_desktop.domain.upload import UploadState
from tests.bench import memory, photos
from tests.bench.budgets import Budget, Measured, best, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.floors import Floor
from tests.bench.gaps import Gaps, listening
from tests.waiting import until

_TRIES = 4
_SETTLE_S = 1.0

MEMORY = Budget("upload of 11 MB: memory above idle", "a bare generator", 16, unit="MB")
STALL = Budget("upload of 11 MB: longest gap", "-", 20, unit="ms")
BUDGETS = (MEMORY, STALL)


async def measure(place: Place) -> list[Measured]:
    above, heard, bare = [], [], []
    with ClinicProcess(place.scratch, is_tls=True) as clinic, Floor("send", str(photos.heavy(place.photos))) as floor:
        async with at_desk(clinic, place) as desk:
            await desk.open(PATIENT)
            await desk.quiet()
            for number in range(1, 1 + _TRIES):
                above_mb, gaps = await _sent(desk, place, number)
                above.append(above_mb)
                heard.append(gaps)
                bare.append(await _sent_barely(clinic, floor))
    calmest = min(heard, key=lambda gaps: gaps.longest_ms)
    return [
        worst(MEMORY, above, floor=bare),
        best(STALL, [gaps.longest_ms for gaps in heard], note=f"the longest: {calmest.longest_told}"),
    ]


async def _sent(desk: BenchDesk, place: Place, number: int) -> tuple[float, Gaps]:
    """Keep the photo with no line, come to rest, then give the line back and send it."""
    uploading = desk.services.uploading
    desk.clinic_process.set_online(False)
    await desk.send_file(photos.heavy(place.photos))
    await until(lambda: len(uploading.feed.latest) == number and uploading.feed.latest[-1].trouble is not None, 20.0)
    await asyncio.sleep(_SETTLE_S)
    desk.clinic_process.set_online(True)
    idle_bytes = memory.settled_bytes()
    memory.reset_peak()
    with listening() as gaps:
        uploading.resume()
        await until(lambda: uploading.feed.latest[-1].state is UploadState.SENT, 30.0)
    return (memory.peak_bytes() - idle_bytes) / 1e6, gaps


async def _sent_barely(clinic: ClinicProcess, floor: Floor) -> float:
    url = f"{clinic.origin}/api/v1/patients/{PATIENT}/images"
    told = await floor.run(url=url, pt_id=str(PATIENT), username=clinic.username, secret=clinic.secret)
    return float(told["above_bytes"]) / 1e6
