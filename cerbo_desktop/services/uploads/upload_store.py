"""The uploads of one session, in memory for the screens and on disk for the next start.

An intention (to send, to let the last byte go) must reach the disk before it is acted on: `intend` fails where the disk
does. What has happened is recorded as well as can be: `record` goes on in memory where the disk fails, and a start then
finds the older state and settles it by looking.

Disk and memory stay in step even where the caller is cancelled in between: what was begun here is done to its end.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Container, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from cerbo_desktop.domain.acts import KNOWN_OUTCOMES, Deleted, OutcomeKnown, PhotoSent, Publish, Withdrawn, to_nobody
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Outbox, RecoveredUpload, SentElsewhere
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.sent_before import Marks
from cerbo_desktop.domain.upload import LEGAL_MOVES, UNSENT_STATES, Upload, UploadProblem, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.scope import run_to_completion
from cerbo_desktop.services.uploads.known_uploads import NOTHING_ELSEWHERE, KnownUploads, evidence_of, with_evidence


class UploadStore(KnownUploads):
    """Moves uploads, each only by whoever holds it: `move` and `move_durably` are whole in themselves, `hold` is for
    those who look at more than the state before they decide."""

    def __init__(self, outbox: Outbox, clock: Clock, publish: Publish = to_nobody) -> None:
        """`publish` hears of outcomes that become known, and of what was withdrawn or deleted."""
        super().__init__()
        self._outbox, self._clock, self._publish = outbox, clock, publish
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self.being_withdrawn: Counter[UploadId] = Counter()
        """Cerbo is being asked to delete their entries: what looks show meanwhile settles nothing."""
        self._dropped: set[UploadId] = set()
        self._on_disk: dict[UploadId, UploadState] = {}
        self._unwritten: dict[UploadId, list[Upload]] = {}
        """Moves that happened and that the disk has refused so far, in their order."""

    def open(self, kept: Iterable[RecoveredUpload], elsewhere: SentElsewhere = NOTHING_ELSEWHERE) -> None:
        """Take in the uploads that a start recovered, and what is known of photos of other accounts."""
        found, self._elsewhere = tuple(kept), elsewhere
        self._on_disk = {each.upload.id: each.on_disk or each.upload.state for each in found}
        self._unwritten = {each.upload.id: [each.upload] for each in found if each.on_disk is not None}
        self._evidence = {each.upload.id: evidence_of(each) for each in found}
        self.feed.publish(tuple(with_evidence(each.upload, self._evidence[each.upload.id]) for each in found))

    def adopt(self, kept: RecoveredUpload) -> None:
        """Take in an upload that became one of this account while the store was open."""
        evidence = self._evidence[kept.upload.id] = evidence_of(kept)
        upload = with_evidence(kept.upload, evidence)
        self._on_disk[upload.id] = upload.state
        self.feed.publish((*(each for each in self.feed.latest if each.id != upload.id), upload))

    async def add(self, upload: Upload, photo: OutgoingPhoto, marks: Marks = frozenset()) -> None:
        """Keep a new photo, and by what it is known again; only then does it show. One that is here already stays as it
        is.

        Raises `NotSafe`, and nothing is then kept.
        """
        await run_to_completion(self._add(upload, photo, marks))

    async def _add(self, upload: Upload, photo: OutgoingPhoto, marks: Marks) -> None:
        await self._outbox.accept(upload, photo, marks)
        if self.get(upload.id) is None:
            self._on_disk[upload.id] = upload.state
            self.feed.publish((*self.feed.latest, upload))
            self._publish(PhotoSent(upload.recipient.id, upload.id))

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        return await self._outbox.photo(upload_id)

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        """Keep evidence, on disk first. Raises `NotSafe`, and nothing has then changed."""
        await self._outbox.keep_evidence(upload_id, evidence)
        self._evidence[upload_id] = evidence

    def remember_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        """Keep evidence in memory alone: it need not survive a restart."""
        self._evidence[upload_id] = evidence

    async def note_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        """Keep evidence of something that was seen; the disk follows as well as it can."""
        self._evidence[upload_id] = evidence
        try:
            await run_to_completion(self._outbox.keep_evidence(upload_id, evidence))
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="evidence not on disk", is_warning=True)

    @asynccontextmanager
    async def hold(
        self, upload_id: UploadId, frm: Container[UploadState] = frozenset(UploadState)
    ) -> AsyncIterator[Upload | None]:
        """Hold an upload still: inside, nobody else moves it, or any other. None where it is not there, or is in none
        of the states `frm`."""
        async with self._turn:
            self._holder = asyncio.current_task()
            try:
                upload = self.get(upload_id)
                yield upload if upload is not None and upload.state in frm else None
            finally:
                self._holder = None

    async def move(
        self, upload_id: UploadId, frm: Container[UploadState], to: UploadState, **fields: Any
    ) -> Upload | None:
        """`record` for an upload that is in one of the states `frm`; None, and nothing happens, for any other."""
        async with self.hold(upload_id, frm) as upload:
            return await self.record(upload, to, **fields) if upload is not None else None

    async def move_durably(self, upload_id: UploadId, frm: Container[UploadState], to: UploadState) -> Upload | None:
        """`intend` for an upload that is in one of the states `frm`; None, and nothing happens, for any other."""
        async with self.hold(upload_id, frm) as upload:
            return await self.intend(upload, to) if upload is not None else None

    async def intend(self, upload: Upload, state: UploadState) -> Upload:
        """Move, on disk first, what the caller holds. Raises `NotSafe`, and nothing has then moved."""
        self._must_be_held()
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
        """Move what the caller holds, because something has happened; the disk follows as well as it can."""
        self._must_be_held()
        return await self._record(upload, state, trouble=trouble, **fields)

    async def _record(
        self, upload: Upload, state: UploadState, *, trouble: UploadProblem | None = None, **fields: Any
    ) -> Upload:
        fields |= {"is_sent_again": self.evidence(upload.id).is_sent_again}
        moved = replace(upload.moved(state, self._clock.now(), trouble=trouble), **fields)
        self.show(moved)
        if state in KNOWN_OUTCOMES and not moved.is_told:
            self._publish(OutcomeKnown(moved.recipient.id, moved.id, state, trouble))
        await run_to_completion(self._follow(moved))
        return moved

    def _must_be_held(self) -> None:
        if self._holder is not asyncio.current_task():
            raise RuntimeError("an upload is moved by whoever holds it")

    async def _follow(self, moved: Upload) -> None:
        try:
            await self._write(moved)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="not on disk", is_warning=True)

    async def amend(self, upload: Upload, **fields: Any) -> Upload:
        """Note more about an upload that the caller holds and that stays in its state; the disk follows as well as it
        can."""
        self._must_be_held()
        amended = replace(upload, **fields)
        self.show(amended)
        await run_to_completion(self._follow(amended))
        return amended

    def show(self, upload: Upload) -> None:
        """Show a change that need not survive, such as progress or the end of a wait. Nothing is written."""
        if upload.id in self._dropped:
            upload = replace(upload, has_photo=False)
        self.feed.publish(tuple(upload if each.id == upload.id else each for each in self.feed.latest))

    def forget_waits(self) -> None:
        """Show queued photos without what holds them, and doubtful ones without the moment they wait for."""
        for upload in self.in_state(UploadState.QUEUED):
            if upload.trouble is not None:
                self.show(replace(upload, trouble=None, retry_at=None))
        for put_off in self.in_state(UploadState.UNSURE):
            if put_off.retry_at is not None:
                self.show(replace(put_off, retry_at=None))

    async def drop_photo(self, upload_id: UploadId) -> None:
        """Remove the sealed bytes, once the disk knows that Cerbo has them."""
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
        """Take out for good what the caller holds. Raises `NotSafe` where the disk will not note that; it then
        stays."""
        self._must_be_held()
        await run_to_completion(self._discard(upload))

    async def _discard(self, upload: Upload) -> None:
        if self._is_open(upload) or self.evidence(upload.id).is_sent_again:
            self._discarded_in_doubt.add(upload.recipient.id)
        await self._remove(await self._intend(upload, UploadState.DISCARDED))
        self._publish(Deleted(upload.recipient.id, upload.id))

    async def withdrawn(self, upload: Upload) -> None:
        """Take out an upload that the caller holds and that was withdrawn from Cerbo, whatever the disk says."""
        self._must_be_held()
        if UploadState.DISCARDED not in LEGAL_MOVES[upload.state]:  # a person just asked for a look
            upload = await self._record(upload, UploadState.NEEDS_REVIEW)
        await run_to_completion(self._withdrawn(upload))

    async def _withdrawn(self, upload: Upload) -> None:
        if self.evidence(upload.id).is_sent_again:
            self._discarded_in_doubt.add(upload.recipient.id)
        await self._remove(await self._record(upload, UploadState.DISCARDED))
        self._publish(Withdrawn(upload.recipient.id, upload.id))

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
        """Write every move that is due, so that the disk makes the same legal moves as the memory did."""
        due = self._unwritten.setdefault(moved.id, [])
        due.append(moved)
        while due:
            await self._outbox.move(due[0], self._on_disk[moved.id])
            self._on_disk[moved.id] = due.pop(0).state
            event(Event.UPLOAD_MOVED, what=self._on_disk[moved.id])
