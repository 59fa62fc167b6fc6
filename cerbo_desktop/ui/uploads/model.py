"""The tray's quiet rows: photos that wait for their turn, for staff, or have arrived."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.uploads.card_words import CardWords, card_words, spoken

UPLOAD_ROLE = Qt.ItemDataRole.UserRole + 1
WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
TIME_ROLE = Qt.ItemDataRole.UserRole + 3

AnyIndex = QModelIndex | QPersistentModelIndex


class UploadModel(QAbstractListModel):
    """Uploads in the order given; `show` changes only the rows that differ."""

    def __init__(self) -> None:
        super().__init__()
        self._uploads: list[Upload] = []
        self._words: list[CardWords] = []
        self._times: list[str] = []
        self._now: datetime | None = None

    def show(
        self,
        uploads: Sequence[Upload],
        times: Sequence[str],
        now: datetime,
        held_up: frozenset[UploadId] = frozenset(),
    ) -> None:
        """`times` are the hours of the day to print, one an upload."""
        self._now = now
        words = [card_words(upload, now, is_held_up=upload.id in held_up) for upload in uploads]
        if [each.id for each in uploads] != [each.id for each in self._uploads]:
            self.beginResetModel()
            self._uploads, self._words, self._times = list(uploads), words, list(times)
            self.endResetModel()
            return
        for row, upload in enumerate(uploads):
            if (upload, words[row], times[row]) != (self._uploads[row], self._words[row], self._times[row]):
                self._uploads[row], self._words[row], self._times[row] = upload, words[row], times[row]
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._uploads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not index.isValid() or self._now is None or not 0 <= row < len(self._uploads):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return spoken(self._uploads[row], self._now)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._words[row].text
            case _ if role == UPLOAD_ROLE:
                return self._uploads[row]
            case _ if role == WORDS_ROLE:
                return self._words[row]
            case _ if role == TIME_ROLE:
                return self._times[row]
        return None


def is_in_cerbo(upload: object) -> bool:
    """Sent, and nothing this PC can still hold back by itself."""
    in_cerbo = (UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED)
    return isinstance(upload, Upload) and upload.state in in_cerbo
