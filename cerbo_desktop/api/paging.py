"""Pages by offset, from a server that may repeat, shift or never end them (contract 3)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol, TypeVar

from cerbo_desktop.api.wire import Record, Rows
from cerbo_desktop.domain.limits import MAX_PAGES
from cerbo_desktop.domain.page import Listing, Page


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)
Fetch = Callable[[int], Awaitable[Rows]]
Read = Callable[[Record], Item | None]


async def pages(fetch: Fetch, read: Read[Item]) -> AsyncIterator[Page[Item]]:
    """The pages that `fetch(offset)` gives, ids never repeated; the last one says so when the list was cut short."""
    seen: set[str] = set()
    offset = 0
    for _ in range(MAX_PAGES):
        rows = await fetch(offset)
        items = tuple(item for record in rows.records if (item := read(record)) is not None)
        fresh = _fresh(items, seen)
        if rows.has_more and (not rows.records or (items and not fresh)):
            yield Page((), has_more=False, cut_short=True)
            return
        yield Page(fresh, rows.has_more)
        if not rows.has_more:
            return
        offset += len(rows.records)
    yield Page((), has_more=False, cut_short=True)


async def whole(found: AsyncIterator[Page[Item]]) -> Listing[Item]:
    """All pages in one listing."""
    items: list[Item] = []
    is_complete = True
    async for page in found:
        items.extend(page.items)
        is_complete = is_complete and not page.cut_short
    return Listing(tuple(items), is_complete)


def listing(rows: Rows, read: Read[Item]) -> Listing[Item]:
    """One page as a listing."""
    items = tuple(item for record in rows.records if (item := read(record)) is not None)
    return Listing(_fresh(items, set()), is_complete=not rows.has_more)


def _fresh(items: tuple[Item, ...], seen: set[str]) -> tuple[Item, ...]:
    fresh: list[Item] = []
    for item in items:
        if item.id not in seen:
            seen.add(item.id)
            fresh.append(item)
    return tuple(fresh)
