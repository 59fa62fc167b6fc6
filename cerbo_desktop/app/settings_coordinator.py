"""The settings in front of a person: the sheet, and the support file."""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cerbo_desktop.app.crash_trace import last_crash
from cerbo_desktop.app.support_file import self_test_lines, support_text
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.config.policy import PolicyReading
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ports import Clock, SecretStore
from cerbo_desktop.outbox.survey import OutboxCounts, survey_in_time
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.settings.facts import SettingsFacts
from cerbo_desktop.ui.settings.presenter import SettingsPresenter
from cerbo_desktop.ui.settings.support_sheet import SupportSheet
from cerbo_desktop.ui.settings.view import SettingsSheet
from cerbo_desktop.ui.text import support
from cerbo_desktop.ui.window import MainWindow

_SAVED_WITHIN_S = 15.0
_READ_WITHIN_S = 5.0
"""For a place that a person chose, which may be a share that does not answer."""


class SettingsCoordinator:
    """At most one settings sheet; every answer that ends the session goes to the program."""

    def __init__(
        self,
        window: MainWindow,
        data_dir: DataDir,
        settings: SettingsFile,
        secrets: SecretStore,
        clock: Clock,
        reading: PolicyReading,
        on_failure: Failed,
        make_camera: Callable[[], Camera],
        *,
        on_setup: Callable[[], None],
        on_removal: Callable[[], None],
    ) -> None:
        self._window, self._data_dir, self._settings, self._secrets = window, data_dir, settings, secrets
        self._clock, self._reading = clock, reading
        self._on_failure, self._make_camera = on_failure, make_camera
        self._on_setup, self._on_removal = on_setup, on_removal
        self._scope = TaskScope("configuring", on_failure)
        self._presenter: SettingsPresenter | None = None

    def open(self, facts: SettingsFacts) -> None:
        """The sheet over the window; nothing where a sheet is open already."""
        if open_sheet(self._window) is not None:
            return
        sheet = SettingsSheet(facts)
        presenter = SettingsPresenter(sheet, self._settings, self._secrets, self._count, self._on_failure)
        self._presenter, camera = presenter, self._make_camera()
        sheet.dismissed.connect(presenter.stop)
        camera.setParent(sheet)
        sheet.setup_wanted.connect(partial(self._leave_for, sheet, self._on_setup))
        sheet.removal_wanted.connect(partial(self._leave_for, sheet, self._on_removal))
        sheet.support_wanted.connect(self.open_support)
        sheet.open_over(self._window, first_focus=sheet.close_button)
        presenter.start(is_secret_kept=bool(facts.username) and not (facts.is_practice or facts.is_given))
        if self._reading.policy.allows_camera:
            camera.devices_changed.connect(sheet.show_cameras)
            sheet.show_cameras(camera.look())

    def open_support(self) -> None:
        """The support file; it fills itself in when the self-test is through."""
        now = self._clock.local(self._clock.now())
        sheet = SupportSheet(f"cerbo-desktop-support-{now:%Y-%m-%d}.txt")
        self._scope.start(self._fill(sheet), key="fill")
        sheet.save_wanted.connect(lambda path, text: self._scope.start(self._save(sheet, Path(path), text), key="save"))
        sheet.dismissed.connect(self._scope.cancel_all)
        sheet.open_over(self._window, first_focus=sheet.close_button)

    async def aclose(self) -> None:
        """A sheet that is open goes with the window."""
        await self._scope.aclose()
        if self._presenter is not None:
            await self._presenter.aclose()

    def _leave_for(self, sheet: SettingsSheet, what: Callable[[], None]) -> None:
        sheet.dismiss()
        what()

    async def _count(self) -> int:
        return (await self._survey()).unsent_count

    async def _survey(self) -> OutboxCounts:
        return await survey_in_time(self._data_dir.outbox_dir)

    async def _fill(self, sheet: SupportSheet) -> None:
        lines = await self_test_lines()
        waiting: OutboxCounts | None = None
        with contextlib.suppress(NotSafe):
            waiting = await self._survey()
        now = self._clock.local(self._clock.now())
        crash = await self._last_crash()
        sheet.show_text(support_text(now, self._settings.current, self._reading, waiting, lines, crash))

    async def _last_crash(self) -> tuple[str, ...]:
        try:
            return await in_time(_READ_WITHIN_S, lambda: last_crash(self._data_dir.crash_file))
        except TimeoutError:
            return ()

    async def _save(self, sheet: SupportSheet, path: Path, text: str) -> None:
        try:
            await in_time(_SAVED_WITHIN_S, lambda: path.write_text(text, "utf-8"))
        except OSError:
            sheet.show_status(support.not_saved())
        else:
            sheet.show_status(support.saved())
