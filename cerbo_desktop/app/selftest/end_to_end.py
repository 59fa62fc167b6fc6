"""Self-test: search, thumbnails and one upload against the practice clinic, over a real socket and a real outbox."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from cerbo_desktop.app.outbox_factory import practice_outbox
from cerbo_desktop.app.practice_mode import PracticeMode
from cerbo_desktop.app.selftest.outcomes import CheckFailedError
from cerbo_desktop.app.service_factory import Access, build_practice_services
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.ports import ImageStudio
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.photos.thumbnail_states import Loading, Ready
from cerbo_desktop.services.practice import PracticeServices

_SEARCHED, _PATIENT_ID = "lopez, mar", PatientId("10482")
_SCREENFUL = 12
_LIMIT_S = 20.0


async def through_practice_clinic(studio: ImageStudio) -> str:
    """One visit, from the search to Cerbo's queue. What it keeps lies in a folder of its own that goes at the end."""
    practising = PracticeMode(on_accepted=lambda: None)
    await asyncio.to_thread(practising.start)
    clock = SystemClock()
    defects: list[BaseException] = []
    scope = TaskScope("self-test", defects.append)
    with tempfile.TemporaryDirectory() as folder:
        outbox = practice_outbox(DataDir(Path(folder)), clock)
        services = build_practice_services(
            Access(practising.credentials, outbox), studio, clock, scope, lambda _: None, Acts(clock, scope)
        )
        try:
            async with asyncio.timeout(_LIMIT_S):
                found = await _visit(services)
        except TimeoutError:
            raise CheckFailedError("the practice clinic did not answer in time") from None
        finally:
            await services.aclose()
            await scope.aclose()
            await asyncio.to_thread(practising.stop)
    if defects:
        raise CheckFailedError(f"internal error {type(defects[0]).__name__}")
    return found


async def _visit(services: PracticeServices) -> str:
    found = await services.searching.search(services.searching.interpret(_SEARCHED))
    patient = next((each for each in found.patients if each.id == _PATIENT_ID), None)
    if patient is None:
        raise CheckFailedError("a known patient was not found")
    photos = [photo async for page in services.server.photo_pages(patient.id) for photo in page.items]
    shown = photos[:_SCREENFUL]
    await _see_thumbnails(services, patient, shown)
    await _send_one(services, patient, shown[0])
    return f"{len(found.patients)} patients, {len(photos)} photos, {len(shown)} thumbnails, 1 photo sent"


async def _see_thumbnails(services: PracticeServices, patient: Patient, photos: list[Photo]) -> None:
    settled: dict[PhotoId, bool] = {}
    all_settled = asyncio.Event()

    def hear(photo_id: PhotoId, state: object) -> None:
        if not isinstance(state, Loading):
            settled[photo_id] = isinstance(state, Ready)
        if len(settled) == len(photos):
            all_settled.set()

    end = services.thumbnails.subscribe(hear)
    services.thumbnails.want(patient.id, [photo.id for photo in photos])
    try:
        await all_settled.wait()
    finally:
        end()
    if not all(settled.values()):
        raise CheckFailedError("a thumbnail could not be shown")


async def _send_one(services: PracticeServices, patient: Patient, photo: Photo) -> None:
    content = await services.server.content(patient.id, photo.id)
    verdict = await services.studio.examine(content.data, "photo.jpg")
    if not isinstance(verdict, Accepted):
        raise CheckFailedError("a good photo was refused")
    await services.uploading.open()
    await services.uploading.accept(patient, verdict)
    sent = asyncio.Event()
    end: Callable[[], None] = services.uploading.feed.subscribe(
        lambda uploads: sent.set() if any(each.state is UploadState.SENT for each in uploads) else None
    )
    try:
        await sent.wait()
    finally:
        end()
