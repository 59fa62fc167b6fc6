"""The run as a table for people and as JSON for programs."""

import json
import math
import os
import platform
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench.budgets import Budget, Measured, Run, short, spread
from tests.bench.groups import GROUPS, Group

_HEADS = ("", "budget", "measured", "limit", "tries", "floor")


def table(run: Run) -> str:
    """A line a budget, in the order they are told, and what went wrong below."""
    rows = [_HEADS, *(_row(budget, run.measured.get(budget.name)) for budget in run.budgets)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = [f"{each.budget.name}: {each.note}" for each in run.measured.values() if each.note]
    drawable = [f"{each.budget.name}: {each.drawable:g}" for each in run.measured.values() if each.drawable is not None]
    told = {"Notes": notes, "Limits that could be drawn to": drawable, "Failures": run.failures}
    below = (line for title, each in told.items() for line in _paragraph(title, each))
    return "\n".join([*lines, "", *below, _verdict(run)])


def as_json(run: Run) -> str:
    machine = {"system": platform.platform(), "cpu_count": os.cpu_count(), "python": sys.version.split()[0]}
    rows = [_record(budget, run.measured.get(budget.name)) for budget in run.budgets]
    return json.dumps({"machine": machine, "budgets": rows, "failures": run.failures}, indent=2)


def _record(budget: Budget, found: Measured | None) -> dict[str, Any]:
    told = {
        "name": budget.name,
        "floor": budget.floor,
        "limit": budget.judged,
        "owed": budget.limit.owed,
        "direction": budget.direction.value,
        "unit": budget.unit,
        "is_met": found.is_met if found else None,
    }
    if found is None:
        return told
    figures = {
        "figure": found.figure if math.isfinite(found.figure) else None,
        "drawable": found.drawable,
        "tries": found.tries,
        "floor_tries": found.floor_tries,
    }
    return {**told, **figures, "tries_unit": found.tries_unit, "note": found.note}


def _row(budget: Budget, found: Measured | None) -> tuple[str, ...]:
    limit = _limit(budget)
    if found is None:
        return ("none", budget.name, "no figure", limit, "", budget.floor)
    sign = "" if budget.judged is None else "ok" if found.is_met else "MISS"
    tries = f"{spread(found.tries)} {found.tries_unit}" if found.tries else ""
    floor = f"{budget.floor}: {spread(found.floor_tries)} {found.tries_unit}" if found.floor_tries else budget.floor
    return (sign, budget.name, f"{short(found.figure)} {budget.unit}", limit, tries, floor)


def _limit(budget: Budget) -> str:
    if budget.judged is None:
        return ""
    return f"{budget.direction.value} {budget.judged:g} {budget.unit}"


def listing() -> str:
    """Every group: how long it takes in all, on which screens, and its rows."""
    return "\n\n".join(_group(name, group) for name, group in GROUPS.items())


def _group(name: str, group: Group) -> str:
    screens = " and ".join(screen.name for screen in group.screens)
    head = f"{name}: about {_length(group.usual_s * len(group.screens))} on {screens}"
    rows = (f"    {budget.name}  {_limit(budget)}".rstrip() for budget in group.budgets)
    return "\n".join([f"{head}, in the short set" if group.is_short else head, *rows])


def _length(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds / 60:.0f} min"


def _paragraph(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)
        yield ""


def _verdict(run: Run) -> str:
    limited = [each for each in run.budgets if each.judged is not None]
    missed, missing = len(run.missed), len(run.missing)
    met = len(limited) - missed - missing
    return f"{met} of {len(limited)} budgets are met, {missed} missed, {missing} without a figure."
