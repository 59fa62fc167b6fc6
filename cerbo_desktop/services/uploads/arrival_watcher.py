"""Looks for sent photos in Cerbo: after each answer, at each start, and from time to time until nothing waits.

What a look means is decided in `domain.settlement`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain, repeat
from typing import Any

from cerbo_desktop.domain.evidence import TAKEN_KEPT
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.runtime.scope import TaskScope, run_to_completion
from cerbo_desktop.services.photos.album_listing import Reach
from cerbo_desktop.services.uploads.chart_needs import ChartNeeds, Followed
from cerbo_desktop.services.uploads.look_findings import trouble_of
from cerbo_desktop.services.uploads.look_pace import LookPace
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.settling import Settling
from cerbo_desktop.services.uploads.told_by_people import ToldByPeople
from cerbo_desktop.services.uploads.upload_store import UploadStore


class _Begin(Enum):
    """How a row of looks begins."""

    LATER = "later"
    IN_TURN = "in turn"
    NOW = "now"
    INTO_BOTH = "into both"


_MOST_LOOKS = 3
_LONGEST_HOLD_S = 5.0
"""A person who asked waits so long at most for a second look."""
_LOOK_WAITS_S = (3.0, 5.0, 10.0, 20.0, 30.0, *[60.0] * 30, 300.0)
"""Between two looks; the last one repeats. The first half hour matters most: staff accept soon or the next day."""


class ArrivalWatcher:
    """Follows each photo that was sent until it is settled: one row of looks for each patient."""

    def __init__(
        self,
        store: UploadStore,
        lookup: ServerLookup,
        second_tries: SecondTries,
        clock: Clock,
        scope: TaskScope,
        keeps_taken_for: timedelta = TAKEN_KEPT,
        send_on: Callable[[], None] = lambda: None,
    ) -> None:
        """`keeps_taken_for`: how long one is followed that Cerbo took, and whose entry was never seen.

        `send_on` is called when one that was put off may go out once more.
        """
        self._store, self._lookup = store, lookup
        self._clock, self._scope = clock, scope
        self.settling = Settling(store, lookup, second_tries, clock, keeps_taken_for, send_on)
        self.told = ToldByPeople(store, self.settling.moments, self.settling.candidates, clock, self.look_now)
        self._pace = LookPace(clock)
        self._needs = ChartNeeds(clock)

    async def note_receipt(self, upload_id: UploadId, receipt: Receipt, *, retry_at: datetime | None = None) -> None:
        """Note what came back after the last byte had left, look once, and go on looking.

        `retry_at`: Cerbo asked to wait until then.
        """
        await run_to_completion(self._note_answer(upload_id, receipt, retry_at))
        await self.look_for(upload_id)

    async def look_for(self, upload_id: UploadId) -> None:
        """Look for a photo that may have arrived. Where no answer came that says more, a person is asked."""
        upload = self._store.get(upload_id)
        if upload is None or upload.state is not UploadState.UNSURE:
            return
        patient_id, evidence = upload.recipient.id, self._store.evidence(upload_id)
        self.look_later(patient_id)
        if evidence.has_answer:  # in most cases the queue alone tells, and its list is short
            now = await self._lookup.queue(patient_id)
            await self.settling.settle_by(upload, evidence, now, is_glance=True)
        current = self._store.get(upload_id)
        if current is not None and current.state is UploadState.UNSURE:
            await self._look(patient_id)

    def just_answered(self) -> list[Upload]:
        """Photos that Cerbo answered for a moment ago, or put off, and that its lists don't show yet."""
        answered = (each for each in self._store.in_state(UploadState.UNSURE) if each.has_answer)
        return [
            each for each in answered if each.trouble is UploadProblem.BUSY or self.settling.moments.is_early(each.id)
        ]

    @property
    def preferred(self) -> PatientId | None:
        """The patient whose album was opened last."""
        return self._pace.first

    def prefer(self, patient_id: PatientId) -> None:
        """Look for the photos of this patient first: their album is open."""
        self._pace.first = patient_id

    async def _look(self, patient_id: PatientId, *, reach: Reach | None = None) -> None:
        """Look once for every photo of this patient that is followed, doubtful ones too. The chart is listed where the
        queue alone does not tell, or to a `reach` that is given."""
        # Those followed now: one that is sent while the lists are read is in none of them, and is not gone.
        followed = [Followed(each, self._store.evidence(each.id)) for each in self._followed(patient_id)]
        if not followed:
            return
        now = await self._lookup.queue(patient_id)
        if reach is None and self._needs.needs_chart(patient_id, followed, now):
            is_proof_due = any(self.settling.moments.was_in_neither(each.upload.id) for each in followed)
            is_new = self._is_pressing(patient_id) or self._needs.has_just_left(followed, now)
            reach = Reach.PROOF if is_new or is_proof_due else Reach.CHECK
        if reach is not None:
            self._pace.pay()
            self._needs.note_read(patient_id)
            now = await self._lookup.with_chart(patient_id, now, reach)
        for each in followed:
            await self.settling.settle_by(each.upload, each.evidence, now)

    async def look_for_left(self, upload: Upload) -> None:
        """Its entry is not in the queue any more: look what came of it, twice where the first look can't tell."""
        await self._look(upload.recipient.id, reach=Reach.WHOLE)
        await self._look_once_more(upload)

    async def look_first(self, upload_id: UploadId) -> None:
        """Look once more for a photo that is in doubt or gone, before a person sends it again."""
        if not self._scope.is_closed:
            await asyncio.wait({self._scope.start(self._look_first(upload_id), key=("look first", upload_id))})

    def look_later(self, patient_id: PatientId) -> None:
        """Look again and again, from seconds to minutes apart, until nothing of this patient is followed any more."""
        self._begin_looks(patient_id, _Begin.LATER)

    def look_now(self, patient_id: PatientId) -> None:
        """Look at once, since a person did something that depends on it, and go on as `look_later` does."""
        self._begin_looks(patient_id, _Begin.NOW)

    def look_in_turn(self, patient_id: PatientId) -> None:
        """Look as soon as it is this patient's turn, and go on as `look_later` does."""
        self._begin_looks(patient_id, _Begin.IN_TURN)

    def look_into_both(self, patient_id: PatientId) -> None:
        """Look as `look_now` does, and read the chart in any case: something in it is new."""
        self._begin_looks(patient_id, _Begin.INTO_BOTH)

    async def look_to_end(self, patient_id: PatientId) -> None:
        """Look as `look_into_both` does, for a person who wants to know; returns once the first look is over."""
        if self._scope.is_closed:
            return
        look = self._scope.start(self._look_once_into_both(patient_id), key=("look", patient_id))
        await asyncio.wait({look})
        if not look.cancelled():  # else another row of looks began in its place
            self.look_later(patient_id)

    def _begin_looks(self, patient_id: PatientId, begin: _Begin) -> None:
        if not self._scope.is_closed:
            self._scope.start(self._look_repeatedly(patient_id, begin), key=("look", patient_id))

    async def _note_answer(self, upload_id: UploadId, receipt: Receipt, retry_at: datetime | None) -> None:
        async with self._store.hold(upload_id, {UploadState.SENDING, UploadState.COMMITTING}) as upload:
            if upload is None:
                return
            evidence = replace(
                self._store.evidence(upload_id),
                answer=receipt.answer,
                named_id=receipt.named_id,
                answered_at=self._clock.now(),
                was_put_off=retry_at is not None,
            )
            self.settling.moments.note_answered(upload_id)
            await self._store.note_evidence(upload_id, evidence)
            if upload.state is UploadState.SENDING:  # an answer to a body that was still being sent
                upload = await self._store.record(upload, UploadState.COMMITTING)
            told: dict[str, Any] = {"trouble": trouble_of(evidence), "has_answer": evidence.has_answer}
            await self._store.record(upload, UploadState.UNSURE, retry_at=retry_at, **told)

    async def _look_first(self, upload_id: UploadId) -> None:
        known = self._store.get(upload_id)
        if known is not None and known.state is UploadState.GONE:
            await self.look_for_left(known)
            return
        upload = await self._store.move(upload_id, {UploadState.NEEDS_REVIEW}, UploadState.CHECKING)
        if upload is None:
            return
        evidence = self._store.evidence(upload_id)
        try:
            await self.settling.settle_by(upload, evidence, await self._lookup.look(upload.recipient.id))
            await self._look_once_more(upload)
        finally:
            # What a look leaves open is a person's to decide, as before; also a look that was broken off.
            undecided = {UploadState.CHECKING, UploadState.UNSURE}
            back = self._store.move(upload_id, undecided, UploadState.NEEDS_REVIEW, trouble=trouble_of(evidence))
            await run_to_completion(back)

    async def _look_once_more(self, upload: Upload) -> None:
        """It was in the chart and in the queue, or in neither: a moment later it shows whether it still is. Nobody is
        kept waiting for a look that is due much later: the row of looks makes it."""
        for _ in range(_MOST_LOOKS):  # a timer may end a little early, and the look then tells nothing new
            due_s = self.settling.look_due_s(upload.id)
            if due_s is None or due_s > _LONGEST_HOLD_S:
                return
            if due_s > 0:
                await self._clock.sleep(due_s)
            await self._look(upload.recipient.id, reach=Reach.WHOLE)
            if due_s <= 0:  # the look before lasted longer than that: this one tells all there is to tell
                return

    async def _look_once_into_both(self, patient_id: PatientId) -> None:
        self._pace.pay()
        await self._look(patient_id, reach=Reach.PROOF)

    async def _look_repeatedly(self, patient_id: PatientId, begin: _Begin) -> None:
        waits = chain(_LOOK_WAITS_S, repeat(_LOOK_WAITS_S[-1]))
        if begin is _Begin.LATER:
            await self._clock.sleep(next(waits))
        is_awaited = begin in (_Begin.NOW, _Begin.INTO_BOTH)
        reach = Reach.PROOF if begin is _Begin.INTO_BOTH else None
        while self._followed(patient_id):
            if is_awaited or self._is_pressing(patient_id):
                self._pace.pay()
            else:
                await self._pace.take_turn(patient_id)
            await self._look(patient_id, reach=reach)
            is_awaited, reach = False, None
            due_s = [self.settling.look_again_s(each.id) for each in self._followed(patient_id)]
            await self._clock.sleep(min([next(waits), *(each for each in due_s if each is not None)]))

    def _is_pressing(self, patient_id: PatientId) -> bool:
        """Something of this patient is on the way to being settled: seconds matter."""
        followed = self._followed(patient_id)
        return any(
            each.state is UploadState.UNSURE or self.settling.look_again_s(each.id) is not None for each in followed
        )

    def _followed(self, patient_id: PatientId) -> list[Upload]:
        return [each for each in self._store.feed.latest if each.is_followed and each.recipient.id == patient_id]
