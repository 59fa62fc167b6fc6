"""What the page is told about the album, in one value. No Qt."""

from typing import NamedTuple

from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.ui.kit.phrases import Sentence

BOTH_TYPES = frozenset({PhotoType.PERSONAL, PhotoType.MEDICAL})


class AlbumShown(NamedTuple):
    photos: tuple[Photo, ...] = ()
    """Of the chosen type, newest first."""
    photo_type: PhotoType | None = None
    total_count: int = 0
    personal_count: int | None = 0
    """None where nobody knows how many there are; so for the medical."""
    medical_count: int | None = 0
    is_loading: bool = False
    is_empty: bool = False
    """The chart certainly holds no photo."""
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
