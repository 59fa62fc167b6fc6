"""The running app: one window, its start, what a person switches to, and the way out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from cerbo_desktop.app.app_context import AppContext
from cerbo_desktop.app.camera_factory import camera_of_this_pc, cameras_where_allowed
from cerbo_desktop.app.options import Options
from cerbo_desktop.app.practice_session import PracticeSession
from cerbo_desktop.app.setup_coordinator import SetupCoordinator
from cerbo_desktop.config.effective import Effective
from cerbo_desktop.config.policy import NO_POLICY, PolicyFault, PolicyReading
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.acts import SettingsChanged
from cerbo_desktop.domain.ports import SecretStore
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.system_account import person_at_this_pc
from cerbo_desktop.runtime.window_geometry import keep_placement
from cerbo_desktop.services.act_log import write_to_log
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.credentials import Credentials
from cerbo_desktop.ui.commands.command import ON_MAC
from cerbo_desktop.ui.commands.menu_bar import make_menu_bar
from cerbo_desktop.ui.commands.rules import ScanGuard, rules_of
from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.kit.dialogs import ask
from cerbo_desktop.ui.kit.keys import tell_of_news
from cerbo_desktop.ui.text import common, policy, practice
from cerbo_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from cerbo_desktop.app.settings_coordinator import SettingsCoordinator
    from cerbo_desktop.camera.camera import Camera

_PLACE_KEPT_WITHIN_S = 0.5
_ACCOUNT_AWAITED_S = 0.5
"""A local account's name is there in a millisecond. One that comes over a network and later counts from then on."""


class Application:
    """Starts, switches and ends. `ended` is set once a person has said that the window may go."""

    def __init__(
        self,
        window: MainWindow,
        options: Options,
        data_dir: DataDir,
        settings: SettingsFile,
        secrets: SecretStore,
        scope: TaskScope,
        make_camera: Callable[[], Camera] = camera_of_this_pc,
        reading: PolicyReading = NO_POLICY,
    ) -> None:
        self.window, self.ended = window, asyncio.Event()
        effective, clock = Effective(reading, settings.current, options.server), SystemClock()
        self.acts = acts = Acts(clock, scope)
        self._app = AppContext(
            *(window, options, data_dir, settings, secrets, clock, reading, scope, acts),
            cameras_where_allowed(make_camera, effective),
        )
        acts.subscribe(write_to_log)
        settings.report_changes_to(lambda name: acts.publish(SettingsChanged(name)))
        self._studio, self._scope = WorkerStudio(), scope.child("switching")
        self.session = PracticeSession(self._app, self._studio, on_setup=self.open_setup)
        self._setup = SetupCoordinator(
            self._app,
            on_known=lambda credentials: self._switch(self._connect(credentials)),
            on_saved=lambda credentials: self._switch(self._connect_as_set_up(credentials)),
            on_cancelled=self.session.return_from_setup,
            on_practice=lambda: self._switch(self._practise()),
        )
        self._settings_coordinator: SettingsCoordinator | None = None
        self._follow_window()
        rules_of(window).letters_are_on = effective.single_letter_keys
        self._show_policy_fault(reading.fault)

    async def start(self) -> None:
        """Show the window with the practice that is known, or with the setup page."""
        await asyncio.wait({self._scope.start(self._learn_who_acts())}, timeout=_ACCOUNT_AWAITED_S)
        if self._app.options.practice and not self._app.effective.allows_practice:
            self._switch(self._refuse_practice())
        elif self._app.options.practice:
            await self._practise()
        elif (credentials := await self._setup.begin()) is not None:
            await self._connect(credentials)
        self.window.show()

    async def _learn_who_acts(self) -> None:
        self.acts.person = await person_at_this_pc()

    def warm_up(self) -> None:
        """Start what the first photo would have to wait for, now that the window is there."""
        self._studio.warm_up()

    def raise_window(self) -> None:
        """Bring the window to the front: somebody tried to start the app once more."""
        if self.window.isMinimized():
            self.window.showNormal()
        else:
            self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        tell_of_news(self.window)

    def open_setup(self) -> None:
        """Show the setup page; a practice that is connected stays connected behind it."""
        session = self.session
        self._setup.open(can_cancel=session.workspace is not None, is_practising=session.is_practising)

    def open_settings(self) -> None:
        """Open the settings sheet over whatever page is shown."""
        session = self.session
        self._settings_coordinator = self._settings_coordinator or self._made_settings_coordinator()
        self._settings_coordinator.open(session.credentials, is_practice=session.is_practising)

    async def aclose(self) -> None:
        """Keep the window's place, leave the practice, end everything else, and let the window go."""
        self.session.clipboard.close()
        if not self._app.settings.is_forgotten:
            file, placement = self._app.data_dir.window_file, self.window.placement()
            with contextlib.suppress(TimeoutError):
                await in_time(_PLACE_KEPT_WITHIN_S, lambda: keep_placement(file, placement))
        await self._setup.aclose()
        if self._settings_coordinator is not None:
            await self._settings_coordinator.aclose()
        await self._scope.aclose()
        await self.session.leave()
        await self._studio.aclose()
        await self._app.settings.written()
        self.window.close_for_good()

    def _follow_window(self) -> None:
        self.window.close_wanted.connect(lambda: self._switch(self._close()))
        if self.window.is_close_wanted:  # before anybody listened
            self._switch(self._close())
        self.window.settings_wanted.connect(self.open_settings)
        self.window.help_wanted.connect(self._open_help)
        ScanGuard(self.window, MAIN)  # for whatever stands on no screen of its own: strips, the ribbon, the setup page
        if ON_MAC:
            make_menu_bar(self.window)

    # Switching: one at a time, the latest wins.

    def _switch(self, work: Coroutine[Any, Any, None]) -> None:
        self._scope.start(work, key="switch")

    async def _connect(self, credentials: Credentials) -> None:
        await self._setup.end_wait()
        await self.session.connect(credentials, self._app.settings.current.practice_name)

    async def _connect_as_set_up(self, credentials: Credentials) -> None:
        await self._setup.end_wait()
        await self.session.connect_as_set_up(credentials)

    async def _practise(self) -> None:
        await self._setup.end_wait()
        await self.session.practise()

    async def _refuse_practice(self) -> None:
        """Say that there is no practice clinic here, and end. The real clinic is not opened in its place: who asked for
        made-up patients must not be shown real ones without noticing."""
        why = policy.practice_off(self._app.effective.practice_off_by)
        await ask(self.window, practice.no_practice_here(), why, [("read", common.close(), "primary")])
        self._end()

    async def _close(self) -> None:
        if await self.session.may_leave():
            self._end()

    async def _remove_data(self) -> None:
        from cerbo_desktop.app.removal.coordinator import remove_and_end  # rarely needed

        await remove_and_end(self._app, self.session, restart=self.start, end=self._end)

    def _end(self) -> None:
        self.window.hide()
        self.ended.set()

    # What is needed rarely, and loaded then.

    def _made_settings_coordinator(self) -> SettingsCoordinator:
        from cerbo_desktop.app.settings_coordinator import SettingsCoordinator

        return SettingsCoordinator(
            self._app, on_setup=self.open_setup, on_removal=lambda: self._switch(self._remove_data())
        )

    def _open_help(self) -> None:
        from cerbo_desktop.ui.help.opening import open_help

        open_help(self.window)

    def _show_policy_fault(self, fault: PolicyFault | None) -> None:
        if fault is None:
            return
        from cerbo_desktop.ui.settings.policy_strip import PolicyStrip

        strip = PolicyStrip(fault)
        strip.look.clicked.connect(self.window.settings_wanted)
        self.window.add_strip(strip)
        strip.announce_now()
