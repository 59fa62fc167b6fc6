"""From the tray's notice about photos of an earlier sign-in to the sheet with what may be done, and to doing it."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.outbox import RecoveryReport
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.runtime.signals import Signal
from cerbo_desktop.services.uploads.taking_over import TakingOver
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.text import dates, earlier_sign_in as words
from cerbo_desktop.ui.text.closed_outbox import earlier_note
from cerbo_desktop.ui.text.failures import error_sentence
from cerbo_desktop.ui.uploads.stranded_sheet import StrandedSheet


class NoteView(Protocol):
    @property
    def look_wanted(self) -> Signal: ...
    def show_note(self, title: str, text: str, *, offers_look: bool = False) -> None: ...
    def hide_note(self) -> None: ...


class StrandedPresenter:
    def __init__(
        self, view: NoteView, window: QWidget, taking_over: TakingOver, clock: Clock, on_failure: Failed
    ) -> None:
        self._view, self._window, self._taking_over, self._clock = view, window, taking_over, clock
        self._recovered = RecoveryReport(())
        self._scope = TaskScope("stranded", on_failure)
        view.look_wanted.connect(lambda: self._scope.start(self._look(), key="look"))

    def show(self, recovered: RecoveryReport) -> None:
        """What a start found besides the account's own photos."""
        self._recovered = recovered
        if note := earlier_note(recovered):
            self._view.show_note(*note, offers_look=bool(recovered.foreign_count))
        else:
            self._view.hide_note()

    async def aclose(self) -> None:
        await self._scope.aclose()

    async def _look(self) -> None:
        sheet = StrandedSheet()
        sheet.open_over(self._window, first_focus=sheet.keep)
        try:
            others = await self._taking_over.other_addresses()
            is_same_practice = not others or await self._ask_whether_same(others)
            looked = await self._taking_over.look(is_same_practice=is_same_practice)
        except NotSafe as failure:
            if isValid(sheet):
                sheet.show_status(error_sentence(failure).whole)
            return
        if isValid(sheet) and sheet.is_open:
            local = self._clock.local
            sheet.show_looked(looked, [dates.moment(local(photo.taken_at)) for photo, _ in looked.photos])
            count = len(looked.possible)
            sheet.send_wanted.connect(lambda: self._scope.start(self._take_over(sheet, count), key="take over"))

    async def _ask_whether_same(self, others: frozenset[str]) -> bool:
        choices: list[Choice] = [("same", words.it_is_the_same(), "secondary"), ("keep", words.keep_here(), "primary")]
        text = words.same_practice(others, self._taking_over.address)
        return await ask(self._window, words.same_practice_title(), text, choices, escape="keep") == "same"

    async def _take_over(self, sheet: StrandedSheet, possible_count: int) -> None:
        taken = await self._taking_over.take_over()
        if isValid(sheet) and taken < possible_count:
            sheet.send.hide()
            sheet.show_status(words.stayed(possible_count - taken))
        elif isValid(sheet):
            sheet.dismiss()
        self.show(replace(self._recovered, foreign_count=max(0, self._recovered.foreign_count - taken)))
