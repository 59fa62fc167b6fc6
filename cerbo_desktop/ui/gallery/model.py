"""The album as a flat list of photos, keyed by id. Months are told beside the rows, for the view to lay out."""

from collections.abc import Collection, Sequence
from enum import IntEnum
from itertools import islice
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.moments import Local
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.services.photos.photo_order import by_month
from cerbo_desktop.services.photos.thumbnail_states import Ready, ThumbnailState
from cerbo_desktop.ui.commands.tables import ALBUM
from cerbo_desktop.ui.gallery.pending import PendingPhoto
from cerbo_desktop.ui.text import album, pending

_MOST_RUNS = 16
"""With more separate runs of new or gone rows than this, one reset is cheaper than telling each."""

AnyIndex = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    PHOTO_ID = Qt.ItemDataRole.UserRole + 1
    TILE = Qt.ItemDataRole.UserRole + 2
    """A `Tile`: all that the delegate paints, in one call."""
    STATE = Qt.ItemDataRole.UserRole + 3
    PENDING = Qt.ItemDataRole.UserRole + 4
    """A `PendingPhoto`; None for a photo of the chart."""


class Tile(NamedTuple):
    photo_id: PhotoId
    photo_type: PhotoType
    caption: str
    state: ThumbnailState | None
    """None until the picture was asked for."""
    is_marked: bool | None = None
    """None where no photo of the album is marked."""
    pending: PendingPhoto | None = None
    """Not None for a photo that is not in the chart yet."""


class Section(NamedTuple):
    title: str
    photo_count: int
    year: int | None
    """0 for photos without a date, None for those that the chart lacks."""


class AlbumModel(QAbstractListModel):
    """`local` turns an aware moment into clinic time. Captions are made when they are painted, not before."""

    def __init__(self, local: Local, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._local = local
        self._photos: list[Photo] = []
        self._pending: dict[PhotoId, PendingPhoto] = {}
        """Their rows come first."""
        self._rows: dict[PhotoId, int] = {}
        self._states: dict[PhotoId, ThumbnailState] = {}
        self.marked: frozenset[PhotoId] = frozenset()
        """By a person; always among the photos here."""
        self.sections: tuple[Section, ...] = ()
        self.is_partial = False
        """More photos are on their way: nobody knows yet how many there are."""

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._photos)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._photos):
            return None
        photo = self._photos[index.row()]
        if (waiting := self._pending.get(photo.id)) is not None:
            return _of_pending(waiting, role)
        match role:
            case Role.TILE:
                caption = album.caption(photo, self._local)
                is_marked = photo.id in self.marked if self.marked else None
                return Tile(photo.id, photo.photo_type, caption, self._states.get(photo.id), is_marked)
            case Role.PHOTO_ID:
                return photo.id
            case Role.STATE:
                return self._states.get(photo.id)
            case Qt.ItemDataRole.AccessibleTextRole:
                state = self._states.get(photo.id)
                number, count = index.row() + 1 - len(self._pending), len(self._photos) - len(self._pending)
                spoken = album.photo_spoken(photo, number, count, self._local, is_partial=self.is_partial)
                mark = photo.id in self.marked
                return album.tile_spoken(spoken, state, ALBUM.key("open"), is_marked=mark)
        return None

    def row_of(self, photo_id: PhotoId) -> int:
        """-1 for a photo that is not in the list."""
        return self._rows.get(photo_id, -1)

    def ids(self, rows: range) -> tuple[PhotoId, ...]:
        return tuple(photo.id for photo in islice(self._photos, rows.start, rows.stop))

    def charted_ids(self, rows: range) -> tuple[PhotoId, ...]:
        """Of photos of the chart alone."""
        return self.ids(range(max(rows.start, len(self._pending)), rows.stop))

    def set_photos(self, photos: Sequence[Photo], on_their_way: Sequence[PendingPhoto] = ()) -> None:
        """Show these, in this order, below those that are on their way. Rows that stay keep their place, selection and
        picture."""
        before, self._pending = self._pending, {each.tile_id: each for each in on_their_way}
        target = [*(Photo(each.tile_id, PatientId("")) for each in on_their_way), *photos]
        self._become(target)
        if on_their_way and before != self._pending:
            self.dataChanged.emit(self.index(0), self.index(len(on_their_way) - 1), [Role.TILE])

    def _become(self, target: list[Photo]) -> None:
        wanted = {photo.id for photo in target}
        gone = _runs([photo.id not in wanted for photo in self._photos])
        kept = [photo.id for photo in self._photos if photo.id in wanted]
        new = _runs([photo.id not in self._rows for photo in target])
        is_same_order = kept == [photo.id for photo in target if photo.id in self._rows]
        if not is_same_order or len(gone) + len(new) > _MOST_RUNS or not kept:
            self._reset(target)
            return
        for run in reversed(gone):
            self._remove(run)
        for run in new:
            self._insert(run, target[run.start : run.stop])
        self._refresh(target)

    def set_thumbnail(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        """A photo that is not in the list any more is dropped; so is a first picture where the sharp one is shown."""
        row = self._rows.get(photo_id)
        if row is None or _goes_back(self._states.get(photo_id), state):
            return
        self._states[photo_id] = state
        index = self.index(row)
        self.dataChanged.emit(index, index, [Role.TILE])

    def set_marked(self, marked: frozenset[PhotoId]) -> None:
        """Mark these photos of the album and no others."""
        before, self.marked = self.marked, marked & self._rows.keys()
        is_first_or_last = bool(before) != bool(self.marked)  # then the chosen tile gets or loses its tick as well
        rows = [self._rows[photo_id] for photo_id in before ^ self.marked]
        if is_first_or_last:
            rows = list(self._rows.values())
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)), [Role.TILE])

    def forget_pictures_except(self, near: Collection[PhotoId]) -> None:
        """Let go of the pixels of photos far from view; why one failed is kept."""
        for photo_id in [each for each, state in self._states.items() if isinstance(state, Ready)]:
            if photo_id not in near:
                del self._states[photo_id]

    def _reset(self, photos: list[Photo]) -> None:
        self.beginResetModel()
        self._photos = photos
        self._index_rows()
        self.endResetModel()

    def _remove(self, run: range) -> None:
        self.beginRemoveRows(QModelIndex(), run.start, run.stop - 1)
        del self._photos[run.start : run.stop]
        self._index_rows()
        self.endRemoveRows()

    def _insert(self, run: range, photos: list[Photo]) -> None:
        self.beginInsertRows(QModelIndex(), run.start, run.stop - 1)
        self._photos[run.start : run.start] = photos
        self._index_rows()
        self.endInsertRows()

    def _refresh(self, target: list[Photo]) -> None:
        """Same ids now; tell of rows whose record changed."""
        changed = [row for row, photo in enumerate(target) if photo is not self._photos[row] != photo]
        self._photos = target
        if changed:
            self._index_rows()
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]), [Role.TILE])

    def _index_rows(self) -> None:
        self._rows = {photo.id: row for row, photo in enumerate(self._photos)}
        self._states = {photo_id: state for photo_id, state in self._states.items() if photo_id in self._rows}
        self.marked &= self._rows.keys()
        waiting = sum(photo.id in self._pending for photo in islice(self._photos, len(self._pending)))
        months = by_month(self._photos[waiting:], self._local)
        self.sections = tuple(Section(album.month_title(m.year, m.month), m.photo_count, m.year) for m in months)
        if waiting:
            self.sections = Section(pending.on_the_way(), waiting, None), *self.sections


def _of_pending(photo: PendingPhoto, role: int) -> Any:
    match role:
        case Role.TILE:
            return Tile(photo.tile_id, PhotoType.UNSTATED, photo.place, Ready(photo.picture), pending=photo)
        case Role.PHOTO_ID:
            return photo.tile_id
        case Role.STATE:
            return Ready(photo.picture)
        case Role.PENDING:
            return photo
        case Qt.ItemDataRole.AccessibleTextRole:
            return photo.spoken
        case Qt.ItemDataRole.ToolTipRole:
            return photo.about
    return None


def _goes_back(shown: ThumbnailState | None, state: ThumbnailState) -> bool:
    """From sharp to coarse."""
    return isinstance(shown, Ready) and shown.is_final and isinstance(state, Ready) and not state.is_final


def _runs(flags: Sequence[bool]) -> list[range]:
    """Runs of True, in order."""
    runs: list[range] = []
    start = -1
    for at, flag in enumerate([*flags, False]):
        if flag and start < 0:
            start = at
        elif not flag and start >= 0:
            runs.append(range(start, at))
            start = -1
    return runs
