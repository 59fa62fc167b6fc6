"""Reads the open patient's record, which says more than a row of a list or a visit."""

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.album import PatientRecord
from cerbo_desktop.services.photos.seen_albums import SeenAlbums


class PatientRecordReader:
    """Of one patient at a time. Whoever owns the scope ends the reading."""

    def __init__(self, server: CerboServer, seen: SeenAlbums, scope: TaskScope) -> None:
        self._server, self._seen, self._scope = server, seen, scope
        self.feed: Feed[PatientRecord] = Feed(PatientRecord())

    def open(self, patient_id: PatientId, record: Patient | None) -> None:
        """Read this patient's record, unless it was just read."""
        self.feed.publish(PatientRecord(patient_id, record))
        self.read_if_missing(patient_id)

    def read_if_missing(self, patient_id: PatientId) -> None:
        """Read it if it hasn't come, or if only an earlier copy is shown."""
        known = self.feed.latest
        if (known.patient is None or known.error is not None) and not self._scope.is_running("record"):
            self._scope.start(self._read(patient_id), key="record")

    def forget(self) -> None:
        """Nobody is open any more."""
        self.feed.publish(PatientRecord())

    async def _read(self, patient_id: PatientId) -> None:
        try:
            patient = await self._server.patient(patient_id)
        except ServerError as error:
            self.feed.publish(PatientRecord(patient_id, self._seen.record(patient_id, error), error))
        else:
            self.feed.publish(PatientRecord(patient_id, patient))
