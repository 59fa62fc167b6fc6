"""Sends what is queued: one at a time, oldest first, never twice without a person's word."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, NoReturn

from cerbo_desktop.domain.blocked_charts import are_all_held, refused_charts, unlisted_charts
from cerbo_desktop.domain.errors import (
    MaybeSent,
    NotSafe,
    ServerError,
    Unreachable,
)
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.domain.settlement import Outcome
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.runtime.scope import TaskScope, run_to_completion
from cerbo_desktop.services.uploads.arrival_watcher import ArrivalWatcher
from cerbo_desktop.services.uploads.failed_tries import FailedTries
from cerbo_desktop.services.uploads.second_id_photos import SecondIdPhotos
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.upload_store import UploadStore

_MOMENT_S = 1.0
_PROGRESS_STEP_S = 0.1


class _StoppedError(Exception):
    """This photo is not sent now: a person stopped it, or has to be asked first."""


class Courier:
    """Sends the photos of the outbox. `wake` starts it, or ends the wait that it is in."""

    def __init__(
        self,
        store: UploadStore,
        server: CerboServer,
        lookup: ServerLookup,
        watcher: ArrivalWatcher,
        second_id_photos: SecondIdPhotos,
        second_tries: SecondTries,
        clock: Clock,
        scope: TaskScope,
    ) -> None:
        self._store, self._server, self._lookup = store, server, lookup
        self._watcher, self._second_id_photos, self._second_tries = watcher, second_id_photos, second_tries
        self._clock, self._scope = clock, scope
        self._failed_tries = FailedTries(store, watcher, second_tries, clock)
        self._is_busy = self._has_sent = False
        self._progress_told_s = clock.elapsed_s()

    def wake(self) -> None:
        """Go on now. A delivery under way is not disturbed: the next photo follows it in any case."""
        if not self._scope.is_closed and not self._is_busy:
            self._scope.start(self._work(), key="courier")

    def forget_failures(self, upload_id: UploadId) -> None:
        """Begin counting the tries of this photo anew: a person asked for it."""
        self._failed_tries.forget(upload_id)

    def stop(self, upload_id: UploadId) -> None:
        """End the sending of this photo, where it is under way."""
        self._scope.cancel(("post", upload_id))

    async def _work(self) -> None:
        for doubtful in self._store.in_state(UploadState.UNSURE):
            if not doubtful.has_answer:
                await self._undisturbed(doubtful.id, self._watcher.look_for(doubtful.id))
        while (upload := await self._next()) is not None:
            put_off = self._store.in_state(UploadState.UNSURE)
            await self._clock.sleep(max(self._failed_tries.still_to_wait_s(each) for each in (upload, *put_off)))
            if self._store.get(upload.id) is upload:
                await self._undisturbed(upload.id, self._deliver(upload.id))
                if self._store.get(upload.id) is upload:
                    return  # a defect of ours left it as it was: not again and again, but when something wakes us

    async def _undisturbed(self, upload_id: UploadId, work: Coroutine[Any, Any, None]) -> None:
        """As a task of its own, which a person can stop without stopping the courier."""
        self._is_busy = True
        try:
            await asyncio.wait({self._scope.start(work, key=("post", upload_id))})
        finally:
            self._is_busy = False

    async def _next(self) -> Upload | None:
        """The oldest queued photo; one that has to wait holds the others, so that order and restraint are kept.

        A patient whose last photo Cerbo's lists don't show yet is passed over for a moment: two entries that came
        together could not be told apart. One whose chart is refused to this key, or can't be listed, holds nobody
        else's.
        """
        while not are_all_held(self._store.feed.latest, has_sent=self._has_sent):
            refused = refused_charts(self._store.feed.latest)
            queued = [each for each in self._store.in_state(UploadState.QUEUED) if each.recipient.id not in refused]
            passed_over = {each.recipient.id for each in self._watcher.just_answered()}
            ready = [upload for upload in queued if upload.recipient.id not in passed_over]
            if ready or not queued:
                alone = self._waiting_alone(ready)
                others = (each for each in ready if each.recipient.id != alone)
                return next(others, ready[0] if ready else None)
            await self._clock.sleep(_MOMENT_S)
        return None

    def _waiting_alone(self, queued: list[Upload]) -> PatientId | None:
        """The patient whose chart can't be listed just now, which says nothing of other charts."""
        unlisted = unlisted_charts(queued)
        waiting = (
            each for each in queued if each.recipient.id in unlisted and self._failed_tries.still_to_wait_s(each) > 0
        )
        return next((each.recipient.id for each in waiting), None)

    async def _deliver(self, upload_id: UploadId) -> None:
        """One try: open, baseline, post, settle."""
        try:
            photo = await self._begin(upload_id)
            if photo is None:
                return
            receipt = await self._post(upload_id, photo)
            self._has_sent = True
        except _StoppedError:
            return
        except NotSafe as failure:
            await self._failed_tries.handle_disk_failure(upload_id, failure.reason)
        except ServerError as error:
            await self._failed_tries.handle_failure(upload_id, error)
        except Exception:  # a defect of ours: the photo must not stay on the line for ever
            await self._failed_tries.handle_failure(upload_id, MaybeSent())
            raise
        else:
            self._failed_tries.forget(upload_id)
            await self._watcher.note_receipt(upload_id, receipt)

    async def _begin(self, upload_id: UploadId) -> OutgoingPhoto | None:
        self._failed_tries.begin(upload_id)
        if await self._store.move_durably(upload_id, {UploadState.QUEUED}, UploadState.SENDING) is None:
            return None
        return await self._store.photo(upload_id)

    async def _post(self, upload_id: UploadId, photo: OutgoingPhoto) -> Receipt:
        upload = self._store.get(upload_id)
        if upload is None:
            raise _StoppedError
        patient_id = upload.recipient.id
        try:
            await self._take_baseline(upload)
        except Unreachable:
            await self._stop_with(upload_id, self._failed_tries.wait_for_line)
        return await self._server.create_photo(
            patient_id,
            photo,
            on_progress=lambda done, _: self._show_progress(upload_id, done),
            on_last_byte=lambda: self._commit(upload_id),
        )

    async def _take_baseline(self, upload: Upload) -> None:
        """Keep what chart and queue hold before the photo is sent; where that calls for a question, hold it back, and
        where it shows an earlier try of it, too."""
        before = await self._lookup.before(upload.recipient.id)
        earlier = self._second_tries.earlier(upload.id)
        if earlier is not None and await self._watcher.settling.is_in_chart(upload, earlier, before):
            await self._stop_with(upload.id, lambda current: self._failed_tries.not_sent(current, None))
        if earlier is not None and earlier.was_put_off:
            await self._take_heed_of_put_off(upload, earlier, before)
        evidence = self._second_id_photos.evidence(upload, before)
        await self._store.keep_evidence(upload.id, evidence)
        if evidence.other_entry_at is not None:
            await self._second_id_photos.hold_back(upload.id)
            raise _StoppedError

    async def _take_heed_of_put_off(self, upload: Upload, earlier: Evidence, before: ServerSnapshot) -> None:
        """Cerbo may have stored it although it asked for a wait: only a photo that is certainly not there goes on."""
        outcome = await self._watcher.settling.outcome(upload, earlier, before)
        if outcome is Outcome.KEEP_LOOKING:
            await self._stop_with(
                upload.id, lambda current: self._failed_tries.retry_later(current, UploadProblem.BUSY)
            )
        if outcome is not Outcome.SEND_ONCE_MORE:
            await self._stop_with(upload.id, lambda current: self._failed_tries.not_sent(current, UploadProblem.BUSY))
        self._second_tries.begin_after_wait(upload.id, earlier)

    async def _stop_with(self, upload_id: UploadId, settle: Callable[[Upload], Awaitable[None]]) -> NoReturn:
        async with self._store.hold(upload_id, {UploadState.SENDING}) as current:
            if current is not None:
                await settle(current)
        raise _StoppedError

    async def _commit(self, upload_id: UploadId) -> None:
        """The gate: the last byte leaves only when the disk knows that it may.

        Where the program ends, or the time is up, while the disk takes that down, the byte stays here: nobody needs to
        be asked later whether the photo arrived.
        """
        try:
            moved = await self._store.move_durably(upload_id, {UploadState.SENDING}, UploadState.COMMITTING)
        except asyncio.CancelledError:
            await run_to_completion(self._store.move(upload_id, {UploadState.COMMITTING}, UploadState.QUEUED))
            raise
        if moved is None:
            raise _StoppedError

    def _show_progress(self, upload_id: UploadId, sent_bytes: int) -> None:
        upload, now_s = self._store.get(upload_id), self._clock.elapsed_s()
        if upload is None or upload.state is not UploadState.SENDING:
            return
        if now_s - self._progress_told_s >= _PROGRESS_STEP_S or sent_bytes == upload.photo.size_bytes:
            self._progress_told_s = now_s
            self._store.show(replace(upload, sent_bytes=sent_bytes))
