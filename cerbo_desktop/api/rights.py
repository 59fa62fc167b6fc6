"""What this key may do. A 401 may mean that Cerbo refuses the key, or only that one thing isn't allowed to it.

To tell the two apart, the cheapest question that Cerbo answered before is asked again, once for all requests that met a
401 together. An answer there means that the key holds, and that the one thing is refused; a 401 there, and to two more
questions at most, means that the key is refused. Where no answer comes, nothing is concluded.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from itertools import islice

from cerbo_desktop.api import faults
from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.refusals import Refusals, scope_of
from cerbo_desktop.domain.errors import (
    Forbidden,
    Overloaded,
    ServerError,
    SignedOut,
    Stalled,
    Unreachable,
)

_CHEAPEST_FIRST = (
    *(Operation.LIST_USERS, Operation.SHOW_PATIENT, Operation.SHOW_PHOTO, Operation.LIST_QUEUE),
    *(Operation.SEARCH_PATIENTS, Operation.LIST_APPOINTMENTS, Operation.LIST_PHOTOS),
)
_UNTRIED = (
    Call(Operation.LIST_USERS, params={"limit": "1"}),
    Call(Operation.SEARCH_PATIENTS, params={"last_name": "a%", "limit": "1"}),
)
"""The test of a connection (contract 13), and a search."""
_MOST_QUESTIONS = 3
_MOST_FAULTS_OF_THE_LINE = 2
"""One thing may have a page in its place, or break off, by itself; where two do, it is the line."""


class Rights:
    """`ask` sends one question at once, past every queue, and raises what it ended in. `tells_of_all`: whether its end
    would say something of other kinds of question; an overloaded Cerbo may refuse one kind alone. `now_s` may be set
    back or ahead by a person: a refusal is then kept longer or shorter than a day, no more."""

    def __init__(
        self,
        ask: Callable[[Call], Awaitable[None]],
        tells_of_all: Callable[[Call], bool],
        now_s: Callable[[], float] = time.time,
    ) -> None:
        self._ask, self._tells_of_all = ask, tells_of_all
        self._refusals = Refusals(now_s)
        self._answered: dict[Operation, Call] = {}
        self._looking = asyncio.Lock()
        self._look_count = 0
        self._trouble: ServerError | None = None
        """What the last look ended in; None where the key holds."""
        self.is_key_refused = False

    async def admit(self, call: Call) -> int:
        """Wait for a look that is under way, and return the number of looks so far, for `judged`.

        Raises:
            SignedOut: Cerbo refuses the key; asked on and on it may be locked out.
            Forbidden: Cerbo refused this to the key within the last day.
        """
        if self._looking.locked():
            async with self._looking:
                pass
        if self.is_key_refused:
            raise SignedOut
        if self._refusals.cover(call):
            raise Forbidden
        return self._look_count

    def note_given(self, call: Call) -> None:
        """Cerbo gave what was asked for: it no longer counts as refused."""
        self._refusals.note_given(call)
        if call.operation in _CHEAPEST_FIRST:
            params = {**call.params, "limit": "1"} if "limit" in call.params else call.params
            self._answered[call.operation] = replace(call, params=params)

    def note_forbidden(self, call: Call) -> None:
        """Cerbo refused this to the key: it is not asked for again within a day."""
        self._refusals.add(call)
        if _is_same(call, self._answered.get(call.operation)):
            del self._answered[call.operation]

    async def judged(self, call: Call, looks_before: int) -> ServerError:
        """The error that a 401 to `call` comes to; a look that began after the call was admitted serves it as well.

        Where the call changes something in Cerbo, the 401 is certain: nothing was done, whatever the look says.
        """
        trouble = await self._look(looks_before, refused=call)
        if trouble is None:
            self.note_forbidden(call)
            return Forbidden()
        is_question = call.operation.method == "GET"
        return trouble if is_question else SignedOut()

    async def probe(self) -> None:
        """See whether Cerbo answers this key, whatever is known of it. Raises what the look ended in."""
        trouble = await self._look(self._look_count, refused=None)
        if trouble is not None:
            raise trouble

    def forget_refusals(self) -> None:
        self._refusals.forget()

    async def _look(self, looks_before: int, *, refused: Call | None) -> ServerError | None:
        async with self._looking:
            if self._look_count == looks_before:
                self._trouble = await self._asked(refused)
                self._look_count += 1
                if self._trouble is None or isinstance(self._trouble, SignedOut):
                    self.is_key_refused = self._trouble is not None
            return self._trouble

    async def _asked(self, refused: Call | None) -> ServerError | None:
        """None as soon as one question shows that the key holds. `refused` had its 401 just now."""
        trouble: ServerError | None = None
        of_the_line: list[ServerError] = []
        is_refused_again = False
        for question in islice(self._questions(), _MOST_QUESTIONS):
            if _is_same(question, refused):
                trouble = SignedOut()
                continue
            try:
                await self._ask(question)
            except Forbidden:
                return None  # whoever is told "not allowed" has been recognised
            except SignedOut as error:
                trouble, is_refused_again = error, True
            except ServerError as error:
                if _is_certain(error) and self._tells_of_all(question):
                    return error
                if isinstance(error, Stalled) or faults.is_other_answering(error):
                    of_the_line.append(Unreachable(error.stopped_at) if isinstance(error, Stalled) else error)
                    if len(of_the_line) == _MOST_FAULTS_OF_THE_LINE:
                        break
                trouble = trouble or error  # it says nothing of the key
            else:
                return None
        if of_the_line and (len(of_the_line) == _MOST_FAULTS_OF_THE_LINE or not is_refused_again):
            return of_the_line[0]
        return trouble

    def _questions(self) -> Iterator[Call]:
        answered = [self._answered[each] for each in _CHEAPEST_FIRST if each in self._answered]
        untried = [each for each in _UNTRIED if each.operation not in self._answered]
        for question in (*answered, *untried):
            if self._tells_of_all(question):
                yield question


def _is_certain(error: ServerError) -> bool:
    """Another question would end in the same."""
    is_lost = isinstance(error, Unreachable) and not isinstance(error, Stalled)
    return is_lost or isinstance(error, Overloaded)


def _is_same(call: Call, other: Call | None) -> bool:
    return other is not None and scope_of(call) == scope_of(other)
