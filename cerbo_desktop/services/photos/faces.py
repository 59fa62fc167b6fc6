"""The face beside a name: each patient's newest personal photo, small.

A photo whose own record says medical is none, whatever a list says of it (ANSWERS 4).
"""

from collections import Counter
from collections.abc import Callable
from functools import partial

from cerbo_desktop.domain.acts import Done, OutcomeKnown
from cerbo_desktop.domain.errors import NotTold
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.single_flight import SingleFlight
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.decoding import decode_best
from cerbo_desktop.services.photos.face_rules import FaceRules
from cerbo_desktop.services.photos.known_face import ByAlbum, KnownFace
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes
from cerbo_desktop.services.photos.type_lists import ListsByType

EDGE_PX = 96
BUDGET_BYTES = 16_000_000

FaceReader = Callable[[PatientId, bool], None]
"""Whose face has to be asked for again, and whether the one that was shown is wrong."""


class Faces:
    """The faces of all patients. A face costs one request, the least urgent of all, and is kept; so is the answer that
    there is none."""

    def __init__(
        self,
        contents: PhotoContentCache,
        studio: ImageStudio,
        types: PhotoTypes,
        records: PhotoRecords,
        *,
        scope: TaskScope,
        edge_px: int = EDGE_PX,
        budget_bytes: int = BUDGET_BYTES,
    ) -> None:
        self._contents, self._studio, self._edge_px = contents, studio, edge_px
        self._types, self._rules = types, FaceRules(types, records)
        self._known: ByteLruCache[PatientId, KnownFace] = ByteLruCache(budget_bytes, lambda known: known.size_bytes)
        self._asked: SingleFlight[PatientId, KnownFace] = SingleFlight(scope.child("faces"))
        self._forgotten: Counter[PatientId] = Counter()
        """How often each was forgotten."""
        self._by_album: ByAlbum | None = None
        """Of the open album, once it is whole."""
        self._by_list: set[PatientId] = set()
        """Whose face is personal by a list's word alone."""
        self._missed: dict[PatientId, PhotoId] = {}
        """Photos that are the face, and could not be loaded."""
        self._readers: list[FaceReader] = []
        self._ends = (
            records.subscribe(self._take_record),
            types.trust.learnt.subscribe(self._take_worth, replay=False),
        )

    def subscribe(self, reader: FaceReader) -> Callable[[], None]:
        """Tell `reader` of each patient whose face is another from now on. Returns the function that ends it."""
        self._readers.append(reader)
        return lambda: self._readers.remove(reader) if reader in self._readers else None

    @property
    def learnt(self) -> Feed[ListsByType]:
        """Tells that what was said of faces may not hold any more: that there is none, or that nobody knows."""
        return self._types.trust.learnt

    def known(self, patient_id: PatientId) -> KnownFace | None:
        """What may be shown already; None where the server has not been asked, did not answer or did not tell. An
        older face stays until the newer one is here."""
        known = self._known.get(patient_id)
        if known is None or not known.is_told or self._rules.is_void(known):
            return None
        return known if known.raster is not None or self._is_latest(patient_id, known) else None

    async def face(self, patient_id: PatientId) -> Raster | None:
        """The newest personal photo, its longer edge at most `edge_px`; None where the chart has none.

        Raises:
            NotTold: Cerbo does not say which photos are personal, or a newer one may stand further on in its list.
            ServerError: nobody knows; nothing is kept, so that a later call asks again.
            CannotShow: there is one, but it cannot be shown.
        """
        known = self._known.get(patient_id)
        while known is None or self._rules.is_void(known) or not self._is_latest(patient_id, known):
            before = self._forgotten[patient_id]
            known = await self._asked.get(patient_id, lambda: self._ask(patient_id))
            if self._forgotten[patient_id] != before:
                known = self._known.get(patient_id)
        if not known.is_told:
            raise NotTold
        return known.raster

    async def look_again(self, patient_id: PatientId) -> None:
        """Ask by one list whether a face that is known still is the newest personal photo, unless the open album tells.
        It stays meanwhile. Readers hear where it is wrong, or another comes. Raises ServerError, CannotShow as `face`.
        """
        known = self._known.get(patient_id)
        if known is not None and known.photo is not None and self._rules.still_told(self._by_album, patient_id) is None:
            photo = known.photo
            await self._asked.get(patient_id, lambda: self._look(patient_id, known, photo))

    def take_album(self, album: Album) -> None:
        """Take in what is known of the open album: once it is whole, its newest personal photo is the face."""
        before, self._by_album = self._by_album, self._rules.newest_in(album)
        told, patient_id = self._by_album, album.patient_id
        if patient_id is None:
            return
        known = self._known.get(patient_id)
        is_wrong = known is not None and self._is_refuted(known, album)
        is_latest = known is not None and self._is_latest(patient_id, known)
        if is_wrong:
            self._known.discard(patient_id)
        if is_wrong or (told is not None and told != before and not is_latest):
            self._tell(patient_id, is_wrong=is_wrong)

    def _is_refuted(self, known: KnownFace, album: Album) -> bool:
        """Whether the list calls the photo otherwise than personal, or is whole and lacks it, whatever it says of the
        others."""
        if known.photo is None:
            return False
        listed = next((photo for photo in album.photos if photo.id == known.photo_id), None)
        if listed is None:
            return album.is_complete
        if listed.photo_type is PhotoType.UNSTATED:
            return self._by_album is not None or self._types.has_no_type(listed)
        return listed.photo_type is PhotoType.MEDICAL

    def misses(self, patient_id: PatientId, photo_id: PhotoId) -> bool:
        """The face is not here because this photo did not come."""
        return self._missed.get(patient_id) == photo_id

    def follow(self, done: Done) -> None:
        """Forget a patient's face when a photo reaches their chart: that may be the new one."""
        if isinstance(done.act, OutcomeKnown) and done.act.outcome is UploadState.ACCEPTED:
            self.forget_face(done.act.patient_id)

    def forget_face(self, patient_id: PatientId) -> None:
        """Ask the server again at the next call, and tell readers that they have to: a new photo may be the face."""
        self._forgotten[patient_id] += 1
        self._asked.let_go(patient_id)
        self._known.discard(patient_id)
        self._tell(patient_id, is_wrong=False)

    def clear(self) -> None:
        self._known.clear()
        self._missed.clear()
        self._asked.cancel_all()

    async def aclose(self) -> None:
        for end in self._ends:
            end()
        self._known.clear()
        await self._asked.aclose()

    def _tell(self, patient_id: PatientId, *, is_wrong: bool) -> None:
        for reader in tuple(self._readers):
            reader(patient_id, is_wrong)

    def _take_record(self, record: Photo) -> None:
        """The photo's own word: one that was taken for a face may be medical."""
        known = self._known.get(record.patient_id)
        if known is not None and known.photo_id == record.id and self._rules.is_medical(record):
            self._known.discard(record.patient_id)
            self._tell(record.patient_id, is_wrong=True)

    def _take_worth(self, worth: ListsByType) -> None:
        """Faces that only a list called personal are none where such lists turn out to be worth nothing."""
        if worth is not ListsByType.USELESS:
            return
        self._by_album = None
        doubted, self._by_list = self._by_list, set()
        for patient_id in doubted:
            self._known.discard(patient_id)
            self._tell(patient_id, is_wrong=True)

    def _is_latest(self, patient_id: PatientId, known: KnownFace) -> bool:
        """What the whole album says, where it is known."""
        told = self._rules.still_told(self._by_album, patient_id)
        return told is None or (known.is_told and known.photo_id == told.photo_id)

    async def _ask(self, patient_id: PatientId) -> KnownFace:
        before = self._forgotten[patient_id]
        return self._kept(patient_id, await self._found(patient_id), before)

    async def _look(self, patient_id: PatientId, before: KnownFace, photo: Photo) -> KnownFace:
        """Whoever hears that the face is wrong, and asks for it, joins this question."""
        was_worthless = self._types.trust.is_worthless
        personal = await self._types.personal_photos(patient_id, Urgency.BACKGROUND)
        now = self._known.get(patient_id)
        if now is not before:  # more was learnt meanwhile
            return now or await self._ask(patient_id)
        forgotten, is_wrong = self._forgotten[patient_id], personal.denies(photo)
        if is_wrong:
            self._known.discard(patient_id)
            self._tell(patient_id, is_wrong=True)
        newest = await self._rules.newest_borne_out(personal, was_worthless)
        if newest is None:
            return self._known.get(patient_id) or await self._ask(patient_id)
        if not is_wrong and (isinstance(newest, KnownFace) or newest.id == photo.id):
            return before
        known = newest if isinstance(newest, KnownFace) else await self._made(newest)
        self._kept(patient_id, known, forgotten)
        if not is_wrong:
            self._tell(patient_id, is_wrong=False)
        return known

    def _kept(self, patient_id: PatientId, known: KnownFace, forgotten: int) -> KnownFace:
        """`forgotten`: how often it was, when it was asked for. What was forgotten since is not kept."""
        if forgotten == self._forgotten[patient_id]:
            self._known.put(patient_id, known)
            if known.raster is not None and known.is_by_list:
                self._by_list.add(patient_id)
        return known

    async def _found(self, patient_id: PatientId) -> KnownFace:
        told = self._rules.still_told(self._by_album, patient_id)
        if told is not None and told.newest is None:
            return KnownFace(None)
        if told is not None and told.newest is not None and not await self._rules.is_denied(told.newest):
            return await self._made(told.newest)
        was_worthless = self._types.trust.is_worthless
        personal = await self._types.personal_photos(patient_id, Urgency.BACKGROUND)
        newest = await self._rules.newest_borne_out(personal, was_worthless)
        if newest is None:
            return await self._found(patient_id)
        return newest if isinstance(newest, KnownFace) else await self._made(newest)

    async def _made(self, photo: Photo) -> KnownFace:
        urgency, key = Urgency.BACKGROUND, (photo.patient_id, photo.id)
        self._missed[photo.patient_id] = photo.id
        content = await self._contents.get(*key, urgency=urgency)
        thumbnail = partial(self._studio.thumbnail, edge_px=self._edge_px, urgency=urgency)
        face = await decode_best(self._contents, key, content, thumbnail, urgency)
        self._missed.pop(photo.patient_id, None)
        return KnownFace(face, photo, is_by_list=self._rules.is_by_list(photo))
