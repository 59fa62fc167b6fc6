"""Pages by offset, from a server that may repeat, shift or never end them (contract 3).

Each page is asked from the last row of the page before it on. Where that row is not in it, rows before it have gone
away meanwhile and others may have been passed over: the list is then read once more from its first row. So it is where
rows that had come already come again behind it, or in place of some that the list counts.

A server may know whole pages only, and gives the page before once more: then the next is asked from its own first row.
"""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from cerbo_desktop.api.list_answers import ListAnswer
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing
from cerbo_desktop.domain.limits import MAX_ALBUM_PHOTOS, PAGE_SIZE
from cerbo_desktop.domain.page import Listing, Page

_MOST_READINGS = 3
"""Of a list that moves each time."""


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)
Fetch = Callable[[int], Awaitable[ListAnswer[Item]]]


def pages_of(rows: int, page_size: int) -> int:
    """How many pages hold `rows` rows, where each page but the first repeats the last row of the one before it."""
    return math.ceil((rows - 1) / (page_size - 1))


MAX_PAGES = pages_of(MAX_ALBUM_PHOTOS, PAGE_SIZE)
"""No album is longer, so a list that goes on is lying."""


async def pages(
    fetch: Fetch[Item], *, most: int, most_pages: Callable[[], int] = lambda: MAX_PAGES
) -> AsyncIterator[Page[Item]]:
    """The pages that `fetch(offset)` gives, with no id twice and `most` items in all.

    One reading takes at most `most_pages()` pages. The last page says so where the list was cut short.
    """
    reading, readings, asked = _Reading[Item](most), 1, 0
    while asked < most_pages():
        asked += 1
        answer = await _fetched(fetch, reading)
        if reading.is_page_before(answer):
            reading.ask_whole_pages()
            continue
        has_moved = reading.has_moved(answer)
        if has_moved and readings == _MOST_READINGS:
            yield replace(reading.take(answer), has_more=False, cut_short=True)
            return
        page = None if has_moved else reading.take(answer)
        if page is None or (reading.lacks_rows and readings < _MOST_READINGS):
            reading, readings, asked = reading.begun_anew(), readings + 1, 0
            continue
        yield page
        if not page.has_more:
            return
    yield Page((), has_more=False, cut_short=True)


async def _fetched(fetch: Fetch[Item], reading: "_Reading[Item]") -> ListAnswer[Item]:
    try:
        return await fetch(reading.asks_from)
    except (Missing, BadAnswer) as error:
        is_nothing = isinstance(error, Missing) or error.kind is BadAnswerKind.NOTHING
        if not (is_nothing and reading.may_be_at_end):
            raise
        return ListAnswer((), 0, has_more=False)


class _Reading(Generic[Item]):
    """Of one list, from its first row on."""

    def __init__(self, most: int, *, begins_anew: bool = False) -> None:
        self._most, self._begins_anew = most, begins_anew
        self._seen: set[str] = set()
        self._next_row = 0
        self._shared_id = ""
        """Of the last row so far, which is asked for a second time."""
        self._page_rows = 0
        """Of the latest page."""
        self._is_in_whole_pages = False
        self._unreadable_count = 0
        self._nameless_count = 0
        """Rows of which nothing was made, so that whether they came before cannot be told."""
        self._page_count = 0
        self._told_total = 0
        self._is_silent = False
        self.lacks_rows = False
        """It ended, and of its pages some rows came twice and others, which it counts, did not come."""

    @property
    def may_be_at_end(self) -> bool:
        """The next page begins behind the last row so far, and nothing said that there is more."""
        return self._is_silent and not self._shared_id

    @property
    def asks_from(self) -> int:
        return self._next_row - bool(self._shared_id)

    def is_page_before(self, answer: ListAnswer[Item]) -> bool:
        """Whether the server went back to where that page began, though its last row alone was asked for again."""
        ids = [item.id for item in answer.items]
        ends_alike = answer.row_count == self._page_rows > 1 and bool(self._shared_id) and ids[-1:] == [self._shared_id]
        return ends_alike and self._seen.issuperset(ids)

    def ask_whole_pages(self) -> None:
        self._is_in_whole_pages, self._shared_id = True, ""

    def begun_anew(self) -> "_Reading[Item]":
        reading = _Reading[Item](self._most, begins_anew=True)
        reading._is_in_whole_pages = self._is_in_whole_pages
        return reading

    def has_moved(self, answer: ListAnswer[Item]) -> bool:
        """Whether rows that were read have gone away since, or stand elsewhere."""
        if not self._shared_id:
            return False
        if not answer.row_count:
            return not answer.has_more
        back = [item.id for item in reversed(answer.items)]
        if self._shared_id not in back:
            return not self._seen.issuperset(back)
        return not self._seen.isdisjoint(back[: back.index(self._shared_id)])

    def take(self, answer: ListAnswer[Item]) -> Page[Item]:
        room, begins_anew, first_row = self._most - len(self._seen), self._begins_anew, self._next_row
        others = [item for item in answer.items if item.id != self._shared_id]
        fresh = _fresh(others, self._seen)
        brings_rows = answer.row_count > bool(self._shared_id) and (not others or bool(fresh))
        self._step(answer)
        tells_more = answer.has_more or self._told_total > self._next_row
        may_have_more = tells_more or (answer.is_silent and (bool(fresh) or self._page_count == 1))
        is_full = answer.is_cut or len(fresh) > room or (tells_more and len(fresh) == room)
        is_last = is_full or not may_have_more or not brings_rows
        counts_more = self._told_total > len(self._seen) + self._nameless_count
        self.lacks_rows = is_last and counts_more and self._page_count > 1 and not (is_full or tells_more)
        is_short = is_last and (is_full or tells_more or counts_more or self._unreadable_count > 0)
        # A page that brings nothing new may be the one before it once more, with the same rows that could not be read.
        unreadable_count = answer.unreadable_count if fresh or self._page_count == 1 else 0
        return Page(fresh[:room], not is_last, is_short, unreadable_count, begins_anew, first_row, answer.total)

    def _step(self, answer: ListAnswer[Item]) -> None:
        self._page_count += 1
        self._is_silent = answer.is_silent
        self._told_total = self._told_total if answer.total is None else answer.total
        self._nameless_count += answer.row_count - len(answer.items)
        self._next_row = self.asks_from + answer.row_count
        # A server that gives one row at a time would give that one for ever.
        is_shared = answer.last is not None and answer.row_count > 1 and not self._is_in_whole_pages
        self._shared_id = answer.last.id if answer.last is not None and is_shared else ""
        self._page_rows = answer.row_count
        self._unreadable_count += answer.unreadable_count
        self._begins_anew = False


async def whole(found: AsyncIterator[Page[Item]]) -> Listing[Item]:
    """All pages joined into one listing."""
    items: list[Item] = []
    is_complete, unreadable_count = True, 0
    async for page in found:
        if page.begins_anew:
            items, unreadable_count = [], 0
        items.extend(page.items)
        unreadable_count += page.unreadable_count
        is_complete = not page.cut_short
    return Listing(tuple(items), is_complete, unreadable_count=unreadable_count)


def listing(answer: ListAnswer[Item], first_row: int = 0) -> Listing[Item]:
    """The listing of one page alone."""
    next_row, total = first_row + answer.row_count, answer.total or 0
    has_more = answer.has_more or total > next_row
    has_all_rows = not (answer.is_cut or answer.unreadable_count)
    goes_on_at = next_row if has_all_rows and has_more and answer.row_count else None
    items = _fresh(answer.items, set())
    has_all_counted = total <= next_row - (len(answer.items) - len(items))
    is_complete = has_all_rows and not has_more and has_all_counted
    is_all_counted = has_all_rows and answer.total == next_row
    return Listing(items, is_complete, goes_on_at, answer.unreadable_count, is_all_counted, answer.is_silent)


def _fresh(items: Iterable[Item], seen: set[str]) -> tuple[Item, ...]:
    fresh: list[Item] = []
    for item in items:
        if item.id not in seen:
            seen.add(item.id)
            fresh.append(item)
    return tuple(fresh)
