"""What this key was told that it may not do, kept for a day: Cerbo isn't asked for it again meanwhile."""

from collections.abc import Callable

from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.operations import Operation

KEPT_S = 86_400.0
_ENOUGH = 2
"""Refused for two patients and never allowed for any, a thing counts as refused for all of them."""
_ONE_BY_ONE = frozenset({Operation.SHOW_PATIENT})
"""A person may type an id that the key has no business with, twice: the next id may well be allowed."""

Right = tuple[Operation, str]
"""An operation and, where it asks for photos of one type, that type: a profile may refuse the parameter alone."""
Scope = tuple[Right | str, ...]
"""A right for every chart, for one patient's, or for one photo in it; a search by whatever, or by these criteria."""
_PAGING = frozenset({"limit", "offset"})


class Refusals:
    """Remembers for a day what this key was refused.

    A refusal counts for the record that was asked for. It grows to the chart, and to all charts, where another record
    was refused as well and none was ever given; in the same way from the criteria of one search to searching at all.
    """

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._until_s: dict[Scope, float] = {}
        self._given: set[Scope] = set()

    def cover(self, call: Call) -> bool:
        """Whether the call is known to be refused."""
        now_s = self._now_s()
        return any(self._until_s.get(scope, 0.0) > now_s for scope in _scopes(call))

    def add(self, call: Call) -> None:
        """Note a refusal, of a question alone: what changes something in Cerbo is tried whenever a person wants it."""
        if call.operation.method != "GET":
            return
        until_s = self._now_s() + KEPT_S
        narrowest, *wider = _scopes(call)
        self._until_s[narrowest] = until_s
        for scope in wider:
            if self._may_grow_to(scope):
                self._until_s[scope] = until_s

    def note_given(self, call: Call) -> None:
        """Note that Cerbo gave what was asked for."""
        for scope in _scopes(call):
            self._given.add(scope)
            self._until_s.pop(scope, None)

    def forget(self) -> None:
        self._until_s.clear()
        self._given.clear()

    def _may_grow_to(self, scope: Scope) -> bool:
        if scope in self._given or (len(scope) == 1 and scope[0][0] in _ONE_BY_ONE):
            return False
        length = len(scope)
        inside = {each[length] for each in self._until_s if len(each) > length and each[:length] == scope}
        return len(inside) >= _ENOUGH


def scope_of(call: Call) -> Scope:
    """The narrowest scope of a call."""
    return _scopes(call)[0]


def _scopes(call: Call) -> list[Scope]:
    """From the record that is asked for to the right as a whole."""
    right, within = (call.operation, call.params.get("photo_type", "")), call.ids
    if call.operation is Operation.SEARCH_PATIENTS:
        within = (" ".join(sorted(set(call.params) - _PAGING)),)
    return [(right, *within[:length]) for length in range(len(within), -1, -1)]
