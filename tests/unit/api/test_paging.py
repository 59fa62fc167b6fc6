"""A list ends at its ceiling, and says so only where there was more."""

from dataclasses import dataclass

import pytest

from cerbo_desktop.api import paging
from cerbo_desktop.api.list_answers import ListAnswer


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
