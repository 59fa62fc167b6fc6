"""Which photo is a patient's face: the newest that Cerbo calls personal, and whose own record doesn't say otherwise."""

from cerbo_desktop.domain.errors import NotTold
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.known_face import ByAlbum, KnownFace, age_order
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes, Types
from cerbo_desktop.services.photos.type_lists import ListsByType, Personal


class FaceRules:
    """Judges photos by what is known of their types. Keeps nothing itself."""

    def __init__(self, types: PhotoTypes, records: PhotoRecords) -> None:
        self._types, self._records = types, records

    def newest_in(self, album: Album) -> ByAlbum | None:
        """The newest personal photo of an album; None where it does not tell: further pages may hold a newer one."""
        if album.patient_id is None or not album.is_complete or album.types is Types.ASKED:
            return None
        personal = [photo for photo in album.of_type(PhotoType.PERSONAL) if not self.is_medical(photo)]
        sure = [photo for photo in personal if not (self._types.trust.is_worthless and self.is_by_list(photo))]
        if sure:
            return ByAlbum(album.patient_id, max(sure, key=age_order))
        return None if personal or album.types is not Types.TOLD else ByAlbum(album.patient_id, None)

    def still_told(self, told: ByAlbum | None, patient_id: PatientId) -> ByAlbum | None:
        """`told`, where it is of this patient and nothing that was learnt since makes it doubtful."""
        if told is None or told.patient_id != patient_id:
            return None
        newest = told.newest
        is_doubtful = newest is not None and (self.is_medical(newest) or self._types.has_no_type(newest))
        return None if is_doubtful else told

    def is_void(self, known: KnownFace) -> bool:
        """What told so does not hold any more, or the photo's own record says otherwise."""
        photo = known.photo
        if photo is not None and (self.is_medical(photo) or (known.is_by_list and self._types.has_no_type(photo))):
            return True
        return (
            known.is_by_list and self._types.trust.is_worthless
            if known.is_told
            else known.worth is not self._types.trust.worth
        )

    def is_medical(self, photo: Photo) -> bool:
        """Whether the photo's own record calls it medical. A list that says otherwise, even later, is not believed: it
        would show a medical photo as a face."""
        record = self._records.known(photo)
        return record is not None and record.photo_type is PhotoType.MEDICAL

    def is_by_list(self, photo: Photo) -> bool:
        """Its type comes from a list by type, and not from its own row."""
        return photo.photo_type is PhotoType.UNSTATED or self._types.has_told(photo)

    async def newest_borne_out(self, personal: Personal, was_worthless: bool) -> Photo | KnownFace | None:
        """The newest personal photo whose own record does not deny it. None where the lists have turned out to be worth
        nothing since they were read. Staff may have changed the type of one photo since it was listed; two are no
        chance."""
        for _ in range(2):
            newest = self.newest_of(personal)
            if isinstance(newest, KnownFace) or not await self.is_denied(newest):
                return newest if was_worthless or not self._types.trust.is_worthless else None
        self._types.trust.distrust()
        return None

    async def is_denied(self, photo: Photo) -> bool:
        """A list calls it personal, and its own record, which is asked for, says otherwise."""
        return self.is_by_list(photo) and await self._types.trust.is_denied(photo, Urgency.BACKGROUND)

    def newest_of(self, personal: Personal) -> Photo | KnownFace:
        """Return the newest personal photo. Where there is none, or the lists don't tell, a `KnownFace` without a photo
        says which; raises `NotTold` where rows could not be read."""
        try:
            certain = personal.certain()
        except NotTold:
            if self._types.trust.worth is ListsByType.HONOURED:
                raise  # rows that could not be read, and may be the next time
            return KnownFace(None, is_told=False, worth=self._types.trust.worth)
        if not certain.is_complete:
            return KnownFace(None, is_told=False, worth=self._types.trust.worth)
        faces = [photo for photo in certain.items if not self.is_medical(photo)]
        return max(faces, key=age_order) if faces else KnownFace(None, is_by_list=not self._types.trust.is_worthless)
