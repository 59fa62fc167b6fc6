"""The face beside a name: each patient's newest personal photo, small."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from cerbo_desktop.domain.errors import NotTold
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.moments import When, in_order
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.ports import ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.budget import ByteBudget
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import Failed
from cerbo_desktop.runtime.sharing import Sharing
from cerbo_desktop.services.contents import Contents
from cerbo_desktop.services.photo_types import ListsByType, PhotoTypes
from cerbo_desktop.services.showing import made

EDGE_PX = 96
BUDGET_BYTES = 16_000_000
_BYTES_OF_NONE = 256
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KnownFace:
    """What the server said: a face and its date, or that there is none."""

    raster: Raster | None
    taken_at: When | None = None
    is_told: bool = True
    """False where Cerbo does not say which photos are personal: whether there is a face nobody knows."""
    is_by_list: bool = False
    """By what Cerbo listed as personal, which turns out to be worth nothing where it never lists any."""
    worth: ListsByType | None = None
    """Where it isn't told: what the lists by type were worth then. Once more is known of them, it is asked again."""

    @property
    def size_bytes(self) -> int:
        return _BYTES_OF_NONE + (self.raster.size_bytes if self.raster is not None else 0)


class Faces:
    """One request a patient, the least urgent of all, and the answer is kept; also the answer that there is none."""

    def __init__(
        self,
        contents: Contents,
        studio: ImageStudio,
        types: PhotoTypes,
        *,
        on_failure: Failed,
        edge_px: int = EDGE_PX,
        budget_bytes: int = BUDGET_BYTES,
    ) -> None:
        self._types = types
        self._contents = contents
        self._studio = studio
        self._edge_px = edge_px
        self._known: ByteBudget[PatientId, KnownFace] = ByteBudget(budget_bytes, lambda known: known.size_bytes)
        self._asked: Sharing[PatientId, KnownFace] = Sharing("faces", on_failure)
        self._generation = 0

    @property
    def learnt(self) -> Feed[ListsByType]:
        """Tells that what was said of faces may not hold any more: that there is none, or that nobody knows."""
        return self._types.learnt

    def known(self, patient_id: PatientId) -> KnownFace | None:
        """What is here already; None where the server has not been asked, did not answer or did not tell."""
        known = self._kept(patient_id)
        return known if known is not None and known.is_told else None

    async def face(self, patient_id: PatientId) -> Raster | None:
        """The newest personal photo, its longer edge at most `edge_px`; None where the chart has none.

        Raises:
            NotTold: Cerbo does not say which photos are personal.
            ServerError: nobody knows; nothing is kept, so that a later call asks again.
            CannotShow: there is one, but it cannot be shown.
        """
        known = self._kept(patient_id)
        if known is None:
            known = await self._asked.get(patient_id, lambda: self._ask(patient_id))
        if not known.is_told:
            raise NotTold
        return known.raster

    def forget_face(self, patient_id: PatientId) -> None:
        """The next call asks the server again: a photo was accepted."""
        self._generation += 1
        self._asked.let_go(patient_id)
        self._known.discard(patient_id)

    def clear(self) -> None:
        self._generation += 1
        self._known.clear()
        self._asked.cancel_all()

    async def aclose(self) -> None:
        self._known.clear()
        await self._asked.aclose()

    def _kept(self, patient_id: PatientId) -> KnownFace | None:
        known = self._known.get(patient_id)
        if known is None or known.raster is not None:
            return known
        is_void = (
            known.is_by_list and self._types.is_worthless if known.is_told else known.worth is not self._types.worth
        )
        return None if is_void else known

    async def _ask(self, patient_id: PatientId) -> KnownFace:
        generation = self._generation
        known = await self._found(patient_id)
        if generation == self._generation:
            self._known.put(patient_id, known)
        return known

    async def _found(self, patient_id: PatientId) -> KnownFace:
        urgency = Urgency.BACKGROUND
        try:
            personal = await self._types.personal_photos(patient_id, urgency)
        except NotTold:
            if self._types.worth is ListsByType.HONOURED:
                raise  # rows that could not be read, and may be the next time
            return KnownFace(None, is_told=False, worth=self._types.worth)
        if not personal:
            return KnownFace(None, is_by_list=not self._types.is_worthless)
        newest = max(personal, key=_age_order)
        content = await self._contents.get(patient_id, newest.id, urgency=urgency)
        thumbnail = partial(self._studio.thumbnail, edge_px=self._edge_px, urgency=urgency)
        face = await made(self._contents, (patient_id, newest.id), content, thumbnail, urgency)
        return KnownFace(face, newest.taken_at)


def _age_order(photo: Photo) -> tuple[datetime, int]:
    """Lists come in an order nobody knows (contract 3): by date, then by number."""
    at = in_order(photo.taken_at, lambda moment: moment) if photo.taken_at is not None else _LONG_AGO
    return at, int(photo.id) if photo.id.isdecimal() else 0
