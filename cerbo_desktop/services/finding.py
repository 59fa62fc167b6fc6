"""Looks for sent photos in Cerbo: after each answer, at each start, and from time to time until nothing waits.

What a look means is decided in `domain.settlement`.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import chain, repeat

from cerbo_desktop.domain.evidence import TAKEN_KEPT, Evidence, Standing
from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.ports import Clock, Receipt
from cerbo_desktop.domain.settlement import IN_CHART
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.scope import TaskScope, to_its_end
from cerbo_desktop.services.found import trouble_of
from cerbo_desktop.services.reconciling import Reconciling
from cerbo_desktop.services.second_tries import SecondTries
from cerbo_desktop.services.settling import Settling
from cerbo_desktop.services.upload_book import UploadBook

_MOST_LOOKS = 3
_LOOK_WAITS_S = (3.0, 5.0, 10.0, 20.0, 30.0, *[60.0] * 30, 300.0)
"""Between two looks; the last one repeats. The first half hour matters most: staff accept soon or the next day."""


class Finding:
    def __init__(
        self,
        book: UploadBook,
        reconciling: Reconciling,
        second_tries: SecondTries,
        clock: Clock,
        scope: TaskScope,
        keeps_taken_for: timedelta = TAKEN_KEPT,
    ) -> None:
        self._book, self._reconciling, self._clock, self._scope = book, reconciling, clock, scope
        self._settling = Settling(book, reconciling, second_tries, clock, keeps_taken_for)

    async def heed(self, upload_id: UploadId, receipt: Receipt) -> None:
        """Note what came back after the last byte had left, look once, and go on looking."""
        await to_its_end(self._note_answer(upload_id, receipt))
        await self.resolve(upload_id)

    async def resolve(self, upload_id: UploadId) -> None:
        """Look for a photo that may have arrived; without an answer that says more a person is asked."""
        upload = self._book.get(upload_id)
        if upload is None or upload.state is not UploadState.UNSURE:
            return
        patient_id, evidence = upload.recipient.id, self._book.evidence(upload_id)
        self.look_later(patient_id)
        if evidence.has_answer:  # in most cases the queue alone tells, and its list is short
            now = await self._reconciling.queue(patient_id)
            await self._settling.weigh(upload, evidence, now, is_glance=True)
        current = self._book.get(upload_id)
        if current is not None and current.state is UploadState.UNSURE:
            await self.look(patient_id)

    def early(self) -> list[Upload]:
        """Photos that Cerbo answered for a moment ago, and that its lists don't show yet."""
        unsure = self._book.in_state(UploadState.UNSURE)
        return [each for each in unsure if each.has_answer and self._settling.is_early(each.id)]

    async def look(self, patient_id: PatientId) -> None:
        """Look once for every photo of this patient that is followed, doubtful ones too."""
        # Those followed now: one that is sent while the lists are read is in none of them, and is not gone.
        followed = [(each, self._book.evidence(each.id)) for each in self._followed(patient_id)]
        if not followed:
            return
        now = await self._reconciling.look(patient_id)
        for upload, evidence in followed:
            await self._settling.weigh(upload, evidence, now)

    async def is_in_chart(self, upload: Upload, evidence: Evidence, now: Standing) -> bool:
        """Whether the chart, as it was just listed, has a photo with this one's marks that is no other upload's."""
        taken = self._book.photos_of_others(upload)
        chart, _ = await self._reconciling.chart_news(upload, evidence, now, taken)
        return chart in IN_CHART

    async def look_for_left(self, upload: Upload) -> None:
        """Its entry is not in the queue any more: look what came of it, twice where the first look can't tell."""
        await self.look(upload.recipient.id)
        await self._look_once_more(upload)

    async def look_first(self, upload_id: UploadId) -> None:
        """A person is about to send a doubtful photo, or one that is gone, again: look for it once more before that."""
        if not self._scope.is_closed:
            await asyncio.wait({self._scope.start(self._look_first(upload_id), key=("look first", upload_id))})

    async def confirm_arrived(self, upload_id: UploadId) -> None:
        await self._settling.confirm_arrived(upload_id)
        self._look_on(upload_id)

    async def deny_arrived(self, upload_id: UploadId) -> None:
        await self._settling.deny_arrived(upload_id)
        self._look_on(upload_id)

    async def confirm_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        await self._settling.confirm_photo(upload_id, photo_id)
        self._look_on(upload_id)

    async def deny_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        await self._settling.deny_photo(upload_id, photo_id)
        self._look_on(upload_id)

    def look_later(self, patient_id: PatientId, *, at_once: bool = False) -> None:
        """Look again and again, from seconds to minutes apart, until nothing of this patient is followed any more."""
        if not self._scope.is_closed:
            self._scope.start(self._look_repeatedly(patient_id, at_once), key=("look", patient_id))

    def _look_on(self, upload_id: UploadId) -> None:
        upload = self._book.get(upload_id)
        if upload is not None:
            self.look_later(upload.recipient.id, at_once=True)

    async def _note_answer(self, upload_id: UploadId, receipt: Receipt) -> None:
        async with self._book.turn:
            upload = self._book.get(upload_id)
            if upload is None or upload.state not in (UploadState.SENDING, UploadState.COMMITTING):
                return
            evidence = replace(
                self._book.evidence(upload_id),
                answer=receipt.answer,
                named_id=receipt.named_id,
                answered_at=self._clock.now(),
            )
            self._settling.note_answered(upload_id)
            await self._book.note_evidence(upload_id, evidence)
            if upload.state is UploadState.SENDING:  # an answer to a body that was still being sent
                upload = await self._book.record(upload, UploadState.COMMITTING)
            trouble = trouble_of(evidence)
            await self._book.record(upload, UploadState.UNSURE, trouble=trouble, has_answer=evidence.has_answer)

    async def _look_first(self, upload_id: UploadId) -> None:
        known = self._book.get(upload_id)
        if known is not None and known.state is UploadState.GONE:
            await self.look_for_left(known)
            return
        upload = await self._book.move(upload_id, {UploadState.NEEDS_REVIEW}, UploadState.CHECKING)
        if upload is None:
            return
        evidence = self._book.evidence(upload_id)
        try:
            await self._settling.weigh(upload, evidence, await self._reconciling.look(upload.recipient.id))
            await self._look_once_more(upload)
        finally:
            # What a look leaves open is a person's to decide, as before; also a look that was broken off.
            undecided = {UploadState.CHECKING, UploadState.UNSURE}
            back = self._book.move(upload_id, undecided, UploadState.NEEDS_REVIEW, trouble=trouble_of(evidence))
            await to_its_end(back)

    async def _look_once_more(self, upload: Upload) -> None:
        """It was in the chart and in the queue, or in neither: a moment later it shows whether it still is."""
        for _ in range(_MOST_LOOKS):  # a timer may end a little early, and the look then tells nothing new
            due_s = self._settling.look_again_s(upload.id)
            if due_s is None:
                return
            await self._clock.sleep(due_s)
            await self.look(upload.recipient.id)

    async def _look_repeatedly(self, patient_id: PatientId, at_once: bool) -> None:
        waits = chain(_LOOK_WAITS_S, repeat(_LOOK_WAITS_S[-1]))
        if not at_once:
            await self._clock.sleep(next(waits))
        while self._followed(patient_id):
            await self.look(patient_id)
            due_s = [self._settling.look_again_s(each.id) for each in self._followed(patient_id)]
            await self._clock.sleep(min([next(waits), *(each for each in due_s if each is not None)]))

    def _followed(self, patient_id: PatientId) -> list[Upload]:
        return [each for each in self._book.feed.latest if each.is_followed and each.recipient.id == patient_id]
