"""What the page is told about the album, in one value. No Qt."""

from typing import NamedTuple

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.photo_types import Types
from cerbo_desktop.ui.gallery.pending import PendingPhoto
from cerbo_desktop.ui.text.failures import ActionContext, Sentence, error_sentence

BOTH_TYPES = frozenset({PhotoType.PERSONAL, PhotoType.MEDICAL})


class AlbumShown(NamedTuple):
    """The album as it is to be shown, under one filter."""

    photos: tuple[Photo, ...] = ()
    """Of the chosen type, newest first."""
    photo_type: PhotoType | None = None
    total_count: int = 0
    """As far as is known: see `is_whole`."""
    personal_count: int | None = None
    """None where nobody knows how many there are, as while more may come; so for the medical."""
    medical_count: int | None = None
    is_loading: bool = False
    is_empty: bool = False
    """The chart holds no photo, or held none when it was last listed: see `old_note`."""
    may_miss_photos: bool = False
    trouble: Sentence | None = None
    """Why the list could not be read, or not to its end."""
    unreadable_count: int = 0
    """Entries of Cerbo's list that could not be read."""
    untyped_count: int = 0
    """Photos of which Cerbo has not said what they are."""
    is_asking_types: bool = False
    usable_types: frozenset[PhotoType] = BOTH_TYPES
    """Types by which the album can be filtered."""
    is_partial: bool = False
    """Further pages are on their way, or failed: what is here is not counted as if it were all."""
    is_whole: bool = False
    """All photos of the chart are here."""
    has_no_dates: bool = False
    """Cerbo gives none for any of them."""
    pending: tuple[PendingPhoto, ...] = ()
    """Photos that are on their way to the chart: in no figure."""
    old_note: str = ""
    """That the photos are as they were seen before, and when that was; empty where they are as Cerbo has them now."""


def new_since(before: AlbumShown, now: AlbumShown) -> frozenset[PhotoId]:
    """Photos that came while a person had the album before them: not further pages, and not what another filter shows
    or types that were only now told."""
    is_told_by_type = now.photo_type is not None and before.is_asking_types
    if not before.photos or before.is_partial or before.photo_type is not now.photo_type or is_told_by_type:
        return frozenset()
    return _ids(now) - _ids(before)


def _ids(shown: AlbumShown) -> frozenset[PhotoId]:
    return frozenset((*(each.tile_id for each in shown.pending), *(each.id for each in shown.photos)))


def album_shown(
    album: Album, photo_type: PhotoType | None, *, is_patient_gone: bool = False, is_in_trouble: bool = False
) -> AlbumShown:
    """What the page needs of an album under one filter. `is_patient_gone`: Cerbo doesn't have the record either;
    `is_in_trouble`: the list is asked for again by itself."""
    doing = ActionContext.LOADING if is_patient_gone else ActionContext.LISTING_PHOTOS
    trouble = error_sentence(album.error, doing=doing) if album.error is not None else None
    trouble = trouble.during_trouble(is_in_trouble) if trouble is not None else None
    if trouble is not None and trouble.is_told_above and album.was_listed:
        trouble = None  # the strip says what is wrong, and the note how old the photos are
    untyped_count = album.count(PhotoType.UNSTATED)
    counts = {photo_type: album.count(photo_type) for photo_type in BOTH_TYPES}
    are_known = album.types is Types.TOLD or not untyped_count
    personal, medical = (
        count if are_known and not album.is_partial and (count or album.is_complete or album.is_empty) else None
        for count in (counts[PhotoType.PERSONAL], counts[PhotoType.MEDICAL])
    )
    usable = BOTH_TYPES if are_known else frozenset(each for each, count in counts.items() if count)
    return AlbumShown(
        album.of_type(photo_type),
        photo_type,
        album.count(None),
        personal,
        medical,
        album.is_loading,
        album.is_empty,
        album.is_cut_short,
        trouble,
        album.unreadable_count,
        untyped_count,
        album.types is Types.ASKED,
        usable,
        album.is_partial,
        album.is_complete,
        bool(album.photos) and all(photo.taken_at is None for photo in album.photos),
    )
