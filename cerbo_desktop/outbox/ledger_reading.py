"""What the rows of the ledger say. Those that are not believed are counted and never acted on."""

from collections.abc import Iterable

from cerbo_desktop.domain.ids import PatientId, QueueId, UploadId
from cerbo_desktop.domain.outbox import Sealer
from cerbo_desktop.domain.sent_before import EarlierUpload, Marks
from cerbo_desktop.domain.upload import MAY_BE_IN_QUEUE_STATES, UNSENT_STATES, UploadState
from cerbo_desktop.outbox.database import LedgerDatabase, told
from cerbo_desktop.outbox.row import COLUMNS, Row, row_of

_IN_CERBO_STATES = (UploadState.SENT, UploadState.TAKEN, UploadState.LEFT_QUEUE, UploadState.GONE)


def _listed(states: Iterable[UploadState]) -> str:
    return ", ".join(f"'{state.value}'" for state in states)


_LEFT_ELSEWHERE = (
    f"account <> ? AND (state IN ({_listed(UNSENT_STATES)})"
    f" OR (has_photo = 1 AND state IN ({_listed(_IN_CERBO_STATES)})))"
)


class LedgerReading(LedgerDatabase):
    """The rows of the uploads of all accounts, to read. Raises `NotSafe` where the disk fails."""

    def rows(self, account: str) -> tuple[list[Row], int]:
        """The rows of one account in the order in which they were accepted, and how many more this version cannot
        understand."""
        with told():
            found = self._db.execute(
                f"SELECT {COLUMNS} FROM uploads WHERE account = ? ORDER BY number",  # noqa: S608  # a constant
                (account,),
            ).fetchall()
        rows = [row for row in map(row_of, found) if row is not None and row.id not in self._not_believed]
        return rows, len(found) - len(rows)

    def left_elsewhere(self, account: str) -> dict[UploadId, UploadState]:
        """Uploads of other accounts that are not over, oldest first, with their states.

        Those are unsent ones, and ones that Cerbo took or showed whose photo is still here. Nobody else looks for those
        any more.
        """
        with told():
            found = self._db.execute(
                f"SELECT id, state FROM uploads WHERE {_LEFT_ELSEWHERE} ORDER BY number",  # noqa: S608  # a constant
                (account,),
            ).fetchall()
        return {UploadId(name): UploadState(state) for name, state in found if name not in self._not_believed}

    def in_queue_elsewhere(self, account: str) -> list[tuple[UploadId, QueueId | None]]:
        """Uploads of other accounts that are, or may be, in Cerbo's queue, each with its entry where that is known."""
        states = [state.value for state in MAY_BE_IN_QUEUE_STATES]
        marks = ", ".join("?" * len(states))
        with told():
            found = self._db.execute(
                f"SELECT id, queue_id FROM uploads WHERE account <> ? AND state IN ({marks})",  # noqa: S608
                (account, *states),
            ).fetchall()
        return [(UploadId(each), QueueId(entry) if entry else None) for each, entry in found]

    def rows_elsewhere(self, account: str) -> list[Row]:
        """The rows of every other account, oldest first."""
        with told():
            found = self._db.execute(
                f"SELECT {COLUMNS} FROM uploads WHERE account <> ? ORDER BY number",  # noqa: S608  # a constant
                (account,),
            ).fetchall()
        return [row for row in map(row_of, found) if row is not None and row.id not in self._not_believed]

    def row(self, upload_id: UploadId) -> Row | None:
        """One row; None where there is none, or a later version wrote it."""
        with told():
            query = f"SELECT {COLUMNS} FROM uploads WHERE id = ?"  # noqa: S608  # a constant
            found = self._db.execute(query, (upload_id,)).fetchone()
        return row_of(found) if found is not None else None

    def owned_by(self, account: str) -> list[UploadId]:
        """The uploads of one account whose rows are believed, whatever their state."""
        with told():
            found = self._db.execute("SELECT id FROM uploads WHERE account = ?", (account,)).fetchall()
        return [UploadId(each[0]) for each in found if each[0] not in self._not_believed]

    def given_up(self) -> list[UploadId]:
        """Uploads of every account that were found in the chart, and whose photo a crash kept from leaving the
        spool."""
        with told():
            found = self._db.execute(
                "SELECT id FROM uploads WHERE has_photo = 1 AND state = ?", (UploadState.ACCEPTED.value,)
            ).fetchall()
        return [UploadId(each[0]) for each in found if each[0] not in self._not_believed]

    def earlier_uploads(
        self, sealer: Sealer, account: str, patient_id: PatientId, marks: Marks
    ) -> tuple[EarlierUpload, ...]:
        """The uploads of one account that left one of these marks, oldest first."""
        with told():
            return self._marks.find(sealer, account, patient_id, marks)

    def card(self, upload_id: UploadId) -> bytes | None:
        """The sealed card of an upload; None where there is none."""
        return self._sealed("card", upload_id)

    def evidence(self, upload_id: UploadId) -> bytes | None:
        """The sealed evidence of an upload; None where there is none."""
        return self._sealed("standing", upload_id)

    def _sealed(self, column: str, upload_id: UploadId) -> bytes | None:
        with told():
            query = f"SELECT {column} FROM uploads WHERE id = ?"  # noqa: S608  # one of the two names above
            found = self._db.execute(query, (upload_id,)).fetchone()
        return found[0] if found is not None and isinstance(found[0], bytes) else None

    def photo_owners(self) -> dict[UploadId, bool]:
        """Every upload of every account, and whether its photo has to be in the spool."""
        with told():
            found = self._db.execute("SELECT id, has_photo FROM uploads").fetchall()
        return {UploadId(name): bool(has) or name in self._not_believed for name, has in found}

    def count_elsewhere(self, account: str) -> int:
        """How many `left_elsewhere` gives, and rows that are not believed besides."""
        with told():
            query = f"SELECT count(*) FROM uploads WHERE {_LEFT_ELSEWHERE}"  # noqa: S608  # a constant
            return int(self._db.execute(query, (account,)).fetchone()[0])
