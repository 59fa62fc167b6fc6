"""Every group of budgets, in the order of the table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from tests.bench import (
    cells,
    economy,
    keeping,
    line,
    long_list,
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


@dataclass(frozen=True, slots=True)
class Group:
    """Measured once on each of its screens. `is_short`: part of the short set, where the first of them is enough."""

    budgets: tuple[Budget, ...]
    measure: Callable[[Place], Awaitable[list[Measured]]]
    screens: tuple[Screen, ...] = (X11,)
    is_short: bool = False

    def budgets_on(self, screen: Screen) -> tuple[Budget, ...]:
        return tuple(budget.on(screen) for budget in self.budgets)

    async def measured_on(self, screen: Screen, place: Place) -> list[Measured]:
        return [replace(each, budget=each.budget.on(screen)) for each in await self.measure(place)]


GROUPS: dict[str, Group] = {
    "starting": Group(starting.BUDGETS, starting.measure, (X11, OFFSCREEN), is_short=True),
    "viewing": Group(viewing.BUDGETS, viewing.measure, (X11, OFFSCREEN, LARGE_X11), is_short=True),
    "keeping": Group(keeping.BUDGETS, keeping.measure, (OFFSCREEN,), is_short=True),
    "waiting": Group(starting.BUDGETS_OF_VERY_MANY, starting.measure_very_many, (OFFSCREEN,)),
    "cells": Group(cells.BUDGETS, cells.measure, (X11, OFFSCREEN)),
    "line": Group(line.BUDGETS, line.measure),
    "list": Group(long_list.BUDGETS, long_list.measure),
    "narrow": Group(narrow.BUDGETS_OF_HEADS, narrow.measure_heads),
    "whole": Group(narrow.BUDGETS_OF_WHOLE, narrow.measure_whole),
    "smoothness": Group(smoothness.BUDGETS, smoothness.measure, (X11, OFFSCREEN)),
    "uploads": Group(uploads.BUDGETS, uploads.measure, (OFFSCREEN,)),
    "residence": Group(residence.BUDGETS, residence.measure, (OFFSCREEN,)),
    "requests": Group(economy.BUDGETS, economy.measure, (OFFSCREEN,)),
    "peers": Group(peers.BUDGETS, peers.measure, (OFFSCREEN,)),
    "opening": Group(opening.BUDGETS, opening.measure, (OFFSCREEN,)),
}
