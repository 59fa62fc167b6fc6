"""Looking for sent photos while others are being sent."""

from dataclasses import replace

from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.outbox import RecoveredUpload
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.arrival_watcher import ArrivalWatcher
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.upload_store import UploadStore
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.unit.outbox.stock import upload
from tests.waiting import until


def sent(number: int) -> RecoveredUpload:
    queue_id = QueueId(str(number))
    entry = SeenEntry(queue_id, upload().taken_at)
    shown = replace(upload(number), state=UploadState.SENT, queue_id=queue_id)
    return RecoveredUpload(shown, Evidence(ServerSnapshot(), Answer.QUEUE_ID, queue_id, entry=entry))


class ListingMeanwhile(ServerLookup):
    """While it reads the lists, another photo is sent: too late to be in them."""

    def __init__(self, server: FakeCerboServer, contents: PhotoContentCache, book: UploadStore) -> None:
        super().__init__(server, contents)
        self.looks = 0
        self._book = book

    async def queue(self, patient_id: PatientId) -> ServerSnapshot:
        self.looks += 1
        self._book.open((sent(1), sent(2)))
        return ServerSnapshot(queue_ids=frozenset({QueueId("1")}))


async def test_a_photo_sent_while_the_lists_were_read_is_not_called_gone() -> None:
    failures: list[BaseException] = []
    server, clock, outbox = FakeCerboServer(), HandClock(), MemoryOutbox()
    scope = TaskScope("test", failures.append)
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append))
    book = UploadStore(outbox, clock)
    book.open((sent(1),))
    reconciling = ListingMeanwhile(server, contents, book)
    ArrivalWatcher(book, reconciling, SecondTries(book), clock, scope).look_now(upload().recipient.id)
    await until(lambda: reconciling.looks == 1 and clock.sleeping_s)
    assert [each.state for each in book.feed.latest] == [UploadState.SENT, UploadState.SENT]
    await scope.aclose()
    await contents.aclose()
    assert failures == []
