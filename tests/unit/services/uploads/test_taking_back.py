"""Taking a photo back where the answer to it is lost: what happened is found out, and never guessed."""

import asyncio
import itertools

import pytest

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Forbidden, Missing, SignedOut, Unreachable
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from tests.unit.services.uploads.desk import MARIA, Desk, restarted, turned
from tests.waiting import until


def _lose_the_answer(desk: Desk, *, hides_queue: bool = False) -> None:
    withdraw = desk.server.withdraw

    async def carried_out(patient_id: PatientId, queue_id: QueueId) -> None:
        await withdraw(patient_id, queue_id)
        if hides_queue:
            desk.server.fail("enqueued", Unreachable())
        raise Unreachable

    desk.server.withdraw = carried_out  # type: ignore[method-assign]


async def _sent(desk: Desk) -> tuple[Upload, QueueId]:
    sent = await desk.send(then=UploadState.SENT)
    assert sent.queue_id is not None
    return sent, sent.queue_id


async def test_done_without_an_answer_is_done(desk: Desk) -> None:
    sent, _ = await _sent(desk)
    _lose_the_answer(desk)
    ended = asyncio.create_task(desk.uploading.withdraw(sent.id))
    await until(lambda: desk.clock.sleeping_s.count(3.0) == 2)
    assert desk.only.state is UploadState.SENT, "one look is none: the chart's list may lag behind"
    desk.clock.turn(3)
    assert await ended is Withdrawal.WITHDRAWN
    assert desk.uploading.feed.latest == ()
    assert UploadState.GONE not in desk.seen


async def test_a_timer_that_ends_early_does_not_make_it_undone(desk: Desk) -> None:
    """Qt's timers may, by a twentieth: the person was then told that nothing was taken back."""
    sent, _ = await _sent(desk)
    sleep = desk.clock.sleep
    desk.clock.sleep = lambda seconds: sleep(seconds * 0.95)  # type: ignore[method-assign]
    _lose_the_answer(desk)
    ended = asyncio.create_task(desk.uploading.withdraw(sent.id))
    await until(lambda: any(2.8 < each < 2.9 for each in desk.clock.sleeping_s))
    desk.clock.turn(2.9)
    await until(lambda: any(each < 0.1 for each in desk.clock.sleeping_s))
    desk.clock.turn(0.1)
    assert await ended is Withdrawal.WITHDRAWN


async def test_a_look_that_lasts_longer_than_the_wait_after_it_does_not_make_it_undone(desk: Desk) -> None:
    """On a slow PC the second look was due before the first had ended, and nobody took it."""
    sent, _ = await _sent(desk)
    _lose_the_answer(desk)
    elapsed_s, slowness_s = desk.clock.elapsed_s, itertools.count(0, 4)
    desk.clock.elapsed_s = lambda: elapsed_s() + next(slowness_s)  # type: ignore[method-assign]
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.WITHDRAWN


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_done_and_seen_later_goes_from_the_list(desk: Desk, is_restarted: bool) -> None:
    sent, _ = await _sent(desk)
    _lose_the_answer(desk, hides_queue=True)
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_NOW
    assert desk.only.state is UploadState.SENT
    desk.server.heal()
    after = await restarted(desk) if is_restarted else desk
    if not is_restarted:
        await turned(desk, 61)
    await until(lambda: after.clock.sleeping_s and not after.server.in_flight)
    after.clock.turn(3)
    await until(lambda: after.uploading.feed.latest == ())
    assert UploadState.GONE not in after.seen
    await after.uploading.aclose()


async def test_killed_before_the_answer_it_is_known_after_a_restart(desk: Desk) -> None:
    sent, _ = await _sent(desk)
    withdraw, is_done = desk.server.withdraw, []

    async def hangs(patient_id: PatientId, queue_id: QueueId) -> None:
        await withdraw(patient_id, queue_id)
        is_done.append(True)
        desk.server.hold("enqueued")
        await desk.server.enqueued(patient_id)

    desk.server.withdraw = hangs  # type: ignore[method-assign]
    asking = desk.uploading.withdraw(sent.id)
    waiting = desk.uploading._scope.start(asking, key="the person")  # ends with the program
    await until(lambda: is_done)
    desk.server.hold("enqueued").set()
    after = await restarted(desk)
    assert waiting.done()
    await until(lambda: after.clock.sleeping_s and not after.server.in_flight)
    after.clock.turn(3)
    await until(lambda: after.uploading.feed.latest == ())
    await after.uploading.aclose()


async def test_accepted_before_the_delete_is_found_in_the_chart(desk: Desk) -> None:
    sent, entry = await _sent(desk)

    async def too_late(patient_id: PatientId, queue_id: QueueId) -> None:
        desk.server.accept(patient_id, queue_id)
        raise Unreachable

    desk.server.withdraw = too_late  # type: ignore[method-assign]
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.LEFT_QUEUE
    assert desk.only.state is UploadState.ACCEPTED
    assert entry not in desk.server.queued_photos


@pytest.mark.parametrize("error", [Forbidden(), SignedOut()], ids=repr)
async def test_a_key_that_may_not_delete_took_nothing_back_whoever_clears_it_later(
    desk: Desk, error: Exception
) -> None:
    sent, entry = await _sent(desk)
    desk.server.fail("withdraw", error)
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.REFUSED
    desk.server.heal()
    desk.server.clear(MARIA.id, entry)
    await turned(desk, 61)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)


@pytest.mark.parametrize("error", [Unreachable(), BadAnswer(BadAnswerKind.SERVER_FAULT)], ids=repr)
async def test_what_stays_listed_was_not_taken_back_whoever_clears_it_later(desk: Desk, error: Exception) -> None:
    sent, entry = await _sent(desk)
    desk.server.fail("withdraw", error)
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_DONE
    assert desk.only.state is UploadState.SENT
    await turned(desk, 61)
    await turned(desk, 61)
    desk.server.heal()
    await desk.server.withdraw(MARIA.id, entry)
    await turned(desk, 61)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)


async def test_accepted_before_the_delete_and_shown_late_is_not_called_taken_back(desk: Desk) -> None:
    sent, _ = await _sent(desk)

    async def too_late(patient_id: PatientId, queue_id: QueueId) -> None:
        await withdraw(patient_id, queue_id)
        raise Unreachable

    withdraw, desk.server.withdraw = desk.server.withdraw, too_late  # type: ignore[method-assign]
    ended = asyncio.create_task(desk.uploading.withdraw(sent.id))
    await until(lambda: desk.clock.sleeping_s.count(3.0) == 2)
    desk.server.add_photo(MARIA.id, b"one photo")
    desk.clock.turn(3)
    assert await ended is Withdrawal.LEFT_QUEUE
    assert desk.only.state is UploadState.ACCEPTED


async def test_pressed_twice_it_is_one_withdrawal(desk: Desk) -> None:
    sent, entry = await _sent(desk)
    gate = desk.server.hold("withdraw")
    both = [asyncio.create_task(desk.uploading.withdraw(sent.id)) for _ in range(2)]
    await until(lambda: desk.server.count("withdraw") == 1)
    gate.set()
    assert [await each for each in both] == [Withdrawal.WITHDRAWN] * 2
    assert desk.server.subjects("withdraw") == [entry]
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_LISTED


async def test_cleared_by_staff_is_not_called_taken_back(desk: Desk) -> None:
    sent, entry = await _sent(desk)
    await desk.server.withdraw(MARIA.id, entry)
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.LEFT_QUEUE
    assert desk.only.state is UploadState.SENT, "one look is none: the chart's list may lag behind"
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)


async def test_not_found_while_the_list_still_shows_it_is_not_gone(desk: Desk) -> None:
    """A tenant may have no such way to delete an entry."""
    sent, entry = await _sent(desk)
    desk.server.fail("withdraw", Missing())
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_DONE
    assert desk.only.state is UploadState.SENT
    assert desk.uploading._store.evidence(sent.id).taking_back_id is None, "should it go, it was somebody else"
    assert entry in desk.server.queued_photos
