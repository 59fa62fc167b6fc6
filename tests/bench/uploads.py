"""What sending a photo of 11 MB costs the app, from the sealed file on disk to Cerbo's answer."""

import asyncio
from dataclasses import dataclass
from itertools import pairwise

from cerbo_desktop.domain.upload import UploadState
from tests.bench import memory, photos
from tests.bench.budgets import Budget, Measured, best, worst
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.floors import Floor
from tests.bench.gaps import Gaps, listening
from tests.waiting import until

_TRIES, _MOST_TRIES = 3, 6
"""The best stall is judged: on a busy machine it may take some more to see one."""
_SETTLE_S = 1.0

MEMORY = Budget("upload of 11 MB: memory above the app before the photo was picked", "a bare generator", 16, unit="MB")
SENDING = Budget("upload of 11 MB: memory above the app once the photo was kept", "a bare generator", None, unit="MB")
STALL = Budget("upload of 11 MB: longest gap", "-", 20, unit="ms")
BUDGETS = (MEMORY, SENDING, STALL)


@dataclass(frozen=True, slots=True)
class _Sent:
    rest_mb: float
    kept_mb: float
    peak_mb: float
    gaps: Gaps


async def measure(place: Place) -> list[Measured]:
    sent: list[_Sent] = []
    bare: list[float] = []
    with ClinicProcess(place.scratch, is_tls=True) as clinic, Floor("send", str(photos.heavy(place.photos))) as floor:
        async with at_desk(clinic, place) as desk:
            await desk.open(PATIENT)
            await desk.quiet()
            while len(sent) < _TRIES or (len(sent) < _MOST_TRIES and not _stall(sent).is_met):
                sent.append(await _sent(desk, place, len(sent) + 1))
                bare.append(await _sent_barely(clinic, floor))
    kept = f"{sent[0].kept_mb - sent[0].rest_mb:.0f} MB stay once the first photo is kept; each further one adds "
    more = ", ".join(f"{after.rest_mb - before.rest_mb:.0f}" for before, after in pairwise(sent))
    return [
        worst(MEMORY, [each.peak_mb - each.rest_mb for each in sent], floor=bare, note=f"{kept}{more} MB"),
        worst(SENDING, [each.peak_mb - each.kept_mb for each in sent], floor=bare),
        _stall(sent),
    ]


def _stall(sent: list[_Sent]) -> Measured:
    calmest = min((each.gaps for each in sent), key=lambda gaps: gaps.longest_ms)
    return best(STALL, [each.gaps.longest_ms for each in sent], note=f"the longest: {calmest.longest_told}")


async def _sent(desk: BenchDesk, place: Place, number: int) -> _Sent:
    """Keep the photo with no line, come to rest, then give the line back and send it."""
    uploading, rest_mb = desk.services.uploading, memory.settled_own_bytes() / 1e6
    desk.clinic_process.set_online(False)
    await desk.send_file(photos.heavy(place.photos))
    await until(lambda: len(uploading.feed.latest) == number and uploading.feed.latest[-1].trouble is not None, 20.0)
    await asyncio.sleep(_SETTLE_S)
    desk.clinic_process.set_online(True)
    kept_mb = memory.settled_own_bytes() / 1e6
    memory.reset_peak()
    with listening() as gaps:
        uploading.resume()
        await until(lambda: uploading.feed.latest[-1].state is UploadState.SENT, 30.0)
    return _Sent(rest_mb, kept_mb, memory.own_peak_bytes() / 1e6, gaps)


async def _sent_barely(clinic: ClinicProcess, floor: Floor) -> float:
    url = f"{clinic.origin}/api/v1/patients/{PATIENT}/images"
    told = await floor.run(url=url, pt_id=str(PATIENT), username=clinic.username, secret=clinic.secret)
    return float(told["above_bytes"]) / 1e6
