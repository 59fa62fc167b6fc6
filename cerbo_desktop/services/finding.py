"""Finds sent photos in Cerbo: after a lost answer, and until staff have accepted what waits in the queue."""

import contextlib
from itertools import chain, repeat

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.outbox import Standing
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Sighting, Trouble, Upload, UploadState
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.reconciling import Reconciling, sighting
from cerbo_desktop.services.upload_book import UploadBook

_LOOK_WAITS_S = (3.0, 5.0, 10.0, 20.0, 30.0, 60.0)
"""Between two looks for a photo that waits in Cerbo's queue; the last one repeats."""


class Finding:
    def __init__(self, book: UploadBook, reconciling: Reconciling, clock: Clock, scope: TaskScope) -> None:
        self._book, self._reconciling, self._clock, self._scope = book, reconciling, clock, scope
        self._found: dict[UploadId, PhotoId] = {}

    async def resolve_doubt(self, upload: Upload) -> None:
        """The answer was lost: look, and ask a person unless the photo itself is found."""
        checking = await self._begin_check(upload.id)
        if checking is None:
            return
        before = self._book.before(upload.id)
        try:
            now = await self._reconciling.standing(upload.recipient.id)
            is_found = before is not None and await self._find(checking, before, now)
        except ServerError as error:
            await self._ask(checking, sighting(before, error, ()))
            return
        if is_found:
            await self._settle(checking, UploadState.ACCEPTED)
            await self._book.drop_photo(upload.id)
        else:
            await self._ask(checking, sighting(before, now, self._known_queue_ids()))

    def look_later(self, patient_id: PatientId, *, at_once: bool = False) -> None:
        """Look again and again, from seconds to a minute apart, until nothing of this patient waits any more."""
        if not self._scope.is_closed:
            self._scope.start(self._look_repeatedly(patient_id, at_once), key=("look", patient_id))

    async def _begin_check(self, upload_id: UploadId) -> Upload | None:
        async with self._book.turn:
            upload = self._book.get(upload_id)
            if upload is None:
                return None
            if upload.state is UploadState.SENDING:
                upload = await self._book.record(upload, UploadState.COMMITTING)
            if upload.state is UploadState.COMMITTING:
                upload = await self._book.record(upload, UploadState.UNSURE, trouble=Trouble.NO_ANSWER)
            if upload.state is not UploadState.UNSURE:
                return None
            return await self._book.record(upload, UploadState.CHECKING, trouble=Trouble.NO_ANSWER)

    async def _ask(self, checking: Upload, seen: Sighting) -> None:
        async with self._book.turn:
            await self._book.record(checking, UploadState.NEEDS_REVIEW, trouble=Trouble.NO_ANSWER, sighting=seen)

    async def _look_repeatedly(self, patient_id: PatientId, at_once: bool) -> None:
        waits = chain(_LOOK_WAITS_S, repeat(_LOOK_WAITS_S[-1]))
        if not at_once:
            await self._clock.sleep(next(waits))
        while self._waiting(patient_id):
            with contextlib.suppress(ServerError):
                await self._look(patient_id)
            await self._clock.sleep(next(waits))

    async def _look(self, patient_id: PatientId) -> None:
        # Those that wait now: one that is sent while the lists are read is in none of them, and is not gone.
        waiting = self._waiting(patient_id)
        now = await self._reconciling.standing(patient_id)
        for upload in waiting:
            before = self._book.before(upload.id)
            if before is None:
                continue
            if await self._find(upload, before, now):
                await self._settle(upload, UploadState.ACCEPTED)
                await self._book.drop_photo(upload.id)
            elif self._is_gone(upload, before, now):
                await self._settle(upload, UploadState.GONE)

    async def _settle(self, upload: Upload, state: UploadState) -> None:
        """What was seen holds only if nobody moved the upload meanwhile."""
        async with self._book.turn:
            current = self._book.get(upload.id)
            if current is not None and current.state is upload.state:
                await self._book.record(current, state)

    async def _find(self, upload: Upload, before: Standing, now: Standing) -> bool:
        photo_id = await self._reconciling.find(upload.recipient.id, upload.photo, before, now, self._found.values())
        if photo_id is not None:
            self._found[upload.id] = photo_id
        return photo_id is not None

    def _is_gone(self, upload: Upload, before: Standing, now: Standing) -> bool:
        """In neither list, with nothing new in the chart that could be it in other bytes."""
        new_photos = now.photo_ids - before.photo_ids - frozenset(self._found.values())
        has_left = now.queue_ids is not None and upload.queue_id is not None and upload.queue_id not in now.queue_ids
        return has_left and not new_photos

    def _waiting(self, patient_id: PatientId) -> tuple[Upload, ...]:
        return tuple(each for each in self._book.in_state(UploadState.SENT) if each.recipient.id == patient_id)

    def _known_queue_ids(self) -> list[QueueId]:
        return [each.queue_id for each in self._book.feed.latest if each.queue_id is not None]
