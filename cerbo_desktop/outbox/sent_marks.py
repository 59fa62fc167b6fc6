"""By what a photo that was accepted is known again, long after its upload has left the list.

Each mark is made with the master key, so that nobody without it can tell which photo or patient it stands for, or make
one. There are two of each: one bound to the patient, one for any patient.

The tables are not part of what is signed and anchored: marks that another hand takes out only make the app forget
photos, as after `KEPT_FOR`, and none can be added.
"""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import Sealer
from cerbo_desktop.domain.sent_before import EarlierUpload, Marks
from cerbo_desktop.domain.upload import UploadState

KEPT_FOR = timedelta(days=400)
"""A yearly visit and some weeks."""
_MARK_BYTES = 16
_STATES = {state.value: state for state in UploadState}
_WITH_MARK = (
    "SELECT sent_photos.number, upload_id, at, state FROM sent_marks JOIN sent_photos ON sent_photos.number = photo"
    " LEFT JOIN uploads ON uploads.id = upload_id WHERE sent_photos.account = ? AND mark = ?"
)
_ANY_PATIENT = PatientId("")


def made_with(sealer: Sealer, patient_id: PatientId, marks: Marks) -> list[bytes]:
    """The marks of a photo of `patient_id`, as the tables keep them."""
    return [*_bound(sealer, patient_id, marks), *_bound(sealer, _ANY_PATIENT, marks)]


def _bound(sealer: Sealer, patient_id: PatientId, marks: Marks) -> list[bytes]:
    return [sealer.tag(msgspec.msgpack.encode(("sent mark", patient_id, each)))[:_MARK_BYTES] for each in sorted(marks)]


class SentMarks:
    """The tables of marks. The caller provides the transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def check(self) -> None:
        """Raises `sqlite3.DatabaseError` where the tables are not as they were made."""
        self._db.execute("SELECT upload_id, account, at, mark FROM sent_photos, sent_marks ON photo = number LIMIT 1")

    def keep(self, upload_id: UploadId, account: str, at: datetime, marks: Iterable[bytes]) -> None:
        """Keep the marks of a new upload, instead of any that it had."""
        self.forget(upload_id)
        added = self._db.execute(
            "INSERT INTO sent_photos (upload_id, account, at) VALUES (?, ?, ?)",
            (upload_id, account, int(at.timestamp())),
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO sent_marks (mark, photo) VALUES (?, ?)", [(mark, added.lastrowid) for mark in marks]
        )

    def forget(self, upload_id: UploadId) -> None:
        """Drop the marks of an upload: Cerbo does not have the photo."""
        found = self._db.execute("SELECT number FROM sent_photos WHERE upload_id = ?", (upload_id,)).fetchone()
        if found is not None:
            self._db.execute("DELETE FROM sent_marks WHERE photo = ?", found)
            self._db.execute("DELETE FROM sent_photos WHERE number = ?", found)

    def old(self, now: datetime) -> list[UploadId]:
        """The uploads that were accepted longer than `KEPT_FOR` ago. By its distance: also where the clock was ahead
        then."""
        query = "SELECT upload_id FROM sent_photos WHERE abs(at - ?) > ?"
        found = self._db.execute(query, (int(now.timestamp()), int(KEPT_FOR.total_seconds())))
        return [UploadId(upload_id) for (upload_id,) in found.fetchall()]

    def assign(self, upload_id: UploadId, account: str) -> None:
        """The upload belongs to `account` from now on."""
        self._db.execute("UPDATE sent_photos SET account = ? WHERE upload_id = ?", (account, upload_id))

    def find(self, sealer: Sealer, account: str, patient_id: PatientId, marks: Marks) -> tuple[EarlierUpload, ...]:
        """The uploads of `account` that left one of these marks, each once, oldest first."""
        found = self._with_any_of(account, _bound(sealer, _ANY_PATIENT, marks), is_for_patient=False)
        found |= self._with_any_of(account, _bound(sealer, patient_id, marks), is_for_patient=True)
        return tuple(found[number] for number in sorted(found))

    def _with_any_of(self, account: str, marks: list[bytes], *, is_for_patient: bool) -> dict[int, EarlierUpload]:
        found: dict[int, EarlierUpload] = {}
        for mark in marks:
            for number, upload_id, at, state in self._db.execute(_WITH_MARK, (account, mark)):
                moment = datetime.fromtimestamp(at, UTC)
                found[number] = EarlierUpload(UploadId(upload_id), moment, _state(state), is_for_patient)
        return found


def _state(name: str | None) -> UploadState | None:
    """None where there is no row; a name that isn't understood says nothing of Cerbo."""
    return _STATES.get(name, UploadState.UNSURE) if name is not None else None
