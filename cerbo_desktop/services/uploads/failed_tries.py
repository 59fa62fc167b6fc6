"""What follows a try that failed: the next one after a wait, a look in Cerbo's lists, or a person."""

from dataclasses import replace
from datetime import datetime, timedelta

from cerbo_desktop.domain.errors import (
    BadAnswer,
    Forbidden,
    MaybeSent,
    Missing,
    NotSafeReason,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    SignedOut,
    TurnedAway,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.services.uploads.arrival_watcher import ArrivalWatcher
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.upload_store import UploadStore

_RETRY_WAITS_S = (5.0, 15.0, 30.0, 60.0)
_BUSY_WAIT_S = 20.0
_LONGEST_BUSY_WAIT_S = 600.0
_ON_THE_LINE = frozenset({UploadState.SENDING, UploadState.COMMITTING})


class FailedTries:
    """Decides what follows a failed try, and counts the tries and waits of each photo."""

    def __init__(self, store: UploadStore, watcher: ArrivalWatcher, second_tries: SecondTries, clock: Clock) -> None:
        self._store, self._watcher, self._second_tries, self._clock = store, watcher, second_tries, clock
        self._failures: dict[UploadId, int] = {}
        self._waits_for_line: dict[UploadId, int] = {}
        self._due_s: dict[UploadId, float] = {}

    def begin(self, upload_id: UploadId) -> None:
        """A new try of this photo begins: its wait is over."""
        self._due_s.pop(upload_id, None)

    def forget(self, upload_id: UploadId) -> None:
        """Begin counting the tries of this photo anew."""
        self._failures.pop(upload_id, None)
        self._waits_for_line.pop(upload_id, None)

    def still_to_wait_s(self, upload: Upload) -> float:
        """How long this photo has to wait.

        Counted by a clock that nobody can set; capped where only the moment is known, from before a restart.
        """
        if upload.retry_at is None:
            return 0.0
        due_s = self._due_s.get(upload.id)
        if due_s is not None:
            return max(0.0, due_s - self._clock.elapsed_s())
        return min(_LONGEST_BUSY_WAIT_S, max(0.0, (upload.retry_at - self._clock.now()).total_seconds()))

    async def handle_failure(self, upload_id: UploadId, error: ServerError) -> None:
        """The sending of a photo ended in `error`: put it where it now belongs."""
        async with self._store.hold(upload_id, _ON_THE_LINE | {UploadState.QUEUED}) as upload:
            if upload is None:
                return
            if upload.state is UploadState.QUEUED:
                if isinstance(error, Unreachable):  # the time was up, and the gate stayed shut
                    await self.retry_later(upload, UploadProblem.UNREACHABLE)
                return
            is_certain = await self._handle_certain(upload, error)
        if not is_certain:
            await self._heed_doubt(upload_id, error)

    async def _heed_doubt(self, upload_id: UploadId, error: ServerError) -> None:
        """The last byte had left: only Cerbo's lists can tell."""
        match error:
            case Overloaded():
                retry_at = self._retry_at(upload_id, _wait_asked_s(error))
                await self._watcher.note_receipt(upload_id, Receipt(Answer.TURNED_AWAY), retry_at=retry_at)
            case TurnedAway():
                await self._watcher.note_receipt(upload_id, Receipt(Answer.TURNED_AWAY))
            case _:
                await self._watcher.note_receipt(upload_id, Receipt(Answer.LOST))

    async def _handle_certain(self, upload: Upload, error: ServerError) -> bool:
        """Act on an answer that proves that nothing was stored; False for one that proves nothing."""
        match error:
            case Untrusted():
                await self._store.record(upload, UploadState.QUEUED, trouble=UploadProblem.UNTRUSTED)
            case SignedOut():
                await self._store.record(upload, UploadState.QUEUED, trouble=UploadProblem.SIGNED_OUT)
            case Forbidden():
                await self._store.record(upload, UploadState.QUEUED, trouble=UploadProblem.FORBIDDEN)
            case Overloaded() if upload.state is UploadState.SENDING:
                await self._wait(upload, UploadProblem.BUSY, _wait_asked_s(error))
            case ServerRefused(reason=ServerRefusal.TOO_BIG):
                await self.not_sent(upload, UploadProblem.TOO_BIG)
            case ServerRefused():
                await self.not_sent(upload, UploadProblem.REFUSED)
            case Missing():
                await self.not_sent(upload, UploadProblem.PATIENT_MISSING)
            case BadAnswer() if upload.state is UploadState.SENDING:  # of the chart's list: the sending ends otherwise
                await self.retry_later(upload, UploadProblem.CHART_NOT_LISTED)
            case _ if upload.state is UploadState.SENDING and not isinstance(error, MaybeSent):
                await self.retry_later(
                    upload, UploadProblem.UNREACHABLE if isinstance(error, Unreachable) else UploadProblem.BUSY
                )
            case _:
                return False
        return True

    async def handle_disk_failure(self, upload_id: UploadId, reason: NotSafeReason) -> None:
        """Nothing was sent: the gate never opened. A sealed file that does not open is shown, any other cause waits."""
        async with self._store.hold(upload_id) as upload:
            if upload is None or upload.state is UploadState.REFUSED:
                return
            trouble = UploadProblem.LIST_CHANGED if reason is NotSafeReason.LIST_CHANGED else UploadProblem.DISK
            if reason in (NotSafeReason.SEAL_BROKEN, NotSafeReason.KEY_GONE):
                await self.not_sent(upload, UploadProblem.UNREADABLE)
            elif upload.state is UploadState.QUEUED:
                self._store.show(replace(upload, trouble=trouble))
            else:
                await self._store.record(upload, UploadState.QUEUED, trouble=trouble)

    def _retry_at(self, upload_id: UploadId, wait_s: float) -> datetime:
        """When the next try is due, `wait_s` seconds from now; noted also by the clock that nobody can set."""
        self._due_s[upload_id] = self._clock.elapsed_s() + wait_s
        return self._clock.now() + timedelta(seconds=wait_s)

    async def _wait(self, upload: Upload, trouble: UploadProblem, wait_s: float) -> None:
        retry_at = self._retry_at(upload.id, wait_s)
        if upload.state is UploadState.QUEUED:
            await self._store.amend(upload, trouble=trouble, retry_at=retry_at)
        else:
            await self._store.record(upload, UploadState.QUEUED, trouble=trouble, retry_at=retry_at)

    async def retry_later(self, upload: Upload, trouble: UploadProblem) -> None:
        """Try again by itself. Wait longer from try to try, and after the last wait ask a person."""
        failures = self._failures.get(upload.id, 0)
        self._failures[upload.id] = failures + 1
        if failures < len(_RETRY_WAITS_S):
            await self._wait(upload, trouble, _RETRY_WAITS_S[failures])
        else:
            await self.not_sent(upload, trouble)

    async def wait_for_line(self, upload: Upload) -> None:
        """Cerbo could not be reached before any of the photo left: try again by itself however long that lasts, since
        the next photo would fare no better and a person can't mend it here."""
        waits = self._waits_for_line.get(upload.id, 0)
        self._waits_for_line[upload.id] = waits + 1
        await self._wait(upload, UploadProblem.UNREACHABLE, _RETRY_WAITS_S[min(waits, len(_RETRY_WAITS_S) - 1)])

    async def not_sent(self, upload: Upload, trouble: UploadProblem | None) -> None:
        """No try of its own follows; one that was sent before may have arrived, and is looked for."""
        await self._second_tries.not_sent(upload, trouble)
        self._watcher.look_now(upload.recipient.id)


def _wait_asked_s(error: Overloaded) -> float:
    asked_s = error.retry_after_s
    return min(_LONGEST_BUSY_WAIT_S, asked_s if asked_s is not None else _BUSY_WAIT_S)
