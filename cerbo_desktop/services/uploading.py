"""Photos on their way to Cerbo: one at a time, never twice without a person's word.

Kept in memory only: closing the app with unsent photos has to be asked about. Every change goes through the table of
legal moves in `domain/upload.py`.
"""

import asyncio
import contextlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, repeat

from cerbo_desktop.domain.errors import (
    Forbidden,
    MaybeSent,
    Missing,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    SignedOut,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.outbox import Standing
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import CerboServer, Clock, Receipt
from cerbo_desktop.domain.upload import (
    HOLDING_TROUBLES,
    LEGAL_MOVES,
    Recipient,
    Sighting,
    Trouble,
    Upload,
    UploadState,
)
from cerbo_desktop.domain.verdict import Accepted, OutgoingPhoto
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.services.reconciling import Reconciling, sighting

_RETRY_WAITS_S = (5.0, 15.0, 30.0, 60.0)
_BUSY_WAIT_S = 20.0
_LONGEST_BUSY_WAIT_S = 600.0
_LOOK_WAITS_S = (3.0, 5.0, 10.0, 20.0, 30.0, 60.0)
"""Between two looks for a photo that waits in Cerbo's queue; the last one repeats."""
_PROGRESS_STEP = timedelta(seconds=0.1)
_ON_THE_LINE = frozenset(
    {UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE, UploadState.CHECKING},
)


class Uploading:
    """The queue of one session. `feed` holds every upload, oldest first; discarded ones leave it."""

    def __init__(self, server: CerboServer, reconciling: Reconciling, clock: Clock, on_failure: Failed) -> None:
        self.feed: Feed[tuple[Upload, ...]] = Feed(())
        self._server = server
        self._reconciling = reconciling
        self._clock = clock
        self._scope = TaskScope("uploading", on_failure)
        self._photos: dict[UploadId, OutgoingPhoto] = {}
        self._before: dict[UploadId, Standing] = {}
        self._found: dict[UploadId, PhotoId] = {}
        self._failures: dict[UploadId, int] = {}
        self._progress_told_at = clock.now()

    # What a person does.

    def accept(self, patient: Patient, photos: Sequence[Accepted]) -> None:
        """Take photos for `patient`, as shown at the shutter, and begin to send."""
        now = self._clock.now()
        made = [
            Upload(UploadId(uuid.uuid4().hex), Recipient.of(patient), each.photo.facts, each.preview, now, now)
            for each in photos
        ]
        self._photos.update({upload.id: each.photo for upload, each in zip(made, photos, strict=True)})
        self.feed.publish((*self.feed.latest, *made))
        self._send_soon()

    def retry(self, upload_id: UploadId) -> None:
        """Try again a photo that was refused, stopped or held, and with it everything held for the same cause."""
        upload = self._get(upload_id)
        if upload is None:
            return
        self._failures.pop(upload_id, None)
        if upload.state is UploadState.REFUSED:
            self._move(upload, UploadState.QUEUED)
        self.resume()

    def send_again(self, upload_id: UploadId) -> None:
        """A person looked and says that it did not arrive."""
        upload = self._get(upload_id)
        if upload is not None and upload.state is UploadState.NEEDS_REVIEW:
            self._move(upload, UploadState.QUEUED)
            self._send_soon()

    def confirm_arrived(self, upload_id: UploadId) -> None:
        """A person looked and says that it is there."""
        upload = self._get(upload_id)
        if upload is not None and upload.state is UploadState.NEEDS_REVIEW:
            self._move(upload, UploadState.SENT)
            self._look_later(upload.recipient.id)

    def discard(self, upload_id: UploadId) -> None:
        """Drop a photo for good; one that may be on the line stays until that is settled."""
        upload = self._get(upload_id)
        if upload is None or UploadState.DISCARDED not in LEGAL_MOVES[upload.state]:
            return
        if upload.state is not UploadState.SENDING:
            self._move(upload, UploadState.DISCARDED)
            self._photos.pop(upload_id, None)
            self.feed.publish(tuple(each for each in self.feed.latest if each.id != upload_id))

    def stop_sending(self, upload_id: UploadId) -> None:
        """Stop a photo whose last byte has not left: the server then holds nothing of it."""
        upload = self._get(upload_id)
        if upload is not None and upload.state in (UploadState.QUEUED, UploadState.SENDING):
            self._move(upload, UploadState.REFUSED, trouble=Trouble.STOPPED)
            self._scope.cancel(("post", upload_id))

    def resume(self) -> None:
        """Forget every wait and hold, and go on: the connection is back, or a person asked."""
        for upload in self.feed.latest:
            if upload.state is UploadState.QUEUED and upload.trouble is not None:
                self._replace(replace(upload, trouble=None, retry_at=None))
        self._send_soon()

    def look_now(self) -> None:
        """Look for every photo that waits in Cerbo's queue."""
        for patient_id in {each.recipient.id for each in self.feed.latest if each.state is UploadState.SENT}:
            self._look_later(patient_id, at_once=True)

    @property
    def unsent(self) -> tuple[Upload, ...]:
        """Photos that Cerbo does not certainly have."""
        return tuple(upload for upload in self.feed.latest if upload.is_unsent)

    async def aclose(self) -> None:
        await self._scope.aclose()

    # Sending.

    def _send_soon(self) -> None:
        """Start the courier, or have it forget the wait it is in; one that is sending goes on by itself."""
        if not any(upload.state in _ON_THE_LINE for upload in self.feed.latest):
            self._scope.start(self._courier(), key="courier")

    async def _courier(self) -> None:
        while (upload := self._next()) is not None:
            if upload.retry_at is not None:
                await self._clock.sleep(max(0.0, (upload.retry_at - self._clock.now()).total_seconds()))
            if self._get(upload.id) is upload:
                posting = self._scope.start(self._deliver(upload), key=("post", upload.id))
                await asyncio.wait({posting})

    def _next(self) -> Upload | None:
        """The oldest queued photo; one that has to wait holds the others, so that order and restraint are kept."""
        if any(upload.trouble in HOLDING_TROUBLES for upload in self.feed.latest):
            return None
        return next((upload for upload in self.feed.latest if upload.state is UploadState.QUEUED), None)

    async def _deliver(self, upload: Upload) -> None:
        """One try: baseline, post, settle."""
        self._move(upload, UploadState.SENDING)
        try:
            self._before[upload.id] = await self._reconciling.standing(upload.recipient.id)
            receipt = await self._server.create_photo(
                upload.recipient.id,
                self._photos[upload.id],
                on_progress=lambda done, _: self._show_progress(upload.id, done),
                on_last_byte=lambda: self._commit(upload.id),
            )
        except ServerError as error:
            await self._settle_failure(upload.id, error)
        except Exception:  # a defect of ours: the photo must not stay on the line for ever
            await self._settle_failure(upload.id, MaybeSent())
            raise
        else:
            self._settle_receipt(upload.id, receipt)

    def _show_progress(self, upload_id: UploadId, sent_bytes: int) -> None:
        upload, now = self._get(upload_id), self._clock.now()
        if upload is None or upload.state is not UploadState.SENDING:
            return
        if now - self._progress_told_at >= _PROGRESS_STEP or sent_bytes == upload.photo.size_bytes:
            self._progress_told_at = now
            self._replace(replace(upload, sent_bytes=sent_bytes))

    def _commit(self, upload_id: UploadId) -> None:
        upload = self._get(upload_id)
        if upload is not None and upload.state is UploadState.SENDING:
            self._move(upload, UploadState.COMMITTING)

    def _settle_receipt(self, upload_id: UploadId, receipt: Receipt) -> None:
        upload = self._get(upload_id)
        if upload is None:
            return
        if upload.state is UploadState.SENDING:  # an answer to a body that was still being sent
            upload = self._move(upload, UploadState.COMMITTING)
        self._failures.pop(upload_id, None)
        sent = self._move(upload, UploadState.SENT)
        self._replace(replace(sent, queue_id=receipt.queue_id))
        # Cerbo has the bytes: a morning's photos need not stay in memory here as well.
        self._photos.pop(upload_id, None)
        self._look_later(upload.recipient.id, at_once=True)

    async def _settle_failure(self, upload_id: UploadId, error: ServerError) -> None:
        upload = self._get(upload_id)
        if upload is None or upload.state is UploadState.REFUSED:
            return
        match error:
            case Untrusted():
                self._hold(upload, Trouble.UNTRUSTED)
            case SignedOut():
                self._hold(upload, Trouble.SIGNED_OUT)
            case Forbidden():
                self._hold(upload, Trouble.FORBIDDEN)
            case Overloaded(retry_after_s=asked_s):
                wait_s = min(_LONGEST_BUSY_WAIT_S, asked_s if asked_s is not None else _BUSY_WAIT_S)
                self._wait(upload, Trouble.BUSY, wait_s)
            case ServerRefused(reason=ServerRefusal.TOO_BIG):
                self._move(upload, UploadState.REFUSED, trouble=Trouble.TOO_BIG)
            case ServerRefused():
                self._move(upload, UploadState.REFUSED, trouble=Trouble.REFUSED)
            case Missing():
                self._move(upload, UploadState.REFUSED, trouble=Trouble.PATIENT_MISSING)
            case _ if upload.state is UploadState.SENDING and not isinstance(error, MaybeSent):
                self._retry_later(upload, Trouble.UNREACHABLE if isinstance(error, Unreachable) else Trouble.BUSY)
            case _:
                await self._resolve_doubt(upload)

    def _hold(self, upload: Upload, trouble: Trouble) -> None:
        self._move(upload, UploadState.QUEUED, trouble=trouble)

    def _wait(self, upload: Upload, trouble: Trouble, wait_s: float) -> None:
        waiting = self._move(upload, UploadState.QUEUED, trouble=trouble)
        self._replace(replace(waiting, retry_at=self._clock.now() + timedelta(seconds=wait_s)))

    def _retry_later(self, upload: Upload, trouble: Trouble) -> None:
        """Nothing was stored for certain: wait longer from try to try, and after the last wait ask a person."""
        failures = self._failures.get(upload.id, 0)
        self._failures[upload.id] = failures + 1
        if failures < len(_RETRY_WAITS_S):
            self._wait(upload, trouble, _RETRY_WAITS_S[failures])
        else:
            self._move(upload, UploadState.REFUSED, trouble=trouble)

    # Looking.

    async def _resolve_doubt(self, upload: Upload) -> None:
        """The answer was lost: look, and ask a person unless the photo itself is found."""
        if upload.state is UploadState.SENDING:
            upload = self._move(upload, UploadState.COMMITTING)
        unsure = self._move(upload, UploadState.UNSURE, trouble=Trouble.NO_ANSWER)
        checking = self._move(unsure, UploadState.CHECKING, trouble=Trouble.NO_ANSWER)
        before = self._before[upload.id]
        try:
            now = await self._reconciling.standing(upload.recipient.id)
            found = await self._find(checking, now)
        except ServerError as error:
            self._ask(checking, sighting(before, error, ()))
            return
        if found:
            self._move(checking, UploadState.ACCEPTED)
        else:
            self._ask(checking, sighting(before, now, self._known_queue_ids()))

    def _ask(self, checking: Upload, seen: Sighting) -> None:
        asking = self._move(checking, UploadState.NEEDS_REVIEW, trouble=Trouble.NO_ANSWER)
        self._replace(replace(asking, sighting=seen))

    def _look_later(self, patient_id: PatientId, *, at_once: bool = False) -> None:
        self._scope.start(self._look_repeatedly(patient_id, at_once), key=("look", patient_id))

    async def _look_repeatedly(self, patient_id: PatientId, at_once: bool) -> None:
        waits = chain(_LOOK_WAITS_S, repeat(_LOOK_WAITS_S[-1]))
        if not at_once:
            await self._clock.sleep(next(waits))
        while self._waiting_in_queue(patient_id):
            with contextlib.suppress(ServerError):
                await self._look(patient_id)
            await self._clock.sleep(next(waits))

    async def _look(self, patient_id: PatientId) -> None:
        now = await self._reconciling.standing(patient_id)
        for upload in self._waiting_in_queue(patient_id):
            if await self._find(upload, now):
                self._move(upload, UploadState.ACCEPTED)
            elif self._is_gone(upload, now):
                self._move(upload, UploadState.GONE)

    async def _find(self, upload: Upload, now: Standing) -> bool:
        photo_id = await self._reconciling.find(
            upload.recipient.id, upload.photo.sha256, self._before[upload.id], now, self._found.values()
        )
        if photo_id is not None:
            self._found[upload.id] = photo_id
        return photo_id is not None

    def _is_gone(self, upload: Upload, now: Standing) -> bool:
        """In neither list, with nothing new in the chart that could be it in other bytes."""
        new_photos = now.photo_ids - self._before[upload.id].photo_ids - frozenset(self._found.values())
        has_left = now.queue_ids is not None and upload.queue_id is not None and upload.queue_id not in now.queue_ids
        return has_left and not new_photos

    def _waiting_in_queue(self, patient_id: PatientId) -> list[Upload]:
        return [each for each in self.feed.latest if each.recipient.id == patient_id and each.state is UploadState.SENT]

    def _known_queue_ids(self) -> list[QueueId]:
        return [each.queue_id for each in self.feed.latest if each.queue_id is not None]

    # The list.

    def _get(self, upload_id: UploadId) -> Upload | None:
        return next((upload for upload in self.feed.latest if upload.id == upload_id), None)

    def _move(self, upload: Upload, state: UploadState, *, trouble: Trouble | None = None) -> Upload:
        moved = upload.moved(state, self._clock.now(), trouble=trouble)
        event(Event.UPLOAD_MOVED, what=state)
        self._replace(moved)
        return moved

    def _replace(self, upload: Upload) -> None:
        self.feed.publish(tuple(upload if each.id == upload.id else each for each in self.feed.latest))
