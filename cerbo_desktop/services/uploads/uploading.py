"""Photos on their way to Cerbo: what a person can do about them, and what goes on by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from cerbo_desktop.domain.acts import TakenOver
from cerbo_desktop.domain.evidence import TAKEN_KEPT
from cerbo_desktop.domain.ids import PhotoId, UploadId
from cerbo_desktop.domain.outbox import Decision, Outbox, RecoveryReport
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.domain.sent_before import left_marks
from cerbo_desktop.domain.upload import Recipient, Upload, UploadProblem, UploadState, upload_id_of
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope, run_to_completion
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.uploads.arrival_watcher import ArrivalWatcher
from cerbo_desktop.services.uploads.asked_looks import AskedLooks
from cerbo_desktop.services.uploads.cancelling import Cancelling
from cerbo_desktop.services.uploads.courier import Courier
from cerbo_desktop.services.uploads.decision_log import DecisionLog, NotDone
from cerbo_desktop.services.uploads.second_id_photos import SecondIdPhotos
from cerbo_desktop.services.uploads.second_tries import FORGOTTEN, SecondTries
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.upload_store import UploadStore
from cerbo_desktop.services.uploads.withdrawing import Withdrawal, Withdrawing

_PREVIEW_EDGE_PX = 128
"""Sharp at 200 % on a card of the tray; 64 KB at most, so that 500 waiting photos stay small."""


class Uploading:
    """The durable queue of one practice. Acts of a person that need the disk run as tasks of their own."""

    def __init__(
        self,
        server: CerboServer,
        lookup: ServerLookup,
        outbox: Outbox,
        clock: Clock,
        scope: TaskScope,
        *,
        keeps_taken_for: timedelta = TAKEN_KEPT,
        server_now: Callable[[], datetime] | None = None,
        acts: Acts | None = None,
    ) -> None:
        """`keeps_taken_for`: how long sealed bytes stay of a photo that Cerbo took and that was seen nowhere since.
        `server_now` is the time by the server's clock, where more is known of it than this PC's own."""
        self._outbox, self._clock, self._lookup = outbox, clock, lookup
        self.unread_queues = lookup.unread_queues
        """Patients whose queue in Cerbo can't be read."""
        self._scope = scope.child("uploading")
        self._acts = acts or Acts(clock, scope)
        publish = self._acts.publish
        self._store = UploadStore(outbox, clock, publish)
        self._decision_log = DecisionLog(outbox, self._store, self._acts)
        self._second_tries = SecondTries(self._store, publish)
        self._watcher = ArrivalWatcher(
            *(self._store, lookup, self._second_tries, clock, self._scope, keeps_taken_for),
            send_on=lambda: self._courier.wake(),
        )
        self.looks = AskedLooks(self._store, self._watcher, lookup, self._scope)
        self._withdrawing = Withdrawing(self._store, server, lookup, publish)
        self._withdrawals: dict[UploadId, asyncio.Task[Withdrawal]] = {}
        self._second_id_photos = SecondIdPhotos(self._store, server_now or clock.now)
        self._courier = Courier(
            *(self._store, server, lookup, self._watcher),
            *(self._second_id_photos, self._second_tries, clock, self._scope),
        )
        self._cancelling = Cancelling(self._store, self._second_tries, self._courier, self.looks, self._acts)

    @property
    def feed(self) -> Feed[tuple[Upload, ...]]:
        """Every upload, oldest first; discarded ones leave it."""
        return self._store.feed

    @property
    def not_done(self) -> Feed[NotDone | None]:
        """The latest decision that came to nothing; those to delete and to take back are answered by themselves."""
        return self._decision_log.not_done

    async def open(self) -> RecoveryReport:
        """Read what an earlier session left, and go on with it. Raises `NotSafe` where nothing can be kept here; it can
        then be called again."""
        recovered = await self._outbox.recover()
        self._store.open(recovered.kept, recovered.elsewhere)
        for kept in recovered.kept:
            await self._second_tries.settle_kept(kept)
        self.resume()
        return recovered

    async def accept(self, patient: Patient, accepted: Accepted) -> None:
        """Keep a photo for `patient`, as shown at the shutter, and begin to send. Raises `NotSafe`.

        Returns once it is sealed on disk. The same photo accepted again for the same patient is kept and sent once.
        A caller that is cancelled in between leaves nothing half done.
        """
        await run_to_completion(self._accept(patient, accepted, is_id_photo=False))

    async def accept_id_photo(self, patient: Patient, accepted: Accepted) -> None:
        """As `accept`, of a photo that was taken with the ID photo card."""
        await run_to_completion(self._accept(patient, accepted, is_id_photo=True))

    async def _accept(self, patient: Patient, accepted: Accepted, *, is_id_photo: bool) -> None:
        now, facts = self._clock.now(), accepted.photo.facts
        preview = accepted.preview.subsampled(_PREVIEW_EDGE_PX)
        upload = Upload(
            *(upload_id_of(facts), Recipient.of(patient), facts, preview, now, now),
            is_id_photo=is_id_photo,
            sent_by=self._acts.person,
        )
        await self._store.add(upload, accepted.photo, left_marks(accepted))
        self._courier.wake()

    async def take_over(self, upload_id: UploadId) -> None:
        """Make a photo that another account left one of this account, and send it. Raises `NotSafe`.

        One that the other account was refused is tried again: a person said to send it.
        """
        await run_to_completion(self._take_over(upload_id))
        if (upload := self._store.get(upload_id)) is not None:
            self.looks.look_for(upload.recipient.id)
        self._courier.wake()

    async def _take_over(self, upload_id: UploadId) -> None:
        kept = await self._outbox.take_over(upload_id, self._acts.person)
        self._store.adopt(kept)
        self._acts.publish(TakenOver(kept.upload.recipient.id, upload_id))
        await self._second_tries.settle_kept(kept)
        if kept.upload.trouble is not UploadProblem.ANOTHER_ENTRY:
            await self._store.move(upload_id, {UploadState.REFUSED}, UploadState.QUEUED, **FORGOTTEN)

    def retry(self, upload_id: UploadId) -> None:
        """Try again a photo that was refused, stopped or held, and with it everything held for the same cause."""
        self._courier.forget_failures(upload_id)
        self._act(upload_id, self._requeue(upload_id))

    def send_again(self, upload_id: UploadId) -> None:
        """A person looked and says that it did not arrive, or is gone. Written down first; what is not is not done."""
        self._decide(upload_id, Decision.SEND_AGAIN, lambda: self._send_again(upload_id))

    def send_anyway(self, upload_id: UploadId) -> None:
        """A person sends an ID photo although another PC seems to have sent one. Written down first."""
        self._decide(upload_id, Decision.SEND_ANYWAY, lambda: self._send_anyway(upload_id))

    async def look_first(self, upload_id: UploadId) -> Upload | None:
        """Look once more for a photo that may have arrived or is gone, before it is sent again; how it stands then.

        None where it is not there any more.
        """
        await self._watcher.look_first(upload_id)
        return self._store.get(upload_id)

    def confirm_arrived(self, upload_id: UploadId) -> None:
        """A person looked in Cerbo and says that the photo is there."""
        self._decide(upload_id, Decision.CONFIRM_ARRIVED, lambda: self._watcher.told.confirm_arrived(upload_id))

    def deny_arrived(self, upload_id: UploadId) -> None:
        """A person takes back that the photo is in Cerbo."""
        self._decide(upload_id, Decision.ARRIVAL_RETRACTED, lambda: self._watcher.told.deny_arrived(upload_id))

    def confirm_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """A person compared the two pictures: the new photo in the chart is this upload's."""
        self._decide(upload_id, Decision.SAME_PHOTO, lambda: self._watcher.told.confirm_photo(upload_id, photo_id))

    def deny_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """A person compared the two pictures: the new photo in the chart is another one."""
        self._decide(upload_id, Decision.OTHER_PHOTO, lambda: self._watcher.told.deny_photo(upload_id, photo_id))

    async def discard(self, upload_id: UploadId, asked_in: UploadState) -> None:
        """Drop a photo for good, if it still stands as it did when a person was asked about it.

        One that was sent meanwhile stays, and so does one that may be on the line.
        """
        if not self._scope.is_closed:
            work = self._decision_log.write_down_and(
                upload_id, Decision.DELETE, lambda: self._cancelling.discard(upload_id, asked_in)
            )
            await asyncio.wait({self._scope.start(work, key=("act", upload_id))})

    def stop_sending(self, upload_id: UploadId) -> None:
        """Stop a photo whose last byte has not left: the server then holds nothing of it."""
        self._act(upload_id, self._cancelling.stop(upload_id))

    async def withdraw(self, upload_id: UploadId) -> Withdrawal:
        """Take a photo out of Cerbo's queue again; only an entry that the queue showed as new after the sending.

        Asked for once more meanwhile, it is the same act.
        """
        if self._scope.is_closed:
            return Withdrawal.NOT_NOW
        task = self._withdrawals.get(upload_id)
        if task is None:
            task = self._withdrawals[upload_id] = self._scope.start(self._withdraw(upload_id))
            task.add_done_callback(lambda _: self._withdrawals.pop(upload_id))
        await asyncio.wait({task})
        return Withdrawal.NOT_NOW if task.cancelled() else task.result()

    def resume(self) -> None:
        """Forget every wait and hold, and go on: the connection is back, or a person asked."""
        self._release()
        self.looks.look_in_turn()

    @property
    def unsent(self) -> tuple[Upload, ...]:
        """Photos that Cerbo does not certainly have."""
        return tuple(upload for upload in self.feed.latest if upload.is_unsent)

    async def aclose(self) -> None:
        await self._scope.aclose()
        self._lookup.clear()
        await self._outbox.aclose()

    def _release(self) -> None:
        self._store.forget_waits()
        self._courier.wake()

    def _act(self, upload_id: UploadId, work: Coroutine[Any, Any, None]) -> None:
        self._scope.start(work, key=("act", upload_id))

    def _decide(self, upload_id: UploadId, decision: Decision, work: Callable[[], Awaitable[None]]) -> None:
        self._act(upload_id, self._decision_log.write_down_and(upload_id, decision, work))

    async def _requeue(self, upload_id: UploadId) -> None:
        await self._store.move(upload_id, {UploadState.REFUSED}, UploadState.QUEUED, **FORGOTTEN)
        self._release()

    async def _send_again(self, upload_id: UploadId) -> None:
        await self._second_tries.begin(upload_id)
        self._release()

    async def _send_anyway(self, upload_id: UploadId) -> None:
        await self._second_id_photos.approve(upload_id)
        self._release()

    async def _withdraw(self, upload_id: UploadId) -> Withdrawal:
        if not await self._decision_log.is_written_down(upload_id, Decision.TAKE_BACK):
            return Withdrawal.NOT_WRITTEN
        ended = await self._withdrawing.withdraw(upload_id)
        upload = self._store.get(upload_id)
        if ended is Withdrawal.LEFT_QUEUE and upload is not None:
            await self._watcher.look_for_left(upload)
            ended = self._withdrawing.as_seen(upload_id, ended)
        if upload is not None:
            self.looks.look_for(upload.recipient.id)
        return ended
