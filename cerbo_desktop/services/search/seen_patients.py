"""Everybody whom the searches of this session found: who bears the same name is known from them while Cerbo can't be
asked."""

from collections.abc import Iterable

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient, are_namesakes

MAX_SEEN = 1_000
"""Ten long answers. Whoever was found last stays."""


class SeenPatients:
    """One for each practice."""

    def __init__(self) -> None:
        self._seen: dict[PatientId, Patient] = {}

    def note(self, patients: Iterable[Patient]) -> None:
        """Keep these, in place of what was known of them."""
        for patient in patients:
            self._seen.pop(patient.id, None)
            self._seen[patient.id] = patient
        while len(self._seen) > MAX_SEEN:
            del self._seen[next(iter(self._seen))]

    @property
    def everybody(self) -> tuple[Patient, ...]:
        """The one found last stands last."""
        return tuple(self._seen.values())

    def namesakes_of(self, patient: Patient) -> tuple[Patient, ...]:
        """Others whose name reads the same."""
        return tuple(each for each in self._seen.values() if are_namesakes(each, patient))
