"""What the details say of a photo, and when its record is asked for."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Forbidden, Overloaded, ServerError, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.ui.text import photo_details
from cerbo_desktop.ui.viewer.details_presenter import DetailsPresenter
from cerbo_desktop.ui.viewer.photo_details import PhotoDetails
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.ui.stage.rasters import plain
from tests.waiting import until

MARIA = PatientId("10482")
CLOCK = HandClock()
RED = (0, 0, 255)
EARLIER = CLOCK.now() - timedelta(days=30)
ROW = Photo(PhotoId("1"), MARIA, PhotoType.MEDICAL, EARLIER, "image/jpeg", has_date_taken=True)
FULL = replace(ROW, added_at=EARLIER + timedelta(hours=1), size_bytes=412_000)


@dataclass
class Desk:
    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    failures: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        fail = self.failures.append
        self.server.albums[MARIA] = [FULL]
        self.records = PhotoRecords(self.server, scope=TaskScope("test", fail))
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", fail))
        self.view = PhotoDetails()
        self.clock = HandClock()
        self.presenter = DetailsPresenter(
            self.view, self.records, self.contents, self.clock, scope=TaskScope("test", fail)
        )

    @property
    def asked(self) -> list[Urgency | None]:
        return [call.urgency for call in self.server.calls if call.operation == "photo"]

    @property
    def words(self) -> str:
        """As a screen reader says them."""
        return self.view.stops[1].accessibleDescription()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    yield desk
    await desk.presenter.aclose()
    await desk.records.aclose()
    await desk.contents.aclose()
    desk.view.deleteLater()
    assert desk.failures == []


async def test_a_record_of_another_patient_is_refused_and_said(desk: Desk) -> None:
    desk.server.fail("photo", BadAnswer(BadAnswerKind.OTHER_PATIENT))
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    await until(lambda: photo_details.record_of_another() in desk.words)
    assert "Size: 412 KB" not in desk.words


async def test_a_record_that_could_not_be_read_comes_by_itself_after_the_trouble(desk: Desk) -> None:
    desk.server.fail("photo", Unreachable())
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    await until(lambda: photo_details.record_not_read() in desk.words)
    desk.server.heal()
    desk.presenter.try_again()
    await until(lambda: "Size: 412 KB" in desk.words)


async def test_a_closed_column_asks_only_for_photos_whose_row_says_too_little(desk: Desk) -> None:
    desk.presenter.show(ROW)
    assert not desk.asked
    desk.view.set_open(True)
    await until(lambda: "Size: 412 KB" in desk.words)
    assert "Added: " in desk.words
    assert "Not given by Cerbo" not in desk.words
    desk.view.set_open(False)
    desk.view.set_open(True)
    assert desk.asked == [Urgency.VISIBLE]  # once


@pytest.mark.parametrize(
    "row",
    [
        replace(ROW, photo_type=PhotoType.UNSTATED),
        replace(ROW, taken_at=None, has_date_taken=False),
        replace(ROW, taken_at=CLOCK.now()),
    ],
)
async def test_a_bare_row_and_one_of_today_are_read_behind_what_a_person_waits_for(desk: Desk, row: Photo) -> None:
    heard: list[Photo] = []
    desk.records.subscribe(heard.append)
    desk.presenter.show(row)
    await until(lambda: heard == [FULL])
    desk.presenter.show(row)
    assert desk.asked == [Urgency.NEAR]


async def test_a_type_that_only_the_lists_told_is_no_word_of_the_row(desk: Desk) -> None:
    by_list: set[PhotoId] = set()
    desk.presenter._is_typed_by_list = lambda photo: photo.id in by_list
    desk.presenter.show(ROW)
    for _ in range(5):
        await asyncio.sleep(0)
    assert desk.asked == []
    by_list.add(ROW.id)
    desk.presenter.show(ROW)
    await until(lambda: desk.asked == [Urgency.NEAR])


async def test_nothing_of_the_photo_before_stays(desk: Desk) -> None:
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    desk.presenter.show_file(ROW.id, plain(40, 30, RED))
    await until(lambda: "Size: 412 KB" in desk.words)
    assert "Pixels: 40 × 30" in desk.words
    desk.server.hold("photo")
    desk.presenter.show(Photo(PhotoId("2"), MARIA))
    assert "412" not in desk.words
    assert "Pixels" not in desk.words
    assert f"Type: {'Asking Cerbo…'}" in desk.words
    desk.presenter.show_file(ROW.id, plain(40, 30, RED))  # late
    assert "Pixels" not in desk.words
    desk.presenter.clear()
    assert not desk.words


async def test_a_record_that_does_not_come_is_asked_for_again_on_opening(desk: Desk) -> None:
    desk.server.fail("photo", Unreachable(), times=1)
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    await until(lambda: photo_details.record_not_read() in desk.words)
    assert f"Size: {'Not known'}" in desk.words
    desk.presenter.show(ROW)  # the album was read again
    assert len(desk.asked) == 1
    desk.view.set_open(False)
    desk.view.set_open(True)
    await until(lambda: "Size: 412 KB" in desk.words)
    assert photo_details.record_not_read() not in desk.words


async def test_a_busy_cerbo_is_asked_again_by_itself_when_it_said(desk: Desk) -> None:
    desk.server.fail("photo", Overloaded(40.0), times=2)
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    for _ in range(2):
        await until(lambda: photo_details.record_waits() in desk.words and desk.clock.sleeping_s == [40.0])
        desk.clock.turn(40)
    await until(lambda: "Size: 412 KB" in desk.words)
    assert photo_details.record_waits() not in desk.words
    assert len(desk.asked) == 3


@pytest.mark.parametrize("failure", [Unreachable(), Overloaded(40.0)])
async def test_what_a_trouble_kept_away_comes_when_it_is_over(desk: Desk, failure: ServerError) -> None:
    desk.server.fail("photo", failure, times=1)
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    await until(lambda: f"Size: {'Not known'}" in desk.words)
    desk.presenter.try_again()
    await until(lambda: "Size: 412 KB" in desk.words)
    assert len(desk.asked) == 2
    desk.presenter.try_again()
    assert len(desk.asked) == 2, "it is here"


async def test_a_busy_cerbo_is_not_asked_for_a_photo_that_was_left(desk: Desk) -> None:
    desk.server.fail("photo", Overloaded(40.0))
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    await until(lambda: desk.clock.sleeping_s == [40.0])
    desk.presenter.clear()
    await until(lambda: not desk.clock.sleeping_s)
    assert len(desk.asked) == 1


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (Forbidden(), photo_details.record_not_allowed()),
        (BadAnswer(BadAnswerKind.NOT_OFFERED), photo_details.record_not_offered()),
    ],
)
async def test_what_asking_again_does_not_bring_is_not_promised(desk: Desk, failure: ServerError, words: str) -> None:
    desk.server.fail("photo", failure)
    desk.view.set_open(True)
    desk.presenter.show(ROW)
    await until(lambda: words in desk.words)
    assert "again" not in desk.words


async def test_a_date_of_unknown_meaning_is_called_no_more_than_a_date(desk: Desk) -> None:
    bare = Photo(PhotoId("1"), MARIA, taken_at=datetime(2025, 11, 5, 9, 41, tzinfo=UTC))
    desk.server.albums[MARIA] = [bare]
    desk.view.set_open(True)
    desk.presenter.show(bare)
    await until(lambda: "Asking Cerbo…" not in desk.words)
    assert f"Taken: {'Not given by Cerbo'}" in desk.words
    assert "Date: Wed 5 Nov 2025" in desk.words


def test_a_record_completes_a_row_and_overrules_nothing() -> None:
    row = replace(ROW, taken_at=None, has_date_taken=False, mime_type="")
    other = replace(FULL, photo_type=PhotoType.PERSONAL)
    assert row.completed_by(other) == replace(FULL, photo_type=PhotoType.MEDICAL)
    assert ROW.completed_by(ROW) is ROW
    added_only = replace(ROW, taken_at=CLOCK.now(), has_date_taken=False)
    assert added_only.completed_by(FULL).taken_at == EARLIER


def test_formats_are_named_as_people_know_them() -> None:
    told = [photo_details.media_type(each) for each in ("image/jpeg", "image/jpg", "image/x-png", "text/plain", "")]
    assert told == ["JPEG", "JPEG", "PNG", "text/plain", ""]


async def test_a_size_that_most_rows_tell_is_asked_for_where_one_lacks_it(desk: Desk) -> None:
    desk.presenter.show(replace(ROW, size_bytes=412_000), rows_tell_size=True)
    desk.presenter.show(ROW, rows_tell_size=False)
    assert not desk.asked
    desk.presenter.show(ROW, rows_tell_size=True)
    await until(lambda: desk.records.known(ROW) is not None)
    desk.presenter.show(ROW, rows_tell_size=True)
    assert desk.asked == [Urgency.NEAR]
