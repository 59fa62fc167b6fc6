"""What an album without a list is, and rows too large to come a hundred at a time."""

from collections.abc import Callable

import pytest

from cerbo_desktop.api import paging
from cerbo_desktop.api.album_lists import AlbumLists
from cerbo_desktop.api.list_answers import ListAnswer
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing, ServerError, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.limits import MAX_ALBUM_PHOTOS, PAGE_SIZE, SMALL_PAGE_SIZE
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency

SEVEN, OTHER = PatientId("7"), PatientId("8")
NOTHING = BadAnswer(BadAnswerKind.NOTHING)


class _Tenant:
    """Albums of so many photos; an error stands in place of a list, or of a record."""

    def __init__(self, albums: dict[str, int | ServerError], record: ServerError | None = None) -> None:
        self._albums, self._record = albums, record
        self.limits: list[int] = []
        self.knows_types = True
        self.lists = AlbumLists(self._ask, self._patient)
        self.fits: Callable[[int], bool] = lambda limit: True
        self.silent_cap = 0
        """So many at once, and no word on whether there are more; 0: as many as are asked for, and it is told."""

    async def _ask(
        self, patient_id: PatientId, photo_type: PhotoType | None, limit: int, offset: int, urgency: Urgency
    ) -> ListAnswer[Photo]:
        assert (photo_type, urgency) in ((None, Urgency.NOW), (PhotoType.PERSONAL, Urgency.BACKGROUND))
        self.limits.append(limit)
        if photo_type is not None and not self.knows_types:
            raise Missing
        count = self._albums[patient_id]
        if isinstance(count, ServerError):
            raise count
        if not self.fits(limit):
            raise BadAnswer(BadAnswerKind.TOO_LARGE)
        last = min(offset + min(limit, self.silent_cap or limit), count)
        items = tuple(Photo(PhotoId(str(number)), patient_id) for number in range(offset, last))
        has_more = len(items) >= limit if self.silent_cap else last < count
        is_silent = self.silent_cap > 0
        return ListAnswer(items, len(items), has_more, last=items[-1] if items else None, is_silent=is_silent)

    async def _patient(self, patient_id: PatientId) -> Patient:
        if self._record is not None:
            raise self._record
        return Patient(patient_id, "Maria", "Lopez")

    async def count(self, patient_id: PatientId = SEVEN) -> int:
        pages = self.lists.pages(patient_id, None, Urgency.NOW)
        return sum([len(page.items) async for page in pages])


@pytest.mark.parametrize("error", [Missing(), NOTHING])
async def test_no_list_is_no_photos_where_another_album_is_listed(error: ServerError) -> None:
    tenant = _Tenant({SEVEN: error, OTHER: 3})
    with pytest.raises(type(error)):
        await tenant.count()  # nobody else is known yet
    tenant.lists.note([SEVEN, OTHER])
    assert await tenant.count() == 0
    assert tenant.limits[-1] == 1


@pytest.mark.parametrize(
    "tenant",
    [
        _Tenant({SEVEN: Missing(), OTHER: Missing()}),
        _Tenant({SEVEN: Missing(), OTHER: 0}),
        _Tenant({SEVEN: Missing(), OTHER: 3}, Missing()),
        _Tenant({SEVEN: NOTHING, OTHER: 3}, Unreachable()),
        _Tenant({SEVEN: BadAnswer(BadAnswerKind.WRONG_SHAPE), OTHER: 3}),
    ],
    ids=["no album", "no photo", "no patient", "no line", "another shape"],
)
async def test_else_it_is_an_error(tenant: _Tenant) -> None:
    tenant.lists.note([SEVEN, OTHER])
    with pytest.raises(ServerError):
        await tenant.count()


@pytest.mark.parametrize("error", [Missing(), NOTHING])
async def test_a_list_that_held_photos_is_not_empty_because_it_is_not_found(error: ServerError) -> None:
    albums: dict[str, int | ServerError] = {SEVEN: 3, OTHER: 3}
    tenant = _Tenant(albums)
    assert await tenant.count() == 3
    albums[SEVEN] = error
    for _ in range(2):
        with pytest.raises(BadAnswer) as caught:
            await tenant.count()
        assert caught.value.kind is BadAnswerKind.LIST_GONE


@pytest.mark.parametrize("error", [Missing(), NOTHING])
async def test_that_a_chart_has_lost_all_its_photos_is_believed_the_second_time(error: ServerError) -> None:
    albums: dict[str, int | ServerError] = {SEVEN: 3, OTHER: 3}
    tenant = _Tenant(albums)
    assert await tenant.count() == 3
    albums[SEVEN] = 0
    with pytest.raises(BadAnswer) as caught:
        await tenant.count()
    assert caught.value.kind is BadAnswerKind.LIST_GONE
    assert await tenant.count() == 0  # said plainly and again: they are deleted
    albums[SEVEN] = error
    assert await tenant.count() == 0


async def test_each_other_patient_is_asked_once() -> None:
    tenant = _Tenant({SEVEN: Missing(), OTHER: Missing()})
    tenant.lists.note([SEVEN, OTHER])
    for _ in range(3):
        with pytest.raises(Missing):
            await tenant.count()
    assert tenant.limits.count(1) == 1


async def test_for_one_type_that_types_own_list_counts() -> None:
    """A server may not know the parameter, and answer 404 to it."""
    tenant = _Tenant({SEVEN: 2, OTHER: 3})
    tenant.knows_types = False
    tenant.lists.note([SEVEN, OTHER])
    assert await tenant.count() == 2
    with pytest.raises(Missing):
        await tenant.lists.first(SEVEN, PhotoType.PERSONAL, PAGE_SIZE, 0, Urgency.BACKGROUND)


async def test_rows_too_large_for_a_hundred_come_ten_at_a_time() -> None:
    tenant = _Tenant({SEVEN: 45, OTHER: 12})
    tenant.fits = lambda limit: limit <= SMALL_PAGE_SIZE
    assert await tenant.count() == 45
    assert tenant.limits[0] == PAGE_SIZE
    assert set(tenant.limits[1:]) == {SMALL_PAGE_SIZE}
    listing = await tenant.lists.first(OTHER, PhotoType.PERSONAL, PAGE_SIZE, 0, Urgency.BACKGROUND)
    assert len(listing.items) == 12
    assert listing.is_complete


@pytest.mark.parametrize("page_size", [PAGE_SIZE, SMALL_PAGE_SIZE])
async def test_the_longest_album_is_read_whole(page_size: int) -> None:
    tenant = _Tenant({SEVEN: MAX_ALBUM_PHOTOS})
    tenant.fits = lambda limit: limit <= page_size
    found = await paging.whole(tenant.lists.pages(SEVEN, None, Urgency.NOW))
    assert len(found.items) == MAX_ALBUM_PHOTOS
    assert found.is_complete


@pytest.mark.parametrize(("count", "first_row", "is_complete"), [(30, 0, True), (130, 0, False), (130, 120, True)])
async def test_a_part_of_a_list_that_says_nothing_of_more_is_not_taken_for_the_rest(
    count: int, first_row: int, is_complete: bool
) -> None:
    tenant = _Tenant({SEVEN: count})
    tenant.silent_cap = 20
    listing = await tenant.lists.first(SEVEN, PhotoType.PERSONAL, 50, first_row, Urgency.BACKGROUND)
    assert len(listing.items) == min(50, count - first_row)
    assert listing.is_complete is is_complete


async def test_rows_too_large_for_ten_are_an_error() -> None:
    tenant = _Tenant({SEVEN: 45})
    tenant.fits = lambda limit: False
    with pytest.raises(BadAnswer):
        await tenant.count()
    assert tenant.limits == [PAGE_SIZE, SMALL_PAGE_SIZE]
