"""Pages of a list that has a ceiling, comes short of its own count, or moves while it is read."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from random import Random

import pytest

from cerbo_desktop.api import paging
from cerbo_desktop.api.list_answers import ListAnswer
from cerbo_desktop.domain.errors import Missing
from cerbo_desktop.domain.page import Page


@dataclass(frozen=True)
class _Row:
    id: str


def _rows(first: int, count: int) -> tuple[_Row, ...]:
    return tuple(_Row(str(number)) for number in range(first, first + count))


@pytest.mark.parametrize(
    ("total", "a_page", "kept", "is_complete"),
    [(10, 4, 10, True), (12, 4, 12, True), (13, 4, 12, False), (30, 30, 12, False), (11, 3, 11, True)],
)
async def test_no_more_than_the_ceiling(total: int, a_page: int, kept: int, is_complete: bool) -> None:
    async def fetch(offset: int) -> ListAnswer[_Row]:
        items = _rows(offset, min(a_page, total - offset))
        return ListAnswer(items, len(items), has_more=offset + len(items) < total)

    listing = await paging.whole(paging.pages(fetch, most=12))
    assert listing.items == _rows(0, kept)
    assert listing.is_complete is is_complete


@pytest.mark.parametrize("bad_page", [0, 4, 8])
async def test_rows_that_could_not_be_read_are_told_at_the_end(bad_page: int) -> None:
    async def fetch(offset: int) -> ListAnswer[_Row]:
        return ListAnswer(_rows(offset, 4), 4, has_more=offset < 8, unreadable_count=int(offset == bad_page))

    pages = [page async for page in paging.pages(fetch, most=100)]
    assert [page.cut_short for page in pages] == [False, False, True]


class _MovingList:
    """Pages of four; after each page something is done to the rows."""

    def __init__(self, count: int, *moves: Callable[[list[_Row]], object]) -> None:
        self.rows = list(_rows(0, count))
        self._moves = list(moves)
        self.asked: list[int] = []

    async def fetch(self, offset: int) -> ListAnswer[_Row]:
        self.asked.append(offset)
        items = tuple(self.rows[offset : offset + 4])
        answer = ListAnswer(items, len(items), has_more=offset + 4 < len(self.rows), last=items[-1] if items else None)
        if self._moves:
            self._moves.pop(0)(self.rows)
        return answer


def _drop(place: int) -> Callable[[list[_Row]], object]:
    return lambda rows: rows.pop(place)


async def test_pages_share_a_row() -> None:
    moving = _MovingList(10)
    found = await paging.whole(paging.pages(moving.fetch, most=100))
    assert found.items == _rows(0, 10)
    assert found.is_complete
    assert moving.asked == [0, 3, 6]


@pytest.mark.parametrize("place", [0, 2, 3])
async def test_a_row_that_goes_away_between_pages_has_the_list_read_again(place: int) -> None:
    moving = _MovingList(10, _drop(place))
    pages = [page async for page in paging.pages(moving.fetch, most=100)]
    assert [page.begins_anew for page in pages] == [False, True, False, False]
    found = await paging.whole(_again(pages))
    assert found.items == tuple(moving.rows)
    assert found.is_complete
    assert moving.asked[:3] == [0, 3, 0]


async def test_a_second_reading_may_be_as_long_as_the_first() -> None:
    moving = _MovingList(10, lambda _: None, _drop(0))
    found = await paging.whole(paging.pages(moving.fetch, most=100, most_pages=lambda: 3))
    assert found.items == tuple(moving.rows)
    assert found.is_complete
    assert moving.asked == [0, 3, 6, 0, 3, 6]


async def test_rows_that_are_gone_to_the_last_have_the_list_read_again() -> None:
    moving = _MovingList(5, lambda rows: rows.clear())
    found = await paging.whole(paging.pages(moving.fetch, most=100))
    assert found.items == ()
    assert found.is_complete


async def test_a_row_that_is_added_between_pages_costs_no_second_reading() -> None:
    moving = _MovingList(10, lambda rows: rows.insert(0, _Row("new")))
    found = await paging.whole(paging.pages(moving.fetch, most=100))
    assert set(found.items) == set(_rows(0, 10))
    assert moving.asked.count(0) == 1


async def test_a_list_that_moves_each_time_is_told_as_incomplete() -> None:
    moving = _MovingList(40, *[_drop(0)] * 30)
    found = await paging.whole(paging.pages(moving.fetch, most=100))
    assert not found.is_complete


@pytest.mark.parametrize(
    ("total", "shown", "is_complete", "asked"), [(9, 9, True, 3), (9, 7, False, 3), (4, 4, True, 1)]
)
async def test_less_than_its_own_count_is_asked_on_and_told(
    total: int, shown: int, is_complete: bool, asked: int
) -> None:
    """It always says that there is no more."""
    offsets: list[int] = []

    async def fetch(offset: int) -> ListAnswer[_Row]:
        offsets.append(offset)
        items = _rows(offset, max(0, min(4, shown - offset)))
        return ListAnswer(items, len(items), has_more=False, total=total, last=items[-1] if items else None)

    found = await paging.whole(paging.pages(fetch, most=100))
    assert found.items == _rows(0, shown)
    assert found.is_complete is is_complete
    assert len(offsets) == asked


async def test_rows_that_came_twice_do_not_count_for_those_that_did_not_come() -> None:
    """A list in another order at each request that counts its rows truly."""
    asked: list[int] = []

    async def fetch(offset: int) -> ListAnswer[_Row]:
        asked.append(offset)
        rows = list(_rows(0, 17))
        Random(offset).shuffle(rows)
        items = tuple(rows[offset : offset + 10])
        return ListAnswer(items, len(items), has_more=offset + 10 < 17, total=17, last=items[-1])

    found = await paging.whole(paging.pages(fetch, most=100))
    assert not found.is_complete
    assert len(found.items) > 10
    assert asked.count(0) == 3


@pytest.mark.parametrize(("count", "asked"), [(7, [0, 2, 4, 6]), (3, [0, 2]), (1, [0, 1]), (0, [0])])
async def test_a_list_that_says_nothing_of_more_is_whole_where_it_ends(count: int, asked: list[int]) -> None:
    """It gives three rows, however many are asked for."""
    offsets: list[int] = []

    async def fetch(offset: int) -> ListAnswer[_Row]:
        offsets.append(offset)
        items = _rows(offset, max(0, min(3, count - offset)))
        if offset and not items:
            raise Missing
        return ListAnswer(items, len(items), False, last=items[-1] if items else None, is_silent=True)

    found = await paging.whole(paging.pages(fetch, most=100))
    assert found.items == _rows(0, count)
    assert found.is_complete
    assert offsets == asked


@pytest.mark.parametrize("rows", [(_Row("1"), _Row("2")), ()])
async def test_a_list_that_says_nothing_and_takes_no_notice_of_the_offset_ends(rows: tuple[_Row, ...]) -> None:
    asked: list[int] = []

    async def fetch(offset: int) -> ListAnswer[_Row]:
        asked.append(offset)
        return ListAnswer(rows, 3, has_more=False, is_silent=True)  # its last row is none that can be read

    found = await paging.whole(paging.pages(fetch, most=100))
    assert (found.items, found.is_complete) == (rows, True)
    assert len(asked) == 2


def test_a_row_that_came_twice_in_one_page_does_not_count_for_another() -> None:
    answer = ListAnswer((_Row("1"), _Row("1")), 2, has_more=False, total=2)
    listing = paging.listing(answer)
    assert (listing.items, listing.is_complete, listing.goes_on_at) == ((_Row("1"),), False, None)


async def _again(pages: list[Page[_Row]]) -> AsyncIterator[Page[_Row]]:
    for page in pages:
        yield page


@pytest.mark.parametrize("tells", ["has_more", "total", "nothing"])
@pytest.mark.parametrize("count", [3, 4, 5, 8, 10])
async def test_a_server_that_knows_whole_pages_only_is_read_to_its_end(count: int, tells: str) -> None:
    asked: list[int] = []

    async def fetch(offset: int) -> ListAnswer[_Row]:
        asked.append(offset)
        first = offset - offset % 4
        items = _rows(first, max(0, min(4, count - first)))
        has_more = first + 4 < count if tells == "has_more" else len(items) == 4
        told = count if tells == "total" else None
        last = items[-1] if items else None
        return ListAnswer(items, len(items), has_more, total=told, last=last, is_silent=tells == "nothing")

    listing = await paging.whole(paging.pages(fetch, most=100))
    assert listing.items == _rows(0, count)
    assert listing.is_complete
    assert len(asked) <= count // 4 + 3


async def test_a_server_that_gives_the_first_page_for_ever_is_incomplete() -> None:
    async def fetch(_offset: int) -> ListAnswer[_Row]:
        return ListAnswer(_rows(0, 4), 4, has_more=True, last=_Row("3"))

    listing = await paging.whole(paging.pages(fetch, most=100))
    assert (listing.items, listing.is_complete) == (_rows(0, 4), False)
