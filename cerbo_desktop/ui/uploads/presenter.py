"""Sorts the uploads into the tray's groups and passes on what a person decides."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.services.uploading import Uploading
from cerbo_desktop.ui.kit import phrases
from cerbo_desktop.ui.kit.countdown import Countdown
from cerbo_desktop.ui.kit.signals import Signal

_ARRIVED_SHOWN = 3
_LONGEST_WAIT_S = 600.0
_ON_THE_LINE = (UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE, UploadState.CHECKING)

Confirm = Callable[[str, str, str], Awaitable[bool]]
"""Ask a person: title, text, the word on the button that goes on."""


class TrayView(Protocol):
    @property
    def retry_clicked(self) -> Signal: ...
    @property
    def discard_clicked(self) -> Signal: ...
    @property
    def arrived_clicked(self) -> Signal: ...
    @property
    def send_again_clicked(self) -> Signal: ...
    @property
    def stop_clicked(self) -> Signal: ...
    def show_uploads(
        self,
        acting: Sequence[Upload],
        sending: Sequence[Upload],
        waiting: Sequence[Upload],
        arrived: Sequence[Upload],
        times: dict[UploadId, str],
        now: datetime,
    ) -> None: ...
    def show_totals(self, sent: int, found: int, waiting: int) -> None: ...
    @property
    def withdraw_clicked(self) -> Signal: ...
    @property
    def shift_list_clicked(self) -> Signal: ...
    def open_shift_list(self, uploads: Sequence[Upload], times: Sequence[str], now: datetime) -> None: ...


class TrayPresenter:
    def __init__(
        self, tray: TrayView, uploading: Uploading, clock: Clock, confirm: Confirm, on_failure: Failed
    ) -> None:
        self._tray, self._uploading, self._clock, self._confirm = tray, uploading, clock, confirm
        self._countdown = Countdown(clock, _LONGEST_WAIT_S)
        self._scope = TaskScope("tray", on_failure)
        tray.retry_clicked.connect(lambda upload_id: uploading.retry(UploadId(upload_id)))
        tray.arrived_clicked.connect(lambda upload_id: uploading.confirm_arrived(UploadId(upload_id)))
        tray.stop_clicked.connect(lambda upload_id: uploading.stop_sending(UploadId(upload_id)))
        tray.send_again_clicked.connect(lambda upload_id: self._ask(self._send_again(UploadId(upload_id)), upload_id))
        tray.discard_clicked.connect(lambda upload_id: self._ask(self._discard(UploadId(upload_id)), upload_id))
        tray.withdraw_clicked.connect(lambda upload_id: self._ask(self._withdraw(UploadId(upload_id)), upload_id))
        tray.shift_list_clicked.connect(self._open_shift_list)
        self._end = uploading.feed.subscribe(self._show)

    async def aclose(self) -> None:
        self._end()
        await self._scope.aclose()

    async def _count_down(self) -> None:
        """A wait that is told in seconds is told anew each second."""
        while True:
            await self._clock.sleep(1.0)
            self._show_uploads(self._uploading.feed.latest)

    def _ask(self, question: Coroutine[Any, Any, None], upload_id: str) -> None:
        self._scope.start(question, key=upload_id)

    async def _send_again(self, upload_id: UploadId) -> None:
        text = "Did you look in Cerbo’s queue? If it is there after all, the chart will have it twice."
        if await self._confirm("Send this photo again?", text, "Send again"):
            self._uploading.send_again(upload_id)

    async def _withdraw(self, upload_id: UploadId) -> None:
        upload = next((each for each in self._uploading.feed.latest if each.id == upload_id), None)
        if upload is None:
            return
        text = f"The photo for {_whom(upload)} leaves Cerbo’s queue and this list. Staff will not see it."
        if await self._confirm("Take this photo back?", text, "Take back"):
            self._uploading.withdraw(upload_id)

    def _open_shift_list(self) -> None:
        uploads = [each for each in self._uploading.feed.latest if each.is_unsent or self._is_of_today(each)]
        self._tray.open_shift_list(uploads, [self._time(each) for each in uploads], self._clock.now())

    def _is_of_today(self, upload: Upload) -> bool:
        local = self._clock.local
        return local(upload.changed_at).date() == local(self._clock.now()).date()

    def _time(self, upload: Upload) -> str:
        return phrases.clock(self._clock.local(upload.changed_at))

    async def _discard(self, upload_id: UploadId) -> None:
        upload = next((each for each in self._uploading.feed.latest if each.id == upload_id), None)
        if upload is None:
            return
        if upload.state is UploadState.GONE:
            self._uploading.discard(upload_id)
            return
        text = f"The photo for {_whom(upload)} was not sent. There is no other copy on this PC."
        if await self._confirm("Delete this photo?", text, "Delete photo"):
            self._uploading.discard(upload_id)

    def _show(self, uploads: tuple[Upload, ...]) -> None:
        self._show_uploads(uploads)
        if not any(upload.retry_at for upload in uploads):
            self._scope.cancel("countdown")
        elif not self._scope.is_running("countdown"):
            self._scope.start(self._count_down(), key="countdown")

    def _counted(self, upload: Upload, now: datetime) -> Upload:
        """Its next try as it is really counted, whatever became of the PC's clock since."""
        if upload.retry_at is None:
            return upload
        return replace(upload, retry_at=now + timedelta(seconds=self._countdown.left_s(upload.retry_at)))

    def _show_uploads(self, uploads: tuple[Upload, ...]) -> None:
        now = self._clock.now()
        uploads = tuple(self._counted(each, now) for each in uploads)
        acting = [each for each in uploads if each.needs_person]
        sending = [each for each in uploads if each.state in _ON_THE_LINE]
        arrived = [each for each in uploads if each.state is UploadState.ACCEPTED]
        in_queue = [each for each in uploads if each.state is UploadState.SENT]
        queued = [each for each in uploads if each.state is UploadState.QUEUED and not each.needs_person]
        times = {each.id: self._time(each) for each in uploads}
        recent = sorted(arrived, key=lambda each: each.changed_at, reverse=True)[:_ARRIVED_SHOWN]
        self._tray.show_uploads(acting, sending, [*queued, *reversed(in_queue)], recent, times, now)
        found_today = [each for each in arrived if self._is_of_today(each)]
        sent_today = [each for each in in_queue if self._is_of_today(each)]
        self._tray.show_totals(len(sent_today) + len(found_today), len(found_today), len(in_queue))


def _whom(upload: Upload) -> str:
    born = f", {phrases.day(upload.recipient.born)}" if upload.recipient.born else ""
    return f"{upload.recipient.name}{born}"
