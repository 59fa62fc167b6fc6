"""A list model whose rows are known by key: a refresh changes, inserts, moves and removes rows, and resets nothing.

Selection, scroll position and the row under the pointer therefore survive a refresh.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cerbo_desktop.ui.text import lists

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The whole row, for a delegate: one call instead of many."""

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class KeyedRow(Protocol):
    """A frozen value; rows that compare equal are not painted again."""

    @property
    def key(self) -> str: ...

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        ...

    @property
    def can_be_chosen(self) -> bool: ...


class KeyedRowsModel(QAbstractListModel):
    """A list whose rows are known by their keys, so that selection and place stay while rows come and go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[KeyedRow] = []
        self.spoken_more: Callable[[KeyedRow], str] = lambda _: ""
        """What a delegate paints from elsewhere, to be said after the row's own words."""
        self.tooltip: Callable[[KeyedRow], str] = lambda _: ""

    @property
    def rows(self) -> Sequence[KeyedRow]:
        """The rows in their order."""
        return self._rows

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tooltip(row)
        return None

    def spoken(self, row: KeyedRow) -> str:
        """A row as a screen reader says it."""
        return lists.spoken(row.spoken, self.spoken_more(row))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].can_be_chosen:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.NoItemFlags

    def index_of(self, key: str) -> QModelIndex:
        """The index of the row with this key; an invalid one where there is none."""
        at = next((at for at, row in enumerate(self._rows) if row.key == key), -1)
        return self.index(at, 0) if at >= 0 else QModelIndex()

    def row_at(self, index: _Index) -> KeyedRow | None:
        """The row at `index`; None where there is none."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def show_rows(self, rows: Iterable[KeyedRow]) -> None:
        """Change to these rows by single insertions, moves and removals. Of two rows with one key the first is kept."""
        wanted = list({row.key: row for row in reversed(list(rows))}.values())[::-1]
        self._remove_missing({row.key for row in wanted})
        for at, row in enumerate(wanted):
            self._put(at, row)

    def repaint_rows(self, keys: Iterable[str]) -> None:
        """Paint these rows again, since something beside the rows themselves has changed that their delegate paints."""
        wanted = set(keys)
        for at, row in enumerate(self._rows):
            if row.key in wanted:
                self.dataChanged.emit(self.index(at, 0), self.index(at, 0))

    def _remove_missing(self, kept: set[str]) -> None:
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].key not in kept:
                self.beginRemoveRows(_NO_PARENT, at, at)
                del self._rows[at]
                self.endRemoveRows()

    def _put(self, at: int, row: KeyedRow) -> None:
        old = next((i for i in range(at, len(self._rows)) if self._rows[i].key == row.key), None)
        if old is None:
            self.beginInsertRows(_NO_PARENT, at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
            return
        if old != at:
            self.beginMoveRows(_NO_PARENT, old, old, _NO_PARENT, at)
            self._rows.insert(at, self._rows.pop(old))
            self.endMoveRows()
        if self._rows[at] != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, 0))
