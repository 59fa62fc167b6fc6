"""How many requests the acts of a day take: `tests/bench/requests.py` counts them, here they stand with their budgets.

What the open album and the board ask every minute by themselves is told apart from what an act takes.
"""

from dataclasses import dataclass

from tests.bench.budgets import Budget, Measured, worst
from tests.bench.desk import Place
from tests.bench.requests import Act, counted

_BY_THEMSELVES = frozenset({"appointments"})


@dataclass(frozen=True, slots=True)
class _Row:
    """One act. `kinds`: only these count; without them, all but what the board asks by itself."""

    act: str
    limit: float | None
    kinds: frozenset[str] = frozenset()

    @property
    def budget(self) -> Budget:
        of = f", {' and '.join(sorted(self.kinds))}" if self.kinds else ""
        return Budget(f"requests: {self.act}{of}", "-", self.limit, unit="requests")

    def measured(self, act: Act) -> Measured:
        wanted = self.kinds or act.requests.keys() - _BY_THEMSELVES
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(act.requests.items()))
        return worst(self.budget, [float(sum(act.requests[kind] for kind in wanted))], note=told)


_ROWS = (
    _Row("start, with a board of 30", None),
    _Row("board of 30, a minute", None, _BY_THEMSELVES),
    _Row("a settled search by name", 4, frozenset({"search"})),
    _Row("a search by id", 1),
    _Row("open an album of 250", 3, frozenset({"images"})),
    _Row("an album of 250 in view, a minute", 1, frozenset({"images"})),
    _Row("open an album of 5,000", None),
    _Row("an album of 5,000 in view, a minute", 1, frozenset({"images"})),
    _Row("an upload into 5,000", 3, frozenset({"images", "queue", "upload"})),
    _Row("the upload waits for staff, 35 seconds", 1, frozenset({"queue"})),
    _Row("staff accepted it, a minute", None),
    _Row("30 patients' photos wait, a minute", 2, frozenset({"queue"})),
)
BUDGETS = tuple(row.budget for row in _ROWS)


async def measure(place: Place) -> list[Measured]:
    acts = {act.name: act for act in await counted(place.scratch)}
    return [row.measured(acts[row.act]) for row in _ROWS if row.act in acts]
