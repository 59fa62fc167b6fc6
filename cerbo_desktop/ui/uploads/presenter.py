"""Sorts the uploads into the tray's groups and passes on what a person decides."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cerbo_desktop.domain.errors import CerboDesktopError
from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.signals import Signal
from cerbo_desktop.services.connection import ConnectionState, Intercepted, Offline, Online
from cerbo_desktop.services.uploads.decision_log import NotDone
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.ui.kit.countdown import Countdown
from cerbo_desktop.ui.text import dates, tray as words
from cerbo_desktop.ui.uploads.asking import Asking
from cerbo_desktop.ui.uploads.batches import time_of

if TYPE_CHECKING:
    from cerbo_desktop.ui.uploads.view import UploadTray

_LONGEST_WAIT_S = 600.0
_FOUND_SHOWN = timedelta(minutes=5)
"""For so long a photo that was found in the chart keeps its card; the figures of the day keep it."""
_ON_THE_LINE = (UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE)

LoadPhoto = Callable[[PatientId, PhotoId], Awaitable[Raster]]
"""A photo of the chart, small. Raises `CerboDesktopError`."""


class TrayPresenter:
    """Shows each upload in its group, and asks before what can't be taken back."""

    def __init__(
        self,
        tray: UploadTray,
        uploading: Uploading,
        clock: Clock,
        asking: Asking,
        load_photo: LoadPhoto,
        line: Feed[ConnectionState],
        scope: TaskScope,
    ) -> None:
        """`line`: whether Cerbo can be reached."""
        self._tray, self._uploading, self._clock = tray, uploading, clock
        self._load_photo, self._asking, self._line = load_photo, asking, line
        self._is_up = isinstance(line.latest, Online)
        self._needed_person: set[UploadId] = {each.id for each in uploading.feed.latest if each.needs_person}
        """A person's attention was asked for once."""
        self._found = Countdown(clock, _FOUND_SHOWN.total_seconds())
        self._new_photos: dict[UploadId, PhotoId] = {}
        """Those whose picture is on a card, or on its way to it."""
        self._countdown = Countdown(clock, _LONGEST_WAIT_S)
        self._scope = scope.child("tray")
        tray.retry_clicked.connect(lambda upload_id: uploading.retry(UploadId(upload_id)))
        tray.not_there_clicked.connect(lambda upload_id: uploading.deny_arrived(UploadId(upload_id)))
        tray.send_anyway_clicked.connect(lambda upload_id: uploading.send_anyway(UploadId(upload_id)))
        tray.stop_clicked.connect(lambda upload_id: uploading.stop_sending(UploadId(upload_id)))
        self._ask_at(tray.arrived_clicked, asking.arrived)
        self._ask_at(tray.send_again_clicked, asking.send_again)
        self._ask_at(tray.discard_clicked, asking.discard)
        self._ask_at(tray.withdraw_clicked, asking.withdraw)
        self._ask_at(tray.wrong_patient_clicked, asking.wrong_patient)
        tray.same_photo_clicked.connect(lambda *ids: uploading.confirm_photo(UploadId(ids[0]), PhotoId(ids[1])))
        tray.other_photo_clicked.connect(lambda *ids: uploading.deny_photo(UploadId(ids[0]), PhotoId(ids[1])))
        tray.shift_list_clicked.connect(self._open_shift_list)
        self._end = uploading.feed.subscribe(self._show)
        self._end_line = line.subscribe(self._follow_line, replay=False)
        self._end_queues = uploading.unread_queues.subscribe(lambda _: self._show_queue_note())
        self._end_not_done = uploading.not_done.subscribe(self._show_not_done, replay=False)

    async def aclose(self) -> None:
        """Follow the uploads no more."""
        self._end()
        self._end_line()
        self._end_queues()
        self._end_not_done()
        await self._scope.aclose()

    def _show_not_done(self, not_done: NotDone | None) -> None:
        if not_done is not None:
            work = self._asking.show_not_done(not_done.upload, not_done.reason)
            self._scope.start(work, key=("not done", not_done.upload.id))

    def _follow_line(self, state: ConnectionState) -> None:
        is_up = isinstance(state, Online)
        if is_up and not self._is_up:
            self._uploading.looks.doubt_unread_queues()
        self._is_up = is_up
        self._show_uploads(self._uploading.feed.latest)

    async def _count_down(self) -> None:
        """A wait that is told in seconds is told anew each second."""
        while True:
            await self._clock.sleep(1.0)
            self._show_uploads(self._uploading.feed.latest)

    def _ask_at(self, clicked: Signal, ask: Callable[[UploadId], Coroutine[Any, Any, None]]) -> None:
        def asked(upload_id: str) -> None:
            if not self._asking.is_withdrawing(UploadId(upload_id)):
                self._scope.start(ask(UploadId(upload_id)), key=upload_id)

        clicked.connect(asked)

    def _show_new_photos(self, uploads: tuple[Upload, ...]) -> None:
        """Load each new photo of the chart that a person is asked to look at."""
        wanted = {each.id: each.new_photo_id for each in uploads if each.new_photo_id is not None}
        self._new_photos = {one: photo_id for one, photo_id in self._new_photos.items() if wanted.get(one) == photo_id}
        for upload in uploads:
            photo_id = wanted.get(upload.id)
            if photo_id is not None and upload.id not in self._new_photos:
                self._new_photos[upload.id] = photo_id
                work = self._show_new_photo(upload, photo_id)
                self._scope.start(work, key=("new photo", upload.id))

    async def _show_new_photo(self, upload: Upload, photo_id: PhotoId) -> None:
        try:
            picture = await self._load_photo(upload.recipient.id, photo_id)
        except CerboDesktopError:
            self._new_photos.pop(upload.id, None)  # the next change asks again; the album shows it as well
        else:
            self._tray.show_new_photo(upload.id, photo_id, picture)

    def _open_shift_list(self) -> None:
        self._tray.open_shift_list(*self._of_shift(self._uploading.feed.latest), self._clock.now())

    def _of_shift(self, uploads: tuple[Upload, ...]) -> tuple[list[Upload], list[str]]:
        """What was sent today or is not sent yet, and the hours."""
        now = self._clock.now()
        found = [
            self._in_clinic_time(self._counted(each, now))
            for each in uploads
            if each.is_unsent or self._is_of_today(each)
        ]
        return found, [self._time(each) for each in found]

    def _is_of_today(self, upload: Upload) -> bool:
        local = self._clock.local
        return local(upload.changed_at).date() == local(self._clock.now()).date()

    def _time(self, upload: Upload) -> str:
        """The hour, or the day where that was another one."""
        local = self._clock.local
        when = local(time_of(upload))
        return dates.clock(when) if when.date() == local(self._clock.now()).date() else dates.short_day(when)

    def _show(self, uploads: tuple[Upload, ...]) -> None:
        self._show_uploads(uploads)
        self._show_queue_note()
        self._show_new_photos(uploads)
        self._ask_for_attention(uploads)
        if not any(upload.retry_at for upload in uploads):
            self._scope.cancel("countdown")
        elif not self._scope.is_running("countdown"):
            self._scope.start(self._count_down(), key="countdown")
        if any(map(self._is_just_found, uploads)) and not self._scope.is_running("found"):
            self._scope.start(self._let_found_go(), key="found")

    def _ask_for_attention(self, uploads: tuple[Upload, ...]) -> None:
        """Once for each photo: who has read of it and left it is not called again."""
        needing = {each.id for each in uploads if each.needs_person}
        if not needing <= self._needed_person:
            self._tray.attention_wanted.emit()
        self._needed_person |= needing

    def _is_just_found(self, upload: Upload) -> bool:
        is_found = upload.state is UploadState.ACCEPTED and not upload.needs_person
        return is_found and self._found.left_s(upload.changed_at + _FOUND_SHOWN) > 0

    async def _let_found_go(self) -> None:
        """Cards of photos that were found some minutes ago disappear."""
        while found := [each for each in self._uploading.feed.latest if self._is_just_found(each)]:
            await self._clock.sleep(min(self._found.left_s(each.changed_at + _FOUND_SHOWN) for each in found))
            self._show_uploads(self._uploading.feed.latest)

    def _show_queue_note(self) -> None:
        """Of those called waiting nobody knows what became, as long as the queue can't be read."""
        waiting = {each.recipient.id for each in self._uploading.feed.latest if each.state is UploadState.SENT}
        is_unread = not waiting.isdisjoint(self._uploading.unread_queues.latest)
        self._tray.show_queue_note(words.queue_not_read() if is_unread else "")

    def _counted(self, upload: Upload, now: datetime) -> Upload:
        """Its next try as it is really counted, whatever became of the PC's clock since."""
        if upload.retry_at is None:
            return upload
        return replace(upload, retry_at=now + timedelta(seconds=self._countdown.left_s(upload.retry_at)))

    def _in_clinic_time(self, upload: Upload) -> Upload:
        """With the hour, which its card names, as the clinic's clock shows it."""
        if upload.other_entry_at is None:
            return upload
        return replace(upload, other_entry_at=self._clock.local(upload.other_entry_at))

    def _show_uploads(self, uploads: tuple[Upload, ...]) -> None:
        now = self._clock.now()
        of_shift = self._of_shift(uploads)
        uploads = tuple(self._in_clinic_time(self._counted(each, now)) for each in uploads)
        acting = [each for each in uploads if each.needs_person or each.state is UploadState.CHECKING]
        sending = [each for each in uploads if each.state in _ON_THE_LINE]
        accepted = [each for each in uploads if each.state is UploadState.ACCEPTED]
        in_queue = [each for each in uploads if each.state is UploadState.SENT]
        taken = [each for each in uploads if each.state is UploadState.TAKEN]
        queued = [each for each in uploads if each.state is UploadState.QUEUED and not each.needs_person]
        times = {each.id: self._time(each) for each in uploads}
        quiet = [each for each in [*reversed(in_queue), *reversed(taken)] if not each.needs_person]
        just_found = sorted(filter(self._is_just_found, accepted), key=lambda each: each.changed_at, reverse=True)
        is_offline = isinstance(self._line.latest, Offline | Intercepted)
        self._tray.show_uploads(acting, sending, [*queued, *quiet], just_found, times, now, is_offline=is_offline)
        self._tray.show_shift(*of_shift, now)
        accepted_today = [each for each in accepted if self._is_of_today(each)]
        found_today = [each for each in accepted_today if not each.needs_person]
        seen_in_queue = [each for each in in_queue if not each.is_told]
        sent_today = [each for each in seen_in_queue if self._is_of_today(each)]
        self._tray.show_totals(len(sent_today) + len(accepted_today), len(found_today), len(seen_in_queue))
