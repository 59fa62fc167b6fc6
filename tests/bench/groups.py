"""Every group of budgets, in the order of the table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench import cells, keeping, line, peers, residence, smoothness, starting, uploads, viewing
from tests.bench.budgets import Budget, Measured
from tests.bench.desk import Place


@dataclass(frozen=True, slots=True)
class Group:
    budgets: tuple[Budget, ...]
    measure: Callable[[Place], Awaitable[list[Measured]]]


GROUPS: dict[str, Group] = {
    "cells": Group(cells.BUDGETS, cells.measure),
    "line": Group(line.BUDGETS, line.measure),
    "viewing": Group(viewing.BUDGETS, viewing.measure),
    "smoothness": Group(smoothness.BUDGETS, smoothness.measure),
    "uploads": Group(uploads.BUDGETS, uploads.measure),
    "keeping": Group(keeping.BUDGETS, keeping.measure),
    "starting": Group(starting.BUDGETS, starting.measure),
    "residence": Group(residence.BUDGETS, residence.measure),
    "peers": Group(peers.BUDGETS, peers.measure),
}
