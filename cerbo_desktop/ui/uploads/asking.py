"""What a person is asked and told before a photo is said to be there, sent again, taken back or deleted."""

from collections.abc import Awaitable, Callable

from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import CheckResult, Upload, UploadState
from cerbo_desktop.services.connection import ConnectionState
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.text import common, deletions, upload_questions as words, withdrawals

Confirm = Callable[[Upload, str, str, str], Awaitable[bool]]
"""Ask a person about a photo: title, text, the word on the button that goes on."""
Tell = Callable[[str, str], Awaitable[None]]
"""Tell a person: title, text."""

_FRESH_S = 30.0
"""For so long what a look showed may be acted on."""


class Asking:
    """Asks a person before each decision that can't be taken back, and carries it out."""

    def __init__(
        self, uploading: Uploading, clock: Clock, confirm: Confirm, tell: Tell, line: Callable[[], ConnectionState]
    ) -> None:
        """`line`: how it stands just now, as far as is known."""
        self._uploading, self._clock = uploading, clock
        self._confirm, self._show = confirm, tell
        self._line = line
        self._being_withdrawn: set[UploadId] = set()

    def is_withdrawing(self, upload_id: UploadId) -> bool:
        """Cerbo is being asked: how that ended is told."""
        return upload_id in self._being_withdrawn

    async def arrived(self, upload_id: UploadId) -> None:
        """Look first; where the look shows nothing of the photo, ask whether it is really there."""
        looked = await self._uploading.look_first(upload_id)
        if looked is None or looked.state is not UploadState.NEEDS_REVIEW:
            return
        if looked.sighting is CheckResult.NOTHING_NEW:
            question = words.arrived_question(looked)
            if not await self._confirm(looked, words.is_it_there(), question, words.its_there()):
                return
        self._uploading.confirm_arrived(upload_id)

    async def send_again(self, upload_id: UploadId) -> None:
        """Look first, and say what the look showed; nothing is asked where it found the photo.

        Looks go on while the question stands open, and one more is made where it stood open for long: where something
        else is seen by then, it is asked anew in its words.
        """
        looked = await self._uploading.look_first(upload_id)
        while looked is not None and looked.state in (UploadState.NEEDS_REVIEW, UploadState.GONE):
            asked, asked_s = looked, self._clock.elapsed_s()
            question = words.send_again_question(asked)
            if not await self._confirm(asked, words.send_again_title(), question, words.send_again()):
                return
            is_old = self._clock.elapsed_s() - asked_s > _FRESH_S
            looked = await self._uploading.look_first(upload_id) if is_old else self._upload(upload_id)
            if looked is not None and _is_told_alike(looked, asked):
                self._uploading.send_again(upload_id)
                return

    async def discard(self, upload_id: UploadId) -> None:
        """Delete a photo from this PC, after a question."""
        upload = self._upload(upload_id)
        if upload is None:
            return
        if upload.has_photo and not (upload.is_double or upload.is_loosely_found):
            text = deletions.delete_question(upload)
            if not await self._confirm(upload, deletions.delete_title(), text, deletions.delete_photo()):
                return
        await self._uploading.discard(upload_id, upload.state)
        now = self._upload(upload_id)
        if now is None:
            return
        if now.state in (upload.state, UploadState.QUEUED, UploadState.REFUSED):
            await self._show(deletions.not_deleted_title(), deletions.not_deleted())
        else:
            await self._show_moved(now)

    async def _show_moved(self, upload: Upload) -> None:
        """It went on while the question stood open, and so was not deleted."""
        text = deletions.moved_meanwhile(upload, UPLOADS.key("take_back"))
        if upload.state is UploadState.SENT and upload.can_be_withdrawn:
            if await self._confirm(upload, deletions.not_deleted_title(), text, words.withdraw()):
                await self._withdraw_until_done(upload)
            return
        await self._show(deletions.not_deleted_title(), text)

    async def withdraw(self, upload_id: UploadId) -> None:
        """Take a photo out of Cerbo's queue, after a question."""
        upload = self._upload(upload_id)
        if upload is None:
            return
        if await self._confirm(upload, words.withdraw_title(), words.withdraw_question(upload), words.withdraw()):
            await self._withdraw_until_done(upload)

    async def wrong_patient(self, upload_id: UploadId) -> None:
        """Take it back where that may be done; else say what Cerbo's staff have to be told."""
        upload = self._upload(upload_id)
        if upload is None:
            return
        if not (upload.state is UploadState.SENT and upload.can_be_withdrawn):
            await self._show(words.wrong_patient(), self._for_staff(upload))
            return
        if not await self._confirm(
            upload, words.wrong_patient_title(), words.withdraw_question(upload), words.withdraw()
        ):
            return
        ended = await self._withdraw_until_done(upload, is_wrong_patient=True)
        now = self._upload(upload.id)
        if ended is Withdrawal.WITHDRAWN and now is not None:  # it was in the chart as well
            await self._show(words.wrong_patient(), self._for_staff(now))

    async def _withdraw_until_done(self, upload: Upload, *, is_wrong_patient: bool = False) -> Withdrawal:
        while True:
            ended = await self._withdraw(upload)
            if not _may_try_again(ended):
                await self._show_ended(upload, ended, is_wrong_patient=is_wrong_patient)
                return ended
            text = self._why_not_withdrawn(upload, ended, is_wrong_patient=is_wrong_patient)
            if not await self._confirm(upload, words.not_withdrawn_title(), text, common.try_again()):
                return ended

    async def _withdraw(self, upload: Upload) -> Withdrawal:
        self._being_withdrawn.add(upload.id)
        try:
            return await self._uploading.withdraw(upload.id)
        finally:
            self._being_withdrawn.discard(upload.id)

    async def _show_ended(self, upload: Upload, ended: Withdrawal, *, is_wrong_patient: bool) -> None:
        match ended:
            case Withdrawal.WITHDRAWN:
                pass
            case Withdrawal.NOT_LISTED:
                await self._show(words.not_listed_title(), words.not_listed())
            case Withdrawal.ONE_OF_TWO:
                await self._show(
                    words.one_of_two_title(), withdrawals.one_of_two(upload, is_wrong_patient=is_wrong_patient)
                )
            case Withdrawal.NOT_SURE if upload.second_entry_id is not None:
                await self._show(words.not_withdrawn_title(), withdrawals.not_beside_chart())
            case _:
                text = self._why_not_withdrawn(upload, ended, is_wrong_patient=is_wrong_patient)
                await self._show(words.not_withdrawn_title(), text)

    def _why_not_withdrawn(self, upload: Upload, ended: Withdrawal, *, is_wrong_patient: bool) -> str:
        """Why, and what staff have to be told instead."""
        why = withdrawals.not_withdrawn(ended, self._line())
        if upload.second_entry_id is not None and not is_wrong_patient:
            return why
        now, has_left = self._upload(upload.id) or upload, ended is Withdrawal.LEFT_QUEUE
        return withdrawals.and_for_staff(
            why, self._for_staff(now, has_left=has_left, is_wrong_patient=is_wrong_patient)
        )

    async def show_not_done(self, upload: Upload, reason: NotSafeReason) -> None:
        """Say that a decision was not acted on, because this PC's disk would not take it down."""
        await self._show(words.not_done_title(), words.not_done(upload, reason))

    def _for_staff(self, upload: Upload, *, has_left: bool = False, is_wrong_patient: bool = True) -> str:
        taken_at = self._clock.local(upload.taken_at)
        return withdrawals.for_staff(upload, taken_at, has_left=has_left, is_wrong_patient=is_wrong_patient)

    def _upload(self, upload_id: UploadId) -> Upload | None:
        return next((each for each in self._uploading.feed.latest if each.id == upload_id), None)


def _may_try_again(ended: Withdrawal) -> bool:
    """Nothing but the moment stood against it."""
    return ended in (Withdrawal.NOT_ASKED, Withdrawal.NOT_NOW)


def _is_told_alike(one: Upload, other: Upload) -> bool:
    """What a person is told of both before they are sent again is the same."""
    seen_one = one.state, one.sighting, one.other_try_id, one.new_photo_id
    return seen_one == (other.state, other.sighting, other.other_try_id, other.new_photo_id)
