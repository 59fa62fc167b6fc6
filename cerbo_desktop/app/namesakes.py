"""The warning in the banner that somebody else bears the name of the patient who is open."""

from collections.abc import Sequence
from typing import Protocol

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.patient import Patient, are_namesakes
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.searching import Searching
from cerbo_desktop.services.today import Today


class NamesakesStrip(Protocol):
    def set_namesakes(self, namesakes: Sequence[Patient], *, may_be_more: bool = False) -> None: ...


class NamesakeWarning:
    """However the patient was opened. Whoever is on the board is known at once; then Cerbo is asked."""

    def __init__(self, searching: Searching, today: Today, scope: TaskScope, strip: NamesakesStrip) -> None:
        self._searching, self._today, self._scope, self._strip = searching, today, scope, strip
        self._unanswered: Patient | None = None
        """Cerbo could not be asked about this patient, who is open."""

    def look_for(self, patient: Patient) -> None:
        """The latest patient alone is looked for."""
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
        try:
            found = await self._searching.namesakes_of(patient)
        except ServerError:
            self._unanswered = patient
            return
        everybody = known | {each.id: each for each in found.items}
        self._strip.set_namesakes(tuple(everybody.values()), may_be_more=not found.is_complete)
