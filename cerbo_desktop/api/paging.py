"""Pages by offset, from a server that may repeat, shift or never end them (contract 3)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol, TypeVar

from cerbo_desktop.api.list_answers import ListAnswer
from cerbo_desktop.domain.limits import MAX_PAGES
from cerbo_desktop.domain.page import Listing, Page


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)
Fetch = Callable[[int], Awaitable[ListAnswer[Item]]]


async def pages(fetch: Fetch[Item], *, most: int) -> AsyncIterator[Page[Item]]:
    """The pages that `fetch(offset)` gives, ids never repeated, `most` items in all.

    The last page says so when the list was cut short.
    """
    seen: set[str] = set()
    offset = 0
    has_unread = False
    for _ in range(MAX_PAGES):
        answer = await fetch(offset)
        has_unread = has_unread or answer.has_unread
        room = most - len(seen)
        fresh = _fresh(answer.items, seen)
        if answer.has_more and (not answer.row_count or (answer.items and not fresh)):
            yield Page((), has_more=False, cut_short=True)
            return
        is_full = answer.is_cut or len(fresh) > room or (answer.has_more and len(fresh) == room)
        is_last = is_full or not answer.has_more
        yield Page(fresh[:room], not is_last, cut_short=is_last and (is_full or has_unread))
        if is_last:
            return
        offset += answer.row_count
    yield Page((), has_more=False, cut_short=True)


async def whole(found: AsyncIterator[Page[Item]]) -> Listing[Item]:
    """All pages in one listing."""
    items: list[Item] = []
    is_complete = True
    async for page in found:
        items.extend(page.items)
        is_complete = is_complete and not page.cut_short
    return Listing(tuple(items), is_complete)


def listing(answer: ListAnswer[Item], first_row: int = 0) -> Listing[Item]:
    """One page as a listing."""
    has_all_rows = not (answer.is_cut or answer.has_unread)
    goes_on_at = first_row + answer.row_count if has_all_rows and answer.has_more and answer.row_count else None
    return Listing(_fresh(answer.items, set()), has_all_rows and not answer.has_more, goes_on_at)


def _fresh(items: tuple[Item, ...], seen: set[str]) -> tuple[Item, ...]:
    fresh: list[Item] = []
    for item in items:
        if item.id not in seen:
            seen.add(item.id)
            fresh.append(item)
    return tuple(fresh)
