"""Reading lists of photos: the order is learnt once, then only new rows are asked for, and nothing is believed that
was not read."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.page import Listing, Page
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.services.photos.album_listing import WHOLE_EACH_S, AlbumListing, AlbumReading, Order, Reach, order_of
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock

MARIA = PatientId("10482")
START = datetime(2025, 11, 5, 9, 41, tzinfo=UTC)
LONG = 250


@dataclass
class Lister:
    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        self.server.add_patient(Patient(MARIA, "Maria", "Lopez"))
        self.listing = AlbumListing(self.server, self.clock)

    @property
    def album(self) -> list[Photo]:
        return self.server.albums[MARIA]

    async def read(self, reach: Reach) -> tuple[AlbumReading | None, int]:
        """And how many requests it took."""
        before = len(self.server.calls)
        reading = await self.listing.read(MARIA, reach, urgency=Urgency.NOW)
        return reading, len(self.server.calls) - before

    async def found(self, reach: Reach) -> tuple[int, bool, int]:
        """How many photos, whether that proves that there are no others, and for how many requests."""
        reading, asked = await self.read(reach)
        assert reading is not None
        return len(reading.photos), reading.is_proof, asked


def photo(number: int, *, photo_id: str = "", minutes: int | None = None) -> Photo:
    minutes = number if minutes is None else minutes
    return Photo(PhotoId(photo_id or str(1000 + number)), MARIA, taken_at=START + timedelta(minutes=minutes))


def by_id_last(count: int = LONG) -> list[Photo]:
    return [photo(number) for number in range(count)]


def by_date_first(count: int = LONG) -> list[Photo]:
    """Ids that say nothing, as of a store that makes random ones."""
    return [photo(number, photo_id=f"{number * 7919 % 10007}x") for number in reversed(range(count))]


@pytest.fixture
def lister() -> Lister:
    return Lister()


async def test_newest_last_new_photos_cost_one_request_and_that_proves_it(lister: Lister) -> None:
    lister.album.extend(by_id_last())
    assert await lister.found(Reach.PROOF) == (LONG, True, 3)
    lister.album.append(photo(LONG))
    assert await lister.found(Reach.PROOF) == (LONG + 1, True, 1)
    assert await lister.found(Reach.GLANCE) == (LONG + 1, True, 1)


@pytest.mark.parametrize("made", [lambda: by_id_last()[::-1], by_date_first])
async def test_newest_first_the_other_end_is_looked_at_as_well_before_it_proves_anything(
    lister: Lister, made: "type[list[Photo]]"
) -> None:
    lister.album.extend(made())
    await lister.read(Reach.WHOLE)
    lister.album.insert(0, photo(LONG, photo_id="1" + "0" * 9))
    assert await lister.found(Reach.GLANCE) == (LONG + 1, False, 1)
    assert await lister.found(Reach.CHECK) == (LONG + 1, True, 2)


@pytest.mark.parametrize("is_newest_last", [True, False])
async def test_more_new_photos_than_a_glance_expects_cost_a_second_request(
    lister: Lister, is_newest_last: bool
) -> None:
    lister.album.extend(by_id_last() if is_newest_last else by_id_last()[::-1])
    await lister.read(Reach.WHOLE)
    new = [photo(LONG + number) for number in range(30)]
    lister.album[:] = [*lister.album, *new] if is_newest_last else [*new[::-1], *lister.album]
    assert await lister.found(Reach.GLANCE) == (LONG + 30, is_newest_last, 2)


async def test_what_came_in_the_middle_is_read_with_the_whole(lister: Lister) -> None:
    """Accepted today, dated last month, in a list by date."""
    lister.album.extend(by_date_first())
    await lister.read(Reach.WHOLE)
    lister.album.insert(200, photo(LONG - 200, photo_id="late"))
    reading, asked = await lister.read(Reach.PROOF)
    assert reading is not None
    assert "late" in {each.id for each in reading.photos}
    assert asked == 2 + 3


async def test_what_went_is_noticed_and_read_with_the_whole(lister: Lister) -> None:
    lister.album.extend(by_id_last())
    await lister.read(Reach.WHOLE)
    del lister.album[100]
    assert await lister.found(Reach.PROOF) == (LONG - 1, True, 1 + 3)


async def test_a_list_in_no_order_is_read_whole_and_seldom(lister: Lister) -> None:
    lister.album.extend(photo(number, minutes=number * 37 % 101, photo_id=f"{number}x") for number in range(LONG))
    assert await lister.found(Reach.CHECK) == (LONG, True, 3)
    assert await lister.read(Reach.CHECK) == (None, 0)
    assert await lister.read(Reach.GLANCE) == (None, 0)
    assert await lister.found(Reach.PROOF) == (LONG, True, 3), "a sending needs to know"
    lister.clock.turn(WHOLE_EACH_S)
    assert await lister.found(Reach.GLANCE) == (LONG, True, 3)


async def test_a_list_of_one_page_is_always_read_whole(lister: Lister) -> None:
    lister.album.extend(by_id_last(99))
    for _ in range(3):
        assert await lister.found(Reach.GLANCE) == (99, True, 1)


async def test_a_list_that_was_cut_is_never_built_upon(lister: Lister, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cut(*_: object, **__: object) -> AsyncIterator[Page[Photo]]:
        yield Page(tuple(by_id_last()), has_more=False, cut_short=True)

    monkeypatch.setattr(lister.server, "photo_pages", cut)
    assert (await lister.found(Reach.PROOF))[1] is False
    assert await lister.read(Reach.GLANCE) == (None, 0)
    assert (await lister.found(Reach.PROOF))[1] is False


async def test_an_answer_with_rows_that_could_not_be_read_is_not_joined(lister: Lister) -> None:
    lister.album.extend(by_id_last())
    await lister.read(Reach.WHOLE)
    lister.server.photos = _unread  # type: ignore[method-assign,assignment]  # this one list has unreadable rows
    assert await lister.found(Reach.PROOF) == (LONG, True, 3)


async def _unread(patient_id: PatientId, photo_type: PhotoType | None, **_: object) -> object:
    return Listing(tuple(by_id_last()[-20:]), is_complete=False, unreadable_count=1)


async def test_a_reading_that_fails_changes_nothing_known(lister: Lister) -> None:
    lister.album.extend(by_id_last())
    await lister.read(Reach.WHOLE)
    lister.server.fail("photos", Unreachable(), times=1)
    with pytest.raises(Unreachable):
        await lister.read(Reach.PROOF)
    assert await lister.found(Reach.PROOF) == (LONG, True, 1)


def test_the_order_is_by_id_else_by_date_else_unknown() -> None:
    assert order_of(by_id_last()) is Order.NEWEST_LAST
    assert order_of(by_id_last()[::-1]) is Order.NEWEST_FIRST
    assert order_of(by_date_first()) is Order.NEWEST_FIRST
    assert order_of([photo(1), photo(3), photo(2)]) is None
    assert order_of([Photo(PhotoId("a"), MARIA), photo(1)]) is None
    assert order_of([photo(1)]) is None


async def test_a_cleared_listing_reads_everything_anew() -> None:
    lister = Lister()
    lister.album.extend(by_date_first())
    _, whole = await lister.read(Reach.WHOLE)
    _, glance = await lister.read(Reach.GLANCE)
    assert glance < whole
    lister.listing.clear()
    assert (await lister.read(Reach.GLANCE))[1] == whole
