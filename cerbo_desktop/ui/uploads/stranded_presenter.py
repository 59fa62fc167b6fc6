"""From the tray's notice about photos of an earlier sign-in to the sheet with what may be done, and to doing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.outbox import RecoveryReport
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.taking_over import TakingOver
from cerbo_desktop.ui.text import dates
from cerbo_desktop.ui.text.closed_outbox import earlier_note
from cerbo_desktop.ui.text.failures import error_sentence

if TYPE_CHECKING:
    from cerbo_desktop.ui.uploads.stranded_dialog import StrandedDialog
    from cerbo_desktop.ui.uploads.view import UploadTray


class StrandedPresenter:
    """Shows that such photos are here; after a look at each patient's record a person may send them."""

    def __init__(
        self, tray: UploadTray, dialog: StrandedDialog, taking_over: TakingOver, clock: Clock, scope: TaskScope
    ) -> None:
        self._tray, self._dialog = tray, dialog
        self._taking_over, self._clock = taking_over, clock
        self._recovered = RecoveryReport(())
        self._scope = scope.child("stranded")
        tray.look_wanted.connect(lambda: self._scope.start(self._look(), key="look"))

    def show(self, recovered: RecoveryReport) -> None:
        """Show what a start found besides the account's own photos."""
        self._recovered = recovered
        if note := earlier_note(recovered):
            self._tray.show_note(*note, offers_look=bool(recovered.foreign_count))
        else:
            self._tray.hide_note()

    async def aclose(self) -> None:
        """End what is being looked at or taken over."""
        await self._scope.aclose()

    async def _look(self) -> None:
        self._dialog.open()
        try:
            others = await self._taking_over.other_addresses()
            is_same_practice = not others or await self._dialog.ask_whether_same(others, self._taking_over.address)
            looked = await self._taking_over.look(is_same_practice=is_same_practice)
        except NotSafe as failure:
            self._dialog.show_failure(error_sentence(failure).whole)
            return
        moments = [dates.moment(self._clock.local(photo.taken_at)) for photo, _ in looked.photos]
        count = len(looked.possible)
        self._dialog.show_looked(looked, moments, lambda: self._scope.start(self._take_over(count), key="take over"))

    async def _take_over(self, possible_count: int) -> None:
        taken = await self._taking_over.take_over()
        self._dialog.show_taken_over(max(0, possible_count - taken))
        self.show(replace(self._recovered, foreign_count=max(0, self._recovered.foreign_count - taken)))
