"""How many requests the acts of a day take: `tests/bench/requests.py` counts them, here they stand with their budgets.

What the open album and the board ask every minute by themselves is told apart from what an act takes.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from tests.bench import limits
from tests.bench.budgets import Budget, Measured, worst
from tests.bench.desk import Place
from tests.bench.requests import Act, counted

_BY_THEMSELVES = frozenset({"appointments"})


@dataclass(frozen=True, slots=True)
class _Row:
    """One act. `kinds`: only these count; without them, all but what the board asks by itself."""

    act: str
    kinds: frozenset[str] = frozenset()

    @property
    def budget(self) -> Budget:
        of = f", {' and '.join(sorted(self.kinds))}" if self.kinds else ""
        return Budget(f"requests: {self.act}{of}", "-", limits.REQUESTS[self.act], unit="requests")

    def measured(self, act: Act) -> Measured:
        wanted = self.kinds or act.requests.keys() - _BY_THEMSELVES
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(act.requests.items()))
        return worst(self.budget, [float(sum(act.requests[kind] for kind in wanted))], note=told)


_ROWS = (
    _Row("start, with a board of 30"),
    _Row("board of 30, a minute", _BY_THEMSELVES),
    _Row("a settled search by name", frozenset({"search"})),
    _Row("a search by id"),
    _Row("open an album of 250", frozenset({"images"})),
    _Row("an album of 250 in view, a minute", frozenset({"images"})),
    _Row("open an album of 5,000"),
    _Row("an album of 5,000 in view, a minute", frozenset({"images"})),
    _Row("an upload into 5,000", frozenset({"images", "queue", "upload"})),
    _Row("the upload waits for staff, 35 seconds", frozenset({"queue"})),
    _Row("staff accepted it, a minute"),
    _Row("30 patients' photos wait, a minute", frozenset({"queue"})),
)
BUDGETS = tuple(row.budget for row in _ROWS)


async def measure(place: Place) -> AsyncIterator[Measured]:
    acts = {act.name: act for act in await counted(place.scratch)}
    for row in _ROWS:
        if row.act in acts:
            yield row.measured(acts[row.act])
