"""An outbox that may not be openable yet: no key, no room on the disk. It takes no photo until it is open."""

import asyncio
from collections.abc import Awaitable, Callable

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import Decision, Outbox, RecoveredUpload, RecoveryReport, Stranded
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.sent_before import EarlierUpload, Marks
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto

MakeOutbox = Callable[[], Awaitable[Outbox]]
"""Raises `NotSafe` where there is no key."""
CountWaiting = Callable[[], Awaitable[int]]
"""How many unsent photos lie on this PC, whoever can open them. Raises `NotSafe`."""


class ReopenableOutbox:
    """`domain.outbox.Outbox`. Each `recover` tries to open it, until one has; then everything is passed on.

    Until then all other methods raise the reason of the last attempt. They wait for one that is under way.
    """

    def __init__(self, make: MakeOutbox, count_waiting: CountWaiting) -> None:
        self._make, self._count_waiting = make, count_waiting
        self._opened: Outbox | None = None
        self._reason = NotSafeReason.DISK_BUSY
        self._turn = asyncio.Lock()

    async def recover(self) -> RecoveryReport:
        async with self._turn:
            if self._opened is not None:
                return await self._opened.recover()
            try:
                return await self._open()
            except NotSafe as failure:
                self._reason = failure.reason
                raise

    async def count_waiting(self) -> int:
        """Needs no key and changes nothing; 0 where the disk does not say."""
        try:
            return await self._count_waiting()
        except NotSafe:
            return 0

    async def accept(self, upload: Upload, photo: OutgoingPhoto, marks: Marks = frozenset()) -> None:
        await (await self._outbox()).accept(upload, photo, marks)

    async def earlier_uploads(self, patient_id: PatientId, marks: Marks) -> tuple[EarlierUpload, ...]:
        return await (await self._outbox()).earlier_uploads(patient_id, marks)

    async def move(self, upload: Upload, was: UploadState) -> None:
        await (await self._outbox()).move(upload, was)

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        await (await self._outbox()).keep_evidence(upload_id, evidence)

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        return await (await self._outbox()).photo(upload_id)

    async def drop_photo(self, upload_id: UploadId) -> None:
        await (await self._outbox()).drop_photo(upload_id)

    async def remove(self, upload_id: UploadId) -> None:
        await (await self._outbox()).remove(upload_id)

    async def record_decision(self, upload_id: UploadId, decision: Decision, by: Person) -> None:
        await (await self._outbox()).record_decision(upload_id, decision, by)

    async def stranded(self) -> tuple[Stranded, ...]:
        return await (await self._outbox()).stranded()

    async def take_over(self, upload_id: UploadId, by: Person) -> RecoveredUpload:
        return await (await self._outbox()).take_over(upload_id, by)

    async def aclose(self) -> None:
        async with self._turn:
            if self._opened is not None:
                await self._opened.aclose()

    async def _open(self) -> RecoveryReport:
        made = await self._make()
        try:
            recovered = await made.recover()
        except BaseException:
            await made.aclose()
            raise
        self._opened = made
        return recovered

    async def _outbox(self) -> Outbox:
        if self._opened is None:
            async with self._turn:
                if self._opened is None:
                    raise NotSafe(self._reason)
        return self._opened
