"""Every group of budgets, in the order of the table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench import cells, line
from tests.bench.budgets import Budget, Measured
from tests.bench.desk import Place


@dataclass(frozen=True, slots=True)
class Group:
    budgets: tuple[Budget, ...]
    measure: Callable[[Place], Awaitable[list[Measured]]]


GROUPS: dict[str, Group] = {
    "cells": Group(cells.BUDGETS, cells.measure),
    "line": Group(line.BUDGETS, line.measure),
}
