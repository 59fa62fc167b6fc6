"""Which photos are personal and which medical: by the photo's own record, else by Cerbo's lists by type.

The lists are asked for only where records do not tell. A server that takes no notice of `photo_type` answers both with
the same photos, and one whose words for the types are others finds none by one of them: then nothing tells, and nothing
is guessed. Not here: any word for people.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum

from cerbo_desktop.domain.errors import Forbidden, Overloaded, ServerError, ServerRefused, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.limits import PAGE_SIZE
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.services.photos.album_listing import AlbumListing, Reach
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.type_list_trust import TypeListTrust
from cerbo_desktop.services.photos.type_lists import (
    ListsByType,
    Personal,
    are_swapped,
    ids,
    ids_of,
    of_type,
    told_by,
    typed,
)


class Types(Enum):
    """How far the types of an album's photos are known."""

    ASKED = "asked"
    """Cerbo is being asked for them."""
    TOLD = "told"
    """Cerbo has said of each photo whether it is personal or medical."""
    NOT_TOLD = "not told"
    """Of the photos without a type nobody knows."""


_ASKED_FOR = (PhotoType.PERSONAL, PhotoType.MEDICAL)


class PhotoTypes:
    """One for each practice: what the lists by type are worth is learnt once, and holds for every patient."""

    def __init__(self, server: CerboServer, clock: Clock, records: PhotoRecords | None = None) -> None:
        """`records` tell whether the lists hold what their names say."""
        self._server, self._records = server, records
        self._listings = {each: AlbumListing(server, clock, each) for each in _ASKED_FOR}
        self.trust = TypeListTrust(records)
        self._learning = asyncio.Lock()
        self._told: dict[PhotoId, PhotoType] = {}
        """What the lists alone say."""
        self._in_both: dict[PatientId, frozenset[PhotoId]] = {}
        """Photos without a type of their own that both lists of their patient held: no list tells theirs."""
        self._in_neither: dict[PatientId, frozenset[PhotoId]] = {}
        """Of the open album: those that the whole personal list lacks, nor does the other one hold them."""
        self._unanswered: frozenset[PhotoId] = frozenset()
        """Photos of which the lists told nothing: asking at every look would tell no more."""
        self._may_have_changed = False
        self._names_personal = False
        """A personal list held a photo whose own record says personal: an empty one then says that there is none."""

    # The album of whoever is open.

    def forget(self) -> None:
        """Forget what the lists told of the open album: another patient is opened, or the same one anew."""
        self._told, self._unanswered, self._in_neither = {}, frozenset(), {}

    def clear(self) -> None:
        """Forget every patient: the practice is left."""
        self.forget()
        self._in_both.clear()
        for listing in self._listings.values():
            listing.clear()

    def ask_again(self) -> None:
        """Staff may have given a photo another type: what the lists told holds until they are read again."""
        self._may_have_changed, self._unanswered = True, frozenset()

    def typed(self, photo: Photo) -> Photo:
        """The photo with the type that the lists told, where its own record names none."""
        return typed(photo, self._told)

    def has_told(self, photo: Photo) -> bool:
        """The lists have said which type it is of, in the open album."""
        return photo.id in self._told

    def standing(self, photos: Iterable[Photo]) -> Types:
        """How far the types of a whole album are known."""
        if self._told and self._may_have_changed:
            return Types.ASKED
        open_ids = self._open_ids(photos)
        if not open_ids:
            return Types.TOLD
        return Types.NOT_TOLD if self.trust.is_worthless or open_ids <= self._unanswered else Types.ASKED

    def _open_ids(self, photos: Iterable[Photo]) -> frozenset[PhotoId]:
        untyped = (photo.id for photo in photos if photo.photo_type is PhotoType.UNSTATED)
        return frozenset(photo_id for photo_id in untyped if photo_id not in self._told)

    async def ask(self, patient_id: PatientId, photos: Sequence[Photo]) -> tuple[tuple[Photo, ...], Types]:
        """Ask for both lists. Returns the album with what they told, and with photos that only they hold."""
        try:
            personal, medical = await self._both_lists(patient_id)
        except ServerError as error:
            self.trust.note_failure(error)
            if not isinstance(error, (Unreachable, Overloaded)):
                self._unanswered = self._open_ids(photos)
            return tuple(photos), Types.NOT_TOLD
        if are_swapped(photos, personal, medical, self._told):
            self.trust.distrust()
        album, honoured = tuple(photos), self.trust.worth is ListsByType.HONOURED
        if honoured or self.trust.is_worthless:
            album, self._told = tuple(self._without_lists(photo) for photo in photos), {}
        if honoured:
            self._told, album = await asyncio.to_thread(told_by, album, personal, medical)
            open_ids = ids_of(album, PhotoType.UNSTATED)
            self._in_both[patient_id] = frozenset(open_ids & ids(personal))
            self._in_neither[patient_id] = frozenset(open_ids - ids(personal) if personal.is_complete else ())
        self._may_have_changed = False
        self._unanswered = self._open_ids(album)
        return album, self.standing(album)

    def take_record(self, record: Photo) -> bool:
        """A photo's own record came. Returns whether the lists told otherwise, and are to be asked for again: staff may
        have changed its type since, or they are worth nothing."""
        if record.photo_type is not PhotoType.UNSTATED:
            for untold in (self._in_both, self._in_neither):
                untold[record.patient_id] = untold.get(record.patient_id, frozenset()) - {record.id}
        told = self._told.get(record.id)
        if told is None or record.photo_type in (told, PhotoType.UNSTATED):
            return False
        del self._told[record.id]
        self._may_have_changed = True
        return True

    def _without_lists(self, photo: Photo) -> Photo:
        """What its row and its record say: the lists may tell otherwise now."""
        if photo.id not in self._told:
            return photo
        row = replace(photo, photo_type=PhotoType.UNSTATED)
        return row if self._records is None else self._records.completed(row)

    async def _both_lists(self, patient_id: PatientId) -> tuple[Listing[Photo], Listing[Photo]]:
        """Where it is not known yet what they are worth, their beginnings come first: these mostly tell."""
        if self.trust.worth is ListsByType.UNTRIED:
            personal = await self._beginning(patient_id, PhotoType.PERSONAL, Urgency.VISIBLE)
            medical = await self._beginning(patient_id, PhotoType.MEDICAL, Urgency.VISIBLE)
            await self.trust.judge(personal, medical, Urgency.VISIBLE)
            if self.trust.is_worthless or (personal.is_complete and medical.is_complete):
                return personal, medical
        personal = await self._whole(patient_id, PhotoType.PERSONAL)
        medical = await self._whole(patient_id, PhotoType.MEDICAL)
        await self.trust.judge(personal, medical, Urgency.VISIBLE)
        return personal, medical

    async def _whole(self, patient_id: PatientId, photo_type: PhotoType) -> Listing[Photo]:
        """Of a list that was read before, what proves that nothing else has changed."""
        reach = Reach.WHOLE if self._may_have_changed else Reach.PROOF
        reading = await self._listings[photo_type].read(patient_id, reach, urgency=Urgency.VISIBLE)
        if reading is None:
            return Listing((), is_complete=False)
        return Listing(reading.photos, reading.is_proof)

    # The face of anybody.

    async def personal_photos(self, patient_id: PatientId, urgency: Urgency) -> Personal:
        """Photos that Cerbo says are personal, of those it lists first.

        Raises:
            ServerError: nobody knows.
        """
        try:
            listed = await self._listed_as_personal(patient_id, urgency)
        except (ServerRefused, Forbidden) as refused:
            return await self._personal_by_record(patient_id, urgency, refused)
        if listed is None:
            return await self._personal_by_record(patient_id, urgency)
        if not (listed.items or self._is_none_believed):
            by_record = await self._personal_by_record(patient_id, urgency)
            if by_record.photos and listed.is_complete:
                self.trust.distrust()
            return by_record
        personal, untyped = of_type(listed, PhotoType.PERSONAL), of_type(listed, PhotoType.UNSTATED)
        if untyped and not personal:
            await self._learn_from(patient_id, listed, urgency)
        if self.trust.worth is ListsByType.HONOURED:
            personal += tuple(photo for photo in untyped if not self.has_no_type(photo))
        return Personal(personal, listed)

    def has_no_type(self, photo: Photo) -> bool:
        """Both lists of its patient held it when they were read last, or neither of the open album did, and its own
        record names no type: it has none, whatever the personal list alone says."""
        lists = (self._in_both, self._in_neither)
        return any(photo.id in untold.get(photo.patient_id, frozenset()) for untold in lists)

    @property
    def _is_none_believed(self) -> bool:
        """That a personal list without a photo means that there is none: this tenant may call them otherwise."""
        return self.trust.worth is ListsByType.HONOURED or self._names_personal

    async def _listed_as_personal(self, patient_id: PatientId, urgency: Urgency) -> Listing[Photo] | None:
        """None where the list by type is worth nothing."""
        if self.trust.is_worthless:
            return None
        listed = await self._beginning(patient_id, PhotoType.PERSONAL, urgency)
        if of_type(listed, PhotoType.MEDICAL):
            self.trust.distrust()
            return None
        self._names_personal = self._names_personal or bool(of_type(listed, PhotoType.PERSONAL))
        return listed

    async def _personal_by_record(
        self, patient_id: PatientId, urgency: Urgency, refused: ServerError | None = None
    ) -> Personal:
        """Of all photos, by what their own records say. `refused`: how the list by type was."""
        listed = await self._beginning(patient_id, None, urgency)
        if refused is not None:
            self.trust.note_failure(refused)  # of the question alone: the chart itself was given
        return Personal(of_type(listed, PhotoType.PERSONAL), listed)

    async def _learn_from(self, patient_id: PatientId, personal: Listing[Photo], urgency: Urgency) -> None:
        """Each face at a start would ask; the first one does, for all."""
        async with self._learning:
            if self.trust.is_untried:
                try:
                    medical = await self._beginning(patient_id, PhotoType.MEDICAL, urgency)
                    await self.trust.judge(personal, medical, urgency)
                except (ServerRefused, Forbidden) as refused:
                    self.trust.note_failure(refused)

    async def _beginning(self, patient_id: PatientId, photo_type: PhotoType | None, urgency: Urgency) -> Listing[Photo]:
        return await self._server.photos(patient_id, photo_type, limit=PAGE_SIZE, urgency=urgency)
