"""Which photos of one patient the places of the screen want, and how urgently."""

from collections.abc import Iterable, Sequence

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.urgency import Urgency

Key = tuple[PatientId, PhotoId]


class Wanted:
    """A set of photos for each place, and all of them together. Another patient ends what was wanted before."""

    def __init__(self) -> None:
        self.patient_id: PatientId | None = None
        self.all: dict[Key, Urgency] = {}
        """Most important first."""
        self._at: dict[str, dict[Key, Urgency]] = {}

    def put(self, place: str, patient_id: PatientId, in_view: Sequence[PhotoId], near: Sequence[PhotoId]) -> None:
        """Set what this place wants from now on: photos in view, and less urgently those near."""
        if patient_id != self.patient_id:
            self._at.clear()
        self.patient_id = patient_id
        shown = {(patient_id, photo_id): Urgency.VISIBLE for photo_id in in_view}
        nearby = {(patient_id, photo_id): Urgency.NEAR for photo_id in near}
        self._at[place] = shown | {key: urgency for key, urgency in nearby.items() if key not in shown}
        self.all = _together(self._at.values())

    def leave(self, place: str) -> None:
        """Drop what this place wanted."""
        self._at.pop(place, None)
        self.all = _together(self._at.values())

    def clear(self) -> None:
        self.patient_id, self.all = None, {}
        self._at.clear()


def _together(wants: Iterable[dict[Key, Urgency]]) -> dict[Key, Urgency]:
    """A photo in view at one place and near another is in view."""
    everything = [each for want in wants for each in want.items()]
    in_view = {key: urgency for key, urgency in everything if urgency is Urgency.VISIBLE}
    return in_view | {key: urgency for key, urgency in everything if key not in in_view}
