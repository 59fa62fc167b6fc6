"""Finds out who else bears the open patient's name, and tells the page."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Protocol

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, are_namesakes
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.today import Today

_WAITS_S = (10.0, 30.0, 60.0)


class NamesakeView(Protocol):
    """Where the patient's page names them."""

    def set_namesakes(
        self, namesakes: Sequence[Patient], *, may_be_more: bool = False, is_checking: bool = False
    ) -> None: ...


class NamesakeLookup:
    """However the patient was opened: whoever is on the board, or was found by a search, is told at once, and then
    Cerbo is asked."""

    def __init__(self, searching: Searching, today: Today, clock: Clock, scope: TaskScope, view: NamesakeView) -> None:
        self._searching, self._today, self._clock = searching, today, clock
        self._scope, self._view = scope, view
        self._patient: Patient | None = None
        """Who is open."""
        self._others: dict[PatientId, Patient] = {}
        """Somebody who is known stays known as long as the patient is open."""
        self._is_answered = self._may_be_more = False

    def look_for(self, patient: Patient) -> None:
        """Look for namesakes of this patient, in place of the one before."""
        self._patient, self._others = patient, {}
        self._may_be_more = False
        self._ask(patient)

    def try_again(self) -> None:
        """Cerbo can be reached again. What was said of the last try stands until this one has ended."""
        if self._patient is not None and not self._is_answered:
            self._ask(self._patient)

    def take_board(self) -> None:
        """Today's board has changed: a namesake may be on it."""
        known = len(self._others)
        self._learn()
        if len(self._others) > known:
            self._tell()

    def _ask(self, patient: Patient) -> None:
        self._is_answered = False
        self._learn()
        self._tell()
        self._scope.start(self._ask_until_answered(patient), key="namesakes")

    def _learn(self) -> None:
        """Take in who is known here."""
        if (patient := self._patient) is not None:
            todays = (visit.patient for visit in self._today.feed.latest.visits)
            self._take(each for each in todays if are_namesakes(each, patient))
            self._take(self._searching.seen.namesakes_of(patient))

    def _take(self, namesakes: Iterable[Patient]) -> None:
        self._others |= {each.id: each for each in namesakes}

    def _tell(self) -> None:
        is_checking = not self._is_answered and not self._may_be_more
        self._view.set_namesakes(tuple(self._others.values()), may_be_more=self._may_be_more, is_checking=is_checking)

    async def _ask_until_answered(self, patient: Patient) -> None:
        """A question that failed is asked again, less and less often, while the patient is open."""
        for wait_s in itertools.chain(_WAITS_S, itertools.repeat(_WAITS_S[-1])):
            try:
                found = await self._searching.namesakes_of(patient)
            except ServerError:
                self._may_be_more = True
                self._tell()
                await self._clock.sleep(wait_s)
            else:
                self._searching.seen.note(found.items)
                self._take(found.items)
                self._is_answered, self._may_be_more = True, not found.is_complete
                self._tell()
                return
