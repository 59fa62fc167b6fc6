"""What a 429 or a 503 is about: one thing, one kind of question, or everything that is asked with this key."""

import math
from dataclasses import dataclass
from enum import Enum

from cerbo_desktop.api import overload
from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.operations import PHOTO_BYTES, Operation

_AIDS = frozenset({Operation.LIST_QUEUE})
"""Nothing depends on it, and a tenant may not have it at all."""
_TIMES = 3
_MOST = 256
_LATELY_S = 10.0
_PAGING = frozenset({"limit", "offset"})

Kind = tuple[Operation, frozenset[str]]


def kind_of(call: Call) -> Kind:
    """The kind of question of a call. A filtered list is another kind than the whole one: a server may limit the one
    alone."""
    return call.operation, frozenset(call.params) - _PAGING


class Scope(Enum):
    """How far a refusal reaches: what has to wait because of it."""

    THING = "one thing"
    """Nothing: it is out of order, and this is no overload."""
    KIND = "one kind of question"
    PERHAPS_KIND = "perhaps one kind of question"
    """One question of another kind will tell."""
    ALL = "all"


@dataclass(slots=True)
class _Run:
    """Refusals of one kind without an answer of it in between."""

    refused_s: float
    scope: Scope
    is_known: bool = False
    """Others were answered between two of them."""
    were_others_answered: bool = False


class LoneRefusals:
    """Finds out whether a refusal is of one thing, of one kind of question, or of all.

    The first refusal of a kind is a doubt, whatever was answered before: it may be a limit of this kind, or of all.
    Where another kind is refused too, it is of all. Where the same kind is refused twice, and another was answered in
    between, it is of that kind alone, until one of its own is answered.

    A thing counts as out of order when it was refused three times, and something else was answered after each.
    """

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        """Refusals of each since it was answered; those that nothing else was answered after count as one."""
        self._may_count: set[str] = set()
        self._runs: dict[Kind, _Run] = {}
        self._answered_s: dict[Kind, float] = {}

    def scope(self, call: Call, status: int, asked_s: float | None, started_s: float, now_s: float) -> Scope:
        """How far this refusal reaches. To be called for each refusal."""
        if status == overload.UNAVAILABLE and self._is_thing(call, asked_s):
            return Scope.THING
        kind = kind_of(call)
        run = self._runs.get(kind)
        if run is None:
            run = self._runs[kind] = _Run(now_s, self._first_scope(kind))
        elif started_s > run.refused_s:
            run.is_known |= run.were_others_answered
            run.refused_s, run.scope = now_s, Scope.KIND if run.is_known else Scope.ALL
        return run.scope

    def note_answered(self, call: Call, started_s: float, now_s: float) -> None:
        """Note that a question which was asked at `started_s` was answered."""
        kind = kind_of(call)
        self._times.pop(call.target, None)
        self._may_count = set(self._times)
        self._answered_s[kind] = now_s
        if kind in self._runs and started_s > self._runs[kind].refused_s:
            del self._runs[kind]
        for other, run in self._runs.items():
            if other != kind and started_s > run.refused_s:
                run.were_others_answered = True

    def is_alone(self, kind: Kind) -> bool:
        """Whether it is known that this kind is refused and others are not."""
        return kind in self._runs and self._runs[kind].is_known

    def was_answered_lately(self, call: Call, now_s: float) -> bool:
        """Whether a question of the kind of `call` was answered a moment ago."""
        return now_s - self._answered_s.get(kind_of(call), -math.inf) < _LATELY_S

    def may_be_alone(self, call: Call) -> bool:
        """Whether an answer to `call` may tell nothing of other kinds: its kind is refused, and the others perhaps
        not."""
        kind = kind_of(call)
        return any(run.scope is not Scope.ALL for other, run in self._runs.items() if _are_alike(kind, other))

    def _first_scope(self, kind: Kind) -> Scope:
        """Two kinds that are refused while nothing is answered are a sign of overload."""
        for other, run in self._runs.items():
            if not (_are_alike(kind, other) or run.is_known or run.were_others_answered):
                run.scope = Scope.ALL
                return Scope.ALL
        return Scope.PERHAPS_KIND

    def _is_thing(self, call: Call, asked_s: float | None) -> bool:
        if call.operation.method != "GET":
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


def _are_alike(one: Kind, other: Kind) -> bool:
    """The two routes to the bytes of a photo are asked, and limited, together."""
    return one == other or {one[0], other[0]} <= PHOTO_BYTES
