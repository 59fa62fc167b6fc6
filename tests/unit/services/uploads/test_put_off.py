"""A photo that Cerbo had whole when it asked for a wait: it may be stored all the same, and lists may lag behind."""

import asyncio
from collections.abc import Callable

import pytest

from cerbo_desktop.domain.errors import (
    Forbidden,
    Overloaded,
    ServerRefusal,
    ServerRefused,
    TurnedAway,
    Unreachable,
)
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.upload import CheckResult, UploadProblem, UploadState
from tests.unit.services.uploads.desk import MARIA, MARKED, THEIRS, Desk, photo, restarted
from tests.waiting import until


async def _put_off(desk: Desk, asked_s: float = 2, *, is_stored: bool) -> None:
    desk.server.loses_photos = not is_stored
    desk.server.fail("create_photo.answer", Overloaded(asked_s), times=1)
    gate = desk.server.hold("create_photo.answer")
    await desk.accept(MARKED)
    await until(lambda: desk.only.state is UploadState.COMMITTING and (not is_stored or desk.server.queued_photos))
    desk.server.not_listed_yet = set(desk.server.queued_photos)
    gate.set()
    await until(lambda: desk.only.trouble is UploadProblem.BUSY)
    desk.server.loses_photos = False
    await until(lambda: desk.clock.sleeping_s)  # the wait begins before the clock is turned


@pytest.fixture(autouse=True)
def _without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is turned by hand, and a thread would take real time meanwhile."""

    async def at_once(work: Callable[..., object], *arguments: object) -> object:
        return work(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)


async def _pass(desk: Desk, seconds: int) -> None:
    """Second by second, so that every look comes in its turn."""
    for _ in range(seconds):
        desk.clock.turn(1)
        for _ in range(60):
            await asyncio.sleep(0)


async def _pass_until(desk: Desk, is_so: Callable[[], object], within_s: int = 300) -> None:
    """As many seconds as it takes: a busy PC does less in each."""
    for _ in range(within_s):
        if is_so():
            return
        await _pass(desk, 1)
    assert is_so()


async def test_lists_that_lag_hide_no_photo_that_was_stored(desk: Desk) -> None:
    await _put_off(desk, is_stored=True)
    await _pass(desk, 15)
    assert (desk.only.state, desk.posts) == (UploadState.UNSURE, 1)
    desk.server.not_listed_yet.clear()
    await _pass(desk, 20)
    assert (desk.only.state, desk.only.sighting) == (UploadState.NEEDS_REVIEW, CheckResult.NEW_IN_QUEUE)
    assert desk.only.trouble is UploadProblem.BUSY
    await _pass(desk, 300)
    assert desk.posts == 1, "a person was asked"


@pytest.mark.parametrize(("asked_s", "goes_after_s"), [(2, 30), (50, 50)])
async def test_one_that_no_list_shows_goes_out_once_more_after_half_a_minute_and_the_wait(
    desk: Desk, asked_s: int, goes_after_s: int
) -> None:
    await _put_off(desk, asked_s, is_stored=False)
    await _pass(desk, goes_after_s - 1)
    assert desk.posts == 1
    await _pass_until(desk, lambda: desk.only.state is UploadState.SENT, within_s=20)
    assert desk.posts == 2
    assert desk.only.is_sent_again


async def test_a_first_try_that_shows_after_the_second_is_told(desk: Desk) -> None:
    """The list lags by more than can be waited for."""
    await _put_off(desk, is_stored=True)
    await _pass_until(desk, lambda: desk.only.state is UploadState.SENT)
    first, second = desk.server.queued_photos
    assert desk.only.queue_id == second
    desk.server.not_listed_yet.clear()
    await _pass_until(desk, lambda: desk.only.other_try_id == first)
    desk.server.accept(MARIA.id, first)
    desk.server.accept(MARIA.id, second)
    await _pass_until(desk, lambda: desk.only.is_twice_in_chart)


async def test_a_stop_before_it_goes_once_more_leaves_it_a_doubt(desk: Desk) -> None:
    await _put_off(desk, 120, is_stored=True)
    await _pass(desk, 60)
    assert desk.only.state is UploadState.QUEUED
    desk.uploading.stop_sending(desk.only.id)
    await until(lambda: desk.only.state is UploadState.NEEDS_REVIEW)
    assert not desk.only.is_sent_again
    desk.uploading.send_again(desk.only.id)
    await until(lambda: desk.posts == 2 and desk.only.state is UploadState.SENT)


async def test_a_second_try_that_is_refused_leaves_the_doubt_of_before(desk: Desk) -> None:
    await _put_off(desk, is_stored=True)
    desk.server.fail("create_photo", ServerRefused(ServerRefusal.TOO_BIG))
    await _pass_until(desk, lambda: desk.only.state is UploadState.NEEDS_REVIEW)
    assert (desk.only.trouble, desk.only.is_sent_again) == (UploadProblem.TOO_BIG, False)


async def test_the_whole_queue_waits_as_told_and_then_goes_on(desk: Desk) -> None:
    await _put_off(desk, 10, is_stored=False)
    anna = desk.server.add_patient(Patient(PatientId("7"), "Anna", "Berg"))
    await desk.uploading.accept(anna, photo(b"another"))
    await _pass(desk, 9)
    assert desk.posts == 1
    await _pass(desk, 2)
    assert desk.server.subjects("create_photo") == [MARIA.id, anna.id]


@pytest.mark.parametrize("operation", ["enqueued", "photo_pages"])
async def test_a_list_that_cannot_be_read_is_waited_for_some_minutes_then_a_person_is_asked(
    desk: Desk, operation: str
) -> None:
    await _put_off(desk, is_stored=True)
    desk.server.fail(operation, Unreachable())
    await _pass(desk, 100)
    assert (desk.only.state, desk.posts) == (UploadState.UNSURE, 1)
    await _pass(desk, 150)
    assert (desk.only.state, desk.only.sighting) == (UploadState.NEEDS_REVIEW, CheckResult.COULD_NOT_LOOK)
    desk.server.heal()
    await _pass(desk, 400)
    assert (desk.only.state, desk.only.sighting) == (UploadState.NEEDS_REVIEW, CheckResult.NOTHING_NEW)
    assert desk.posts == 1, "a person was asked"


async def test_a_queue_that_this_key_may_not_read_proves_nothing(desk: Desk) -> None:
    desk.server.fail("enqueued", Forbidden())
    await _put_off(desk, is_stored=True)
    await until(lambda: desk.only.state is UploadState.NEEDS_REVIEW)
    await _pass(desk, 300)
    assert desk.posts == 1


async def test_an_entry_that_says_that_it_is_closed_is_something_new(desk: Desk) -> None:
    desk.server.closed_ids.add(QueueId("1001"))
    await _put_off(desk, is_stored=True)
    desk.server.not_listed_yet.clear()
    await _pass(desk, 60)
    assert (desk.only.state, desk.only.sighting) == (UploadState.NEEDS_REVIEW, CheckResult.CLOSED_IN_QUEUE)
    assert desk.posts == 1


async def test_an_entry_that_was_closed_before_is_nothing_new(desk: Desk) -> None:
    desk.server.queues[MARIA.id].append(THEIRS)
    desk.server.closed_ids.add(THEIRS.id)
    await _put_off(desk, is_stored=False)
    await _pass_until(desk, lambda: desk.only.state is UploadState.SENT)


@pytest.mark.parametrize("is_stored", [True, False])
async def test_another_start_counts_the_half_minute_anew(desk: Desk, is_stored: bool) -> None:
    await _put_off(desk, is_stored=is_stored)
    after = await restarted(desk)
    await _pass(after, 20)
    assert (after.only.state, after.posts) == (UploadState.UNSURE, 1)
    after.server.not_listed_yet.clear()
    await _pass(after, 40)
    ends = UploadState.NEEDS_REVIEW if is_stored else UploadState.SENT
    await until(lambda: after.only.state is ends)
    assert len(after.server.queued_photos) == 1
    await after.uploading.aclose()


async def test_another_start_counts_the_half_minute_anew_where_it_was_turned_away(desk: Desk) -> None:
    desk.server.loses_photos = True
    desk.server.fail("create_photo.answer", TurnedAway(), times=1)
    await desk.send(then=UploadState.UNSURE)
    after = await restarted(desk)
    await _pass(after, 20)
    assert after.only.state is UploadState.UNSURE
    await _pass_until(after, lambda: after.only.state is UploadState.REFUSED)
    await after.uploading.aclose()


async def test_a_wait_asked_for_before_the_last_byte_is_as_long_as_asked(desk: Desk) -> None:
    desk.server.fail("create_photo", Overloaded(2), times=1)
    await desk.accept()
    await until(lambda: desk.clock.sleeping_s == [2.0])
    desk.clock.turn(2)
    await until(lambda: desk.only.state is UploadState.SENT)
    assert not desk.only.is_sent_again
