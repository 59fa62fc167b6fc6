"""The queue as a machine of steps: clock, net and disk are ours, and a seed decides what happens next.

Thousands of short lives of one desk, each with faults, acts of people and restarts in any order. What must hold at the
end of each: no photo doubled without a person's word, none in another chart, none lost.
"""

import asyncio
import hashlib
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    MaybeSent,
    Missing,
    NotSafe,
    NotSafeReason,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    SignedOut,
    TurnedAway,
    Unreachable,
)
from cerbo_desktop.domain.evidence import Answer, Evidence
from cerbo_desktop.domain.ids import PatientId, QueueId, UploadId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.portal_queue import QueueEntry
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.sent_before import Marks
from cerbo_desktop.domain.server_snapshot import EntryNature
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import Accepted, MediaType, OutgoingPhoto
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox

pytestmark = pytest.mark.timeout(3_000)

Result = TypeVar("Result")

PATIENTS = (Patient(PatientId("1"), "Maria", "Lopez"), Patient(PatientId("2"), "Thomas", "Becker"))
PREVIEW = Raster(1, 1, b"\0\0\0\xff", 1, 1)
BEFORE: tuple[ServerError, ...] = (
    *(Unreachable(), SignedOut(), Forbidden(), Missing(), Overloaded(5.0), Overloaded(None)),
    *(ServerRefused(ServerRefusal.TOO_BIG), ServerRefused(ServerRefusal.RESULT_FALSE)),
)
AFTER: tuple[ServerError, ...] = (MaybeSent(),)
DENYING: tuple[ServerError, ...] = (TurnedAway(), Overloaded(5.0), Overloaded(None))
"""What says that nothing was stored, of a photo that was: only lists that show photos can tell."""
LISTING: tuple[ServerError, ...] = (Unreachable(), BadAnswer(BadAnswerKind.NOT_JSON), Forbidden(), Overloaded(1.0))
_DISK_OPERATIONS = ("accept", "move", "keep_evidence", "photo", "drop_photo", "remove", "record_decision")
_SAID_TO_BE_THERE = frozenset({UploadState.SENT, UploadState.ACCEPTED, UploadState.GONE, UploadState.LEFT_QUEUE})
AT_REST = frozenset(
    {
        *(UploadState.QUEUED, UploadState.REFUSED, UploadState.NEEDS_REVIEW),
        *(UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED),
        *(UploadState.LEFT_QUEUE, UploadState.GONE),
    }
)


class InlineExecutor(ThreadPoolExecutor):
    """Work for threads is done on the spot: a run then has one order of events, which its seed decides."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class LifeLoop(asyncio.SelectorEventLoop):
    """asyncio's own loop, that knows when nothing is left to run: only a step of the life then changes anything."""

    @property
    def is_idle(self) -> bool:
        """Asked by a task, which is itself not among what is ready."""
        return not self._ready  # type: ignore[attr-defined]  # asyncio's own queue

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """There is no thread to wait for."""


class SlowOutbox(MemoryOutbox):
    """As on a disk: jobs one after the other, each taking its time, and done to its end if its caller is cancelled."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self._rng = rng
        self._last: asyncio.Task[Any] | None = None

    async def accept(self, upload: Upload, photo: OutgoingPhoto, marks: Marks = frozenset()) -> None:
        await self._done(super().accept(upload, photo, marks))

    async def move(self, upload: Upload, was: UploadState) -> None:
        await self._done(super().move(upload, was))

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        await self._done(super().keep_evidence(upload_id, evidence))

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        return await self._done(super().photo(upload_id))

    async def drop_photo(self, upload_id: UploadId) -> None:
        await self._done(super().drop_photo(upload_id))

    async def remove(self, upload_id: UploadId) -> None:
        await self._done(super().remove(upload_id))

    async def record_decision(self, upload_id: UploadId, decision: Decision, by: Person) -> None:
        await self._done(super().record_decision(upload_id, decision, by))

    async def aclose(self) -> None:
        if self._last is not None:
            await asyncio.wait({self._last})

    async def _done(self, job: Coroutine[Any, Any, Result]) -> Result:
        last = self._last

        async def in_turn() -> Result:
            if last is not None:
                await asyncio.wait({last})
            for _ in range(self._rng.randint(0, 6)):
                await asyncio.sleep(0)
            return await job

        task = asyncio.get_running_loop().create_task(in_turn())
        # A failure that nobody waits for any more is no defect.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._last = task
        return await asyncio.shield(task)


_NO_SUCCESS = frozenset({Answer.EMPTY, Answer.FAILED, Answer.WEB_PAGE, Answer.DENIED_WITH_ID, Answer.TURNED_AWAY})


class CountingCerbo(FakeCerboServer):
    """Remembers each storing; may store a photo long after it has closed the line on it."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__()
        self.clock = clock
        self.lag_s = 0.0
        """How long the queue's list takes to show what is stored from now on."""
        self.calls_new_closed = False
        """The queue calls each entry done as soon as its file has come."""
        self._shown_s: dict[QueueId, float] = {}
        self.stored: list[tuple[str, PatientId]] = []
        self.late: list[tuple[PatientId, OutgoingPhoto]] = []
        self.commits_late = False
        self.stores_nothing = False
        """It answers as if, without a word of success."""
        self.not_ours: set[QueueId] = set()
        self.entries: dict[QueueId, str] = {}
        """Every entry that was ever made of a photo, with the photo's hash."""

    def add_message(self, patient_id: PatientId) -> None:
        """A patient writes; the number may be that which the next image gets in the chart."""
        queue_id = QueueId(self._number())
        self.queues[patient_id].append(QueueEntry(queue_id, "message", nature=EntryNature.OTHER))
        self.not_ours.add(queue_id)

    def _enqueue(self, patient_id: PatientId, photo: OutgoingPhoto) -> QueueId:
        if self.stores_nothing and self.answer in _NO_SUCCESS:
            return QueueId("0")
        if self.commits_late:
            self.commits_late = False
            self.late.append((patient_id, photo))
            raise MaybeSent
        self.stored.append((photo.sha256, patient_id))
        queue_id = super()._enqueue(patient_id, photo)
        self.entries[queue_id] = photo.sha256
        self._shown_s[queue_id] = self.clock.elapsed_s() + self.lag_s
        if self.calls_new_closed:
            self.closed_ids.add(queue_id)
        return queue_id

    async def enqueued(self, patient_id: PatientId) -> Listing[QueueEntry]:
        self.not_listed_yet = {each for each, at_s in self._shown_s.items() if at_s > self.clock.elapsed_s()}
        return await super().enqueued(patient_id)

    def commit_late(self) -> None:
        late, self.late, self.commits_late = self.late, [], False
        for patient_id, photo in late:
            self._enqueue(patient_id, photo)


class Life:
    """One desk, from its first photo to its last rest."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.clock = HandClock()
        self.server = CountingCerbo(self.clock)
        self.outbox = SlowOutbox(random.Random(seed + 1))
        for patient in PATIENTS:
            self.server.add_patient(patient)
        self.failures: list[BaseException] = []
        self.accepted: dict[str, PatientId] = {}
        self.discarded: set[str] = set()
        self.words: Counter[str] = Counter()
        """How often a person said to send a photo again."""
        self.log: list[tuple[str, ...]] = []
        self.do_lists_tell = self.rng.random() < 0.5
        """This Cerbo's queue always lists photos, if not at once."""
        self.server.calls_new_closed = self.rng.random() < 0.1

    async def live(self) -> list[str]:
        await self._start()
        steps = (
            *(self._accept, self._accept, self._fail_before, self._fail_after, self._fail_listing, self._fail_disk),
            *(self._act, self._act, self._act, self._turn, self._turn, self._staff, self._restart, self._late),
            *(self._answer_oddly, self._answer_oddly, self._list_oddly, self._message, self._withdraw),
            self._deny_unlisted,
        )
        for _ in range(self.rng.randint(5, 25)):
            step = self.rng.choice(steps)
            await step()
            await self._pass(self.rng.randint(0, 120))
            self.log.append((step.__name__, *(each.state.name for each in self.uploading.feed.latest)))
        await self._come_to_rest()
        return self._judge()

    # Steps.

    async def _accept(self) -> None:
        data = str(len(self.accepted)).encode()
        sha256 = hashlib.sha256(data).hexdigest()
        patient = self.rng.choice(PATIENTS)
        try:
            await self.uploading.accept(patient, Accepted(OutgoingPhoto(data, MediaType.JPEG, 1, 1, sha256), PREVIEW))
        except NotSafe:
            return
        self.accepted[sha256] = patient.id

    async def _fail_before(self) -> None:
        self.server.fail("create_photo", self.rng.choice(BEFORE), times=self.rng.randint(1, 6))

    async def _fail_after(self) -> None:
        if self.rng.random() < 0.3:
            self.server.commits_late = True
        else:
            self.server.fail(
                "create_photo.answer", self.rng.choice((*AFTER, *DENYING) if self.do_lists_tell else AFTER), times=1
            )

    async def _deny_unlisted(self) -> None:
        """A photo is stored, its answer denies it, and the queue's list shows it only later."""
        if self.do_lists_tell:
            self.server.lag_s = self.rng.choice((4.0, 15.0, 29.0))
            self.server.fail("create_photo.answer", self.rng.choice(DENYING), times=1)
            await self._accept()

    async def _fail_listing(self) -> None:
        operation = self.rng.choice(("photo_pages", "enqueued"))
        self.server.fail(operation, self.rng.choice(LISTING), times=self.rng.randint(1, 3))

    async def _fail_disk(self) -> None:
        """For a while; the next time it works again."""
        if self.outbox.fails:
            self.outbox.fails.clear()
        else:
            operation = self.rng.choice(_DISK_OPERATIONS)
            self.outbox.fails[operation] = self.rng.choice((NotSafeReason.DISK_FULL, NotSafeReason.DISK_FAILED))

    async def _act(self) -> None:
        """Once, or again before the first has been done."""
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            self._act_once()
            await self._pass(self.rng.randint(0, 12))

    def _act_once(self) -> None:
        if not self.uploading.feed.latest:
            return
        upload = self.rng.choice(self.uploading.feed.latest)
        act = self.rng.choice(
            (
                *(self._say_again, self._say_there, self._retry, self._stop, self._discard, self._resume),
                *(self._say_same, self._look_first),
            )
        )
        act(upload)

    def _say_again(self, upload: Upload) -> None:
        if upload.state is UploadState.NEEDS_REVIEW or (upload.state is UploadState.GONE and upload.has_photo):
            self.words[upload.photo.sha256] += 1
            self.uploading.send_again(upload.id)

    def _say_there(self, upload: Upload) -> None:
        """People say so only of what is there."""
        if any(sha256 == upload.photo.sha256 for sha256, _ in self.server.stored):
            self.uploading.confirm_arrived(upload.id)

    def _say_same(self, upload: Upload) -> None:
        """People see whether it is."""
        if upload.new_photo_id is None:
            return
        queue_ids = (each for each, sha256 in self.server.entries.items() if sha256 == upload.photo.sha256)
        ours = {f"other bytes of {queue_id}".encode() for queue_id in queue_ids}
        content = self.server.files[upload.recipient.id, upload.new_photo_id]
        say = self.uploading.confirm_photo if bytes(content.data) in ours else self.uploading.deny_photo
        say(upload.id, upload.new_photo_id)

    def _look_first(self, upload: Upload) -> None:
        self.looks.start(self.uploading.look_first(upload.id))

    def _retry(self, upload: Upload) -> None:
        self.uploading.retry(upload.id)

    def _stop(self, upload: Upload) -> None:
        self.uploading.stop_sending(upload.id)

    def _discard(self, upload: Upload) -> None:
        self.discarded.add(upload.photo.sha256)
        self.looks.start(self.uploading.discard(upload.id, upload.state))

    def _resume(self, _: Upload) -> None:
        self.uploading.resume()

    async def _turn(self) -> None:
        self.clock.turn(self.rng.choice((1, 5, 15, 30, 60, 600)))

    async def _staff(self) -> None:
        waiting = [(patient_id, entry.id) for patient_id, entries in self.server.queues.items() for entry in entries]
        if waiting:
            patient_id, queue_id = self.rng.choice(waiting)
            if queue_id in self.server.not_ours:
                self.server.clear(patient_id, queue_id)
            elif self.rng.random() < 0.3:
                self.server.accept_as(patient_id, queue_id, f"other bytes of {queue_id}".encode())
            else:
                self.server.accept(patient_id, queue_id)

    async def _answer_oddly(self) -> None:
        answers = [each for each in Answer if each not in (Answer.DENIED, Answer.REFUSED)]
        if not self.do_lists_tell:
            answers.remove(Answer.TURNED_AWAY)
        self.server.answer = self.rng.choice(answers)
        self.server.stores_nothing = self.rng.random() < 0.3
        self.server.names_id = self.rng.choice(("", "", *self.server.not_ours, "555"))
        if self.server.answer is Answer.QUEUE_ID:
            self.server.names_id = ""
        self.server.nature = self.rng.choice((EntryNature.PHOTO, EntryNature.UNSTATED))

    async def _list_oddly(self) -> None:
        self.server.queue_is_cut = self.rng.random() < 0.3
        self.server.lists_photos = self.do_lists_tell or self.rng.random() < 0.7
        self.server.lag_s = self.rng.choice((0.0, 0.0, 4.0, 15.0, 29.0))

    async def _message(self) -> None:
        self.server.add_message(self.rng.choice(PATIENTS).id)

    async def _withdraw(self) -> None:
        if self.uploading.feed.latest:
            upload = self.rng.choice(self.uploading.feed.latest)
            if await self.uploading.withdraw(upload.id) in (Withdrawal.WITHDRAWN, Withdrawal.ONE_OF_TWO):
                self.discarded.add(upload.photo.sha256)

    async def _late(self) -> None:
        self.server.commit_late()

    async def _restart(self) -> None:
        """As after a crash: whatever was under way ends where it stands."""
        await self._end()
        await self._start()

    # The rest.

    async def _start(self) -> None:
        self.looks = TaskScope("looks", self.failures.append)
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        reconciling = ServerLookup(self.server, self.contents)
        self.uploading = Uploading(
            self.server, reconciling, self.outbox, self.clock, TaskScope("test", self.failures.append)
        )
        await self.uploading.open()

    async def _end(self) -> None:
        await self.looks.aclose()
        await self.uploading.aclose()
        await self.contents.aclose()

    async def _pass(self, turns: int) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, LifeLoop)
        for _ in range(turns):
            await asyncio.sleep(0)
            if loop.is_idle:
                return

    async def _come_to_rest(self) -> None:
        self.server.heal()
        self.server.lists_photos = True
        self.outbox.fails.clear()
        await self._restart()
        for _ in range(6):
            self.uploading.resume()
            await self._pass(450)
            self.clock.turn(60)
        await self._pass(450)
        self.log.append(("rest", *(each.state.name for each in self.uploading.feed.latest)))
        await self._end()

    def _judge(self) -> list[str]:
        stored = Counter(sha256 for sha256, _ in self.server.stored)
        stored.update(photo.sha256 for _, photo in self.server.late)
        wrong = [f"a defect: {failure!r}" for failure in self.failures]
        for sha256, patient_id in self.accepted.items():
            if stored[sha256] > 1 + self.words[sha256]:
                wrong.append("doubled")
            if any(home != patient_id for found, home in self.server.stored if found == sha256):
                wrong.append("in another chart")
            kept = [each for each in self.outbox.uploads.values() if each.photo.sha256 == sha256]
            if not stored[sha256] and not kept and sha256 not in self.discarded:
                wrong.append("lost")
            if any(each.id not in self.outbox.photos for each in kept if each.is_unsent or not stored[sha256]):
                wrong.append("its bytes are gone")
            if any(each.state in _SAID_TO_BE_THERE for each in kept) and not stored[sha256]:
                wrong.append("said to be there, and not stored")
        if self.server.not_ours & set(self.server.subjects("withdraw")):
            wrong.append("withdrew what is not ours")
        queued = {photo.sha256 for photo in self.server.queued_photos.values()}
        gone = {each.photo.sha256 for each in self.outbox.uploads.values() if each.state is UploadState.GONE}
        wrong += ["called gone, and in the queue"] * len(gone & queued)
        wrong += [f"no rest: {each.state}" for each in self.outbox.uploads.values() if each.state not in AT_REST]
        return wrong


def lived(seed: int) -> tuple[Life, list[str]]:
    async def run() -> tuple[Life, list[str]]:
        asyncio.get_running_loop().set_default_executor(InlineExecutor(1))
        life = Life(seed)
        return life, await life.live()

    with asyncio.Runner(loop_factory=LifeLoop) as runner:
        return runner.run(run())


def _named(seeds: range) -> str:
    return f"{seeds.start} to {seeds.stop}"


@pytest.mark.timeout(3_000)
@pytest.mark.parametrize(
    "seeds",
    [
        range(2_000),
        *(pytest.param(range(at, at + 2_500), marks=pytest.mark.release) for at in range(0, 100_000, 2_500)),
    ],
    ids=_named,
)
def test_no_life_ends_wrong(seeds: range) -> None:
    """2,000 in each run and 100,000 before a release."""
    wrong: list[str] = []
    photos = posts = restarts = 0
    for seed in seeds:
        life, found = lived(seed)
        wrong += [f"seed {seed}: {each}" for each in found]
        photos, posts = photos + len(life.accepted), posts + life.server.count("create_photo")
        restarts += sum(entry[0] == "_restart" for entry in life.log)
    print(f"\n{len(seeds)} lives, {photos} photos, {posts} posts, {restarts} restarts: {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_the_same_seed_is_the_same_life(seed: int) -> None:
    assert lived(seed)[0].log == lived(seed)[0].log
