"""Looks for waiting photos: few in all, in a fair order, and the open patient first."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry
from cerbo_desktop.domain.ids import PatientId, QueueId, UploadId
from cerbo_desktop.domain.outbox import RecoveredUpload
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.portal_queue import QueueEntry
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.domain.upload import Recipient, UploadState
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.album_listing import AlbumListing
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.arrival_watcher import ArrivalWatcher
from cerbo_desktop.services.uploads.look_pace import BURST
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.upload_store import UploadStore
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.unit.outbox.stock import upload
from tests.waiting import until

COUNT = 30


class Waiting:
    """Thirty patients, each with a photo that waits in Cerbo's queue."""

    def __init__(self) -> None:
        self.server, self.clock, self.failures = FakeCerboServer(), HandClock(), list[BaseException]()
        self.scope = TaskScope("test", self.failures.append)
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        self.book = UploadStore(MemoryOutbox(), self.clock)
        self.patients = [PatientId(str(number)) for number in range(1, COUNT + 1)]
        self.book.open(self._sent(patient_id) for patient_id in self.patients)
        reconciling = ServerLookup(self.server, self.contents, AlbumListing(self.server, self.clock))
        self.finding = ArrivalWatcher(self.book, reconciling, SecondTries(self.book), self.clock, self.scope)

    def _sent(self, patient_id: PatientId) -> RecoveredUpload:
        self.server.add_patient(Patient(patient_id, "Maria", "Lopez"))
        queue_id = QueueId(f"7{patient_id}")
        self.server.queues[patient_id] = [QueueEntry(queue_id)]
        made = replace(
            upload(int(patient_id)), id=UploadId(f"{patient_id:0>32}"), recipient=Recipient(patient_id, "Lopez", None)
        )
        evidence = Evidence(ServerSnapshot(), Answer.QUEUE_ID, queue_id, entry=SeenEntry(queue_id, made.taken_at))
        return RecoveredUpload(replace(made, state=UploadState.SENT, queue_id=queue_id), evidence)

    def begin(self) -> None:
        for patient_id in self.patients:
            self.finding.look_in_turn(patient_id)

    async def pass_time(self, minutes: int) -> None:
        for _ in range(4 * minutes):
            self.clock.turn(15)
            await self.settled()

    async def settled(self) -> None:
        """Nobody is being asked, and whoever is not asked sleeps or stands in the queue for a turn."""
        calls = -1
        while calls != len(self.server.calls):
            calls = len(self.server.calls)
            for _ in range(100):
                await asyncio.sleep(0)

    @property
    def asked(self) -> Counter[str]:
        return Counter(self.server.subjects("enqueued"))


@pytest.fixture
async def waiting() -> AsyncIterator[Waiting]:
    desk = Waiting()
    yield desk
    await desk.scope.aclose()
    await desk.contents.aclose()
    assert desk.failures == []


async def test_thirty_patients_cost_two_requests_a_minute_and_no_chart_is_listed(waiting: Waiting) -> None:
    waiting.begin()
    await waiting.settled()
    assert len(waiting.server.calls) == BURST
    await waiting.pass_time(1)
    before = len(waiting.server.calls)
    await waiting.pass_time(5)
    assert len(waiting.server.calls) - before <= 2 * 5
    assert waiting.server.count("photo_pages") == waiting.server.count("photos") == 0


async def test_everybody_has_a_turn_before_anybody_has_many(waiting: Waiting) -> None:
    waiting.begin()
    await waiting.pass_time(40)
    assert len(waiting.asked) == COUNT
    assert max(waiting.asked.values()) - min(waiting.asked.values()) <= 2


async def test_the_open_patient_waits_for_nobody(waiting: Waiting) -> None:
    waiting.begin()
    await waiting.settled()
    last = waiting.patients[-1]
    assert last not in waiting.asked
    waiting.finding.prefer(last)
    waiting.finding.look_now(last)
    await waiting.settled()
    assert waiting.asked[last] == 1
    await waiting.pass_time(2)
    assert waiting.asked[last] >= 3


async def test_looking_again_asks_for_the_open_patient_at_once_and_for_the_others_in_turn(waiting: Waiting) -> None:
    outbox = MemoryOutbox(
        {each.id: each for each in waiting.book.feed.latest},
        evidence={each.id: waiting.book.evidence(each.id) for each in waiting.book.feed.latest},
    )
    reconciling = ServerLookup(waiting.server, waiting.contents, AlbumListing(waiting.server, waiting.clock))
    uploading = Uploading(
        waiting.server, reconciling, outbox, waiting.clock, TaskScope("test", waiting.failures.append)
    )
    await uploading.open()
    await waiting.settled()
    last = waiting.patients[-1]
    uploading.looks.album_opened(last)
    await waiting.settled()
    waiting.server.calls.clear()
    waiting.server.most_in_flight = 0
    gate = waiting.server.hold("enqueued")
    for _ in range(60):
        uploading.looks.look_now()
        await waiting.settled()
    assert waiting.asked == {waiting.patients[0]: 1, last: 1}
    assert waiting.server.most_in_flight == 2
    gate.set()
    await until(lambda: set(waiting.asked.values()) == {2})
    assert len(waiting.asked) == COUNT
    assert waiting.server.most_in_flight == 2
    await uploading.aclose()
