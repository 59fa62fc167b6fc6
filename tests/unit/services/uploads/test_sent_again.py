"""A photo that a person sent again never ends without a word of its other try."""

import asyncio
from dataclasses import replace

import pytest

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    MaybeSent,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    Unreachable,
)
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.domain.ports import LastByteGate
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from tests.unit.services.uploads.desk import MARIA, MARKED, THEIRS, Desk, doubtful, restarted, sent_twice, turned
from tests.waiting import until


async def _is_in_both(desk: Desk) -> QueueId:
    first, second = await sent_twice(desk)
    desk.server.accept(MARIA.id, first)
    await turned(desk, 61)
    await turned(desk, 61)
    await until(lambda: desk.only.second_entry_id == second)
    return second


@pytest.mark.parametrize(
    "how", [UploadProblem.STOPPED, UploadProblem.REFUSED, UploadProblem.TOO_BIG, UploadProblem.UNREACHABLE]
)
async def test_a_second_try_that_stored_nothing_leaves_the_doubt_of_before(desk: Desk, how: UploadProblem) -> None:
    asked, first = await doubtful(desk)
    if how is UploadProblem.STOPPED:
        desk.server.hold("create_photo")
    errors = {UploadProblem.REFUSED: ServerRefusal.RESULT_FALSE, UploadProblem.TOO_BIG: ServerRefusal.TOO_BIG}
    if how in errors:
        desk.server.fail("create_photo", ServerRefused(errors[how]))
    elif how is UploadProblem.UNREACHABLE:
        desk.server.fail("create_photo", Unreachable(), times=5)
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.posts == 2)
    if how is UploadProblem.STOPPED:
        desk.uploading.stop_sending(asked.id)
    for wait_s in (5, 15, 30, 60) if how is UploadProblem.UNREACHABLE else ():
        await until(lambda wait_s=wait_s: wait_s in desk.clock.sleeping_s)  # type: ignore[misc]
        desk.clock.turn(wait_s)
    await until(lambda: desk.only.state is UploadState.NEEDS_REVIEW)
    assert desk.only.trouble is how
    await turned(desk, 61)
    assert desk.only.trouble is how, "a look doesn't take the reason away"
    desk.server.accept(MARIA.id, first)
    await turned(desk, 61)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert not desk.only.needs_person, "one try arrived, and it is found"
    assert UploadState.REFUSED not in desk.seen


async def test_what_an_earlier_version_called_refused_is_a_doubt_at_the_next_start(desk: Desk) -> None:
    asked, _ = await doubtful(desk)
    known = desk.outbox.evidence[asked.id]
    await desk.outbox.keep_evidence(asked.id, replace(known, tries=2))
    desk.outbox.uploads[asked.id] = replace(asked, state=UploadState.REFUSED, trouble=UploadProblem.STOPPED)
    after = await restarted(desk)
    assert (after.only.state, after.only.trouble) == (UploadState.NEEDS_REVIEW, UploadProblem.STOPPED)
    await after.uploading.aclose()


async def test_the_second_entry_stays_where_the_chart_lost_the_photo(desk: Desk) -> None:
    """Staff deleted it there to mend the double: the entry is the last one that there is."""
    second = await _is_in_both(desk)
    desk.server.albums[MARIA.id].clear()
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.NOT_SURE
    assert list(desk.server.queued_photos) == [second]
    await turned(desk, 61)
    assert (desk.only.state, desk.only.second_entry_id) == (UploadState.SENT, None)


@pytest.mark.parametrize("is_hidden", [False, True])
async def test_one_of_two_is_told_though_the_answer_to_the_delete_was_lost(desk: Desk, is_hidden: bool) -> None:
    first, _ = await sent_twice(desk)
    withdraw = desk.server.withdraw

    async def lost(patient_id: PatientId, queue_id: QueueId) -> None:
        await withdraw(patient_id, queue_id)
        if is_hidden:
            desk.server.fail("enqueued", Unreachable())
        raise Unreachable

    desk.server.withdraw = lost  # type: ignore[method-assign]
    ended = await desk.uploading.withdraw(desk.only.id)
    assert ended is (Withdrawal.NOT_NOW if is_hidden else Withdrawal.ONE_OF_TWO)
    desk.server.heal()
    if is_hidden:
        await turned(desk, 61)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)
    assert desk.only.other_try_id == first


async def test_a_first_try_that_was_accepted_unseen_is_found_after_the_second_was_taken_back(desk: Desk) -> None:
    first, _ = await sent_twice(desk)
    await turned(desk, 61)
    desk.server.accept(MARIA.id, first)
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.ONE_OF_TWO
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.only.needs_person


@pytest.mark.parametrize("error", [BadAnswer(BadAnswerKind.SERVER_FAULT), Overloaded(None), Unreachable()], ids=repr)
async def test_a_queue_that_fails_in_one_look_hides_no_second_entry(desk: Desk, error: ServerError) -> None:
    first, second = await sent_twice(desk)
    await turned(desk, 3)
    desk.server.accept(MARIA.id, first)
    desk.server.fail("enqueued", error, times=1)
    await turned(desk, 61)
    assert desk.only.state is not UploadState.ACCEPTED or desk.only.needs_person
    await turned(desk, 61)
    await turned(desk, 61)
    await until(lambda: desk.only.second_entry_id == second)
    assert desk.only.state is UploadState.SENT


async def test_a_list_that_stays_cut_ends_with_a_card(desk: Desk) -> None:
    first, _ = await sent_twice(desk)
    await turned(desk, 3)
    desk.server.accept(MARIA.id, first)
    desk.server.fail("enqueued", Unreachable())
    await turned(desk, 61)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.only.needs_person


async def test_each_try_in_the_chart_is_twice_whatever_else_waits(desk: Desk) -> None:
    entries = await sent_twice(desk)
    desk.server.queues[MARIA.id].append(THEIRS)
    await turned(desk, 61)
    for entry in entries:
        desk.server.accept(MARIA.id, entry)
    await turned(desk, 61)
    await until(lambda: desk.only.is_twice_in_chart)
    assert desk.only.state is UploadState.ACCEPTED


async def test_a_list_of_before_that_failed_makes_an_earlier_try_unknown_not_none(desk: Desk) -> None:
    desk.server.fail("enqueued", Unreachable(), times=1)
    await sent_twice(desk)
    assert desk.only.other_try_id is None
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.ONE_OF_TWO
    assert desk.only.needs_person


async def test_a_doubt_about_the_second_try_names_the_entry_of_the_first(desk: Desk) -> None:
    asked, first = await doubtful(desk)
    desk.server.fail("create_photo", MaybeSent(), times=1)
    desk.server.lists_photos = True
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.posts == 2 and desk.only.state is UploadState.NEEDS_REVIEW)
    assert desk.only.other_try_id == first


async def test_a_number_of_unknown_kind_deletes_nothing_beside_the_chart(desk: Desk) -> None:
    """The image's own number is 77 by chance, and so is that of an entry of the patient's own."""
    desk.server.answer, desk.server.names_id = Answer.OTHER_ID, "77"
    gate = desk.server.hold("create_photo.answer")
    await desk.accept(MARKED)
    await until(lambda: desk.server.queued_photos)
    (own,) = desk.server.queued_photos
    desk.server.accept(MARIA.id, own)
    desk.server.queues[MARIA.id].append(THEIRS)
    gate.set()
    await until(lambda: desk.only.state is UploadState.SENT)
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.LEFT_QUEUE
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.server.count("withdraw") == 0


async def test_an_acceptance_seen_half_way_ends_though_the_queue_stays_unreadable(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    gate = desk.server.hold("photo_pages")
    await until(lambda: desk.clock.sleeping_s)
    pages = desk.server.count("photo_pages")
    desk.uploading.looks.look_now()
    await until(lambda: desk.server.count("photo_pages") > pages)
    desk.server.accept(MARIA.id, sent.queue_id)
    gate.set()
    await until(lambda: desk.clock.sleeping_s and not desk.server.in_flight)
    desk.server.queue_is_cut = True
    await turned(desk, 61)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)


async def test_a_withdrawal_that_shows_while_a_person_asked_for_a_look_breaks_nothing(desk: Desk) -> None:
    """Taken up from its file as a doubt: the ledger was lost after Cerbo was asked to delete its entry."""
    sent = await desk.send(then=UploadState.SENT)
    assert sent.queue_id is not None
    known = desk.outbox.evidence[sent.id]
    await desk.outbox.keep_evidence(sent.id, replace(known, taking_back_id=sent.queue_id))
    desk.outbox.uploads[sent.id] = replace(desk.outbox.uploads[sent.id], state=UploadState.UNSURE)
    await desk.server.withdraw(MARIA.id, sent.queue_id)
    after = await restarted(desk)
    await until(lambda: after.only.state is UploadState.NEEDS_REVIEW and 3.0 in after.clock.sleeping_s)
    gate = after.server.hold("enqueued")
    after.clock.turn(3)
    look = asyncio.create_task(after.uploading.look_first(sent.id))
    await until(lambda: after.only.state is UploadState.CHECKING)
    gate.set()
    assert await look is None
    assert after.failures == []
    await after.uploading.aclose()


async def test_a_gate_whose_time_was_up_is_tried_again_after_a_wait(desk: Desk) -> None:
    """The disk is so slow that the sending's time ends before it knows that the last byte leaves."""
    create, move = desk.server.create_photo, desk.outbox.move

    async def slow(upload: Upload, was: UploadState) -> None:
        if upload.state is UploadState.COMMITTING:
            await asyncio.sleep(0.02)
        await move(upload, was)

    async def limited(
        patient_id: PatientId, photo: OutgoingPhoto, *, on_last_byte: LastByteGate, **_: object
    ) -> Receipt:
        async def in_time() -> None:
            try:
                async with asyncio.timeout(0.001):
                    await on_last_byte()
            except TimeoutError:
                raise Unreachable from None

        return await create(patient_id, photo, on_last_byte=in_time)

    desk.outbox.move, desk.server.create_photo = slow, limited  # type: ignore[method-assign, assignment]
    await desk.accept()
    await until(lambda: desk.only.trouble is UploadProblem.UNREACHABLE)
    await until(lambda: desk.clock.sleeping_s == [5.0])
    assert desk.only.state is UploadState.QUEUED
    assert desk.posts == 1
