"""Photos that are on their way to an empty chart: nobody is asked to take an ID photo as if there were none. No Qt."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import UNDERWAY_STATES, Upload
from cerbo_desktop.ui.text import empty_album
from cerbo_desktop.ui.text.failures import Sentence


@dataclass(frozen=True, slots=True)
class Underway:
    """Photos that are on their way to an empty chart, in words."""

    words: Sentence
    """In the place of "No photos yet"."""
    is_id_photo: bool
    """One of them certainly is. Of a photo that was sent otherwise nobody knows whether it may serve as one."""
    picture: Raster | None = None
    """The newest of them."""


def underway_of(
    uploads: Iterable[Upload], patient_id: PatientId, just_accepted: Collection[UploadId] = ()
) -> Underway | None:
    """Say which photos of this patient are on their way to the chart, or were just accepted, and whether one of them
    is the ID photo; None where there are none."""
    mine = [
        each
        for each in uploads
        if each.recipient.id == patient_id and (each.state in UNDERWAY_STATES or each.id in just_accepted)
    ]
    id_photos = [each for each in mine if each.is_id_photo]
    told = id_photos or mine
    if not told:
        return None
    needs_person = all(each.needs_person for each in told)
    words = _id_photo_words(needs_person) if id_photos else _other_words(len(told), needs_person)
    newest = max(told, key=lambda each: each.taken_at)
    return Underway(words, bool(id_photos), newest.preview)


def _id_photo_words(needs_person: bool) -> Sentence:
    if needs_person:
        return empty_album.id_photo_needs_person()
    return empty_album.id_photo_underway()


def _other_words(count: int, needs_person: bool) -> Sentence:
    if needs_person:
        return empty_album.photos_need_person(count)
    return empty_album.photos_underway(count)
