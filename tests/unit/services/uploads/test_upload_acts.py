"""What the engine of uploads publishes, once for each thing that was done, and who is written down with it."""

import pytest

from cerbo_desktop.domain.acts import (
    Act,
    Decided,
    Deleted,
    OutcomeKnown,
    PhotoSent,
    SendingStopped,
    SentAgain,
    Withdrawn,
)
from cerbo_desktop.domain.errors import MaybeSent, NotSafeReason, Unreachable
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.domain.upload import UploadProblem, UploadState as S
from cerbo_desktop.services.uploads.upload_store import UploadStore
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.unit.services.uploads.desk import MARIA, Desk
from tests.waiting import until

FRONT, NIGHT = Person("desk"), Person("night desk")


def acts(desk: Desk) -> list[Act]:
    return [done.act for done in desk.done]


async def test_a_photo_that_is_sent_taken_in_and_found(desk: Desk) -> None:
    sent = await desk.send(then=S.SENT)
    assert sent.queue_id is not None
    desk.server.accept(MARIA.id, sent.queue_id)
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(3)
    await until(lambda: desk.only.state is S.ACCEPTED)
    about = MARIA.id, sent.id
    assert acts(desk) == [PhotoSent(*about), OutcomeKnown(*about, S.SENT), OutcomeKnown(*about, S.ACCEPTED)]
    assert [done.by for done in desk.done] == [FRONT, NOBODY, NOBODY], "what the app finds out is nobody's act"
    assert desk.only.sent_by == FRONT


async def test_the_same_photo_accepted_twice_is_sent_once(desk: Desk) -> None:
    await desk.accept(b"one photo", b"one photo")
    assert acts(desk).count(PhotoSent(MARIA.id, desk.only.id)) == 1


async def test_a_decision_is_told_once_it_is_written_down_with_whoever_decided(desk: Desk) -> None:
    desk.server.fail("create_photo", MaybeSent(), times=1)
    doubtful = await desk.send(then=S.NEEDS_REVIEW)
    about, before = (MARIA.id, doubtful.id), len(desk.done)
    desk.outbox.fails["record_decision"] = NotSafeReason.DISK_FULL
    desk.uploading.send_again(doubtful.id)
    await until(lambda: desk.outbox.failed)
    assert acts(desk)[before:] == []
    del desk.outbox.fails["record_decision"]
    desk.acts.person = NIGHT
    desk.uploading.send_again(doubtful.id)
    await until(lambda: desk.only.state is S.SENT)
    told = [Decided(*about, Decision.SEND_AGAIN), SentAgain(*about), OutcomeKnown(*about, S.SENT)]
    assert acts(desk)[before:] == told
    assert desk.outbox.decided_by == [NIGHT]


async def test_a_photo_that_is_stopped_and_deleted(desk: Desk) -> None:
    desk.server.fail("create_photo", Unreachable())
    upload = await desk.send(then=S.QUEUED)
    await until(lambda: desk.only.trouble is UploadProblem.UNREACHABLE)
    desk.uploading.stop_sending(upload.id)
    await until(lambda: desk.only.state is S.REFUSED)
    await desk.uploading.discard(upload.id, S.REFUSED)
    about = MARIA.id, upload.id
    assert acts(desk)[1:] == [
        OutcomeKnown(*about, S.REFUSED, UploadProblem.STOPPED),
        SendingStopped(*about),
        Decided(*about, Decision.DELETE),
        Deleted(*about),
    ]


async def test_a_photo_that_is_withdrawn(desk: Desk) -> None:
    sent = await desk.send(then=S.SENT)
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.WITHDRAWN
    about = MARIA.id, sent.id
    assert acts(desk)[2:] == [Decided(*about, Decision.TAKE_BACK), Withdrawn(*about)]


async def test_a_photo_that_nobody_holds_is_not_moved(desk: Desk) -> None:
    """Else two who look at it at once could both act on what they saw."""
    upload = await desk.send(then=S.SENT)
    store = UploadStore(MemoryOutbox(), HandClock())
    for forgotten in (
        store.record(upload, S.ACCEPTED),
        store.intend(upload, S.GONE),
        store.amend(upload, is_told=True),
        store.discard(upload),
        store.withdrawn(upload),
    ):
        with pytest.raises(RuntimeError):
            await forgotten
