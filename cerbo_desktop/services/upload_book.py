"""The uploads of one session, in memory for the screens and on disk for the next start.

An intention (to send, to let the last byte go) must reach the disk before it is acted on: `intend` fails where the disk
does. What has happened is recorded as well as can be: `record` goes on in memory where the disk fails, and a start then
finds the older state and settles it by looking.

Disk and memory stay in step even where the caller is cancelled in between: what was begun here is done to its end.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Kept, Outbox, Standing
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import UNSENT_STATES, Trouble, Upload, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import to_its_end


class UploadBook:
    """`feed` holds every upload, oldest first; what was discarded leaves it."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self.feed: Feed[tuple[Upload, ...]] = Feed(())
        self.turn = asyncio.Lock()
        """Held around each look at a state and the move that follows from it."""
        self._outbox = outbox
        self._clock = clock
        self._on_disk: dict[UploadId, UploadState] = {}
        self._unwritten: dict[UploadId, list[Upload]] = {}
        """Moves that happened and that the disk has refused so far, in their order."""
        self._before: dict[UploadId, Standing] = {}

    def open(self, kept: Iterable[Kept]) -> None:
        """What a start recovered."""
        found = tuple(kept)
        self._on_disk = {each.upload.id: each.on_disk or each.upload.state for each in found}
        self._unwritten = {each.upload.id: [each.upload] for each in found if each.on_disk is not None}
        self._before = {each.upload.id: each.before for each in found if each.before is not None}
        self.feed.publish(tuple(each.upload for each in found))

    def adopt(self, kept: Kept) -> None:
        """An upload that became one of this account while the book was open."""
        upload = kept.upload
        self._on_disk[upload.id] = upload.state
        if kept.before is not None:
            self._before[upload.id] = kept.before
        self.feed.publish((*(each for each in self.feed.latest if each.id != upload.id), upload))

    def get(self, upload_id: UploadId) -> Upload | None:
        return next((upload for upload in self.feed.latest if upload.id == upload_id), None)

    def in_state(self, *states: UploadState) -> tuple[Upload, ...]:
        return tuple(upload for upload in self.feed.latest if upload.state in states)

    def before(self, upload_id: UploadId) -> Standing | None:
        """What chart and queue held before this upload was last sent."""
        return self._before.get(upload_id)

    async def add(self, upload: Upload, photo: OutgoingPhoto) -> None:
        """Keep a new photo; only then does it show. One that is here already stays as it is.

        Raises `NotSafe`, and nothing is then kept.
        """
        await to_its_end(self._add(upload, photo))

    async def _add(self, upload: Upload, photo: OutgoingPhoto) -> None:
        await self._outbox.accept(upload, photo)
        if self.get(upload.id) is None:
            self._on_disk[upload.id] = upload.state
            self.feed.publish((*self.feed.latest, upload))

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        return await self._outbox.photo(upload_id)

    async def keep_before(self, upload_id: UploadId, standing: Standing) -> None:
        await self._outbox.keep_standing(upload_id, standing)
        self._before[upload_id] = standing

    async def intend(self, upload: Upload, state: UploadState) -> Upload:
        """Move on disk first. Raises `NotSafe`, and nothing has then moved."""
        return await to_its_end(self._intend(upload, state))

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
        self, upload: Upload, state: UploadState, *, trouble: Trouble | None = None, **fields: Any
    ) -> Upload:
        """Move because something has happened; the disk follows as well as it can."""
        moved = replace(upload.moved(state, self._clock.now(), trouble=trouble), **fields)
        self.show(moved)
        await to_its_end(self._follow(moved))
        return moved

    async def _follow(self, moved: Upload) -> None:
        try:
            await self._write(moved)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="not on disk", is_warning=True)

    def show(self, upload: Upload) -> None:
        """A change that need not survive: progress, a wait that is over."""
        self.feed.publish(tuple(upload if each.id == upload.id else each for each in self.feed.latest))

    async def drop_photo(self, upload_id: UploadId) -> None:
        """Cerbo has the bytes: they need not lie here as well, once the disk knows that Cerbo has them."""
        if self._on_disk.get(upload_id) in UNSENT_STATES:
            return
        try:
            await self._outbox.drop_photo(upload_id)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="photo not dropped", is_warning=True)

    async def discard(self, upload: Upload) -> None:
        """Take it out for good. Raises `NotSafe` where the disk will not note that; it then stays."""
        await to_its_end(self._discard(upload))

    async def _discard(self, upload: Upload) -> None:
        await self._remove(await self._intend(upload, UploadState.DISCARDED))

    async def withdrawn(self, upload: Upload) -> None:
        """Cerbo gave it up again: out it goes, whatever the disk says."""
        await to_its_end(self._withdrawn(upload))

    async def _withdrawn(self, upload: Upload) -> None:
        await self._remove(await self.record(upload, UploadState.DISCARDED))

    async def _remove(self, upload: Upload) -> None:
        """What the disk keeps of a discarded upload goes at the next start."""
        try:
            await self._outbox.remove(upload.id)
        except NotSafe as failure:
            event(Event.UPLOAD_MOVED, what=failure.reason, operation="not removed", is_warning=True)
        self._on_disk.pop(upload.id, None)
        self._before.pop(upload.id, None)
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
