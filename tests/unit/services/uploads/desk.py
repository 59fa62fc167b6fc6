"""One front desk for tests of uploads: a Cerbo, a clock that is turned by hand, and the queue between them."""

import hashlib

from cerbo_desktop.domain.acts import Done
from cerbo_desktop.domain.errors import MaybeSent
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.portal_queue import QueueEntry
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.server_snapshot import EntryNature
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import Accepted, MediaType, OutgoingPhoto
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.photos.album_listing import AlbumListing
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez")
RUTH = Patient(PatientId("10483"), "Ruth", "Calloway")
VERA = Patient(PatientId("10484"), "Vera", "Dorn")
PREVIEW = Raster(1, 1, b"\0\0\0\0", 1, 1)


ID = "5f" * 16
MARKED = b"head" + ID.encode()
"""A photo's bytes with its id in them."""
THEIRS = QueueEntry(QueueId("77"), "image", nature=EntryNature.PHOTO)
"""Another PC's photo, or one that the patient sent through the portal."""


def photo(data: bytes = b"one photo") -> Accepted:
    unique_id = ID if ID.encode() in data else ""
    return Accepted(OutgoingPhoto(data, MediaType.JPEG, 1, 1, hashlib.sha256(data).hexdigest(), unique_id), PREVIEW)


class Desk:
    """One front desk: the server, the clock, the queue, and every state that each upload went through."""

    def __init__(self) -> None:
        self.server = FakeCerboServer()
        self.server.add_patient(MARIA)
        self.clock = HandClock()
        self.failures: list[BaseException] = []
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        self.outbox = MemoryOutbox()
        reconciling = ServerLookup(self.server, self.contents, AlbumListing(self.server, self.clock))
        scope = TaskScope("test", self.failures.append)
        self.acts, self.done = Acts(self.clock, scope, Person("desk")), list[Done]()
        self.acts.subscribe(self.done.append)
        self.uploading = Uploading(self.server, reconciling, self.outbox, self.clock, scope, acts=self.acts)
        self.seen: list[UploadState] = []
        self.uploading.feed.subscribe(self._note)

    def _note(self, uploads: tuple[Upload, ...]) -> None:
        if uploads and (not self.seen or self.seen[-1] is not uploads[0].state):
            self.seen.append(uploads[0].state)

    @property
    def only(self) -> Upload:
        (upload,) = self.uploading.feed.latest
        return upload

    async def send(self, *, then: UploadState, data: bytes = b"one photo") -> Upload:
        await self.accept(data)
        await until(lambda: self.only.state is then)
        return self.only

    async def accept(self, *photos: bytes) -> None:
        for data in photos or (b"one photo",):
            await self.uploading.accept(MARIA, photo(data))

    @property
    def posts(self) -> int:
        return self.server.count("create_photo")


async def turned(desk: Desk, seconds: float) -> None:
    """Let a time pass, and every look that it brings."""
    await until(lambda: desk.clock.sleeping_s)
    looks = desk.server.count("enqueued")
    desk.clock.turn(seconds)
    await until(lambda: desk.server.count("enqueued") > looks)
    await until(lambda: desk.clock.sleeping_s and not desk.server.in_flight)


async def restarted(desk: Desk) -> Desk:
    """Another start over the same disk and the same Cerbo."""
    await desk.uploading.aclose()
    after = Desk()
    after.server, after.outbox, after.contents = desk.server, desk.outbox, desk.contents
    reconciling = ServerLookup(after.server, after.contents)
    after.uploading = Uploading(
        after.server, reconciling, after.outbox, after.clock, TaskScope("test", after.failures.append)
    )
    await after.uploading.open()
    return after


async def doubtful(desk: Desk) -> tuple[Upload, QueueId]:
    """A photo whose first try arrived, as the entry returned with it, and whose answer was lost."""
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW, data=MARKED)
    (first,) = desk.server.queued_photos
    return asked, first


async def sent_twice(desk: Desk) -> tuple[QueueId, QueueId]:
    """The entries of both tries of such a photo, once a person has sent it again."""
    asked, first = await doubtful(desk)
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    _, second = desk.server.queued_photos
    assert desk.only.queue_id == second
    return first, second
