"""Photos of the open patient that are on their way, as the album shows them before the chart has them. No Qt."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from cerbo_desktop.domain.id_photos import is_id_photo_on_its_way
from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import UNDERWAY_STATES, Upload
from cerbo_desktop.ui.commands.tables import ALBUM
from cerbo_desktop.ui.text import pending


@dataclass(frozen=True, slots=True)
class PendingPhoto:
    """A tile of the album that is no photo of the chart: it is not counted, marked or opened."""

    tile_id: PhotoId
    """No id of Cerbo's."""
    picture: Raster = field(compare=False)
    place: str
    """Where it is, in two or three words."""
    about: str
    """What it is, for whoever wants to open it."""
    spoken: str
    needs_person: bool
    is_id_photo: bool


def pending_of(
    uploads: Iterable[Upload], patient_id: PatientId, just_accepted: Collection[UploadId] = ()
) -> tuple[PendingPhoto, ...]:
    """This patient's photos that are not in the chart as far as is known, the newest first; with those that were just
    accepted, which the album does not show yet."""
    mine = [
        each
        for each in uploads
        if each.recipient.id == patient_id and (each.state in UNDERWAY_STATES or each.id in just_accepted)
    ]
    return tuple(map(_pending, sorted(mine, key=lambda each: each.taken_at, reverse=True)))


def of_type(photos: Iterable[PendingPhoto], photo_type: PhotoType | None) -> tuple[PendingPhoto, ...]:
    """Those that one filter shows. Only of ID photos anybody knows what they will be in Cerbo."""
    if photo_type is None:
        return tuple(photos)
    return tuple(each for each in photos if each.is_id_photo and photo_type is PhotoType.PERSONAL)


def face_of(
    uploads: Iterable[Upload], patient_id: PatientId, just_accepted: Collection[UploadId] = ()
) -> Raster | None:
    """The newest ID photo of this patient that is on its way, or was just accepted."""
    mine = [
        each
        for each in uploads
        if each.recipient.id == patient_id
        and (is_id_photo_on_its_way(each) or (each.is_id_photo and each.id in just_accepted))
    ]
    return max(mine, key=lambda each: each.taken_at).preview if mine else None


def _pending(upload: Upload) -> PendingPhoto:
    return PendingPhoto(
        PhotoId(f"upload {upload.id}"),
        upload.preview,
        pending.place(upload.state),
        pending.about(upload),
        pending.tile_spoken(upload, ALBUM.key("open")),
        needs_person=upload.needs_person,
        is_id_photo=upload.is_id_photo,
    )
