"""The lists of photos, and what this run has learnt of them from one answer to the next.

That is: rows with pictures in them are too large to come a hundred at a time; and lists of photos can be read at all on
this tenant, without which 404, 204 or null for one album is no word on whether the chart holds photos.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Protocol

from cerbo_desktop.api import paging
from cerbo_desktop.api.list_answers import ListAnswer
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing, ServerError
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_ALBUM_PHOTOS, PAGE_SIZE, SMALL_PAGE_SIZE
from cerbo_desktop.domain.page import Listing, Page
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency

_MOST_OTHERS = 3
"""Patients whose albums are asked for, to learn whether this tenant lists photos."""


class AskPhotos(Protocol):
    """Asks for one page of photos."""

    async def __call__(
        self, patient_id: PatientId, photo_type: PhotoType | None, limit: int, offset: int, urgency: Urgency
    ) -> ListAnswer[Photo]: ...


class AlbumLists:
    """Lists of photos. `ask` gets one page, `patient` a patient's record."""

    def __init__(self, ask: AskPhotos, patient: Callable[[PatientId], Awaitable[Patient]]) -> None:
        self._ask, self._patient = ask, patient
        self._page_size = PAGE_SIZE
        self._listed: set[PhotoType | None] = set()
        """Which lists of some patient, of one type or of all photos, had photos in them."""
        self._had_photos: set[tuple[PatientId, PhotoType | None]] = set()
        """Lists that held photos when they were read last."""
        self._known: dict[PatientId, None] = {}
        self._without: set[tuple[PatientId, PhotoType | None]] = set()
        """Of them those who showed no such photos."""

    def note(self, patients: Iterable[PatientId]) -> None:
        """Remember that these patients are of this tenant."""
        for patient_id in patients:
            if len(self._known) > _MOST_OTHERS:
                return
            self._known[patient_id] = None

    def pages(
        self, patient_id: PatientId, photo_type: PhotoType | None, urgency: Urgency
    ) -> AsyncIterator[Page[Photo]]:
        """The pages of an album, or of its photos of one type.

        Raises `BadAnswer` where each row of a chart is marked as deleted and none was seen without the mark: that is no
        proof of an empty chart.
        """
        has_photos = photo_type is not None or (patient_id, photo_type) in self._had_photos

        async def fetch(offset: int) -> ListAnswer[Photo]:
            nonlocal has_photos
            answer = await self._page_or_none(patient_id, photo_type, PAGE_SIZE, offset, urgency)
            has_photos = has_photos or bool(answer.items)
            if not has_photos and not answer.has_more and offset + answer.row_count:
                raise BadAnswer(BadAnswerKind.WRONG_SHAPE)  # a mark that each row has may mean something else
            return answer

        return paging.pages(fetch, most=MAX_ALBUM_PHOTOS, most_pages=self._most_pages)

    async def first(
        self, patient_id: PatientId, photo_type: PhotoType | None, limit: int, first_row: int, urgency: Urgency
    ) -> Listing[Photo]:
        """Read at most `limit` photos, beginning with row `first_row` (counted from 0).

        One request is enough where that many fit into an answer and the answer says whether there are more.
        """
        begun: list[ListAnswer[Photo]] = []

        async def fetch(offset: int) -> ListAnswer[Photo]:
            found = begun.pop() if begun else await ask(offset)
            return found if found.total is None else replace(found, total=max(0, found.total - first_row))

        async def ask(offset: int) -> ListAnswer[Photo]:
            return await self._page_or_none(patient_id, photo_type, limit, first_row + offset, urgency)

        answer = await ask(0)
        may_be_cut = answer.is_silent and 0 < answer.row_count < limit
        if not may_be_cut and (self._page_size >= limit or not answer.has_more):
            return paging.listing(answer, first_row)
        begun.append(answer)
        return await paging.whole(paging.pages(fetch, most=limit))

    def _most_pages(self) -> int:
        return paging.pages_of(MAX_ALBUM_PHOTOS, self._page_size)

    async def _page_or_none(
        self, patient_id: PatientId, photo_type: PhotoType | None, limit: int, offset: int, urgency: Urgency
    ) -> ListAnswer[Photo]:
        """One page; an empty one where there is no list for a patient who has no such photos.

        Raises:
            BadAnswer: LIST_GONE where this list held photos before. They need not be deleted: a list that is not found
                proves nothing of them.
        """
        try:
            return await self._page(patient_id, photo_type, limit, offset, urgency)
        except (Missing, BadAnswer) as error:
            if offset or not _is_nothing(error) or not await self._may_be_empty(patient_id, photo_type, urgency):
                raise
            if (patient_id, photo_type) in self._had_photos:
                raise BadAnswer(BadAnswerKind.LIST_GONE) from error
            return ListAnswer((), 0, has_more=False)

    async def _page(
        self, patient_id: PatientId, photo_type: PhotoType | None, limit: int, offset: int, urgency: Urgency
    ) -> ListAnswer[Photo]:
        size = min(limit, self._page_size)
        try:
            answer = await self._ask(patient_id, photo_type, size, offset, urgency)
        except BadAnswer as error:
            if error.kind is not BadAnswerKind.TOO_LARGE or size <= SMALL_PAGE_SIZE:
                raise
            self._page_size = SMALL_PAGE_SIZE
            answer = await self._ask(patient_id, photo_type, SMALL_PAGE_SIZE, offset, urgency)
        if answer.items:
            self._listed.add(photo_type)
            self._had_photos.add((patient_id, photo_type))
        elif not offset and not answer.row_count:
            self._note_empty(patient_id, photo_type)
        return answer

    def _note_empty(self, patient_id: PatientId, photo_type: PhotoType | None) -> None:
        """Raises LIST_GONE where a whole chart held photos until now: that it is empty is believed the second time."""
        held_photos = (patient_id, photo_type) in self._had_photos
        self._had_photos.discard((patient_id, photo_type))
        if held_photos and photo_type is None:
            raise BadAnswer(BadAnswerKind.LIST_GONE)

    async def _may_be_empty(self, patient_id: PatientId, photo_type: PhotoType | None, urgency: Urgency) -> bool:
        """Whether an album for which there was no list is one without such photos: the patient is there, and another
        patient's are listed. For one type that type's own list counts: a server may not know the parameter."""
        if photo_type not in self._listed and not await self._lists_others(patient_id, photo_type, urgency):
            return False
        try:
            await self._patient(patient_id)
        except ServerError:
            return False
        return True

    async def _lists_others(self, patient_id: PatientId, photo_type: PhotoType | None, urgency: Urgency) -> bool:
        """Each of them is asked once: where none has such photos, each face on the board would ask anew."""
        others = [each for each in self._known if each != patient_id and (each, photo_type) not in self._without]
        for other in others[:_MOST_OTHERS]:
            try:
                answer = await self._page(other, photo_type, 1, 0, urgency)
            except (Missing, BadAnswer):
                self._without.add((other, photo_type))
                continue
            except ServerError:
                return False
            if answer.items:
                return True
            self._without.add((other, photo_type))
        return False


def _is_nothing(error: Missing | BadAnswer) -> bool:
    return isinstance(error, Missing) or error.kind is BadAnswerKind.NOTHING
