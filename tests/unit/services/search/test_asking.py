"""What a person is asked holds for the moment of asking: what went on meanwhile is said before anything is done."""

from collections.abc import Awaitable, Callable

import pytest

from cerbo_desktop.domain.errors import MaybeSent, NotSafeReason, SignedOut, Unreachable
from cerbo_desktop.domain.ids import QueueId
from cerbo_desktop.domain.upload import CheckResult, Upload, UploadProblem, UploadState
from cerbo_desktop.services.connection import Busy, ConnectionState, Offline, Online
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from cerbo_desktop.ui.uploads.asking import Asking
from tests.fakes.hand_clock import HandClock
from tests.unit.services.uploads.desk import MARIA, Desk, turned
from tests.waiting import until

Meanwhile = Callable[[], Awaitable[None]]


class Person:
    """Reads each question while `meanwhile` happens, and says yes to as many as told."""

    def __init__(self, desk: Desk, *, yes: int, meanwhile: Meanwhile | None = None) -> None:
        self.asked: list[str] = []
        self.words: list[str] = []
        self.told: list[str] = []
        self._yes, self._meanwhile = yes, meanwhile
        self.at_each_question: Meanwhile | None = None
        self.line: ConnectionState = Online()
        self.asking = Asking(desk.uploading, desk.clock, self._confirm, self._tell, lambda: self.line)

    async def _confirm(self, upload: Upload, title: str, text: str, word: str) -> bool:
        assert upload.preview.pixels, "which photo is meant is shown"
        self.asked.append(text)
        self.words.append(word)
        if self._meanwhile is not None and len(self.asked) == 1:
            await self._meanwhile()
        if self.at_each_question is not None:
            await self.at_each_question()
        return len(self.asked) <= self._yes

    async def _tell(self, title: str, text: str) -> None:
        self.told.append(text)


async def _held(desk: Desk) -> None:
    desk.server.fail("create_photo", SignedOut(), times=1)
    await desk.accept()
    await until(lambda: desk.only.trouble is UploadProblem.SIGNED_OUT)


def _entry(desk: Desk) -> QueueId:
    (entry,) = desk.server.queued_photos
    return entry


@pytest.mark.parametrize("yes", [1, 2])
async def test_a_photo_that_was_sent_while_its_deleting_was_asked_about_is_not_just_deleted(
    desk: Desk, yes: int
) -> None:
    async def line_is_back() -> None:
        desk.uploading.resume()
        await until(lambda: desk.only.state is UploadState.SENT)

    await _held(desk)
    person = Person(desk, yes=yes, meanwhile=line_is_back)
    await person.asking.discard(desk.only.id)
    assert "was not sent" in person.asked[0]
    assert "was sent and is waiting in Cerbo’s queue" in person.asked[1]
    assert person.words == ["Delete photo", "Withdraw"]
    if yes == 2:
        assert not desk.server.queued_photos
        assert desk.uploading.feed.latest == ()
    else:
        assert desk.only.state is UploadState.SENT


async def test_a_photo_on_the_line_stays_and_that_is_said(desk: Desk) -> None:
    async def line_is_back() -> None:
        desk.server.hold("create_photo.answer")
        desk.uploading.resume()
        await until(lambda: desk.only.state is UploadState.COMMITTING)

    await _held(desk)
    person = Person(desk, yes=9, meanwhile=line_is_back)
    await person.asking.discard(desk.only.id)
    assert desk.only.state is UploadState.COMMITTING
    assert "is now being sent" in person.told[0]


async def test_a_photo_that_is_still_held_is_deleted(desk: Desk) -> None:
    await _held(desk)
    person = Person(desk, yes=1)
    await person.asking.discard(desk.only.id)
    assert desk.uploading.feed.latest == ()
    assert person.told == []


async def test_a_deleting_that_the_disk_does_not_take_down_is_told(desk: Desk) -> None:
    await _held(desk)
    desk.outbox.fails["record_decision"] = NotSafeReason.DISK_FULL
    person = Person(desk, yes=1)
    await person.asking.discard(desk.only.id)
    assert desk.only.id in desk.outbox.photos
    assert "couldn’t save the decision" in person.told[0]


async def test_what_may_have_arrived_is_not_called_unsent(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    person = Person(desk, yes=0)
    await person.asking.discard(asked.id)
    assert "may have arrived. Deleting it here doesn’t remove it from Cerbo." in person.asked[0]


async def test_the_only_copy_of_a_photo_that_is_gone_is_asked_about_and_can_go_again(desk: Desk) -> None:
    """Seen once, and cleared by staff within the minute."""
    await desk.send(then=UploadState.SENT)
    await desk.server.withdraw(MARIA.id, _entry(desk))
    await turned(desk, 3)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)
    person = Person(desk, yes=0)
    await person.asking.discard(desk.only.id)
    assert "This app keeps no other copy" in person.asked[0]
    assert desk.only.id in desk.outbox.photos
    looks = desk.server.count("enqueued")
    person = Person(desk, yes=1)
    await person.asking.send_again(desk.only.id)
    assert desk.server.count("enqueued") > looks, "it is looked for first"
    assert "Ask who cleared it" in person.asked[0]
    await until(lambda: desk.only.state is UploadState.SENT)
    assert desk.only.queue_id == _entry(desk)


async def test_a_photo_that_is_gone_and_not_here_any_more_goes_from_the_list_unasked(desk: Desk) -> None:
    await desk.send(then=UploadState.SENT)
    await turned(desk, 61)
    await turned(desk, 61)
    await until(lambda: not desk.only.has_photo)
    await desk.server.withdraw(MARIA.id, _entry(desk))
    await turned(desk, 61)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)
    person = Person(desk, yes=0)
    await person.asking.discard(desk.only.id)
    assert person.asked == []
    assert desk.uploading.feed.latest == ()


async def test_words_that_have_become_old_send_nothing_again(desk: Desk) -> None:
    async def its_entry_shows() -> None:
        desk.server.lists_photos = True
        desk.uploading.looks.look_now()
        await until(lambda: desk.only.sighting is CheckResult.NEW_IN_QUEUE)

    desk.server.lists_photos = False
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    person = Person(desk, yes=1, meanwhile=its_entry_shows)
    await person.asking.send_again(asked.id)
    assert "nothing new just now" in person.asked[0]
    assert "one more entry" in person.asked[1]
    assert desk.posts == 1


@pytest.mark.parametrize("is_known", [False, True])
async def test_a_wrong_patients_photo_that_was_accepted_meanwhile_is_looked_for_in_the_chart(
    desk: Desk, is_known: bool
) -> None:
    async def staff_accept() -> None:
        desk.server.accept(MARIA.id, _entry(desk))
        if is_known:
            desk.uploading.looks.look_now()
            await until(lambda: desk.only.state is UploadState.ACCEPTED)

    sent = await desk.send(then=UploadState.SENT)
    person = Person(desk, yes=1, meanwhile=staff_accept)
    await person.asking.wrong_patient(sent.id)
    (told,) = person.told
    assert "is no longer in Cerbo’s queue" in told
    assert "from the chart of" in told
    assert "queue number" not in told


async def test_a_question_that_stood_open_for_long_is_looked_at_once_more(desk: Desk) -> None:
    """Between two looks of the app's own: what came meanwhile is seen by nothing else."""

    async def half_a_minute_passes() -> None:
        desk.server.lists_photos = True
        desk.clock.turn(31)

    desk.server.lists_photos = False
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    for _ in range(6):
        await turned(desk, 61)  # looks are a minute apart by now
    person = Person(desk, yes=1, meanwhile=half_a_minute_passes)
    await person.asking.send_again(asked.id)
    assert "nothing new just now" in person.asked[0]
    assert "one more entry" in person.asked[1]
    assert desk.posts == 1


async def test_a_question_that_is_answered_at_once_costs_one_look(desk: Desk) -> None:
    desk.server.lists_photos = False
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    pages = desk.server.count("photo_pages")
    person = Person(desk, yes=0)
    await person.asking.send_again(asked.id)
    assert desk.server.count("photo_pages") == pages + 1


async def test_what_is_taken_back_of_two_is_told(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.only.state is UploadState.SENT)
    person = Person(desk, yes=1)
    await person.asking.withdraw(asked.id)
    assert "may be this photo too" in person.asked[0]
    assert "This photo was sent twice." in person.told[0]


async def test_a_second_try_that_was_not_sent_is_not_called_unsent(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    desk.server.fail("create_photo", SignedOut(), times=1)
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.only.trouble is UploadProblem.SIGNED_OUT)
    person = Person(desk, yes=0)
    await person.asking.discard(asked.id)
    assert "may have arrived" in person.asked[0]


async def test_taken_back_while_the_question_stood_open_for_the_second_time(desk: Desk) -> None:
    async def first_press_ends() -> None:
        await desk.uploading.withdraw(sent.id)

    sent = await desk.send(then=UploadState.SENT)
    person = Person(desk, yes=1, meanwhile=first_press_ends)
    await person.asking.withdraw(sent.id)
    assert person.told == ["The photo is no longer in this list. Nothing more was done."]
    assert desk.server.count("withdraw") == 1


async def test_a_third_try_is_asked_about_with_the_entry_of_the_first(desk: Desk) -> None:
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW)
    first = _entry(desk)
    desk.server.fail("create_photo", MaybeSent(), times=1)
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.posts == 2 and desk.only.state is UploadState.NEEDS_REVIEW)
    person = Person(desk, yes=0)
    await person.asking.send_again(asked.id)
    assert f"entry {first} in Cerbo’s queue may be this photo too" in person.asked[0]
    assert "nothing new" not in person.asked[0]


NOW = HandClock().now()
LINES: dict[str, ConnectionState] = {
    "Cerbo can’t be reached just now": Offline(NOW, NOW),
    "Cerbo is busy and asked this PC to wait": Busy(NOW, NOW),
    "Cerbo’s queue can’t be read just now": Online(),
}


@pytest.mark.parametrize("why", LINES)
async def test_taking_back_that_the_moment_stood_against_says_why_and_is_tried_again(desk: Desk, why: str) -> None:
    sent = await desk.send(then=UploadState.SENT)
    desk.server.fail("enqueued", Unreachable())

    async def line_is_back() -> None:
        if len(person.asked) == 3:
            desk.server.heal()

    person = Person(desk, yes=3)
    person.line = LINES[why]
    person.at_each_question = line_is_back
    await person.asking.withdraw(sent.id)
    assert person.words == ["Withdraw", "Try again", "Try again"]
    nothing = f"{why}, so nothing was withdrawn. The photo is in Cerbo as before. Try again in a moment."
    assert person.asked[1].startswith(f"{nothing}\n\nTell whoever works in Cerbo:")
    assert person.told == []
    assert not desk.server.queued_photos
    assert desk.uploading.feed.latest == ()


async def test_a_person_who_does_not_try_again_has_changed_nothing(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    desk.server.fail("enqueued", Unreachable())
    person = Person(desk, yes=1)
    await person.asking.withdraw(sent.id)
    assert len(person.asked) == 2
    assert desk.only.state is UploadState.SENT
    assert desk.server.queued_photos
    assert not person.asking.is_withdrawing(sent.id)


async def test_where_cerbo_was_asked_before_nobody_says_that_nothing_was_taken_back(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT)
    desk.server.fail("withdraw", Unreachable())
    assert await desk.uploading.withdraw(sent.id) is Withdrawal.NOT_DONE
    desk.server.fail("enqueued", Unreachable())
    person = Person(desk, yes=1)
    await person.asking.withdraw(sent.id)
    assert "so it isn’t certain whether the photo is still in it." in person.asked[1]
