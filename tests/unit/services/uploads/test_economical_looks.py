"""Looks that read as little as they can: nothing is concluded from what was not read."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import PhotoId, QueueId
from cerbo_desktop.domain.photo import Content, Photo
from cerbo_desktop.domain.upload import UploadState
from tests.unit.services.uploads.desk import MARIA, MARKED, THEIRS, Desk, turned
from tests.waiting import until

START = datetime(2024, 1, 1, tzinfo=UTC)
LONG = 250


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Maria's chart holds 250 photos by date, newest first, with ids that say nothing."""
    for number in reversed(range(LONG)):
        taken_at = START + timedelta(days=number)
        desk.server.add_photo(MARIA.id, b"old", photo_id=f"{number * 7919 % 10007}x", taken_at=taken_at)
    return desk


def _asked_since(desk: Desk, call: int) -> Counter[str]:
    return Counter(each.operation for each in desk.server.calls[call:])


def _put_into_chart(desk: Desk, queue_id: QueueId, data: bytes, row: int) -> None:
    """Staff accept it with the day it was taken, which decides its place in the list."""
    desk.server.clear(MARIA.id, queue_id)
    photo = Photo(PhotoId("late"), MARIA.id, taken_at=START + timedelta(days=LONG - row))
    desk.server.albums[MARIA.id].insert(row, photo)
    desk.server.files[MARIA.id, photo.id] = Content(data, "image/jpeg")


async def test_while_the_queue_shows_the_entry_that_the_answer_named_no_chart_is_listed(desk: Desk) -> None:
    await desk.send(then=UploadState.SENT, data=MARKED)
    assert _asked_since(desk, 0) == {"enqueued": 2, "photo_pages": 3, "create_photo": 1}
    before = len(desk.server.calls)
    for _ in range(20):
        await turned(desk, 61)
    asked = _asked_since(desk, before)
    assert set(asked) == {"enqueued"}
    assert asked["enqueued"] <= 21


async def test_a_second_upload_lists_both_ends_before_it_is_sent(desk: Desk) -> None:
    await desk.send(then=UploadState.SENT)
    before = len(desk.server.calls)
    await desk.accept(MARKED)
    await until(lambda: [each.state for each in desk.uploading.feed.latest] == [UploadState.SENT] * 2)
    assert _asked_since(desk, before) == {"enqueued": 2, "photos": 2, "create_photo": 1}


@pytest.mark.parametrize("row", [0, 120, LONG])
async def test_accepted_at_any_place_of_the_list_it_is_found(desk: Desk, row: int) -> None:
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    _put_into_chart(desk, sent.queue_id, MARKED, row)
    await turned(desk, 61)
    await until(lambda: desk.only.state is UploadState.ACCEPTED)


async def test_cleared_from_the_queue_it_is_gone_once_both_ends_prove_that_nothing_came(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    before = len(desk.server.calls)
    desk.server.clear(MARIA.id, sent.queue_id)
    await turned(desk, 61)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)
    assert _asked_since(desk, before)["photos"] == 4, "both ends, by two looks"


async def test_a_list_that_moved_is_read_whole_before_a_photo_is_called_gone(desk: Desk) -> None:
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    before = len(desk.server.calls)
    del desk.server.albums[MARIA.id][100]
    desk.server.clear(MARIA.id, sent.queue_id)
    await turned(desk, 61)
    await turned(desk, 30)
    await until(lambda: desk.only.state is UploadState.GONE)
    assert _asked_since(desk, before)["photo_pages"] == 3


async def test_an_entry_that_left_while_the_list_makes_no_sense_costs_one_whole_reading(desk: Desk) -> None:
    """Its last row isn't there by itself: nothing proves that the list is whole."""
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    desk.server.fail("photo_pages", Unreachable())
    del desk.server.albums[MARIA.id][100]
    desk.server.clear(MARIA.id, sent.queue_id)
    before = len(desk.server.calls)
    for _ in range(4):
        await turned(desk, 61)
    assert desk.only.state is UploadState.SENT
    assert _asked_since(desk, before)["photo_pages"] == 1


async def test_an_entry_that_no_answer_named_may_be_anothers_and_the_chart_is_looked_into(desk: Desk) -> None:
    desk.server.answer = Answer.CONFIRMED
    sent = await desk.send(then=UploadState.SENT, data=MARKED)
    assert sent.queue_id is not None
    desk.server.queues[MARIA.id].append(THEIRS)
    desk.server.add_photo(MARIA.id, MARKED, photo_id="50000")
    desk.server.albums[MARIA.id].insert(0, desk.server.albums[MARIA.id].pop())
    for _ in range(6):
        if desk.only.state is UploadState.SENT:
            await turned(desk, 61)
    assert desk.only.state is UploadState.ACCEPTED
