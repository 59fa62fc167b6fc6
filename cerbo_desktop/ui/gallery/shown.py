"""What the page is told about the album, in one value. No Qt."""

from typing import NamedTuple

from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.ui.kit.phrases import Sentence


class AlbumShown(NamedTuple):
    photos: tuple[Photo, ...] = ()
    """Of the chosen type, newest first."""
    photo_type: PhotoType | None = None
    total_count: int = 0
    personal_count: int = 0
    medical_count: int = 0
    is_loading: bool = False
    is_empty: bool = False
    """The chart certainly holds no photo."""
    may_miss_photos: bool = False
    trouble: Sentence | None = None
    """Why the list could not be read, or not to its end."""
    unreadable_count: int = 0
    """Entries of Cerbo's list that could not be read."""
