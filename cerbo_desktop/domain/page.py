"""What a list answer brings, and whether it is all there is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list, already free of ids seen on earlier pages."""

    items: tuple[Item, ...]
    has_more: bool
    cut_short: bool = False
    """The list stops here and is incomplete: it had too many rows, some that could not be read, or pages that made no
    sense (repeated or endless ones), or fewer rows than the server says that it has."""
    unreadable_count: int = 0
    """Rows of this page that could not be read."""
    begins_anew: bool = False
    """Rows went away while the list was read, so that some may have been passed over: it is read once more from its
    first row, and what the pages before this one brought does not count any more."""
    first_row: int = 0
    """The place in the list of the page's first new row."""
    total: int | None = None
    """How many rows the server says that there are, in this page or in the whole list: which is unknown."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A whole list, or as much of it as was asked for."""

    items: tuple[Item, ...]
    is_complete: bool = True
    goes_on_at: int | None = None
    """The row at which the rest begins, where nothing but the rest is missing."""
    unreadable_count: int = 0
    """Rows that could not be read; with them it is never complete."""
    is_all_counted: bool = False
    """As many rows came as the server says that there are, whatever else it says of more."""
    is_silent: bool = False
    """The server says neither whether there are more nor how many there are."""
