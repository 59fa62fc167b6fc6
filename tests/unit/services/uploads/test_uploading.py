"""Photos on their way: what is sent, how often, and what a person is told and asked."""

import asyncio
from dataclasses import replace
from datetime import timedelta

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
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.portal_queue import QueueEntry
from cerbo_desktop.domain.server_snapshot import EntryNature
from cerbo_desktop.domain.upload import CheckResult, UploadProblem, UploadState
from cerbo_desktop.services.uploads.decision_log import NotDone
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from tests.fakes.hand_clock import HandClock
from tests.unit.services.uploads.desk import ID, MARIA, RUTH, THEIRS, VERA, Desk, photo, restarted, turned
from tests.waiting import until


async def test_a_photo_goes_through_the_honest_states(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    assert desk.seen == [
        *(UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING),
        *(UploadState.UNSURE, UploadState.SENT),
    ]
    assert sent.queue_id is not None
    desk.server.accept(MARIA.id, sent.queue_id)
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(3)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.posts == 1


async def test_sent_is_never_called_found_before_it_is_found(desk: Desk) -> None:
    await desk.send(then=UploadState.SENT)
    desk.server.add_photo(MARIA.id, b"somebody else's photo of the same minute")
    for _ in range(4):
        await until(lambda: desk.clock.sleeping_s)
        desk.clock.turn(60)
    await until(lambda: desk.clock.sleeping_s)
    assert desk.only.state is UploadState.SENT


async def test_a_photo_that_cerbo_keeps_in_other_bytes_is_known_by_its_id(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT, data=b"head" + ID.encode() + b"pixels")
    assert sent.queue_id is not None
    desk.server.accept_as(MARIA.id, sent.queue_id, b"profile " * 10_000 + ID.encode() + b"fewer pixels")
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(3)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)


async def test_two_photos_go_one_after_the_other(desk: Desk) -> None:
    gate = desk.server.hold("create_photo")
    await desk.accept(b"first", b"second")
    await until(lambda: desk.posts == 1)
    first, second = desk.uploading.feed.latest
    assert (first.state, second.state) == (UploadState.SENDING, UploadState.QUEUED)
    gate.set()
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))
    assert [sent.data for sent in desk.server.queued_photos.values()] == [b"first", b"second"]


async def test_a_cut_line_before_the_last_byte_is_tried_again_by_itself(desk: Desk) -> None:
    desk.server.fail("create_photo", Unreachable(), times=1)
    await desk.send(then=UploadState.QUEUED)
    await until(lambda: desk.only.trouble is UploadProblem.UNREACHABLE)
    await until(lambda: desk.clock.sleeping_s == [5.0])
    desk.clock.turn(5)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert len(desk.server.queued_photos) == 1


async def test_after_the_last_wait_a_person_is_asked_and_nothing_is_lost(desk: Desk) -> None:
    desk.server.fail("create_photo", Unreachable(), times=5)
    await desk.accept()
    for wait_s in (5, 15, 30, 60):
        await until(lambda wait_s=wait_s: desk.clock.sleeping_s == [wait_s])  # type: ignore[misc]
        desk.clock.turn(wait_s)
    await until(lambda: desk.only.state is UploadState.REFUSED)
    assert desk.only.needs_person
    desk.uploading.retry(desk.only.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert [sent.data for sent in desk.server.queued_photos.values()] == [b"one photo"]


async def test_photos_wait_for_the_line_however_long_it_is_down(desk: Desk) -> None:
    desk.server.fail("photo_pages", Unreachable(), times=9)
    await desk.accept(b"first", b"second")
    for wait_s in (5, 15, 30, *[60] * 6):
        await until(lambda wait_s=wait_s: desk.clock.sleeping_s == [wait_s])  # type: ignore[misc]
        assert {each.state for each in desk.uploading.feed.latest} == {UploadState.QUEUED}
        desk.clock.turn(wait_s)
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))
    assert [sent.data for sent in desk.server.queued_photos.values()] == [b"first", b"second"]


async def test_coming_back_online_cuts_the_wait_short(desk: Desk) -> None:
    desk.server.fail("photo_pages", Unreachable(), times=1)
    await desk.accept()
    await until(lambda: desk.clock.sleeping_s == [5.0])
    desk.uploading.resume()
    await until(lambda: desk.only.state is UploadState.SENT)
    assert desk.clock.now() == HandClock().now()


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (SignedOut(), UploadProblem.SIGNED_OUT),
        (Forbidden(), UploadProblem.FORBIDDEN),
        (Untrusted(TlsFault.EXPIRED), UploadProblem.UNTRUSTED),
    ],
)
async def test_a_refused_key_holds_the_whole_queue_until_a_person_acts(
    desk: Desk, error: ServerError, trouble: UploadProblem
) -> None:
    desk.server.fail("create_photo", error, times=1)
    await desk.accept(b"first", b"second")
    await until(lambda: desk.uploading.feed.latest[0].trouble is trouble)
    first, second = desk.uploading.feed.latest
    assert first.state is UploadState.QUEUED
    assert first.needs_person
    assert second.state is UploadState.QUEUED
    assert desk.posts == 1
    assert desk.clock.sleeping_s == []
    desk.uploading.retry(first.id)
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))


def others(desk: Desk, count: int) -> list[Patient]:
    """So many patients more, known to Cerbo."""
    people = [replace(MARIA, id=PatientId(f"2000{number}")) for number in range(count)]
    for person in people:
        desk.server.patients[person.id] = person
    return people


async def test_a_chart_that_is_refused_holds_its_own_photos_alone(desk: Desk) -> None:
    desk.server.fail("create_photo", Forbidden(), subject=MARIA.id)
    await desk.accept(b"first", b"second")
    for person in others(desk, 3):
        await desk.uploading.accept(person, photo(person.id.encode()))
    await until(lambda: [each.state for each in desk.uploading.feed.latest].count(UploadState.SENT) == 3)
    assert desk.posts == 4
    held = [each for each in desk.uploading.feed.latest if each.state is UploadState.QUEUED]
    assert [each.needs_person for each in held] == [True, False]
    desk.server.heal()
    desk.uploading.retry(held[0].id)
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))


async def test_two_charts_that_are_refused_hold_all_unless_a_photo_was_sent(desk: Desk) -> None:
    desk.server.fail("create_photo", Forbidden())
    people = others(desk, 4)
    for person in people:
        await desk.uploading.accept(person, photo(person.id.encode()))
    await until(lambda: sum(each.needs_person for each in desk.uploading.feed.latest) == 2)
    assert desk.posts == 2
    desk.server.heal()
    desk.server.fail("create_photo", Forbidden(), subject=people[1].id)
    desk.server.fail("create_photo", Forbidden(), subject=people[2].id)
    desk.uploading.retry(desk.uploading.feed.latest[0].id)
    await until(lambda: desk.uploading.feed.latest[3].state is UploadState.SENT)
    assert [each.needs_person for each in desk.uploading.feed.latest] == [False, True, True, False]


async def test_a_busy_cerbo_is_given_the_time_it_asks_for(desk: Desk) -> None:
    desk.server.fail("create_photo", Overloaded(retry_after_s=40), times=1)
    await desk.accept(b"first", b"second")
    await until(lambda: desk.clock.sleeping_s == [40.0])
    assert desk.uploading.feed.latest[0].trouble is UploadProblem.BUSY
    assert desk.posts == 1
    desk.clock.turn(40)
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))
    assert len(desk.server.queued_photos) == 2


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (ServerRefused(ServerRefusal.TOO_BIG), UploadProblem.TOO_BIG),
        (ServerRefused(ServerRefusal.RESULT_FALSE), UploadProblem.REFUSED),
        (Missing(), UploadProblem.PATIENT_MISSING),
    ],
)
async def test_a_refusal_stays_on_screen_with_the_photo(desk: Desk, error: ServerError, trouble: UploadProblem) -> None:
    desk.server.fail("create_photo", error)
    refused = await desk.send(then=UploadState.REFUSED)
    assert refused.trouble is trouble
    assert desk.posts == 1
    assert desk.uploading.unsent == (refused,)
    desk.server.heal()
    desk.uploading.retry(refused.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert [sent.data for sent in desk.server.queued_photos.values()] == [b"one photo"]


async def test_a_lost_answer_is_looked_for_and_then_asked_about(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent())
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    assert asked.sighting is CheckResult.NEW_IN_QUEUE
    assert asked.trouble is UploadProblem.NO_ANSWER
    assert desk.posts == 1
    desk.uploading.confirm_arrived(asked.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert desk.posts == 1


async def test_a_lost_answer_whose_photo_is_in_the_chart_in_other_bytes_asks_nobody(desk: Desk) -> None:
    gate = desk.server.hold("create_photo.answer")
    desk.server.fail("create_photo.answer", MaybeSent())
    await desk.accept(ID.encode() + b"pixels")
    await until(lambda: desk.only.state is UploadState.COMMITTING)
    desk.server.add_photo(MARIA.id, b"profile " + ID.encode() + b"fewer pixels")
    gate.set()
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.posts == 1


async def test_a_lost_answer_whose_photo_is_in_the_chart_asks_nobody(desk: Desk) -> None:
    gate = desk.server.hold("create_photo.answer")
    desk.server.fail("create_photo.answer", MaybeSent())
    await desk.accept()
    await until(lambda: desk.server.queued_photos)
    desk.server.accept(MARIA.id, next(iter(desk.server.queued_photos)))
    gate.set()
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.posts == 1


async def test_sending_again_needs_a_persons_word(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    desk.uploading.resume()
    desk.uploading.retry(asked.id)
    await asyncio.sleep(0.02)
    assert desk.posts == 1, "neither the connection nor a retry sends a doubtful photo"
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert desk.posts == 2


@pytest.mark.parametrize("error", [Unreachable(), BadAnswer(BadAnswerKind.NOT_JSON)])
@pytest.mark.parametrize("listed", ["photo_pages", "enqueued"])
async def test_where_looking_fails_the_person_is_told_so(desk: Desk, error: ServerError, listed: str) -> None:
    gate = desk.server.hold("create_photo.answer")
    desk.server.fail("create_photo.answer", MaybeSent())
    await desk.accept()
    await until(lambda: desk.only.state is UploadState.COMMITTING)
    desk.server.lists_photos = False
    desk.server.fail(listed, error)
    gate.set()
    await until(lambda: desk.only.state is UploadState.NEEDS_REVIEW)
    assert desk.only.sighting is CheckResult.COULD_NOT_LOOK


async def test_stopping_before_the_last_byte_sends_nothing(desk: Desk) -> None:
    desk.server.hold("create_photo")
    await desk.accept(b"first", b"second")
    await until(lambda: desk.posts == 1)
    first = desk.uploading.feed.latest[0]
    desk.uploading.stop_sending(first.id)
    await until(lambda: desk.server.cancelled["create_photo"] == 1)
    assert desk.uploading.feed.latest[0].trouble is UploadProblem.STOPPED
    await until(lambda: desk.posts == 2)
    assert not desk.server.queued_photos
    await desk.uploading.discard(first.id, UploadState.REFUSED)
    await until(lambda: first.id not in [each.id for each in desk.uploading.feed.latest])
    assert first.id not in desk.outbox.uploads


async def test_after_the_last_byte_nothing_stops_it(desk: Desk) -> None:
    gate = desk.server.hold("create_photo.answer")
    await desk.accept()
    await until(lambda: desk.only.state is UploadState.COMMITTING)
    desk.uploading.stop_sending(desk.only.id)
    await desk.uploading.discard(desk.only.id, UploadState.QUEUED)
    await desk.uploading.discard(desk.only.id, UploadState.COMMITTING)
    await asyncio.sleep(0.02)
    assert desk.only.state is UploadState.COMMITTING
    gate.set()
    await until(lambda: desk.only.state is UploadState.SENT)


async def test_a_photo_cleared_from_the_queue_is_reported(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    assert sent.queue_id is not None
    await desk.server.withdraw(MARIA.id, sent.queue_id)
    await until(lambda: desk.clock.sleeping_s)
    await turned(desk, 60)
    assert desk.only.state is UploadState.SENT, "one look is none: the chart's list may lag behind"
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)
    assert desk.only.needs_person


@pytest.mark.parametrize(
    "error",
    [
        *(Forbidden(), Missing(), Unreachable(), ServerRefused(ServerRefusal.INVALID), Overloaded(None)),
        *(BadAnswer(BadAnswerKind.WRONG_SHAPE), BadAnswer(BadAnswerKind.SERVER_FAULT)),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_queue_that_cannot_be_read_stops_nothing(desk: Desk, error: ServerError) -> None:
    desk.server.fail("enqueued", error)
    taken = await desk.send(then=UploadState.TAKEN)
    (entry,) = desk.server.queued_photos
    assert taken.queue_id == entry, "the field says that it is the queue's"
    assert not taken.can_be_withdrawn
    assert not taken.needs_person
    assert taken.id in desk.outbox.photos, "the bytes stay"
    assert await desk.uploading.withdraw(taken.id) is Withdrawal.NOT_SURE
    desk.server.accept(MARIA.id, entry)
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(60)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    await until(lambda: taken.id not in desk.outbox.photos)


@pytest.mark.parametrize("record", [None, Forbidden()], ids=["record", "no right to the record"])
@pytest.mark.parametrize(
    "error",
    [
        *(Forbidden(), Missing(), ServerRefused(ServerRefusal.INVALID)),
        *(BadAnswer(BadAnswerKind.WRONG_SHAPE), BadAnswer(BadAnswerKind.TOO_LARGE)),
    ],
    ids=["forbidden", "missing", "refused", "odd", "too large"],
)
async def test_a_chart_that_cannot_be_read_stops_nothing(
    desk: Desk, error: ServerError, record: ServerError | None
) -> None:
    desk.server.fail("photo_pages", error)
    if record is not None:
        desk.server.fail("patient", record)
    sent = await desk.send(then=UploadState.SENT)
    assert len(desk.server.queued_photos) == 1
    assert sent.queue_id in desk.server.queued_photos


async def test_a_patient_whose_record_and_list_are_missing_is_sent_nothing(desk: Desk) -> None:
    for method in ("photo_pages", "patient"):
        desk.server.fail(method, Missing())
    refused = await desk.send(then=UploadState.REFUSED)
    assert refused.trouble is UploadProblem.PATIENT_MISSING
    assert not desk.server.queued_photos


async def test_a_chart_whose_server_is_in_trouble_is_waited_for(desk: Desk) -> None:
    desk.server.fail("photo_pages", BadAnswer(BadAnswerKind.SERVER_FAULT), times=1)
    await desk.accept()
    await until(lambda: desk.only.trouble is UploadProblem.CHART_NOT_LISTED)
    assert not desk.server.queued_photos
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(60)
    await until(lambda: desk.only.state is UploadState.SENT)


async def test_one_chart_that_cannot_be_listed_delays_no_other_patients_photos(desk: Desk) -> None:
    desk.server.add_patient(RUTH)
    desk.server.fail("photo_pages", BadAnswer(BadAnswerKind.SERVER_FAULT), subject=MARIA.id)
    await desk.accept(b"first", b"third")
    await desk.uploading.accept(RUTH, photo(b"second"))
    await until(lambda: [sent.data for sent in desk.server.queued_photos.values()] == [b"second"])
    await until(lambda: 5.0 in desk.clock.sleeping_s)
    marias = [each for each in desk.uploading.feed.latest if each.recipient.id == MARIA.id]
    assert [each.state for each in marias] == [UploadState.QUEUED] * 2
    assert [each.trouble for each in marias] == [UploadProblem.CHART_NOT_LISTED, None], (
        "the second waits with the first"
    )
    desk.server.heal()
    desk.clock.turn(5)
    await until(lambda: len(desk.server.queued_photos) == 3)
    assert [sent.data for sent in desk.server.queued_photos.values()] == [b"second", b"first", b"third"]


async def test_where_two_charts_cannot_be_listed_all_photos_wait(desk: Desk) -> None:
    """Cerbo is in trouble then: it's not asked for one patient after the other."""
    for patient in (RUTH, VERA):
        desk.server.add_patient(patient)
    desk.server.fail("photo_pages", BadAnswer(BadAnswerKind.SERVER_FAULT))
    for patient in (MARIA, RUTH, VERA):
        await desk.uploading.accept(patient, photo(patient.last_name.encode()))
    await until(lambda: 5.0 in desk.clock.sleeping_s)
    assert [each.trouble for each in desk.uploading.feed.latest] == [UploadProblem.CHART_NOT_LISTED] * 2 + [None]
    desk.server.heal()
    desk.clock.turn(5)
    await until(lambda: desk.posts == 3)


async def test_a_missing_chart_is_waited_for_while_the_record_is_in_trouble(desk: Desk) -> None:
    desk.server.fail("photo_pages", Missing())
    desk.server.fail("patient", BadAnswer(BadAnswerKind.SERVER_FAULT), times=1)
    await desk.accept()
    await until(lambda: desk.only.trouble is UploadProblem.CHART_NOT_LISTED)
    assert not desk.server.queued_photos
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(60)
    await until(lambda: desk.only.state is UploadState.SENT)


async def test_a_taken_photo_keeps_its_bytes_for_a_week(desk: Desk) -> None:
    desk.server.fail("enqueued", Forbidden())
    taken = await desk.send(then=UploadState.TAKEN)
    await turned(desk, 6 * 86_400)
    assert taken.id in desk.outbox.photos
    await turned(desk, 86_400)
    await until(lambda: taken.id not in desk.outbox.photos)
    assert desk.only.state is UploadState.TAKEN


async def test_a_clock_that_is_set_forward_takes_no_taken_photo(desk: Desk) -> None:
    desk.server.fail("enqueued", Forbidden())
    taken = await desk.send(then=UploadState.TAKEN)
    desk.clock.set_wall(400 * 86_400)
    await turned(desk, 61)
    await turned(desk, 61)
    assert taken.id in desk.outbox.photos


@pytest.mark.parametrize("answer", [Answer.FAILED, Answer.EMPTY, Answer.WEB_PAGE, Answer.DENIED_WITH_ID])
async def test_an_answer_without_a_word_of_success_is_doubt_where_the_queue_cannot_be_read(
    desk: Desk, answer: Answer
) -> None:
    desk.server.answer = answer
    desk.server.fail("enqueued", Forbidden())
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    assert asked.sighting is CheckResult.COULD_NOT_LOOK
    assert asked.id in desk.outbox.photos


@pytest.mark.parametrize("answer", [Answer.EMPTY, Answer.CONFIRMED, Answer.OTHER_ID])
async def test_one_new_entry_settles_an_answer_that_names_none(desk: Desk, answer: Answer) -> None:
    desk.server.answer, desk.server.names_id = answer, "555"
    sent = await desk.send(then=UploadState.SENT)
    assert sent.queue_id == next(iter(desk.server.queued_photos))
    assert sent.queue_id != "555"


@pytest.mark.parametrize("answer", [Answer.LOST, Answer.FAILED, Answer.DENIED_WITH_ID, Answer.WEB_PAGE])
async def test_no_new_entry_settles_an_answer_that_tells_of_no_success(desk: Desk, answer: Answer) -> None:
    desk.server.answer = answer
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    assert asked.sighting is CheckResult.NEW_IN_QUEUE


async def test_an_answer_that_says_nothing_neither_frees_an_entry_nor_the_sealed_photo(desk: Desk) -> None:
    """Nothing was stored, and another PC's photo came meanwhile: the same is seen as after a good upload."""
    desk.server.answer, desk.server.lists_photos = Answer.EMPTY, False
    gate = desk.server.hold("create_photo.answer")
    await desk.accept()
    await until(lambda: desk.only.state is UploadState.COMMITTING)
    desk.server.queues[MARIA.id].append(THEIRS)
    gate.set()
    await until(lambda: desk.only.state is UploadState.SENT)
    assert not desk.only.can_be_withdrawn
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.NOT_SURE
    await turned(desk, 61)
    await turned(desk, 61)
    assert desk.only.id in desk.outbox.photos
    await turned(desk, 8 * 86_400)
    await until(lambda: desk.only.id not in desk.outbox.photos)
    assert desk.server.count("withdraw") == 0


async def test_an_unnamed_entry_is_not_withdrawn_where_the_chart_has_the_photo(desk: Desk) -> None:
    """Ours was accepted before it was ever listed: the one new entry is somebody else's."""
    desk.server.answer, desk.server.lists_photos = Answer.CONFIRMED, False
    gate = desk.server.hold("create_photo.answer")
    await desk.accept(b"head" + ID.encode())
    await until(lambda: desk.only.state is UploadState.COMMITTING)
    desk.server.queues[MARIA.id].append(THEIRS)
    gate.set()
    await until(lambda: desk.only.state is UploadState.SENT)
    (ours,) = desk.server.queued_photos
    desk.server.accept(MARIA.id, ours)
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.LEFT_QUEUE
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.LEFT_QUEUE
    assert desk.server.queues[MARIA.id] == [THEIRS]


@pytest.mark.parametrize("listed", ["new photo", "unreadable"])
async def test_an_unnamed_entry_is_withdrawn_only_where_the_chart_has_nothing_new(desk: Desk, listed: str) -> None:
    desk.server.answer = Answer.CONFIRMED
    sent = await desk.send(then=UploadState.SENT)
    if listed == "unreadable":
        desk.server.fail("photo_pages", Unreachable())
    else:
        desk.server.add_photo(MARIA.id, b"without a mark of ours")
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_SURE
    assert desk.server.count("withdraw") == 0


async def test_a_look_that_ends_while_an_entry_is_withdrawn_leaves_no_card(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    withdraw = desk.server.withdraw

    async def withdraw_slowly(patient_id: PatientId, queue_id: QueueId) -> None:
        await withdraw(patient_id, queue_id)
        looks = desk.server.count("photo_pages")
        desk.uploading.looks.look_now()
        await until(lambda: desk.server.count("photo_pages") > looks and not desk.server.in_flight)
        assert desk.only.state is UploadState.SENT, "the answer is still to come"

    desk.server.withdraw = withdraw_slowly  # type: ignore[method-assign]
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.WITHDRAWN
    assert desk.uploading.feed.latest == ()


async def test_a_message_is_never_taken_for_the_photo(desk: Desk) -> None:
    """The image's own number is that of a message which the patient sent meanwhile."""
    desk.server.answer, desk.server.names_id, desk.server.lists_photos = Answer.OTHER_ID, "77", False
    gate = desk.server.hold("create_photo.answer")
    await desk.accept()
    await until(lambda: desk.only.state is UploadState.COMMITTING)
    desk.server.queues[MARIA.id].append(QueueEntry(QueueId("77"), "message", nature=EntryNature.OTHER))
    gate.set()
    await until(lambda: desk.only.state is UploadState.UNSURE)
    await turned(desk, 60)
    await until(lambda: desk.only.state is UploadState.NEEDS_REVIEW)
    assert desk.only.queue_id is None
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.NOT_SURE
    assert desk.server.count("withdraw") == 0


async def test_the_bytes_stay_until_the_entry_was_seen_twice_a_minute_apart(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.set_wall(7_200)  # somebody sets the clock forward
    await turned(desk, 59)
    assert sent.id in desk.outbox.photos
    await turned(desk, 10)
    await until(lambda: sent.id not in desk.outbox.photos)


async def test_a_queue_that_is_cut_short_proves_nothing(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    desk.server.queue_is_cut = desk.server.lists_photos = True
    desk.server.queues[MARIA.id] = []
    await turned(desk, 600)
    assert desk.only.state is UploadState.SENT
    assert sent.id in desk.outbox.photos


async def test_accepted_in_other_bytes_a_person_looks_at_both(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    assert sent.queue_id is not None
    stranger = desk.server.add_photo(MARIA.id, b"somebody else's")
    ours = desk.server.accept_as(MARIA.id, sent.queue_id, b"other bytes")
    await turned(desk, 3)
    await until(lambda: desk.only.state is UploadState.LEFT_QUEUE)
    assert desk.only.new_photo_id == ours.id
    assert sent.id in desk.outbox.photos, "seen once"
    desk.uploading.deny_photo(sent.id, ours.id)
    await until(lambda: desk.only.new_photo_id == stranger.id)
    desk.uploading.deny_photo(sent.id, stranger.id)
    await until(lambda: desk.only.state is UploadState.GONE)
    assert [decision for _, decision in desk.outbox.decisions] == [Decision.OTHER_PHOTO] * 2
    third = desk.server.add_photo(MARIA.id, b"again other bytes")
    await turned(desk, 60)
    await until(lambda: desk.only.new_photo_id == third.id)
    desk.uploading.confirm_photo(sent.id, third.id)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    await until(lambda: sent.id not in desk.outbox.photos)


async def test_one_photo_of_the_chart_is_not_said_to_be_two(desk: Desk) -> None:
    """Two like shots: staff accept one, in other bytes, and clear the other."""
    await desk.accept(b"first", b"second")
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))
    first, second = desk.uploading.feed.latest
    assert first.queue_id is not None
    assert second.queue_id is not None
    ours = desk.server.accept_as(MARIA.id, first.queue_id, b"other bytes")
    await desk.server.withdraw(MARIA.id, second.queue_id)
    await turned(desk, 3)
    await until(lambda: {each.new_photo_id for each in desk.uploading.feed.latest} == {ours.id})
    desk.uploading.confirm_photo(first.id, ours.id)
    desk.uploading.confirm_photo(second.id, ours.id)
    for _ in range(2):
        await turned(desk, 30)
    await until(lambda: [each.state for each in desk.uploading.feed.latest] == [UploadState.ACCEPTED, UploadState.GONE])
    assert second.id in desk.outbox.photos


async def test_a_look_that_is_broken_off_leaves_the_doubt_to_a_person(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    gate = desk.server.hold("enqueued")
    first = asyncio.ensure_future(desk.uploading.look_first(asked.id))
    await until(lambda: desk.only.state is UploadState.CHECKING and desk.server.in_flight)
    second = asyncio.ensure_future(desk.uploading.look_first(asked.id))
    await asyncio.sleep(0.02)
    gate.set()
    await asyncio.wait({first, second})
    assert desk.only.state is UploadState.NEEDS_REVIEW


@pytest.mark.parametrize("answer", [Answer.FAILED, Answer.DENIED_WITH_ID, Answer.WEB_PAGE])
async def test_an_answer_that_tells_of_a_failure_is_not_called_lost(desk: Desk, answer: Answer) -> None:
    desk.server.answer = answer
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    assert asked.trouble is None
    assert not asked.has_answer


async def test_a_withdrawal_that_cannot_be_written_down_is_not_begun(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    desk.outbox.fails["record_decision"] = NotSafeReason.DISK_FULL
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_WRITTEN
    assert desk.server.count("withdraw") == 0


async def test_a_doubt_settles_by_itself_when_the_photo_is_found_later(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent())
    await desk.send(then=UploadState.NEEDS_REVIEW)
    desk.server.accept(MARIA.id, next(iter(desk.server.queued_photos)))
    await turned(desk, 3)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.posts == 1


async def test_a_doubt_settles_by_itself_after_a_restart(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent())
    await desk.send(then=UploadState.NEEDS_REVIEW)
    desk.server.accept(MARIA.id, next(iter(desk.server.queued_photos)))
    after = await restarted(desk)
    await until(lambda: after.only.state is UploadState.ACCEPTED)
    assert desk.posts == 1
    await after.uploading.aclose()


@pytest.mark.parametrize("is_dated", [True, False])
async def test_a_doubt_without_a_list_from_before_is_found_by_our_mark(desk: Desk, is_dated: bool) -> None:
    """The ledger was lost, and the photo was taken up again from its file."""
    sent = await desk.send(then=UploadState.SENT, data=b"head" + ID.encode() + b"pixels")
    desk.outbox.uploads[sent.id] = replace(sent, state=UploadState.UNSURE, queue_id=None)
    desk.outbox.evidence.clear()
    old = desk.clock.now() - timedelta(days=400) if is_dated else None
    for number in range(30):
        desk.server.add_photo(MARIA.id, b"old photo %d" % number, taken_at=old)
    at = desk.clock.now() if is_dated else None
    desk.server.add_photo(MARIA.id, b"other bytes " + ID.encode(), taken_at=at)
    after = await restarted(desk)
    await until(lambda: after.only.state is UploadState.ACCEPTED)
    assert desk.server.count("content") <= 20, "not the whole chart"
    await after.uploading.aclose()


async def test_a_doubt_without_a_list_from_before_says_so(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    desk.outbox.uploads[sent.id] = replace(sent, state=UploadState.UNSURE, queue_id=None)
    desk.outbox.evidence.clear()
    after = await restarted(desk)
    await until(lambda: after.only.state is UploadState.NEEDS_REVIEW)
    assert after.only.sighting is CheckResult.NO_LIST_BEFORE
    await after.uploading.aclose()


async def test_a_queue_that_could_not_be_read_before_is_told_as_just_that(desk: Desk) -> None:
    desk.server.fail("enqueued", BadAnswer(BadAnswerKind.SERVER_FAULT), times=1)
    await desk.send(then=UploadState.TAKEN)
    await turned(desk, 61)
    assert desk.only.sighting is CheckResult.NO_LIST_BEFORE
    assert not desk.only.can_be_withdrawn


async def test_a_photo_of_the_chart_that_never_loads_holds_nothing_up(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    assert sent.queue_id is not None
    ours = desk.server.accept_as(MARIA.id, sent.queue_id, b"other bytes")
    bad = desk.server.add_photo(MARIA.id, b"x")
    for route in ("content", "stream"):
        desk.server.fail(route, ServerRefused(ServerRefusal.INVALID), subject=bad.id)
    await turned(desk, 3)
    assert desk.only.state is UploadState.SENT, "it may load at the next look, and be ours"
    for _ in range(3):
        await turned(desk, 61)
    await until(lambda: desk.only.state is UploadState.LEFT_QUEUE)
    assert desk.only.new_photo_id == ours.id, "the one that can be looked at"


async def test_before_it_is_sent_again_it_is_looked_for(desk: Desk) -> None:
    desk.server.lists_photos = False
    desk.server.fail("create_photo.answer", MaybeSent())
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    assert asked.sighting is CheckResult.NOTHING_NEW
    desk.server.lists_photos = True
    looked = await desk.uploading.look_first(asked.id)
    assert looked is not None
    assert (looked.state, looked.sighting) == (UploadState.NEEDS_REVIEW, CheckResult.NEW_IN_QUEUE)
    desk.server.accept(MARIA.id, next(iter(desk.server.queued_photos)))
    looked = await desk.uploading.look_first(asked.id)
    assert looked is not None
    assert looked.state is UploadState.ACCEPTED


async def test_a_list_that_lags_is_waited_for_and_the_next_photo_of_the_patient_too(desk: Desk) -> None:
    desk.server.answer, desk.server.lists_photos = Answer.CONFIRMED, False
    await desk.accept(b"first", b"second")
    await until(lambda: desk.uploading.feed.latest[0].state is UploadState.UNSURE)
    await until(lambda: len(desk.clock.sleeping_s) == 2)
    assert desk.posts == 1
    desk.server.lists_photos = True
    await turned(desk, 3)
    await until(lambda: desk.uploading.feed.latest[0].state is UploadState.SENT)
    desk.clock.turn(1)
    await until(lambda: desk.uploading.feed.latest[1].state is UploadState.SENT)
    assert {each.queue_id for each in desk.uploading.feed.latest} == set(desk.server.queued_photos)


async def test_the_same_photo_twice_is_found_twice(desk: Desk) -> None:
    for unique_id in ("a" * 32, "b" * 32):  # taken up twice, so under two ids
        taken = photo(b"one photo")
        await desk.uploading.accept(MARIA, replace(taken, photo=replace(taken.photo, unique_id=unique_id)))
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))
    first, second = desk.uploading.feed.latest
    assert first.queue_id is not None
    desk.server.accept(MARIA.id, first.queue_id)
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(60)
    await until(lambda: desk.uploading.feed.latest[0].state is UploadState.ACCEPTED)
    assert desk.uploading.feed.latest[1].state is UploadState.SENT
    assert second.queue_id is not None
    desk.server.accept(MARIA.id, second.queue_id)
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(60)
    await until(lambda: desk.uploading.feed.latest[1].state is UploadState.ACCEPTED)


async def test_a_restart_goes_on_with_what_was_queued(desk: Desk) -> None:
    desk.server.fail("create_photo", Unreachable(), times=1)
    await desk.send(then=UploadState.QUEUED)
    await until(lambda: desk.only.trouble is UploadProblem.UNREACHABLE)
    after = await restarted(desk)
    await until(lambda: after.only.state is UploadState.SENT)
    assert len(desk.server.queued_photos) == 1
    await after.uploading.aclose()


async def test_a_restart_in_the_middle_of_doubt_asks_and_does_not_send(desk: Desk) -> None:
    desk.server.hold("create_photo.answer")
    await desk.accept()
    await until(lambda: desk.server.queued_photos)
    assert desk.outbox.uploads[desk.only.id].state is UploadState.COMMITTING, "on disk before the last byte left"
    after = await restarted(desk)
    await until(lambda: after.only.state is UploadState.NEEDS_REVIEW)
    assert after.only.sighting is CheckResult.NEW_IN_QUEUE
    assert desk.posts == 1
    await after.uploading.aclose()


async def test_what_the_disk_does_not_take_is_not_accepted(desk: Desk) -> None:
    desk.outbox.fails["accept"] = NotSafeReason.DISK_FULL
    with pytest.raises(NotSafe):
        await desk.accept()
    assert desk.uploading.feed.latest == ()
    assert desk.posts == 0


async def test_the_last_byte_stays_when_the_disk_cannot_take_it_down(desk: Desk) -> None:
    gate = desk.server.hold("create_photo")
    await desk.accept()
    await until(lambda: desk.posts == 1)
    desk.outbox.fails["move"] = NotSafeReason.DISK_FAILED
    gate.set()
    await until(lambda: desk.only.trouble is UploadProblem.DISK)
    assert not desk.server.queued_photos
    assert desk.only.needs_person
    desk.outbox.fails.clear()
    desk.uploading.retry(desk.only.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert len(desk.server.queued_photos) == 1
    assert desk.outbox.uploads[desk.only.id].state is UploadState.SENT


async def test_a_list_that_another_hand_changed_is_no_broken_disk(desk: Desk) -> None:
    desk.outbox.fails["move"] = NotSafeReason.LIST_CHANGED
    await desk.accept()
    await until(lambda: desk.only.trouble is UploadProblem.LIST_CHANGED)
    assert desk.only.needs_person
    assert desk.posts == 0


async def test_a_disk_that_fails_after_the_answer_loses_no_knowledge(desk: Desk) -> None:
    gate = desk.server.hold("create_photo.answer")
    await desk.accept()
    await until(lambda: desk.server.queued_photos)
    desk.outbox.fails["move"] = NotSafeReason.DISK_FAILED
    gate.set()
    await until(lambda: desk.only.state is UploadState.SENT)
    assert desk.outbox.uploads[desk.only.id].state is UploadState.COMMITTING
    desk.outbox.fails.clear()
    assert desk.only.queue_id is not None
    desk.server.accept(MARIA.id, desk.only.queue_id)
    await until(lambda: desk.clock.sleeping_s)
    desk.clock.turn(60)
    await until(lambda: desk.outbox.uploads[desk.only.id].state is UploadState.ACCEPTED)


async def test_a_sealed_file_that_does_not_open_is_shown(desk: Desk) -> None:
    desk.outbox.fails["photo"] = NotSafeReason.SEAL_BROKEN
    refused = await desk.send(then=UploadState.REFUSED)
    assert refused.trouble is UploadProblem.UNREADABLE
    assert desk.posts == 0


async def test_an_entry_that_the_answer_names_and_the_queue_showed_can_be_withdrawn(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.WITHDRAWN
    assert desk.uploading.feed.latest == ()
    assert desk.server.subjects("withdraw") == [sent.queue_id]
    assert not desk.server.queued_photos


async def test_an_entry_that_no_answer_names_is_withdrawn_only_while_nothing_else_may_be_it(desk: Desk) -> None:
    desk.server.answer = Answer.CONFIRMED
    sent = await desk.send(then=UploadState.SENT)
    assert sent.can_be_withdrawn
    desk.server.queues[MARIA.id].append(QueueEntry(QueueId("8"), "upload"))
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_SURE
    assert desk.server.count("withdraw") == 0
    desk.server.queues[MARIA.id].pop()
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.WITHDRAWN


@pytest.mark.parametrize(
    ("error", "ended"),
    [
        (ServerRefused(ServerRefusal.RESULT_FALSE), Withdrawal.REFUSED),
        (Missing(), Withdrawal.NOT_DONE),  # the queue's list still shows it
        (Unreachable(), Withdrawal.NOT_DONE),
    ],
)
async def test_a_withdrawal_that_cerbo_did_not_do_is_not_called_done(
    desk: Desk, error: ServerError, ended: Withdrawal
) -> None:
    sent = await desk.send(then=UploadState.SENT)
    desk.server.fail("withdraw", error)
    assert await desk.uploading.withdraw(sent.id) is ended
    assert desk.only.state is UploadState.SENT
    desk.server.fail("enqueued", Forbidden())
    was_lost = isinstance(error, Unreachable)
    unread = Withdrawal.NOT_NOW if was_lost else Withdrawal.NOT_ASKED
    assert await desk.uploading.withdraw(sent.id) is unread


async def test_what_cannot_be_written_down_is_not_decided(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    desk.outbox.fails["record_decision"] = NotSafeReason.DISK_FULL
    desk.uploading.send_again(asked.id)
    await asyncio.sleep(0.02)
    assert desk.only.state is UploadState.NEEDS_REVIEW
    assert desk.posts == 1
    desk.outbox.fails.clear()
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert desk.outbox.decisions == [(asked.id, Decision.SEND_AGAIN)]


@pytest.mark.parametrize("reason", [NotSafeReason.DISK_FULL, NotSafeReason.LIST_CHANGED, NotSafeReason.DISK_BUSY])
async def test_a_decision_that_the_disk_does_not_take_down_is_not_done_and_that_is_told(
    desk: Desk, reason: NotSafeReason
) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    await desk.send(then=UploadState.NEEDS_REVIEW)
    told: list[NotDone | None] = []
    desk.uploading.not_done.subscribe(told.append, replay=False)
    desk.outbox.fails["record_decision"] = reason
    desk.uploading.confirm_arrived(desk.only.id)
    await until(lambda: len(told) == 1)
    desk.uploading.send_again(desk.only.id)
    await until(lambda: len(told) == 2)
    assert [(each.upload.id, each.reason) for each in told if each is not None] == [(desk.only.id, reason)] * 2
    assert desk.only.state is UploadState.NEEDS_REVIEW
    assert desk.posts == 1
