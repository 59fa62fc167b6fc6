"""The settings in front of a person: the sheet, and the support file."""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cerbo_desktop import __version__
from cerbo_desktop.app.app_context import AppContext
from cerbo_desktop.app.crash_trace import last_crash
from cerbo_desktop.app.outbox_factory import count_waiting
from cerbo_desktop.app.support_file import self_test_lines, support_text
from cerbo_desktop.domain.acts import SupportFileWritten
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.outbox.survey import OutboxCounts, survey_in_time
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.services.credentials import Credentials
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.settings.facts import SettingsFacts
from cerbo_desktop.ui.settings.presenter import SettingsPresenter
from cerbo_desktop.ui.settings.support_sheet import SupportSheet
from cerbo_desktop.ui.settings.view import SettingsSheet
from cerbo_desktop.ui.text import support

_SAVED_WITHIN_S = 15.0
_READ_WITHIN_S = 5.0
"""For a place that a person chose, which may be a share that does not answer."""


class SettingsCoordinator:
    """At most one settings sheet; every answer that ends the session goes to the application."""

    def __init__(self, app: AppContext, *, on_setup: Callable[[], None], on_removal: Callable[[], None]) -> None:
        self._app, self._on_setup, self._on_removal = app, on_setup, on_removal
        self._scope = app.scope.child("settings sheet")
        self._presenter: SettingsPresenter | None = None

    def open(self, in_use: Credentials | None, *, is_practice: bool) -> None:
        """The sheet over the window; nothing where a sheet is open already. Without credentials in use it shows what
        setup would take."""
        if open_sheet(self._app.window) is not None:
            return
        facts = self._facts(in_use, is_practice=is_practice)
        sheet = SettingsSheet(facts)
        presenter = SettingsPresenter(
            sheet,
            self._app.settings,
            self._app.secrets,
            self._count,
            self._scope,
            count_practice=self._count_practice if is_practice else None,
        )
        self._presenter, camera = presenter, self._app.make_camera()
        sheet.dismissed.connect(presenter.stop)
        camera.setParent(sheet)
        sheet.setup_wanted.connect(partial(self._leave_for, sheet, self._on_setup))
        sheet.removal_wanted.connect(self._on_removal)  # asked over the sheet: who says no is back where they were
        sheet.support_wanted.connect(self.open_support)
        sheet.letters_switched.connect(self._switch_letters)
        sheet.open_over(self._app.window, first_focus=sheet.first_focus)
        presenter.start(is_secret_kept=bool(facts.username) and not (facts.is_practice or facts.is_given))
        if facts.effective.allows_camera:
            camera.devices_changed.connect(sheet.show_cameras)
            sheet.show_cameras(camera.list_cameras())

    def open_support(self) -> None:
        """Open the support file, which fills itself in when the self-test is through."""
        now = self._app.clock.local(self._app.clock.now())
        sheet = SupportSheet(f"cerbo-desktop-support-{now:%Y-%m-%d}.txt")
        self._scope.start(self._fill(sheet), key="fill")
        sheet.save_wanted.connect(lambda path, text: self._scope.start(self._save(sheet, Path(path), text), key="save"))
        sheet.dismissed.connect(self._scope.cancel_all)
        sheet.open_over(self._app.window, first_focus=sheet.close_button)

    def _facts(self, in_use: Credentials | None, *, is_practice: bool) -> SettingsFacts:
        effective, kept = self._app.effective, self._app.settings.current
        return SettingsFacts(
            __version__,
            effective,
            effective.address if in_use is None else in_use.origin.text,
            kept.username if in_use is None else in_use.username,
            is_practice=is_practice,
            is_given=in_use is not None and (in_use.origin.text, in_use.username) != (kept.origin, kept.username),
            camera_id=kept.camera_id,
        )

    async def aclose(self) -> None:
        """End what the sheet began. A sheet that is open goes with the window."""
        await self._scope.aclose()
        if self._presenter is not None:
            await self._presenter.aclose()

    def _leave_for(self, sheet: SettingsSheet, what: Callable[[], None]) -> None:
        sheet.dismiss()
        what()

    def _switch_letters(self, are_on: bool) -> None:
        self._app.settings.change(single_letter_keys=are_on)
        rules_of(self._app.window).letters_are_on = self._app.effective.single_letter_keys

    async def _count(self) -> int:
        return (await self._survey()).unsent_count

    async def _count_practice(self) -> int:
        return await count_waiting(self._app.data_dir.practice_outbox_dir)

    async def _survey(self) -> OutboxCounts:
        return await survey_in_time(self._app.data_dir.outbox_dir)

    async def _fill(self, sheet: SupportSheet) -> None:
        lines = await self_test_lines()
        waiting: OutboxCounts | None = None
        with contextlib.suppress(NotSafe):
            waiting = await self._survey()
        now = self._app.clock.local(self._app.clock.now())
        crash = await self._last_crash()
        sheet.show_text(
            support_text(now, self._app.settings.current, self._app.effective.reading, waiting, lines, crash)
        )

    async def _last_crash(self) -> tuple[str, ...]:
        try:
            return await in_time(_READ_WITHIN_S, lambda: last_crash(self._app.data_dir.crash_file))
        except TimeoutError:
            return ()

    async def _save(self, sheet: SupportSheet, path: Path, text: str) -> None:
        try:
            await in_time(_SAVED_WITHIN_S, lambda: path.write_text(text, "utf-8"))
        except OSError:
            sheet.show_status(support.not_saved())
        else:
            self._app.acts.publish(SupportFileWritten())
            sheet.show_status(support.saved())
