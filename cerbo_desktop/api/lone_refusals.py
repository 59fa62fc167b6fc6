"""Single things that Cerbo refuses with 503 while it answers everything else: out of order, and no overload."""

from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.operations import Operation

_UNAVAILABLE = 503
_AIDS = frozenset({Operation.LIST_QUEUE})
"""Nothing depends on it, and a tenant may not have it at all."""
_TIMES = 3
_MOST = 256


class LoneRefusals:
    """A thing counts as out of order when it was refused three times, and something else was answered after each."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        """Refusals of each since it was answered; those that nothing else was answered after count as one."""
        self._may_count: set[str] = set()

    def is_lone(self, call: Call, status: int, asked_s: float | None) -> bool:
        """Whether this refusal is of this one thing alone; to be called for each."""
        if status != _UNAVAILABLE:
            return False
        if call.operation in _AIDS and asked_s is None:
            return True
        if len(self._times) > _MOST:
            self._times.clear()
        target = call.target
        if target not in self._times or target in self._may_count:
            self._times[target] = self._times.get(target, 0) + 1
            self._may_count.discard(target)
        return self._times[target] >= _TIMES

    def note_answered(self, call: Call) -> None:
        self._times.pop(call.target, None)
        self._may_count = set(self._times)
