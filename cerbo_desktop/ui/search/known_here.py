"""Who can be found without asking Cerbo."""

from collections.abc import Iterable
from itertools import chain

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.search.interpretation import Interpretation
from cerbo_desktop.services.search.matching import matches_known_patient
from cerbo_desktop.services.search.searching import MAX_SHOWN, Searching, ranked
from cerbo_desktop.services.today import Today
from cerbo_desktop.ui.navigator import Navigator

MAX_OPENED = 50


class KnownHere:
    """The people of today's board, those opened before, and whoever an answer of Cerbo named. Never kept on disk."""

    def __init__(self, today: Today, searching: Searching, navigator: Navigator) -> None:
        self._today, self._searching, self._navigator = today, searching, navigator
        self._opened: dict[PatientId, Patient] = {}
        """Since the practice was connected, the latest last."""

    def keep_opened(self, patient: Patient) -> None:
        """Remember somebody who is opened."""
        self._opened.pop(patient.id, None)
        self._opened[patient.id] = patient
        if len(self._opened) > MAX_OPENED:
            del self._opened[next(iter(self._opened))]

    def fitting(self, asked: Interpretation, in_view: Iterable[Patient]) -> tuple[Patient, ...]:
        """Whoever fits of the board, of those opened, and of the rows in view: best matches first."""
        return _fitting(asked, chain(self._at_hand(), in_view))

    def fitting_while_away(self, asked: Interpretation, in_view: Iterable[Patient]) -> tuple[Patient, ...]:
        """The same with everybody whom Cerbo has named today, where it can't be asked whether it still does."""
        return _fitting(asked, chain(self._searching.seen.everybody, self._at_hand(), in_view))

    def _at_hand(self) -> Iterable[Patient]:
        yield from (visit.patient for visit in self._today.feed.latest.visits)
        yield from self._opened.values()
        if (opened := self._navigator.patient_open) is not None:  # perhaps not from the pane
            yield opened


def _fitting(asked: Interpretation, known: Iterable[Patient]) -> tuple[Patient, ...]:
    """Each person once, as last heard of."""
    once = {patient.id: patient for patient in known}
    return ranked((each for each in once.values() if matches_known_patient(each, asked)), asked)[:MAX_SHOWN]
