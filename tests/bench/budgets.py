"""What the app owes, in figures, and whether what was measured keeps it."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from tests.bench.limits import Limit
from tests.bench.screens import LARGE_X11, Screen

LEAST_TRIES = 5
_DRAWN = 1.3


class Direction(Enum):
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Budget:
    """One line of the table. `floor` says in words what it is measured against."""

    name: str
    floor: str
    limit: Limit
    direction: Direction = Direction.AT_MOST
    unit: str = "x"

    @property
    def judged(self) -> float | None:
        """None: only told."""
        return self.limit.judged

    def on(self, screen: Screen) -> "Budget":
        """The same line of the table, for one screen."""
        limit = self.limit.large or self.limit if screen is LARGE_X11 else self.limit
        return replace(self, name=f"{self.name} [{screen.name}]", limit=limit)


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure to judge, and the tries behind it and behind its floor, in a unit of their own."""

    budget: Budget
    figure: float
    tries: tuple[float, ...] = ()
    floor_tries: tuple[float, ...] = ()
    tries_unit: str = ""
    note: str = ""

    @property
    def is_met(self) -> bool:
        limit = self.budget.judged
        if limit is None:
            return True
        return self.figure >= limit if self.budget.direction is Direction.AT_LEAST else self.figure <= limit

    @property
    def drawable(self) -> float | None:
        """What its limit could be drawn to after this figure: 1.3 times as much, where that is stricter than now."""
        limit = self.budget.judged
        if not limit or not math.isfinite(self.figure) or not self.figure:
            return None
        is_rate = self.budget.direction is Direction.AT_LEAST
        drawn = self.figure / _DRAWN if is_rate else self.figure * _DRAWN
        is_stricter = drawn > limit if is_rate else drawn < limit
        return float(f"{drawn:.2g}") if is_stricter else None


def times(budget: Budget, took_s: Sequence[float], floor_s: Sequence[float], note: str = "") -> Measured:
    """Middle time over middle time; for a rate budget the other way round: 1 is always as good as the floor."""
    took, floor = _middle(took_s), _middle(floor_s)
    figure = floor / took if budget.direction is Direction.AT_LEAST else took / floor
    return Measured(budget, figure, _ms(took_s), _ms(floor_s), "ms", note)


def middle(budget: Budget, figures: Sequence[float], *, floor: Sequence[float] = (), note: str = "") -> Measured:
    """Of several tries the middle one: neither the lucky nor the unlucky one is what a person meets."""
    return Measured(budget, _middle(figures), tuple(figures), tuple(floor), budget.unit, note)


def worst(budget: Budget, figures: Sequence[float], *, floor: Sequence[float] = (), note: str = "") -> Measured:
    """For what no busy machine makes worse, such as memory, bytes and requests."""
    choose = min if budget.direction is Direction.AT_LEAST else max
    return Measured(budget, choose(figures), tuple(figures), tuple(floor), budget.unit, note)


def never(budget: Budget, note: str) -> Measured:
    """What was waited for did not come."""
    return Measured(budget, math.inf, note=note)


def _middle(tries: Sequence[float]) -> float:
    if len(tries) < LEAST_TRIES:
        raise ValueError("too few tries for a middle that means something")
    return statistics.median(tries)


def spread(tries: Sequence[float]) -> str:
    """25 (24-31, 5 tries): the median and the range."""
    if not tries:
        return ""
    if len(tries) == 1:
        return short(tries[0])
    return f"{short(statistics.median(tries))} ({short(min(tries))}-{short(max(tries))}, {len(tries)} tries)"


def short(figure: float) -> str:
    """Three digits that count."""
    if math.isinf(figure):
        return "never"
    return f"{figure:.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def _ms(seconds: Sequence[float]) -> tuple[float, ...]:
    return tuple(1000 * each for each in seconds)


@dataclass(slots=True)
class Run:
    """What came of one run of the bench: the budgets that were asked for, the figures, and what went wrong."""

    budgets: tuple[Budget, ...]
    measured: dict[str, Measured] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, figures: Sequence[Measured]) -> None:
        self.measured |= {each.budget.name: each for each in figures}

    @property
    def missing(self) -> list[Budget]:
        """Budgets with a limit of which there is no figure: as bad as missed, for nobody knows."""
        return [each for each in self.budgets if each.judged is not None and each.name not in self.measured]

    @property
    def missed(self) -> list[Measured]:
        return [each for each in self.measured.values() if not each.is_met]

    @property
    def exit_code(self) -> int:
        return 1 if self.missing or self.missed or self.failures else 0
