"""The warning in the banner that somebody else bears the name of the patient who is open."""

import itertools
from collections.abc import Sequence
from typing import Protocol

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.patient import Patient, are_namesakes
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.today import Today

_WAITS_S = (10.0, 30.0, 60.0)


class NamesakesStrip(Protocol):
    """The patient's page, as far as the warning needs it."""

    def set_namesakes(self, namesakes: Sequence[Patient], *, may_be_more: bool = False) -> None: ...


class NamesakeWarning:
    """However the patient was opened. Whoever is on the board is known at once; then Cerbo is asked."""

    def __init__(
        self, searching: Searching, today: Today, clock: Clock, scope: TaskScope, strip: NamesakesStrip
    ) -> None:
        self._searching, self._today, self._clock = searching, today, clock
        self._scope, self._strip = scope, strip
        self._unanswered: Patient | None = None
        """Cerbo could not be asked about this patient, who is open."""

    def look_for(self, patient: Patient) -> None:
        """Look for namesakes of this patient, in place of the one before."""
        self._unanswered = None
        self._scope.start(self._look_for(patient), key="namesakes")

    def try_again(self) -> None:
        """Cerbo can be reached again."""
        if self._unanswered is not None:
            self.look_for(self._unanswered)

    async def _look_for(self, patient: Patient) -> None:
        todays = (visit.patient for visit in self._today.feed.latest.visits)
        known = {each.id: each for each in todays if are_namesakes(each, patient)}
        self._strip.set_namesakes(tuple(known.values()))
        found = await self._ask_until_answered(patient, tuple(known.values()))
        everybody = known | {each.id: each for each in found.items}
        self._strip.set_namesakes(tuple(everybody.values()), may_be_more=not found.is_complete)

    async def _ask_until_answered(self, patient: Patient, known: tuple[Patient, ...]) -> Listing[Patient]:
        """A question that failed is asked again, less and less often, while the patient is open."""
        waits_s = itertools.chain(_WAITS_S, itertools.repeat(_WAITS_S[-1]))
        while True:
            try:
                found = await self._searching.namesakes_of(patient)
            except ServerError:
                self._unanswered = patient
                self._strip.set_namesakes(known, may_be_more=True)
                await self._clock.sleep(next(waits_s))
            else:
                self._unanswered = None
                return found
