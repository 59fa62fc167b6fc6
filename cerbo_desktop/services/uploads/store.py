"""The uploads of one session, in memory for the screens and on disk for the next start.

An intention (to send, to let the last byte go) must reach the disk before it is acted on: `intend` fails where the disk
does. What has happened is recorded as well as can be: `record` goes on in memory where the disk fails, and a start then
finds the older state and settles it by looking.

Disk and memory stay in step even where the caller is cancelled in between: what was begun here is done to its end.
"""

import asyncio
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any

from cerbo_desktop.domain.another_pc import OwnEntries
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.evidence import NO_EVIDENCE, Answer, Evidence
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.outbox import Outbox, RecoveredUpload, SentElsewhere
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import (
    LEGAL_MOVES,
    MAY_HAVE_ARRIVED_STATES,
    UNSENT_STATES,
    Upload,
    UploadProblem,
    UploadState,
)
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import run_to_completion

_NOTHING_ELSEWHERE = SentElsewhere()


class UploadStore:
    """`feed` holds every upload, oldest first; what was discarded leaves it."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self.feed: Feed[tuple[Upload, ...]] = Feed(())
        self.turn = asyncio.Lock()
        """Held around each look at a state and the move that follows from it."""
        self._outbox = outbox
        self._clock = clock
        self.being_withdrawn: Counter[UploadId] = Counter()
        """Cerbo is being asked to delete their entries: what looks show meanwhile settles nothing."""
        self._dropped: set[UploadId] = set()
        self._on_disk: dict[UploadId, UploadState] = {}
        self._unwritten: dict[UploadId, list[Upload]] = {}
        """Moves that happened and that the disk has refused so far, in their order."""
        self._evidence: dict[UploadId, Evidence] = {}
        self._discarded_in_doubt: set[PatientId] = set()
        self._elsewhere = _NOTHING_ELSEWHERE

    def open(self, kept: Iterable[RecoveredUpload], elsewhere: SentElsewhere = _NOTHING_ELSEWHERE) -> None:
        """What a start recovered."""
        found, self._elsewhere = tuple(kept), elsewhere
        self._on_disk = {each.upload.id: each.on_disk or each.upload.state for each in found}
        self._unwritten = {each.upload.id: [each.upload] for each in found if each.on_disk is not None}
        self._evidence = {each.upload.id: _evidence_of(each) for each in found}
        self.feed.publish(tuple(_with_evidence(each.upload, self._evidence[each.upload.id]) for each in found))

    def adopt(self, kept: RecoveredUpload) -> None:
        """An upload that became one of this account while the book was open."""
        evidence = self._evidence[kept.upload.id] = _evidence_of(kept)
        upload = _with_evidence(kept.upload, evidence)
        self._on_disk[upload.id] = upload.state
        self.feed.publish((*(each for each in self.feed.latest if each.id != upload.id), upload))

    def get(self, upload_id: UploadId) -> Upload | None:
        return next((upload for upload in self.feed.latest if upload.id == upload_id), None)

    def in_state(self, *states: UploadState) -> tuple[Upload, ...]:
        return tuple(upload for upload in self.feed.latest if upload.state in states)

    def evidence(self, upload_id: UploadId) -> Evidence:
        """What is known of this upload from outside."""
        return self._evidence.get(upload_id, NO_EVIDENCE)

    def has_other_open(self, upload: Upload) -> bool:
        """Another photo of ours for this patient is or may be in Cerbo, as an entry that nobody knows."""
        if upload.recipient.id in self._discarded_in_doubt:
            return True
        of_patient = (each for each in self.feed.latest if each.recipient.id == upload.recipient.id)
        return any(each.id != upload.id and self._is_open(each) for each in of_patient)

    def evidence_of_others(self, upload: Upload) -> list[Evidence]:
        """Of our other photos for the same patient."""
        of_patient = (each for each in self.feed.latest if each.recipient.id == upload.recipient.id)
        return [self.evidence(each.id) for each in of_patient if each.id != upload.id]

    def entries_of_others(self, upload: Upload) -> list[QueueId]:
        """Queue entries that are our other photos for the same patient."""
        return [each.entry.id for each in self.evidence_of_others(upload) if each.entry is not None]

    def photos_of_others(self, upload: Upload) -> list[PhotoId]:
        """Photos of the chart that our other uploads for the same patient were found to be."""
        return [each.photo_id for each in self.evidence_of_others(upload) if each.photo_id is not None]

    def own_entries(self, patient_id: PatientId) -> OwnEntries:
        """Of all photos that this PC sent for this patient, those of other accounts too."""
        of_patient = [each for each in self.feed.latest if each.recipient.id == patient_id]
        ids = {each.queue_id for each in of_patient} | {self.evidence(each.id).queue_number for each in of_patient}
        in_doubt = self._discarded_in_doubt | self._elsewhere.patient_ids
        is_one_unknown = patient_id in in_doubt or any(map(self._has_unknown_entry, of_patient))
        known = frozenset(each for each in ids if each is not None) | self._elsewhere.entry_ids
        return OwnEntries(known, are_all_known=not is_one_unknown)

    def _has_unknown_entry(self, upload: Upload) -> bool:
        """It may be in the queue, or not yet out of its list, as an entry that nobody knows."""
        evidence = self.evidence(upload.id)
        is_only_in_chart = upload.state is UploadState.ACCEPTED and upload.queue_id is None
        return self._is_open(upload) or evidence.is_sent_again or is_only_in_chart

    def _is_open(self, upload: Upload) -> bool:
        is_unseen = self.evidence(upload.id).entry is None
        said_to_be_there = upload.state in (UploadState.TAKEN, UploadState.SENT)
        return upload.state in MAY_HAVE_ARRIVED_STATES or (said_to_be_there and is_unseen)

    async def add(self, upload: Upload, photo: OutgoingPhoto) -> None:
        """Keep a new photo; only then does it show. One that is here already stays as it is.

        Raises `NotSafe`, and nothing is then kept.
        """
        await run_to_completion(self._add(upload, photo))

    async def _add(self, upload: Upload, photo: OutgoingPhoto) -> None:
        await self._outbox.accept(upload, photo)
        if self.get(upload.id) is None:
            self._on_disk[upload.id] = upload.state
            self.feed.publish((*self.feed.latest, upload))

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        return await self._outbox.photo(upload_id)

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        """On disk first. Raises `NotSafe`, and nothing has then changed."""
        await self._outbox.keep_evidence(upload_id, evidence)
        self._evidence[upload_id] = evidence

    def remember_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        """Something that need not survive."""
        self._evidence[upload_id] = evidence

    async def note_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        """Something was seen; the disk follows as well as it can."""
        self._evidence[upload_id] = evidence
        try:
            await run_to_completion(self._outbox.keep_evidence(upload_id, evidence))
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="evidence not on disk", is_warning=True)

    async def move(
        self, upload_id: UploadId, frm: Container[UploadState], to: UploadState, **fields: Any
    ) -> Upload | None:
        """`record` for an upload that is in one of the states `frm`; None, and nothing happens, for any other."""
        async with self.turn:
            upload = self.get(upload_id)
            if upload is None or upload.state not in frm:
                return None
            return await self.record(upload, to, **fields)

    async def move_durably(self, upload_id: UploadId, frm: Container[UploadState], to: UploadState) -> Upload | None:
        """`intend` for an upload that is in one of the states `frm`; None, and nothing happens, for any other."""
        async with self.turn:
            upload = self.get(upload_id)
            if upload is None or upload.state not in frm:
                return None
            return await self.intend(upload, to)

    async def intend(self, upload: Upload, state: UploadState) -> Upload:
        """Move on disk first. Raises `NotSafe`, and nothing has then moved."""
        return await run_to_completion(self._intend(upload, state))

    async def _intend(self, upload: Upload, state: UploadState) -> Upload:
        moved = upload.moved(state, self._clock.now())
        try:
            await self._write(moved)
        except NotSafe:
            self._unwritten[upload.id].remove(moved)
            raise
        self.show(moved)
        return moved

    async def record(
        self, upload: Upload, state: UploadState, *, trouble: UploadProblem | None = None, **fields: Any
    ) -> Upload:
        """Move because something has happened; the disk follows as well as it can."""
        fields |= {"is_sent_again": self.evidence(upload.id).is_sent_again}
        moved = replace(upload.moved(state, self._clock.now(), trouble=trouble), **fields)
        self.show(moved)
        await run_to_completion(self._follow(moved))
        return moved

    async def _follow(self, moved: Upload) -> None:
        try:
            await self._write(moved)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="not on disk", is_warning=True)

    async def amend(self, upload: Upload, **fields: Any) -> Upload:
        """Note more about an upload that stays in its state; the disk follows as well as it can."""
        amended = replace(upload, **fields)
        self.show(amended)
        await run_to_completion(self._follow(amended))
        return amended

    def show(self, upload: Upload) -> None:
        """A change that need not survive: progress, a wait that is over."""
        if upload.id in self._dropped:
            upload = replace(upload, has_photo=False)
        self.feed.publish(tuple(upload if each.id == upload.id else each for each in self.feed.latest))

    async def drop_photo(self, upload_id: UploadId) -> None:
        """Cerbo has the bytes: they need not lie here as well, once the disk knows that Cerbo has them."""
        if upload_id in self._dropped or self._on_disk.get(upload_id, UploadState.QUEUED) in UNSENT_STATES:
            return
        try:
            await self._outbox.drop_photo(upload_id)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="photo not dropped", is_warning=True)
        else:
            self._dropped.add(upload_id)
            if (upload := self.get(upload_id)) is not None:
                self.show(upload)

    async def discard(self, upload: Upload) -> None:
        """Take it out for good. Raises `NotSafe` where the disk will not note that; it then stays."""
        await run_to_completion(self._discard(upload))

    async def _discard(self, upload: Upload) -> None:
        if self._is_open(upload) or self.evidence(upload.id).is_sent_again:
            self._discarded_in_doubt.add(upload.recipient.id)
        await self._remove(await self._intend(upload, UploadState.DISCARDED))

    async def withdrawn(self, upload: Upload) -> None:
        """Cerbo gave it up again: out it goes, whatever the disk says."""
        if UploadState.DISCARDED not in LEGAL_MOVES[upload.state]:  # a person just asked for a look
            upload = await self.record(upload, UploadState.NEEDS_REVIEW)
        await run_to_completion(self._withdrawn(upload))

    async def _withdrawn(self, upload: Upload) -> None:
        if self.evidence(upload.id).is_sent_again:
            self._discarded_in_doubt.add(upload.recipient.id)
        await self._remove(await self.record(upload, UploadState.DISCARDED))

    async def _remove(self, upload: Upload) -> None:
        """What the disk keeps of a discarded upload goes at the next start."""
        try:
            await self._outbox.remove(upload.id)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="not removed", is_warning=True)
        self._on_disk.pop(upload.id, None)
        self._evidence.pop(upload.id, None)
        self._unwritten.pop(upload.id, None)
        self.feed.publish(tuple(each for each in self.feed.latest if each.id != upload.id))

    async def _write(self, moved: Upload) -> None:
        """Write every move that is due, so that the disk takes the same lawful way as the memory did."""
        due = self._unwritten.setdefault(moved.id, [])
        due.append(moved)
        while due:
            await self._outbox.move(due[0], self._on_disk[moved.id])
            self._on_disk[moved.id] = due.pop(0).state
            event(Event.UPLOAD_MOVED, what=self._on_disk[moved.id])


def _evidence_of(kept: RecoveredUpload) -> Evidence:
    """Earlier versions took any id in the answer for the queue's and kept it with the upload: it is a hint."""
    evidence, queue_id = kept.evidence, kept.upload.queue_id
    if queue_id is None or evidence.entry is not None or evidence.named_id is not None:
        return evidence
    return replace(evidence, answer=Answer.OTHER_ID, named_id=queue_id)


def _with_evidence(upload: Upload, evidence: Evidence) -> Upload:
    """What a card says of the answer and of entries, which the row itself does not hold."""
    if upload.state is UploadState.LEFT_QUEUE:
        upload = replace(upload, new_photo_id=evidence.new_photo_id)
    return replace(
        upload,
        can_be_withdrawn=evidence.can_be_withdrawn,
        second_entry_id=evidence.second_entry_id if upload.state is UploadState.SENT else None,
        is_twice_in_chart=upload.state is UploadState.ACCEPTED and evidence.is_twice_in_chart,
        other_try_id=evidence.other_try_id,
        is_sent_again=evidence.is_sent_again,
        is_told=upload.state is UploadState.SENT and evidence.is_only_told,
        has_answer=evidence.has_answer,
        other_entry_at=evidence.other_entry_at,
    )
