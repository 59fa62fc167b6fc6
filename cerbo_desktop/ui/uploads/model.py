"""The tray's quiet rows: photos that wait for their turn, for staff, or have arrived, alone or in batches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.uploads.batch_words import batch_spoken, batch_words
from cerbo_desktop.ui.uploads.batches import Batch
from cerbo_desktop.ui.uploads.card_words import CardWords, SendingConditions, spoken

UPLOAD_ROLE = Qt.ItemDataRole.UserRole + 1
"""The upload of a row with a single photo; None for the row of a batch."""
WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
TIME_ROLE = Qt.ItemDataRole.UserRole + 3
ROW_ROLE = Qt.ItemDataRole.UserRole + 4

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A card: of one photo, or of a batch, whose photos follow as rows of their own while it is open."""

    batch: Batch
    words: CardWords
    time: str
    is_open: bool = False
    is_inside: bool = False
    """One of an open batch."""

    @property
    def key(self) -> tuple[UploadId, bool]:
        """The same for the same card."""
        return self.batch.first.id, self.batch.is_single

    @property
    def upload(self) -> Upload | None:
        """Of a single photo."""
        return self.batch.first if self.batch.is_single else None


class UploadModel(QAbstractListModel):
    """Batches in the order given; `show` changes only the rows that differ."""

    def __init__(self) -> None:
        super().__init__()
        self._batches: list[Batch] = []
        self._rows: list[Row] = []
        self._times: Mapping[UploadId, str] = {}
        self._conditions: SendingConditions | None = None
        self._now: datetime | None = None
        self._opened: set[UploadId] = set()
        self._is_shared_open = False
        """The card of photos of several patients: once there is room, their own cards are as they were."""
        """Photos of the batches that a person opened."""

    def show(
        self, batches: Sequence[Batch], times: Mapping[UploadId, str], now: datetime, conditions: SendingConditions
    ) -> None:
        """`times` are the hours of the day to print."""
        self._batches, self._times, self._now, self._conditions = list(batches), times, now, conditions
        self._opened &= {upload_id for batch in batches for upload_id in batch.ids}
        rows = self._made()
        if [(row.key, row.is_inside) for row in rows] != [(row.key, row.is_inside) for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        before, self._rows = self._rows, rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def turn(self, row: Row) -> None:
        """Open the batch of this row, or close it."""
        if self._now is None or self._conditions is None or row.batch.is_single:
            return
        if row.batch.recipient is None:
            self._is_shared_open = not row.is_open
        else:
            (self._opened.difference_update if row.is_open else self._opened.update)(row.batch.ids)
        self.show(self._batches, self._times, self._now, self._conditions)

    @property
    def upload_count(self) -> int:
        """Photos on all of its cards."""
        return sum(len(batch.uploads) for batch in self._batches)

    def row_of(self, key: tuple[UploadId, bool]) -> int | None:
        """Where the card with this key stands now."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def _made(self) -> list[Row]:
        if self._now is None or self._conditions is None:
            return []
        now, conditions, times = self._now, self._conditions, self._times
        rows: list[Row] = []
        for batch in self._batches:
            if batch.is_single:
                rows.append(Row(batch, conditions.words(batch.first, now), times[batch.first.id]))
                continue
            is_shared = batch.recipient is None
            is_open = self._is_shared_open if is_shared else not batch.ids.isdisjoint(self._opened)
            rows.append(Row(batch, batch_words(batch, now, conditions), times[batch.latest.id], is_open))
            if is_open:
                rows += [
                    Row(Batch((each,)), conditions.words(each, now), times[each.id], is_inside=True)
                    for each in batch.uploads
                ]
        return rows

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._now is None or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row.upload, self._now) if row.upload else batch_spoken(row.batch, row.words)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return row.words.text
            case _ if role == UPLOAD_ROLE:
                return row.upload
            case _ if role == WORDS_ROLE:
                return row.words
            case _ if role == TIME_ROLE:
                return row.time
            case _ if role == ROW_ROLE:
                return row
        return None


def is_in_cerbo(upload: object) -> bool:
    """Sent, and nothing this PC can still hold back by itself."""
    in_cerbo = (UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED)
    return isinstance(upload, Upload) and upload.state in in_cerbo
