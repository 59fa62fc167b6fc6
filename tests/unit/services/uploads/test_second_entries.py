"""A photo that a person sent again, and whose first try had arrived: two entries, and perhaps twice in the chart."""

import pytest

from cerbo_desktop.domain.errors import Forbidden, MaybeSent
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from tests.unit.services.uploads.desk import MARIA, MARKED, Desk, restarted, sent_twice, turned
from tests.waiting import until


async def _looked(desk: Desk, times: int = 2) -> None:
    for _ in range(times):
        await turned(desk, 61)


async def test_found_while_its_second_entry_waits_is_told_and_that_one_taken_back(desk: Desk) -> None:
    first, second = await sent_twice(desk)
    desk.server.accept(MARIA.id, first)
    await _looked(desk)
    await until(lambda: desk.only.second_entry_id == second)
    assert desk.only.state is UploadState.SENT
    assert desk.only.needs_person
    assert desk.only.can_be_withdrawn
    await until(lambda: not desk.only.has_photo)
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.WITHDRAWN
    assert desk.server.subjects("withdraw") == [second]
    assert (desk.only.state, desk.only.needs_person) == (UploadState.ACCEPTED, False)


async def test_both_for_a_moment_is_a_normal_acceptance(desk: Desk) -> None:
    """The queue was listed before staff accepted it, the chart after."""
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    told: list[bool] = []
    desk.uploading.feed.subscribe(lambda uploads: told.extend(each.needs_person for each in uploads))
    gate = desk.server.hold("photo_pages")
    await until(lambda: desk.clock.sleeping_s)
    pages = desk.server.count("photo_pages")
    desk.uploading.looks.look_now()
    await until(lambda: desk.server.count("photo_pages") > pages)
    desk.server.accept(MARIA.id, sent.queue_id)
    gate.set()
    await until(lambda: desk.clock.sleeping_s and not desk.server.in_flight)
    assert desk.only.state is UploadState.SENT
    assert min(desk.clock.sleeping_s) <= 3, "it looks again at once"
    await turned(desk, 3)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert not any(told)


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_both_accepted_is_told_once(desk: Desk, is_restarted: bool) -> None:
    first, second = await sent_twice(desk)
    desk.server.accept(MARIA.id, first)
    await _looked(desk)
    await until(lambda: desk.only.second_entry_id == second)
    after = await restarted(desk) if is_restarted else desk
    assert after.only.second_entry_id == second
    desk.server.accept(MARIA.id, second)
    if not is_restarted:
        await _looked(after, 1)
    await until(lambda: after.only.state is UploadState.ACCEPTED)
    assert after.only.is_twice_in_chart
    assert after.only.needs_person
    await after.uploading.discard(after.only.id, UploadState.ACCEPTED)
    assert after.uploading.feed.latest == ()
    await after.uploading.aclose()


async def test_both_accepted_between_two_looks_is_told(desk: Desk) -> None:
    for entry in await sent_twice(desk):
        desk.server.accept(MARIA.id, entry)
    await _looked(desk, 1)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.only.is_twice_in_chart


async def test_a_second_entry_that_staff_clear_leaves_it_found(desk: Desk) -> None:
    first, second = await sent_twice(desk)
    desk.server.accept(MARIA.id, first)
    await _looked(desk)
    await until(lambda: desk.only.second_entry_id == second)
    await desk.server.withdraw(MARIA.id, second)
    await _looked(desk, 1)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert not desk.only.is_twice_in_chart
    assert desk.only.needs_person, "whether they cleared or accepted it isn't seen yet"


async def test_a_queue_that_cannot_be_read_does_not_end_it(desk: Desk) -> None:
    first, second = await sent_twice(desk)
    desk.server.accept(MARIA.id, first)
    await _looked(desk)
    await until(lambda: desk.only.second_entry_id == second)
    desk.server.fail("enqueued", Forbidden())
    await _looked(desk)
    assert (desk.only.state, desk.only.second_entry_id) == (UploadState.SENT, second)


async def test_an_earlier_try_that_waits_is_told_and_never_withdrawn(desk: Desk) -> None:
    """Staff accept the second entry; the first may be ours, and no answer ever named it."""
    first, second = await sent_twice(desk)
    assert desk.only.other_try_id == first
    desk.server.accept(MARIA.id, second)
    await _looked(desk)
    await until(lambda: desk.only.second_entry_id == first)
    assert desk.only.state is UploadState.SENT
    assert not desk.only.can_be_withdrawn
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.NOT_SURE
    desk.server.clear(MARIA.id, first)
    await _looked(desk, 1)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.server.count("withdraw") == 0


async def test_in_other_bytes_a_persons_word_ends_it_only_without_another_entry(desk: Desk) -> None:
    first, second = await sent_twice(desk)
    ours = desk.server.accept_as(MARIA.id, second, b"other bytes")
    await _looked(desk)
    await until(lambda: desk.only.new_photo_id == ours.id)
    desk.uploading.confirm_photo(desk.only.id, ours.id)
    await until(lambda: desk.only.second_entry_id == first)
    await _looked(desk)
    assert (desk.only.state, desk.only.second_entry_id) == (UploadState.SENT, first)
    desk.server.clear(MARIA.id, first)
    await _looked(desk, 1)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)


async def test_cleared_while_an_earlier_try_waits_names_that_one(desk: Desk) -> None:
    first, second = await sent_twice(desk)
    await desk.server.withdraw(MARIA.id, second)
    await _looked(desk)
    await until(lambda: desk.only.state is UploadState.GONE)
    assert desk.only.other_try_id == first


async def test_taking_back_one_of_two_says_so(desk: Desk) -> None:
    first, _ = await sent_twice(desk)
    assert await desk.uploading.withdraw(desk.only.id) is Withdrawal.ONE_OF_TWO
    assert list(desk.server.queued_photos) == [first]
    assert desk.only.state is UploadState.GONE, "it stays until a person has looked for the other one"
    await _looked(desk, 1)
    assert desk.only.other_try_id == first
    desk.server.accept(MARIA.id, first)
    await _looked(desk, 1)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.only.needs_person


async def test_an_entry_of_somebody_else_is_no_second_one(desk: Desk) -> None:
    """Sent once, and no answer named the entry: what stays beside the photo in the chart isn't ours."""
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    desk.server.add_photo(MARIA.id, b"theirs")
    desk.server.accept(MARIA.id, sent.queue_id)
    await _looked(desk, 1)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert not desk.only.needs_person


async def test_a_first_try_that_was_accepted_before_the_second_was_sent_is_found(desk: Desk) -> None:
    """No look came between: the list that is read just before the sending has it, and nothing goes."""
    desk.server.fail("create_photo.answer", MaybeSent(), times=1)
    asked = await desk.send(then=UploadState.NEEDS_REVIEW, data=MARKED)
    (first,) = desk.server.queued_photos
    desk.server.accept(MARIA.id, first)
    desk.uploading.send_again(asked.id)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert desk.posts == 1
    assert not desk.only.needs_person


async def test_accepted_while_the_charts_list_lags_behind_it_is_never_called_gone(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    told: list[UploadState] = []
    desk.uploading.feed.subscribe(lambda uploads: told.extend(each.state for each in uploads))
    desk.server.clear(MARIA.id, sent.queue_id)
    await turned(desk, 3)
    desk.server.add_photo(MARIA.id, MARKED)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert UploadState.GONE not in told


async def test_a_chart_that_lists_what_waits_has_nothing_to_take_back_and_drops_nothing(desk: Desk) -> None:
    """The one try can't be in both: the chart's list shows it because it waits."""
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    shown = desk.server.add_photo(MARIA.id, MARKED)
    desk.uploading.looks.look_now()
    for _ in range(3):
        await turned(desk, 61)
    assert (desk.only.state, desk.only.second_entry_id) == (UploadState.SENT, None)
    assert not desk.only.needs_person
    assert sent.queue_id is not None
    desk.server.albums[MARIA.id].remove(shown)
    desk.server.accept(MARIA.id, sent.queue_id)
    await turned(desk, 61)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)
    assert not desk.only.needs_person
