"""Photos that are on their way to an empty chart: nobody is asked to take an ID photo as if there were none. No Qt."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import UNDERWAY_STATES, Upload, UploadState
from cerbo_desktop.ui.text import empty_album
from cerbo_desktop.ui.text.failures import Sentence

_HERE = frozenset({UploadState.QUEUED, UploadState.SENDING})
"""A try to send that can't reach Cerbo is no way out of this PC."""


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
    uploads: Iterable[Upload],
    patient_id: PatientId,
    just_accepted: Collection[UploadId] = (),
    *,
    is_reachable: bool = True,
) -> Underway | None:
    """Say which photos of this patient are on their way to the chart, or were just accepted, and whether one of them
    is the ID photo; None where there are none. `is_reachable`: Cerbo answers."""
    mine = [
        each
        for each in uploads
        if each.recipient.id == patient_id and (each.state in UNDERWAY_STATES or each.id in just_accepted)
    ]
    id_photos = [each for each in mine if each.is_id_photo]
    told = id_photos or mine
    if not told:
        return None
    kept = 0 if is_reachable else _kept(told)
    needs_person = all(each.needs_person for each in told)
    words = _id_photo_words(kept, needs_person) if id_photos else _other_words(len(told), kept, needs_person)
    newest = max(told, key=lambda each: each.taken_at)
    return Underway(words, bool(id_photos), newest.preview)


def _kept(uploads: Iterable[Upload]) -> int:
    """How many wait on this PC; 0 where one may have left it."""
    going = [each for each in uploads if each.state is not UploadState.REFUSED]
    if any(each.state not in _HERE for each in going):
        return 0
    return sum(not each.needs_person for each in going)


def _id_photo_words(kept: int, needs_person: bool) -> Sentence:
    if needs_person:
        return empty_album.id_photo_needs_person()
    return empty_album.id_photo_kept() if kept else empty_album.id_photo_underway()


def _other_words(count: int, kept: int, needs_person: bool) -> Sentence:
    if needs_person:
        return empty_album.photos_need_person(count)
    return empty_album.photos_kept(kept) if kept else empty_album.photos_underway(count)
