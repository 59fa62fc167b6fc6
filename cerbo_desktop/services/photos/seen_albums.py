"""Albums and records that were read since the practice was connected; shown while Cerbo can't be asked."""

from dataclasses import dataclass

from cerbo_desktop.domain.errors import BadAnswer, CerboDesktopError, Overloaded, Unreachable, Untrusted
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.photos.album import Album

MAX_ROWS = 60_000
"""Of all albums together: three of the longest."""


def may_show_last_seen(error: CerboDesktopError) -> bool:
    """Whether a failure says nothing against what was seen before: it is of the line, and neither of the key's rights
    nor of the patient or the photo."""
    return isinstance(error, Unreachable | Overloaded | BadAnswer) and not isinstance(error, Untrusted)


@dataclass(frozen=True, slots=True)
class _Seen:
    album: Album
    record: Patient | None


class SeenAlbums:
    """One for each practice. Whoever makes it calls `clear` once the practice is left."""

    def __init__(self) -> None:
        self._seen: dict[PatientId, _Seen] = {}
        """The one kept last stands last."""

    def keep(self, album: Album, record: Patient | None) -> None:
        """Keep an album that is left, if it was read to its end."""
        if album.patient_id is None or not album.was_listed:
            return
        self._seen.pop(album.patient_id, None)
        self._seen[album.patient_id] = _Seen(album, record)
        while len(self._seen) > 1 and sum(1 + len(each.album.photos) for each in self._seen.values()) > MAX_ROWS:
            del self._seen[next(iter(self._seen))]

    def fallback_for(self, album: Album, error: CerboDesktopError) -> Album:
        """What is known where the listing of this album has failed: the same as it was seen before, if that says
        more."""
        seen = self._of(album.patient_id, error)
        return album if seen is None or album.was_listed else seen.album

    def record(self, patient_id: PatientId, error: CerboDesktopError) -> Patient | None:
        """The patient's record as it was read before; None where the failure may mean that it holds no more."""
        seen = self._of(patient_id, error)
        return seen.record if seen is not None else None

    def clear(self) -> None:
        """Forget everybody."""
        self._seen.clear()

    def _of(self, patient_id: PatientId | None, error: CerboDesktopError) -> _Seen | None:
        if patient_id is None:
            return None
        if not may_show_last_seen(error):
            self._seen.pop(patient_id, None)
        return self._seen.get(patient_id)
