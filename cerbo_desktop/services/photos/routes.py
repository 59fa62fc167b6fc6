"""The two routes to a photo's bytes, `/stream` and `/content`: which of them a tenant gives is learnt, and each stands
in for the other (contract 6.3).

An opened photo goes by `/stream` first, a small picture by `/content`. After any answer that is not the photo the other
route is asked at once. Trouble on the line is no such answer, nor is a server that asks for restraint of everything; a
route that is alone held back is passed over for as long as that lasts.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    Missing,
    Overloaded,
    ServerError,
    ServerRefused,
)
from cerbo_desktop.domain.photo import Content

_NO_WORD_ON_THE_ROUTE = frozenset({BadAnswerKind.CUT_OFF, BadAnswerKind.TOO_LARGE, BadAnswerKind.OTHER_PATIENT})
_ENOUGH_FAULTS = 2
"""A fault of the server may be of one moment; the second in a row that the other route makes good is the route's."""
_ASKED_AGAIN_EACH = 100
"""So many photos after a route failed, it goes first once more: the server may have been mended."""


class Route(Enum):
    """A way to the bytes of a photo."""

    STREAM = "stream"
    CONTENT = "content"

    @property
    def other(self) -> "Route":
        return Route.CONTENT if self is Route.STREAM else Route.STREAM


Ask = Callable[[Route, bool], Awaitable[Content]]
"""By which route, and whether the other may be asked instead where this one is held back for overload."""


@dataclass(slots=True)
class _Known:
    """What is known of one route: failures in a row that the other route made good, and photos since it went last."""

    fault_count: int = 0
    passed_over_count: int = 0

    @property
    def fails(self) -> bool:
        return self.fault_count >= _ENOUGH_FAULTS


class Routes:
    """`is_stream_first`: `/content` was found to fail at an earlier start. `on_found` hears when this changes."""

    def __init__(self, *, is_stream_first: bool = False, on_found: Callable[[bool], None] = lambda _: None) -> None:
        self._known = {route: _Known() for route in Route}
        self._on_found = on_found
        if is_stream_first:
            self._known[Route.CONTENT].fault_count = _ENOUGH_FAULTS

    async def fetch(self, ask: Ask, wanted: Route) -> Content:
        """Ask for the photo by the wanted route, unless that is known to fail, and then by the other.

        A fault of the server that neither route makes good is asked about once more: it may have been of one moment.

        Raises:
            ServerError: what says most of what both routes ended in.
        """
        first = self._first(wanted)
        has_other_way = not self._known[first.other].fails
        try:
            content = await ask(first, has_other_way)
        except ServerError as error:
            if not (may_be_the_route(error) or (has_other_way and isinstance(error, Overloaded))):
                raise
            return await self._by_other(ask, first, error)
        self._note_given(first)
        return content

    def note_unshown(self, route: Route) -> None:
        """Note that a photo came by this route in a form that can't be shown, while the other route gave it in another
        form."""
        self._note_fault(route, BadAnswer(BadAnswerKind.NOT_A_PHOTO))

    def _first(self, wanted: Route) -> Route:
        known = self._known[wanted]
        if not known.fails or self._known[wanted.other].fails:
            return wanted
        known.passed_over_count += 1
        if known.passed_over_count < _ASKED_AGAIN_EACH:
            return wanted.other
        known.passed_over_count = 0
        return wanted

    async def _by_other(self, ask: Ask, failed: Route, error: ServerError) -> Content:
        try:
            content = await ask(failed.other, False)
        except ServerError as second:
            if not may_be_the_route(second):
                raise
            if _is_fault(error) or isinstance(error, Overloaded):
                return await ask(failed, False)
            raise max(error, second, key=_says) from None
        if not isinstance(error, Overloaded):  # which passes, and is no word on what the route gives
            self._note_fault(failed, error)
        self._note_given(failed.other)
        return content

    def _note_given(self, route: Route) -> None:
        had_failed = self._known[route].fails
        self._known[route] = _Known()
        if had_failed:
            self._tell(route)

    def _note_fault(self, route: Route, error: ServerError) -> None:
        known = self._known[route]
        had_failed = known.fails
        known.fault_count += 1 if _is_fault(error) else _ENOUGH_FAULTS
        if not had_failed and known.fails:
            self._tell(route)

    def _tell(self, route: Route) -> None:
        if route is Route.CONTENT:
            self._on_found(self._known[route].fails)


def may_be_the_route(error: ServerError) -> bool:
    """Whether the other route may still have the photo."""
    if isinstance(error, BadAnswer):
        return error.kind not in _NO_WORD_ON_THE_ROUTE
    return isinstance(error, Missing | Forbidden | ServerRefused)


def _is_fault(error: ServerError) -> bool:
    return isinstance(error, BadAnswer) and error.kind is BadAnswerKind.SERVER_FAULT


def _says(error: ServerError) -> int:
    """How much of the photo. That there is no such route says nothing of it, and a 404 may mean the same."""
    if isinstance(error, BadAnswer) and error.kind is BadAnswerKind.NOT_OFFERED:
        return 0
    if isinstance(error, Missing):
        return 1
    return 3 if isinstance(error, Forbidden) else 2
