"""One photo is one upload, however often and by whomever it is handed over."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.verdict import Accepted, MediaType, OutgoingPhoto
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.waiting import until

MARIA, THOMAS = Patient(PatientId("10482"), "Maria", "Lopez"), Patient(PatientId("10311"), "Thomas", "Becker")
ID = "0123456789abcdef" * 2
DATA = b"a face with its id " + ID.encode()
PHOTO = Accepted(
    OutgoingPhoto(DATA, MediaType.JPEG, 1, 1, hashlib.sha256(DATA).hexdigest(), ID), Raster(1, 1, bytes(4), 1, 1)
)


class Desk:
    def __init__(self) -> None:
        self.server, self.outbox, self.failures = FakeCerboServer(), MemoryOutbox(), list[BaseException]()
        for patient in (MARIA, THOMAS):
            self.server.add_patient(patient)
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        reconciling = ServerLookup(self.server, self.contents)
        self.uploading = Uploading(
            self.server, reconciling, self.outbox, HandClock(), TaskScope("test", self.failures.append)
        )

    @property
    def posts(self) -> int:
        return self.server.count("create_photo")


@asynccontextmanager
async def opened_desk() -> AsyncIterator[Desk]:
    """Closed inside the test: between a test and its fixtures no loop runs, and a photo may just be on its way."""
    desk = Desk()
    yield desk
    await desk.uploading.aclose()
    await desk.contents.aclose()
    assert desk.failures == []


async def test_the_upload_bears_the_photos_own_id() -> None:
    async with opened_desk() as desk:
        await desk.uploading.accept(MARIA, PHOTO)
        assert [each.id for each in desk.uploading.feed.latest] == [ID]
        await until(lambda: desk.uploading.feed.latest[0].state is UploadState.SENT)


async def test_accepted_again_for_the_same_patient_it_is_kept_and_sent_once() -> None:
    async with opened_desk() as desk:
        await asyncio.gather(desk.uploading.accept(MARIA, PHOTO), desk.uploading.accept(MARIA, PHOTO))
        await until(lambda: desk.uploading.feed.latest[0].state is UploadState.SENT)
        await desk.uploading.accept(MARIA, PHOTO)
        assert [each.state for each in desk.uploading.feed.latest] == [UploadState.SENT]
        assert desk.posts == 1


async def test_for_another_patient_it_is_refused() -> None:
    async with opened_desk() as desk:
        await desk.uploading.accept(MARIA, PHOTO)
        with pytest.raises(NotSafe) as caught:
            await desk.uploading.accept(THOMAS, PHOTO)
        assert caught.value.reason is NotSafeReason.KEPT_FOR_ANOTHER
        assert [each.recipient.id for each in desk.uploading.feed.latest] == [MARIA.id]
        await until(lambda: desk.uploading.feed.latest[0].state is UploadState.SENT)


async def test_a_caller_that_is_cancelled_leaves_a_photo_that_is_sent() -> None:
    async with opened_desk() as desk:
        accepting = asyncio.get_running_loop().create_task(desk.uploading.accept(MARIA, PHOTO))
        await asyncio.sleep(0)
        accepting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await accepting
        await until(lambda: desk.uploading.feed.latest and desk.uploading.feed.latest[0].state is UploadState.SENT)
        assert desk.posts == 1
