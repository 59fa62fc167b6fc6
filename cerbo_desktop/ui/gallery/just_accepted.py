"""Photos that are in the chart by now, while the album that is shown was read before. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from cerbo_desktop.domain.ids import PhotoId, UploadId
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.albums import Albums

_READ_AFTER = timedelta(seconds=Albums.SETTLE_S)
"""An album that was read sooner after the news may have been asked for before it."""


@dataclass(frozen=True, slots=True)
class _Accepted:
    upload: Upload
    known: frozenset[PhotoId]
    """What the album showed when the news came."""


class AcceptedNotListed:
    """Keeps the tile of an accepted photo until the photo itself is there, so that it is missing at no moment."""

    def __init__(self) -> None:
        self._kept: dict[UploadId, _Accepted] = {}

    @property
    def ids(self) -> frozenset[UploadId]:
        return frozenset(self._kept)

    def clear(self) -> None:
        """Forget them: another patient is opened."""
        self._kept.clear()

    def follow(self, before: Iterable[Upload], now: Iterable[Upload], album: Album) -> None:
        """Keep those that were on their way and were accepted since; let go of those that are not accepted any more."""
        were_underway = {each.id for each in before if each.state is not UploadState.ACCEPTED}
        accepted = {each.id: each for each in now if each.state is UploadState.ACCEPTED}
        self._kept = {id_: kept for id_, kept in self._kept.items() if id_ in accepted}
        known = frozenset(photo.id for photo in album.photos)
        for id_ in accepted.keys() & were_underway - self._kept.keys():
            self._kept[id_] = _Accepted(accepted[id_], known)

    def take_album(self, album: Album) -> bool:
        """Drop those that this album shows, or is new enough to show. Returns whether any were dropped."""
        shown = frozenset(photo.id for photo in album.photos)
        gone = {id_ for id_, kept in self._kept.items() if _is_read_since(album, kept.upload)}
        waiting = [(id_, kept) for id_, kept in self._kept.items() if id_ not in gone]
        if waiting and len(shown - waiting[0][1].known) >= len(waiting):
            gone.update(id_ for id_, _ in waiting)
        for id_ in gone:
            del self._kept[id_]
        return bool(gone)


def _is_read_since(album: Album, accepted: Upload) -> bool:
    return album.listed_at is not None and album.listed_at >= accepted.changed_at + _READ_AFTER
