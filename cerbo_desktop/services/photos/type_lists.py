"""What Cerbo's two lists by type are worth, and what they tell of an album: pure judgements on what was read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cerbo_desktop.domain.errors import NotTold
from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.limits import PAGE_SIZE
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.services.photos.album_listing import Order, order_of


class ListsByType(Enum):
    """What a list asked for by `photo_type` is worth at this practice."""

    UNTRIED = "untried"
    HONOURED = "honoured"
    """It holds the photos of that type."""
    USELESS = "useless"
    """It is refused, holds every photo or others than its name says, or finds none."""


@dataclass(frozen=True, slots=True)
class Personal:
    """What one list told of the personal photos of a chart."""

    photos: tuple[Photo, ...]
    """Those that are personal; there may be others where the list does not tell."""
    listed: Listing[Photo]
    """The list itself: of what counts as personal, or of all photos."""

    def certain(self) -> Listing[Photo]:
        """The personal ones; empty where the chart holds none. Not complete where a newer one may stand further on.

        Raises:
            NotTold: there may be one, and Cerbo does not say which.
        """
        if not self.photos and (of_type(self.listed, PhotoType.UNSTATED) or not self.listed.is_complete):
            raise NotTold
        return Listing(self.photos, not may_go_on(self.listed) or order_of(self.listed.items) is Order.NEWEST_FIRST)

    def denies(self, photo: Photo) -> bool:
        """Whether the list is whole and lacks the photo, or calls it medical."""
        listed = next((each for each in self.listed.items if each.id == photo.id), None)
        return self.listed.is_complete if listed is None else listed.photo_type is PhotoType.MEDICAL


def worth_of(personal: Listing[Photo], medical: Listing[Photo]) -> ListsByType:
    """Judged by both lists of one patient who has photos without a type, or by the beginnings of both.

    A server that ignores the question gives the same photos twice. One that ignores a single word, or knows the types
    by other words, may give all of them by one question and none by the other. So only two whole lists, each with
    photos and none in both, prove that it is honoured. A record that contradicts its list proves that it is not.
    Anything between proves nothing.
    """
    if is_contradicted(personal, medical):
        return ListsByType.USELESS
    one, other = ids(personal), ids(medical)
    are_whole = personal.is_complete and medical.is_complete
    if one == other and (one or are_whole):
        return ListsByType.USELESS
    if one and other and are_whole and one.isdisjoint(other):
        return ListsByType.HONOURED
    return ListsByType.UNTRIED


def is_contradicted(personal: Listing[Photo], medical: Listing[Photo]) -> bool:
    """Whether a record says the other type than the list that it stands in."""
    return bool(of_type(personal, PhotoType.MEDICAL) or of_type(medical, PhotoType.PERSONAL))


def are_the_same(personal: Listing[Photo], medical: Listing[Photo]) -> bool:
    """Two whole lists of the same photos: the question is ignored, even if it was not before."""
    are_whole = personal.is_complete and medical.is_complete
    return are_whole and bool(personal.items) and ids(personal) == ids(medical)


def are_swapped(
    photos: Iterable[Photo], personal: Listing[Photo], medical: Listing[Photo], told: Mapping[PhotoId, PhotoType]
) -> bool:
    """Whether each photo whose own record tells its type stands in the list of the other type, and there is such a one.
    One among others that agree may have been changed between two answers."""
    in_list = dict.fromkeys(ids(personal), PhotoType.PERSONAL) | dict.fromkeys(ids(medical), PhotoType.MEDICAL)
    in_both = ids(personal) & ids(medical)
    agreements = [
        in_list[photo.id] is photo.photo_type
        for photo in photos
        if photo.photo_type is not PhotoType.UNSTATED and photo.id in in_list.keys() - in_both - told.keys()
    ]
    return bool(agreements) and not any(agreements)


def told_by(
    photos: Sequence[Photo], personal: Listing[Photo], medical: Listing[Photo]
) -> tuple[dict[PhotoId, PhotoType], tuple[Photo, ...]]:
    """What two lists that are honoured tell of an album; of a photo in both, or in neither, they tell nothing."""
    in_personal, in_medical = ids(personal), ids(medical)
    album = {photo.id: photo for photo in (*personal.items, *medical.items)}
    album |= {photo.id: photo for photo in photos}
    open_ids = ids_of(album.values(), PhotoType.UNSTATED)
    told = dict.fromkeys((in_personal - in_medical) & open_ids, PhotoType.PERSONAL)
    told |= dict.fromkeys((in_medical - in_personal) & open_ids, PhotoType.MEDICAL)
    return told, tuple(typed(photo, told) for photo in album.values())


def may_go_on(listed: Listing[Photo]) -> bool:
    """Whether the list may have a further page.

    Rows that could not be read make a short list incomplete too, and yet it has no further page.
    """
    is_full = len(listed.items) + listed.unreadable_count >= PAGE_SIZE
    return not listed.is_complete and (is_full or listed.goes_on_at is not None)


def of_type(listing: Listing[Photo], photo_type: PhotoType) -> tuple[Photo, ...]:
    """Photos of the listing whose own record names this type."""
    return tuple(photo for photo in listing.items if photo.photo_type is photo_type)


def typed(photo: Photo, told: Mapping[PhotoId, PhotoType]) -> Photo:
    """The photo with the type that was told of it, where its own record names none."""
    if photo.photo_type is not PhotoType.UNSTATED:
        return photo
    found = told.get(photo.id)
    return photo if found is None else replace(photo, photo_type=found)


def ids_of(photos: Iterable[Photo], photo_type: PhotoType) -> set[PhotoId]:
    """The ids of the photos whose own record names this type."""
    return {photo.id for photo in photos if photo.photo_type is photo_type}


def ids(listing: Listing[Photo]) -> set[PhotoId]:
    return {photo.id for photo in listing.items}
