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
    sense (repeated or endless ones)."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A whole list, or as much of it as was asked for."""

    items: tuple[Item, ...]
    is_complete: bool = True
    goes_on_at: int | None = None
    """The row at which the rest begins, where nothing but the rest is missing."""
