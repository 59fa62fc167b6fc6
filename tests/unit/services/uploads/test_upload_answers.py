"""Each status in the place of an answer to a photo, on a real line: what is told of it once the lists were read."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.upload import CheckResult, Upload, UploadProblem, UploadState
from cerbo_desktop.practice.answer_forms import UploadAnswer
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.withholding import Withheld
from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.album_listing import AlbumListing
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.unit.services.uploads.desk import photo
from tests.waiting import until

GRACE = Patient(PatientId("10233"), "Grace", "Adeyemi")
NOT_SENT, WAITS, ASKED = UploadState.REFUSED, UploadState.QUEUED, UploadState.NEEDS_REVIEW
LOOKS = UploadState.UNSURE
STATUSES = [
    *((each, ASKED, None) for each in (500, 502, 503, 504, 408, 409, 411)),
    *((each, NOT_SENT, UploadProblem.REFUSED) for each in (400, 405, 415, 422, 501)),
    *((each, NOT_SENT, UploadProblem.PATIENT_MISSING) for each in (404, 410)),
    (413, NOT_SENT, UploadProblem.TOO_BIG),
    *((each, WAITS, UploadProblem.FORBIDDEN) for each in (401, 403)),
]


@dataclass
class Desk:
    clinic: PracticeClinic
    clock: HandClock
    uploading: Uploading

    @property
    def only(self) -> Upload:
        (upload,) = self.uploading.feed.latest
        return upload

    async def send(self, then: UploadState) -> None:
        await self.uploading.accept(GRACE, photo())
        await until(lambda: self.only.state is then and self.clinic.counters.count("upload") == 1)

    async def look_until_settled(self) -> None:
        while True:
            await until(lambda: self.only.state is not LOOKS or bool(self.clock.sleeping_s))
            if self.only.state is not LOOKS:
                return
            self.clock.turn(self.clock.sleeping_s[0])


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(resources_dir() / "practice") as clinic:
        yield clinic


@pytest.fixture
async def desk(clinic: PracticeClinic) -> AsyncIterator[Desk]:
    origin, clock, failures = parse_address(clinic.origin), HandClock(), list[BaseException]()
    assert isinstance(origin, Origin)
    client = CerboClient(origin, clinic.username, clinic.secret, on_contact=lambda _: None)
    contents = PhotoContentCache(client, scope=TaskScope("test", failures.append))
    reconciling = ServerLookup(client, contents, AlbumListing(client, clock))
    uploading = Uploading(client, reconciling, MemoryOutbox(), clock, TaskScope("test", failures.append))
    yield Desk(clinic, clock, uploading)
    await uploading.aclose()
    await contents.aclose()
    await client.aclose()
    assert failures == []


@pytest.mark.parametrize(("status", "state", "trouble"), STATUSES)
async def test_what_each_status_comes_to(
    desk: Desk, status: int, state: UploadState, trouble: UploadProblem | None
) -> None:
    desk.clinic.switches.withheld = (Withheld("upload", status),)
    await desk.send(state)
    assert desk.only.trouble is (trouble or UploadProblem.NO_ANSWER)
    assert desk.clinic.counters.count("upload") == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 406])
async def test_one_that_was_turned_away_is_not_sent_once_the_lists_have_shown_so(desk: Desk, status: int) -> None:
    desk.clinic.switches.withheld = (Withheld("upload", status),)
    await desk.send(LOOKS)
    await desk.look_until_settled()
    assert (desk.only.state, desk.only.trouble) == (NOT_SENT, UploadProblem.REFUSED)
    assert desk.clock.elapsed_s() >= 30, "the lists may lag behind"


async def test_one_that_was_put_off_is_sent_once_more_once_the_lists_have_shown_nothing(desk: Desk) -> None:
    desk.clinic.faults.set("upload", Fault.TOO_MANY, times=1, retry_after=0)
    await desk.send(LOOKS)
    assert desk.only.trouble is UploadProblem.BUSY
    await desk.look_until_settled()
    await until(lambda: desk.only.state is UploadState.SENT)
    assert desk.clock.elapsed_s() >= 30, "the lists may lag behind"
    assert desk.only.is_sent_again
    assert len(desk.clinic.photos_received()) == 1


@pytest.mark.parametrize("word", ["completed", "processed", "imported", "done"])
@pytest.mark.parametrize("fault", [Fault.COMMIT_THEN_TOO_MANY, Fault.COMMIT_THEN_ERROR])
async def test_an_entry_that_is_new_may_be_it_whatever_its_status_says(desk: Desk, word: str, fault: Fault) -> None:
    """A Cerbo that calls an entry done as soon as its file has come."""
    desk.clinic.switches.queue_calls_photos = word
    desk.clinic.faults.set("upload", fault, times=1, retry_after=0)
    await desk.send(ASKED)
    assert desk.only.sighting is CheckResult.CLOSED_IN_QUEUE
    assert len(desk.clinic.photos_received()) == 1


@pytest.mark.parametrize("status", [302, 406])
async def test_one_that_was_turned_away_is_a_persons_to_decide_where_a_list_cannot_be_read(
    desk: Desk, status: int
) -> None:
    desk.clinic.switches.withheld = (Withheld("upload", status), Withheld("queue", 403))
    await desk.send(ASKED)


@pytest.mark.parametrize("answer", [UploadAnswer.EMPTY, UploadAnswer.NO_ID])
async def test_an_answer_without_an_id_is_looked_for(desk: Desk, answer: UploadAnswer) -> None:
    desk.clinic.switches.upload_answer = answer
    await desk.send(UploadState.SENT)
