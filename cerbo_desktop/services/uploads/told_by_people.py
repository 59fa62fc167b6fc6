"""What a person says of a photo in doubt: that it has arrived, or that it has not."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cerbo_desktop.domain.evidence import SeenEntry
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import CheckResult, UploadState
from cerbo_desktop.services.uploads.look_findings import trouble_of
from cerbo_desktop.services.uploads.look_moments import LookMoments
from cerbo_desktop.services.uploads.upload_store import UploadStore

_ASKED_ABOUT = frozenset({UploadState.LEFT_QUEUE, UploadState.NEEDS_REVIEW})
"""States in which a person is asked about a new photo in the chart."""


class ToldByPeople:
    """Writes down what a person said. What came between the question and the answer makes the answer void."""

    def __init__(
        self,
        store: UploadStore,
        moments: LookMoments,
        candidates: Mapping[UploadId, QueueId],
        clock: Clock,
        look_now: Callable[[PatientId], None],
    ) -> None:
        """`candidates`: the one entry, for each doubtful upload, that the last look showed as what may be it.
        `look_now` looks into Cerbo's lists for the photos of one patient: what was said may be seen there."""
        self._store, self._clock = store, clock
        self._moments, self._candidates = moments, candidates
        self._look_now = look_now

    async def confirm_arrived(self, upload_id: UploadId) -> None:
        """A person says that the photo is in the queue. Where just one entry may be it, that one counts as the
        photo's."""
        await self._confirm_arrived(upload_id)
        self._look_on(upload_id)

    async def deny_arrived(self, upload_id: UploadId) -> None:
        """A person takes back that the photo is in Cerbo: it is in doubt again."""
        await self._deny_arrived(upload_id)
        self._look_on(upload_id)

    async def confirm_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """A person says that the new photo in the chart, which the card showed, is this upload's. No other upload can
        then have it."""
        await self._confirm_photo(upload_id, photo_id)
        self._look_on(upload_id)

    async def deny_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """A person says that the new photo in the chart, which the card showed, is not this upload's."""
        await self._deny_photo(upload_id, photo_id)
        self._look_on(upload_id)

    def _look_on(self, upload_id: UploadId) -> None:
        upload = self._store.get(upload_id)
        if upload is not None:
            self._look_now(upload.recipient.id)

    async def _confirm_arrived(self, upload_id: UploadId) -> None:
        async with self._store.hold(upload_id, {UploadState.NEEDS_REVIEW}) as upload:
            if upload is None:
                return
            evidence, queue_id = self._store.evidence(upload_id), self._candidates.get(upload_id)
            at = self._clock.now()
            entry = SeenEntry(queue_id, at) if queue_id is not None else None
            if entry is not None:
                self._moments.note_entry(upload_id)
            await self._store.note_evidence(upload_id, replace(evidence, told_at=at, entry=entry))
            await self._store.record(
                upload, UploadState.SENT, queue_id=queue_id, sighting=None, is_told=queue_id is None
            )

    async def _deny_arrived(self, upload_id: UploadId) -> None:
        async with self._store.hold(upload_id) as upload:
            if upload is None or not upload.can_be_untold:
                return
            evidence = self._store.evidence(upload_id)
            await self._store.record(upload, UploadState.NEEDS_REVIEW, trouble=trouble_of(evidence))
            await self._store.note_evidence(upload_id, replace(evidence, told_at=None))

    async def _confirm_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        async with self._store.hold(upload_id, _ASKED_ABOUT) as upload:
            if upload is None or upload.new_photo_id != photo_id:
                return
            if any(each.photo_id == photo_id for each in self._store.evidence_of_others(upload)):
                await self._store.amend(upload, new_photo_id=None)
                return
            known = self._store.evidence(upload_id)
            second_id = known.other_try_id
            evidence = replace(known, photo_id=photo_id, second_entry_id=second_id)
            await self._store.note_evidence(upload_id, evidence)
            state = UploadState.ACCEPTED if second_id is None else UploadState.SENT
            told: dict[str, Any] = {"second_entry_id": second_id, "can_be_withdrawn": evidence.can_be_withdrawn}
            await self._store.record(upload, state, sighting=None, **told)
            for other in self._store.feed.latest:
                if other.new_photo_id == photo_id and other.recipient.id == upload.recipient.id:
                    await self._store.amend(other, new_photo_id=None)
        await self._store.drop_photo(upload_id)

    async def _deny_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        async with self._store.hold(upload_id, _ASKED_ABOUT) as upload:
            if upload is None or upload.new_photo_id != photo_id:
                return
            evidence = self._store.evidence(upload_id)
            others = evidence.other_photo_ids | {photo_id}
            await self._store.note_evidence(upload_id, replace(evidence, other_photo_ids=others))
            if upload.state is UploadState.LEFT_QUEUE:
                await self._store.record(upload, UploadState.GONE)
            else:
                await self._store.amend(upload, sighting=CheckResult.NOTHING_NEW, new_photo_id=None)
