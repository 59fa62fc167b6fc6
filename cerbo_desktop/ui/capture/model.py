"""The shots of one list, in order, found by their id."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cerbo_desktop.services.shots import Shot, ShotId
from cerbo_desktop.ui.text.shots import shot_spoken, state_in_one_line

SHOT_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class ShotModel(QAbstractListModel):
    """Takes whole snapshots and tells its views only what changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shots: list[Shot] = []

    @property
    def shots(self) -> tuple[Shot, ...]:
        """The shots in their order."""
        return tuple(self._shots)

    def set_shots(self, shots: Sequence[Shot]) -> None:
        """Become these shots; rows that stay keep their place and selection."""
        wanted = {shot.id for shot in shots}
        for at in reversed(range(len(self._shots))):
            if self._shots[at].id not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._shots[at]
                self.endRemoveRows()
        for at, shot in enumerate(shots[: len(self._shots)]):
            if shot is not self._shots[at]:
                self._shots[at] = shot
                self.dataChanged.emit(self.index(at), self.index(at))
        if fresh := shots[len(self._shots) :]:
            self.beginInsertRows(QModelIndex(), len(self._shots), len(self._shots) + len(fresh) - 1)
            self._shots.extend(fresh)
            self.endInsertRows()

    def row_of(self, shot_id: ShotId) -> int | None:
        """The row of a shot; None where it is gone."""
        return next((at for at, shot in enumerate(self._shots) if shot.id == shot_id), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shots)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._shots):
            return None
        shot = self._shots[index.row()]
        match role:
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.DisplayRole:
                return shot_spoken(shot)
            case Qt.ItemDataRole.ToolTipRole:
                return state_in_one_line(shot)
            case _:
                return shot if role == SHOT_ROLE else None
