"""How fast an album of twelve-megapixel photos comes onto the screen."""

import asyncio
import shutil
import statistics
import time
from collections.abc import AsyncIterator, Sequence

from PySide6.QtCore import Qt

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.services.photos.thumbnails import EDGE_PX, IN_FLIGHT
from tests.bench import limits, photos
from tests.bench.budgets import LEAST_TRIES, Budget, Direction, Measured, middle, times
from tests.bench.clinic_process import ClinicProcess
from tests.bench.desk import PATIENT, BenchDesk, Place, at_desk
from tests.bench.floors import both_s, two_decoders
from tests.bench.painted import PaintedTiles
from tests.bench.peers import COUNT, djpeg, rate

_TRIES = LEAST_TRIES

FROM_MEMORY = Budget(
    "thumbnails from memory to painted cells, 200 x 12 MP",
    "two workers of the bare decode loop",
    limits.FROM_MEMORY,
    Direction.AT_LEAST,
)
OVER_TLS = Budget(
    "album of 200 x 12 MP over loopback TLS to painted cells",
    "decode alone, same workers",
    limits.OVER_TLS,
    Direction.AT_LEAST,
)
TO_DJPEG = Budget(
    "album of 200 x 12 MP over loopback TLS to painted cells, beside djpeg",
    "djpeg -scale 1/8, two at once",
    limits.OVER_TLS_TO_DJPEG,
    Direction.AT_LEAST,
)
WORK_A_TILE = Budget("processor of the interface's process for each tile over TLS", "-", limits.WORK_A_TILE, unit="ms")
BUDGETS = (FROM_MEMORY, OVER_TLS, TO_DJPEG, WORK_A_TILE)


async def measure(place: Place) -> AsyncIterator[Measured]:
    files = photos.large(place.photos)
    album = [files[at % len(files)] for at in range(COUNT)]
    with ClinicProcess(place.scratch, is_tls=True) as clinic:
        ids = clinic.fill_album(PATIENT, files, COUNT)
        async with at_desk(clinic, place) as desk:
            data = {PhotoId(id_): file.read_bytes() for id_, file in zip(ids, album, strict=True)}
            painted = PaintedTiles(desk.album)
            over_tls, worked_ms, alone, peer = [], [], [], []
            for _ in range(_TRIES):
                worked_s = time.process_time()
                over_tls.append(await painted_s(desk, painted))
                worked_ms.append(1000 * (time.process_time() - worked_s) / COUNT)
                alone.append(await _decoded_s(desk, list(data.values())))
                if shutil.which("djpeg"):
                    peer.append(COUNT / await rate(djpeg, album, place.scratch))
            yield times(OVER_TLS, over_tls, alone, _rates(over_tls, alone))
            yield middle(WORK_A_TILE, worked_ms)
            if peer:
                yield times(TO_DJPEG, over_tls, peer, _rates(over_tls, peer))
            serve_from_memory(desk, data)
            with two_decoders(EDGE_PX, album) as floors:
                from_memory, bare = [], []
                for _ in range(_TRIES):
                    from_memory.append(await painted_s(desk, painted))
                    bare.append(await both_s(floors))
    yield times(FROM_MEMORY, from_memory, bare, _rates(from_memory, bare))


async def painted_s(desk: BenchDesk, painted: PaintedTiles) -> float:
    """From the click on the patient until each of the photos has been painted, going on by Page Down."""
    await desk.leave()
    painted.clear()
    await desk.search(str(PATIENT))
    started_s = time.perf_counter()
    desk.click_found()
    await painted.view_complete()
    while len(painted.ids) < COUNT:
        desk.press(Qt.Key.Key_PageDown)
        await painted.view_complete()
    return painted.last_at_s - started_s


def serve_from_memory(desk: BenchDesk, data: dict[PhotoId, bytes]) -> None:
    """From now on photos take no way at all; everything behind it is the app's own."""

    async def content(_patient_id: PatientId, photo_id: PhotoId, **_: object) -> Content:
        return Content(data[photo_id], "image/jpeg")

    for route in ("content", "stream"):
        setattr(desk.services.server, route, content)


async def _decoded_s(desk: BenchDesk, files: Sequence[bytes]) -> float:
    """The app's own workers, asked for the same pictures with nothing around it."""
    await desk.leave()
    remaining = iter(files)

    async def ask() -> None:
        for data in remaining:
            await desk.services.studio.thumbnail(data, EDGE_PX)

    started_s = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(IN_FLIGHT)))
    return time.perf_counter() - started_s


def _rates(took_s: Sequence[float], floor_s: Sequence[float]) -> str:
    took, floor = (COUNT / statistics.median(each) for each in (took_s, floor_s))
    return f"{took:.1f} photos a second, floor {floor:.1f}"
