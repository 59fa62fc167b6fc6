"""Every group of budgets, in the order of the table."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

from tests.bench import (
    capturing,
    cells,
    dragging,
    economy,
    holding,
    huge,
    idling,
    keeping,
    line,
    long_list,
    mixed_files,
    narrow,
    opening,
    peers,
    residence,
    smoothness,
    starting,
    uploads,
    viewing,
)
from tests.bench.budgets import Budget, Measured
from tests.bench.desk import Place
from tests.bench.screens import LARGE_X11, OFFSCREEN, X11, Screen

_LIMIT_FACTOR = 4
"""A busy machine may take so much longer than a quiet one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Measured once on each of its screens. `is_short`: part of the short set, where the first of them is enough."""

    budgets: tuple[Budget, ...]
    measure: Callable[[Place], AsyncIterator[Measured]]
    usual_s: float
    """On one screen, on a quiet machine of two cores."""
    screens: tuple[Screen, ...] = (X11,)
    is_short: bool = False

    @property
    def limit_s(self) -> float:
        """On one screen: what hangs takes no other group's time."""
        return _LIMIT_FACTOR * self.usual_s

    def budgets_on(self, screen: Screen) -> tuple[Budget, ...]:
        return tuple(budget.on(screen) for budget in self.budgets)

    async def measured_on(self, screen: Screen, place: Place) -> AsyncIterator[Measured]:
        async for each in self.measure(place):
            yield replace(each, budget=each.budget.on(screen))


GROUPS: dict[str, Group] = {
    "starting": Group(starting.BUDGETS, starting.measure, 20, (X11, OFFSCREEN), is_short=True),
    "viewing": Group(viewing.BUDGETS, viewing.measure, 30, (X11, OFFSCREEN, LARGE_X11), is_short=True),
    "keeping": Group(keeping.BUDGETS, keeping.measure, 5, (OFFSCREEN,), is_short=True),
    "waiting": Group(starting.BUDGETS_OF_MANY, starting.measure_many, 480, (OFFSCREEN,)),
    "holding": Group(holding.BUDGETS, holding.measure, 60),
    "cells": Group(cells.BUDGETS, cells.measure, 120, (X11, OFFSCREEN)),
    "line": Group(line.BUDGETS, line.measure, 120),
    "list": Group(long_list.BUDGETS, long_list.measure, 120),
    "narrow": Group(narrow.BUDGETS_OF_HEADS, narrow.measure_heads, 600),
    "whole": Group(narrow.BUDGETS_OF_WHOLE, narrow.measure_whole, 600),
    "smoothness": Group(smoothness.BUDGETS, smoothness.measure, 120, (X11, OFFSCREEN)),
    "dragging": Group(dragging.BUDGETS, dragging.measure, 60),
    "capturing": Group(capturing.BUDGETS, capturing.measure, 150),
    "mixed": Group(mixed_files.BUDGETS, mixed_files.measure, 180),
    "huge": Group(huge.BUDGETS, huge.measure, 30),
    "uploads": Group(uploads.BUDGETS, uploads.measure, 90, (OFFSCREEN,)),
    "residence": Group(residence.BUDGETS, residence.measure, 180, (OFFSCREEN,)),
    "idling": Group(idling.BUDGETS, idling.measure, 150, (OFFSCREEN,)),
    "requests": Group(economy.BUDGETS, economy.measure, 60, (OFFSCREEN,)),
    "peers": Group(peers.BUDGETS, peers.measure, 240, (OFFSCREEN,)),
    "opening": Group(opening.BUDGETS, opening.measure, 90, (OFFSCREEN,)),
}
