"""Listing an album: order, snapshots, failures, and never another patient's photos."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from cerbo_desktop.domain.errors import Forbidden, Overloaded, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.page import Page
from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.album import Album, Looked, PatientRecord
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.photo_order import Month, by_month, newest_first
from cerbo_desktop.services.photos.photo_types import Types
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.waiting import until

MARIA, OTHER = PatientId("10482"), PatientId("8817")
START = datetime(2025, 11, 5, 9, 41, tzinfo=UTC)


def _utc(moment: datetime) -> datetime:
    return moment


@dataclass
class Desk:
    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    clock: HandClock = field(default_factory=HandClock)
    failures: list[BaseException] = field(default_factory=list)
    heard: list[Album] = field(default_factory=list)
    records: list[PatientRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.add_patient(Patient(MARIA, "Maria", "Lopez", status=PatientStatus.PROSPECTIVE))
        self.server.add_patient(Patient(OTHER, "Thomas", "Becker", status=PatientStatus.ACTIVE))
        self.albums = Albums(self.server, self.clock, TaskScope("test", self.failures.append))
        self.albums.album.subscribe(self.heard.append, replay=False)
        self.albums.record.subscribe(self.records.append, replay=False)

    @property
    def album(self) -> Album:
        return self.albums.album.latest

    def fill(self, patient_id: PatientId, count: int, first: int = 0) -> None:
        """Oldest first, as the server may well list them."""
        for number in range(first, first + count):
            kind = PhotoType.PERSONAL if number % 4 == 0 else PhotoType.MEDICAL
            taken_at = START + timedelta(hours=number)
            self.server.add_photo(patient_id, b"x", photo_id=str(number), photo_type=kind, taken_at=taken_at)

    async def listed(self) -> Album:
        await until(lambda: self.album.patient_id and not self.album.is_loading)
        return self.album


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    yield desk
    await desk.albums.aclose()
    assert desk.failures == []


def numbers(album: Album) -> list[str]:
    return [photo.id for photo in album.photos]


async def test_lists_newest_first_and_counts_by_type(desk: Desk) -> None:
    desk.fill(MARIA, 10)
    desk.albums.open(MARIA)
    album = await desk.listed()
    assert numbers(album) == [str(number) for number in range(9, -1, -1)]
    assert (album.count(None), album.count(PhotoType.PERSONAL), album.count(PhotoType.MEDICAL)) == (10, 3, 7)
    assert [photo.id for photo in album.of_type(PhotoType.PERSONAL)] == ["8", "4", "0"]
    assert album.is_complete
    assert not album.is_empty


async def test_an_album_that_was_seen_stays_while_the_line_is_away(desk: Desk) -> None:
    desk.fill(MARIA, 5)
    desk.albums.open(MARIA)
    seen, read_at = await desk.listed(), desk.clock.now()
    await until(lambda: desk.albums.record.latest.patient)
    desk.albums.open(OTHER)
    await desk.listed()
    desk.clock.turn(60)
    for operation in ("photo_pages", "patient"):
        desk.server.fail(operation, Unreachable())
    desk.albums.open(MARIA)
    assert not desk.album.photos, "nothing is shown as if it were new"
    album = await desk.listed()
    assert (album.photos, album.listed_at, album.was_listed) == (seen.photos, read_at, True)
    await until(lambda: desk.albums.record.latest.patient)
    assert desk.albums.record.latest.error is not None
    desk.server.heal()
    desk.albums.refresh(MARIA)
    await until(lambda: desk.album.is_complete and desk.albums.record.latest.error is None)
    assert desk.album.listed_at == desk.clock.now()


async def test_an_album_that_was_seen_is_not_shown_to_a_key_without_the_right(desk: Desk) -> None:
    desk.fill(MARIA, 5)
    desk.albums.open(MARIA)
    await desk.listed()
    for error in (Forbidden(), Unreachable()):
        desk.server.heal()
        desk.server.fail("photo_pages", error)
        desk.albums.open(MARIA)
        assert (await desk.listed()).photos == (), "nor later, when the line is away"


def test_photos_without_a_date_come_last_and_order_never_depends_on_the_listing() -> None:
    dated = Photo(PhotoId("2"), MARIA, taken_at=START)
    same_moment = Photo(PhotoId("10"), MARIA, taken_at=START)
    undated = Photo(PhotoId("9"), MARIA)
    one_way = newest_first([undated, dated, same_moment], _utc)
    assert one_way == newest_first([same_moment, undated, dated], _utc)
    assert [photo.id for photo in one_way] == ["10", "2", "9"]


async def test_the_first_page_is_shown_while_the_second_is_on_its_way(desk: Desk) -> None:
    desk.fill(MARIA, 5)
    desk.server.page_size = 2

    def hold_the_next(album: Album) -> None:
        if album.photos:
            desk.server.hold("photo_pages")

    desk.albums.album.subscribe(hold_the_next)
    desk.albums.open(MARIA)
    await until(lambda: desk.album.photos)
    assert desk.album.is_loading
    assert numbers(desk.album) == ["1", "0"]
    desk.server.hold("photo_pages").set()
    assert len((await desk.listed()).photos) == 5


async def test_twelve_pages_make_few_snapshots(desk: Desk) -> None:
    desk.fill(MARIA, 1200)
    desk.albums.open(MARIA)
    album = await desk.listed()
    assert len(album.photos) == 1200
    assert desk.server.count("photo_pages") == 12
    sizes = [len(snapshot.photos) for snapshot in desk.heard]
    assert sizes == [0, 100, 200, 400, 800, 1200]


async def test_an_empty_album_is_known_to_be_empty_only_at_the_end(desk: Desk) -> None:
    gate = desk.server.hold("photo_pages")
    desk.albums.open(MARIA)
    assert not desk.album.is_empty
    gate.set()
    assert (await desk.listed()).is_empty


async def test_a_listing_that_breaks_off_keeps_what_came_and_a_refresh_completes_it(desk: Desk) -> None:
    desk.fill(MARIA, 5)
    desk.server.page_size = 2
    broken = Unreachable()
    end = desk.albums.album.subscribe(
        lambda album: desk.server.fail("photo_pages", broken) if album.photos else None, replay=False
    )
    desk.albums.open(MARIA)
    album = await desk.listed()
    assert numbers(album) == ["1", "0"]
    assert album.error is broken
    assert not album.is_complete
    assert not album.is_empty
    end()
    desk.server.heal()
    desk.albums.refresh(MARIA)
    await until(lambda: desk.album.is_complete)
    assert len(desk.album.photos) == 5
    assert desk.album.error is None


async def test_a_failed_first_page_is_no_empty_album(desk: Desk) -> None:
    desk.server.fail("photo_pages", Forbidden())
    desk.albums.open(MARIA)
    album = await desk.listed()
    assert isinstance(album.error, Forbidden)
    assert not album.is_empty


async def test_opening_another_patient_ends_the_requests_for_the_first(desk: Desk) -> None:
    desk.fill(MARIA, 3)
    desk.fill(OTHER, 2, first=50)
    desk.server.hold("photo_pages", subject=MARIA)
    desk.server.hold("patient", subject=MARIA)
    desk.albums.open(MARIA)
    await until(lambda: desk.server.in_flight == 2)
    desk.albums.open(OTHER)
    album = await desk.listed()
    assert album.patient_id == OTHER
    assert numbers(album) == ["51", "50"]
    assert desk.server.cancelled == {"photo_pages": 1, "patient": 1}
    assert not any(photo.patient_id == MARIA for snapshot in desk.heard for photo in snapshot.photos)


async def test_a_refresh_keeps_what_is_shown_until_the_new_list_is_there(desk: Desk) -> None:
    desk.fill(MARIA, 3)
    desk.albums.open(MARIA)
    await desk.listed()
    desk.fill(MARIA, 1, first=3)
    del desk.heard[:]
    desk.albums.refresh(MARIA)
    await until(lambda: len(desk.album.photos) == 4)
    assert [len(snapshot.photos) for snapshot in desk.heard] == [4]
    assert all(snapshot.is_complete for snapshot in desk.heard)


async def test_a_photo_deleted_in_the_chart_goes_with_the_refresh(desk: Desk) -> None:
    desk.fill(MARIA, 3)
    desk.albums.open(MARIA)
    await desk.listed()
    del desk.server.albums[MARIA][0]
    desk.albums.refresh(MARIA)
    await until(lambda: numbers(desk.album) == ["2", "1"])


async def test_uploads_that_settle_together_cost_one_listing(desk: Desk) -> None:
    desk.albums.open(MARIA)
    await desk.listed()
    before = desk.server.count("photo_pages")
    desk.albums.refresh(MARIA, after_s=Albums.SETTLE_S)
    await until(lambda: desk.clock.sleeping_s)
    desk.albums.refresh(MARIA, after_s=Albums.SETTLE_S)
    desk.albums.refresh(MARIA, after_s=Albums.SETTLE_S)
    await until(lambda: len(desk.clock.sleeping_s) == 2)
    assert desk.server.count("photo_pages") == before
    desk.fill(MARIA, 1)
    desk.clock.turn(Albums.SETTLE_S)
    await until(lambda: len(desk.album.photos) == 1)
    desk.clock.turn(Albums.SETTLE_S)
    await until(lambda: not desk.clock.sleeping_s)
    assert desk.server.count("photo_pages") <= before + 2


async def test_a_refresh_for_a_patient_who_is_not_open_asks_nothing(desk: Desk) -> None:
    desk.albums.open(MARIA)
    await desk.listed()
    before = len(desk.server.calls)
    desk.albums.refresh(OTHER)
    assert len(desk.server.calls) == before
    assert desk.album.patient_id == MARIA


async def test_closing_forgets_the_patient(desk: Desk) -> None:
    desk.fill(MARIA, 3)
    desk.albums.open(MARIA)
    await desk.listed()
    desk.albums.close()
    assert desk.album == Album()
    assert desk.albums.record.latest == PatientRecord()


async def test_the_record_comes_beside_the_album(desk: Desk) -> None:
    desk.server.hold("photo_pages")
    desk.albums.open(MARIA)
    await until(lambda: desk.albums.record.latest.patient)
    patient = desk.albums.record.latest.patient
    assert patient is not None
    assert patient.status is PatientStatus.PROSPECTIVE


async def test_a_record_that_cannot_be_read_is_asked_for_again_by_a_refresh(desk: Desk) -> None:
    desk.server.fail("patient", Unreachable(), times=1)
    desk.albums.open(MARIA)
    await until(lambda: desk.albums.record.latest.error)
    await desk.listed()
    desk.albums.refresh(MARIA)
    await until(lambda: desk.albums.record.latest.patient)


class EndlessServer(FakeCerboServer):
    """Its pages make no sense, and the client says so."""

    async def photo_pages(
        self, patient_id: PatientId, photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        yield Page((Photo(PhotoId("1"), patient_id),), has_more=False, cut_short=True)


async def test_a_list_cut_short_is_shown_and_called_incomplete() -> None:
    failures: list[BaseException] = []
    albums = Albums(EndlessServer(), HandClock(), TaskScope("test", failures.append))
    albums.open(MARIA)
    await until(lambda: not albums.album.latest.is_loading)
    assert albums.album.latest.is_cut_short
    assert not albums.album.latest.is_complete
    assert len(albums.album.latest.photos) == 1
    await albums.aclose()
    assert failures == []


class DefectiveServer(FakeCerboServer):
    async def photo_pages(
        self, patient_id: PatientId, photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        yield Page((), has_more=True)
        raise ZeroDivisionError


async def test_a_defect_is_reported_and_does_not_leave_the_album_loading_for_ever() -> None:
    failures: list[BaseException] = []
    albums = Albums(DefectiveServer(), HandClock(), TaskScope("test", failures.append))
    albums.open(MARIA)
    await until(lambda: failures)
    assert isinstance(failures[0], ZeroDivisionError)
    assert not albums.album.latest.is_loading
    assert albums.album.latest.error is not None
    await albums.aclose()


def test_months_are_those_of_the_wall_clock() -> None:
    """Late on 31 October in Los Angeles is already November in UTC."""
    zone = ZoneInfo("America/Los_Angeles")
    photos = newest_first(
        [
            Photo(PhotoId("1"), MARIA, taken_at=datetime(2025, 11, 1, 5, 0, tzinfo=UTC)),
            Photo(PhotoId("2"), MARIA, taken_at=datetime(2025, 11, 2, 5, 0, tzinfo=UTC)),
            Photo(PhotoId("3"), MARIA, taken_at=datetime(2024, 10, 2, 5, 0, tzinfo=UTC)),
            Photo(PhotoId("4"), MARIA),
        ],
        lambda moment: moment.astimezone(zone),
    )
    months = by_month(photos, lambda moment: moment.astimezone(zone))
    assert months == (Month(2025, 11, 0, 1), Month(2025, 10, 1, 1), Month(2024, 10, 2, 1), Month(0, 0, 3, 1))
    assert by_month((), lambda moment: moment) == ()


def test_grouping_a_long_album_looks_at_few_photos() -> None:
    looked: list[date] = []

    def local(moment: datetime) -> datetime:
        looked.append(moment.date())
        return moment

    photos = newest_first(
        [Photo(PhotoId(str(number)), MARIA, taken_at=START - timedelta(hours=4 * number)) for number in range(20_000)],
        _utc,
    )
    months = by_month(photos, local)
    assert sum(month.photo_count for month in months) == 20_000
    assert len(looked) < 3_000


@pytest.mark.parametrize("zone_name", ["Pacific/Kiritimati", "America/Los_Angeles", "Etc/UTC"])
def test_a_day_without_a_time_stands_in_its_own_month(zone_name: str) -> None:
    """Beside moments that are of another day in UTC than on the wall."""

    def local(moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(zone_name))

    midnight = datetime(2025, 11, 1, tzinfo=UTC)
    hours = [Photo(PhotoId(f"1{at + 40}"), MARIA, taken_at=midnight + timedelta(hours=at)) for at in range(-36, 36)]
    days = [Photo(PhotoId(f"2{on.day}"), MARIA, taken_at=on) for on in (date(2025, 10, 31), date(2025, 11, 1))]
    photos = newest_first([*days, *hours], local)
    months = by_month(photos, local)
    assert [(month.year, month.month) for month in months] == [(2025, 11), (2025, 10)]
    assert days[1] in photos[: months[0].photo_count]
    assert days[0] in photos[months[1].first :]


def _waits(desk: Desk, waited_s: float) -> bool:
    """The reading before has ended, its question for types as well: else the next one waits once more."""
    return desk.clock.sleeping_s == [waited_s] and desk.albums.album.latest.types is not Types.ASKED


def _short_page(is_short: bool) -> Page[Photo]:
    return Page((Photo(PhotoId("1"), MARIA),), has_more=False, cut_short=is_short)


async def test_an_album_that_came_short_is_read_again_later() -> None:
    desk = Desk()
    pages = [_short_page(True), _short_page(True), _short_page(False)]
    readings = list[Urgency]()

    async def photo_pages(
        _patient_id: PatientId, _photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        readings.append(urgency)
        yield pages[len(readings) - 1]

    desk.server.photo_pages = photo_pages  # type: ignore[method-assign, assignment]  # short pages
    desk.albums.open(MARIA)
    for count, waited_s in ((1, 10.0), (2, 60.0)):
        await until(partial(_waits, desk, waited_s))
        assert len(readings) == count
        assert desk.albums.album.latest.is_cut_short
        desk.clock.turn(waited_s)
    await until(lambda: desk.albums.album.latest.is_complete)
    assert len(readings) == 3
    await desk.albums.aclose()


async def test_an_album_that_a_busy_cerbo_refused_alone_is_read_by_itself(desk: Desk) -> None:
    desk.fill(MARIA, 3)
    desk.server.fail("photo_pages", Overloaded(7.0), times=1)
    desk.albums.open(MARIA)
    await until(lambda: desk.album.error is not None)
    await until(partial(_waits, desk, 7.0))
    desk.clock.turn(7.0)
    await until(lambda: desk.album.is_complete)
    assert desk.album.error is None


async def test_types_that_swapped_lists_told_are_taken_back_once_a_photo_s_record_says_so(desk: Desk) -> None:
    desk.server.rows_name_types, desk.server.swaps_lists = False, True
    desk.server.fail("photo", Unreachable())
    desk.fill(MARIA, 4)
    desk.albums.open(MARIA)
    await until(lambda: desk.album.types is Types.TOLD)
    desk.server.heal()
    assert [photo.id for photo in desk.album.of_type(PhotoType.PERSONAL)] == ["3", "2", "1"]
    await desk.albums._records.get(desk.album.photos[0], urgency=Urgency.NOW)
    await until(lambda: desk.album.types is Types.NOT_TOLD)
    types = {photo.id: photo.photo_type for photo in desk.album.photos}
    assert types == {"3": PhotoType.MEDICAL} | dict.fromkeys("210", PhotoType.UNSTATED)


async def test_swapped_lists_tell_nothing_where_the_records_of_two_photos_say_otherwise(desk: Desk) -> None:
    desk.server.rows_name_types, desk.server.swaps_lists = False, True
    desk.fill(MARIA, 4)
    desk.albums.open(MARIA)
    await until(lambda: desk.album.types is Types.NOT_TOLD)
    assert not desk.album.of_type(PhotoType.PERSONAL)
    assert not desk.albums.is_typed_by_list(desk.album.photos[0])


async def test_a_type_by_the_lists_alone_is_told_from_one_by_the_row(desk: Desk) -> None:
    desk.server.rows_name_types = False
    desk.fill(MARIA, 4)
    desk.albums.open(MARIA)
    await until(lambda: desk.album.types is Types.TOLD)
    assert all(desk.albums.is_typed_by_list(photo) for photo in desk.album.photos)
    desk.server.rows_name_types = True
    desk.albums.open(MARIA)
    await until(lambda: desk.album.is_complete)
    assert not any(desk.albums.is_typed_by_list(photo) for photo in desk.album.photos)


@pytest.mark.parametrize("pages", [0, 1], ids=["none came", "one came"])
async def test_the_first_list_after_a_failure_is_no_news(desk: Desk, pages: int) -> None:
    desk.fill(MARIA, 4)
    desk.server.page_size = 2
    if pages:
        desk.albums.album.subscribe(
            lambda album: desk.server.fail("photo_pages", Unreachable()) if album.photos else None
        )
    else:
        desk.server.fail("photo_pages", Unreachable())
    looks: list[Looked | None] = []
    desk.albums.open(MARIA)
    desk.albums.looked.subscribe(looks.append, replay=False)
    await until(lambda: desk.album.error is not None)
    assert len(desk.album.photos) == 2 * pages
    desk.server.heal()
    desk.albums.album.subscribe(lambda _: desk.server.heal())
    desk.albums.refresh(MARIA)
    await until(lambda: desk.album.is_complete)
    assert looks == [], "nothing in it is news"
    desk.server.add_photo(MARIA, b"new", photo_id="9")
    desk.albums.refresh(MARIA)
    await until(lambda: looks)
    assert [photo.id for look in looks if look for photo in look.new_photos or ()] == ["9"]


class UnreadableServer(FakeCerboServer):
    """Not one of its rows can be read."""

    is_away = False

    async def photo_pages(
        self, patient_id: PatientId, photo_type: PhotoType | None = None, *, urgency: Urgency = Urgency.NOW
    ) -> AsyncIterator[Page[Photo]]:
        if self.is_away:
            raise Unreachable
        yield Page((), has_more=False, cut_short=True)


async def test_what_was_cut_short_and_held_no_photo_is_not_called_empty_while_it_cannot_be_listed() -> None:
    failures: list[BaseException] = []
    server = UnreadableServer()
    albums = Albums(server, HandClock(), TaskScope("test", failures.append))
    albums.open(MARIA)
    await until(lambda: albums.album.latest.was_listed)
    server.is_away = True
    albums.open(MARIA)  # once more
    await until(lambda: albums.album.latest.error is not None)
    assert albums.album.latest.is_cut_short
    assert not albums.album.latest.is_empty
    await albums.aclose()
    assert failures == []
