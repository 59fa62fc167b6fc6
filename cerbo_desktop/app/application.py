"""The running app: one window, one practice at a time, the set-up page, and the way out."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from cerbo_desktop.app.effective_policy import EffectivePolicy
from cerbo_desktop.app.options import Options
from cerbo_desktop.app.outbox_factory import (
    count_waiting,
    open_thumbnail_cache,
    outbox_of,
    practice_outbox,
    wipe_thumbnail_cache,
)
from cerbo_desktop.app.services import Services
from cerbo_desktop.app.setup_coordinator import SetupCoordinator
from cerbo_desktop.app.workspace import Workspace
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.config.policy import NO_POLICY, PolicyReading
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import SecretStore, ThumbnailCache
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.clock import SystemClock
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.runtime.window_geometry import keep_placement
from cerbo_desktop.services.connection import ConnectionState
from cerbo_desktop.services.session import Credentials
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.ui.kit.buttons import Kind
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.kit.keys import tell_of_news
from cerbo_desktop.ui.kit.private_clipboard import PrivateClipboard
from cerbo_desktop.ui.setup.presenter import account_of
from cerbo_desktop.ui.text import closing, common, policy, practice
from cerbo_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from cerbo_desktop.app.practice_mode import PracticeMode
    from cerbo_desktop.app.settings_coordinator import SettingsCoordinator
    from cerbo_desktop.app.unread_secret import UnreadSecret

_PLACE_KEPT_WITHIN_S = 0.5


class Application:
    """Starts, switches and ends. `ended` is set once a person has said that the window may go."""

    def __init__(
        self,
        window: MainWindow,
        options: Options,
        data_dir: DataDir,
        settings: SettingsFile,
        secrets: SecretStore,
        on_failure: Failed,
        make_camera: Callable[[], Camera] = Camera,
        reading: PolicyReading = NO_POLICY,
    ) -> None:
        self.window = window
        self.ended = asyncio.Event()
        self.clinic: Workspace | None = None
        self.practising: PracticeMode | None = None
        self._in_use: Credentials | None = None
        self._options, self._data_dir, self._settings, self._secrets = options, data_dir, settings, secrets
        self._governing = EffectivePolicy(options, settings, reading)
        self._on_failure, self._make_camera = on_failure, self._governing.cameras(make_camera)
        self._clock = SystemClock()
        self.clipboard = PrivateClipboard(QGuiApplication.clipboard())
        self._studio = WorkerStudio()
        self._scope = TaskScope("program", on_failure)
        self._setting_up = SetupCoordinator(
            window,
            options,
            settings,
            secrets,
            self._clock,
            self._governing,
            on_failure,
            on_saved=lambda credentials: self._start(self._use(credentials)),
            on_cancelled=self._leave_setup,
            on_practice=lambda: self._start(self._practise()),
        )
        self.window.close_wanted.connect(lambda: self._start(self._close()))
        if self.window.is_close_wanted:  # before anybody listened
            self._start(self._close())
        self.window.settings_wanted.connect(self.open_settings)
        self._configuring: SettingsCoordinator | None = None
        self._unread_secret: UnreadSecret | None = None
        self._tell_of_policy(reading)

    async def start(self) -> None:
        """Show the window with the practice that is known, or with the set-up page."""
        if self._options.practice and not self._governing.allows_practice:
            self._start(self._refuse_practice())
        elif self._options.practice:
            await self._practise()
        else:
            await self._open_known()
        self.window.show()

    async def _open_known(self) -> None:
        try:
            credentials = await self._setting_up.known_credentials()
        except NotSafe as failure:
            self.open_setup()
            await self._wait_for_secret(failure.reason)
            return
        if credentials is not None:
            await self._connect(credentials, self._settings.current.practice_name)
        else:
            self.open_setup()

    async def _wait_for_secret(self, reason: NotSafeReason) -> None:
        from cerbo_desktop.app.unread_secret import UnreadSecret  # rarely needed

        self._unread_secret = UnreadSecret(
            self.window,
            self._setting_up.known_credentials,
            lambda: count_waiting(self._data_dir.outbox_dir),
            self._clock,
            self._on_failure,
            on_read=lambda found: self._start(self._connect(found, self._settings.current.practice_name)),
        )
        await self._unread_secret.show(reason)

    async def _end_wait_for_secret(self) -> None:
        if self._unread_secret is not None:
            ending, self._unread_secret = self._unread_secret, None
            await ending.aclose()

    def warm_up(self) -> None:
        """The window is there: start now what the first photo would have to wait for."""
        self._studio.warm_up()

    def raise_window(self) -> None:
        """Another start was tried: show that the app is here."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        tell_of_news(self.window)

    def open_setup(self) -> None:
        self._setting_up.open(can_cancel=self.clinic is not None, is_practising=self.practising is not None)

    def open_settings(self) -> None:
        """The settings sheet, over whatever page is shown."""
        is_practice = self.practising is not None
        self._configuring = self._configuring or self._made_configuring()
        self._configuring.open(self._governing.facts(self._in_use, is_practice=is_practice))

    def _made_configuring(self) -> "SettingsCoordinator":
        from cerbo_desktop.app.settings_coordinator import SettingsCoordinator

        return SettingsCoordinator(
            self.window,
            self._data_dir,
            self._settings,
            self._secrets,
            self._clock,
            self._governing.reading,
            self._on_failure,
            self._make_camera,
            on_setup=self.open_setup,
            on_removal=lambda: self._start(self._remove()),
        )

    def _tell_of_policy(self, reading: PolicyReading) -> None:
        if reading.fault is None:
            return
        from cerbo_desktop.ui.settings.policy_strip import PolicyStrip

        strip = PolicyStrip(reading.fault)
        strip.look.clicked.connect(self.window.settings_wanted)
        self.window.add_strip(strip)
        strip.announce_now()

    async def aclose(self) -> None:
        self.clipboard.forget()
        if not self._settings.is_forgotten:
            placement = self.window.placement()
            with contextlib.suppress(TimeoutError):
                await in_time(_PLACE_KEPT_WITHIN_S, lambda: keep_placement(self._data_dir.window_file, placement))
        await self._setting_up.aclose()
        if self._configuring is not None:
            await self._configuring.aclose()
        await self._scope.aclose()
        await self._end_wait_for_secret()
        await self._disconnect()
        await self._studio.aclose()
        await self._settings.written()
        self.window.close_for_good()

    # Connecting.

    async def _connect(self, credentials: Credentials, practice_name: str) -> None:
        await self._end_wait_for_secret()
        await self._disconnect_practice()
        outbox = self._outbox_of(credentials)
        cache = await self._thumbnail_cache_of(credentials)
        services = Services.connect(
            credentials,
            self._studio,
            outbox,
            self._clock,
            self._on_failure,
            self._come_back,
            cache,
            is_stream_first=self._is_set_up_for(credentials) and self._settings.current.gives_photos_by_stream,
            on_route_found=lambda is_stream: self._remember_route(credentials, is_stream),
            clinic_authority=self._governing.reading.clinic_authority,
            keeps_taken_for=self._governing.reading.policy.keeps_taken_for,
        )
        name = practice_name or credentials.origin.practice_name
        self.clinic = Workspace(
            self.window,
            services,
            name,
            self._settings,
            self._on_failure,
            self.open_setup,
            self._make_camera,
            on_patient_changed=self.clipboard.forget,
        )
        self.clinic.start()
        self._in_use = credentials
        event(Event.CONNECTED)

    def _outbox_of(self, credentials: Credentials) -> ReopenableOutbox:
        if self.practising is not None:
            return practice_outbox(self._data_dir, self._clock)
        account = account_of(credentials.origin, credentials.username)
        return outbox_of(self._data_dir, self._secrets, account, self._clock)

    async def _thumbnail_cache_of(self, credentials: Credentials) -> ThumbnailCache | None:
        if self.practising is not None:
            return None
        account = account_of(credentials.origin, credentials.username)
        is_wanted = self._governing.keeps_thumbnails
        return await open_thumbnail_cache(self._data_dir, self._secrets, account, self._clock, is_wanted=is_wanted)

    def _is_set_up_for(self, credentials: Credentials) -> bool:
        """False in the practice clinic, and for a server that was named for this start alone."""
        return self._settings.current.origin == credentials.origin.text

    def _remember_route(self, credentials: Credentials, is_stream: bool) -> None:
        if self._is_set_up_for(credentials):
            self._settings.change(gives_photos_by_stream=is_stream)

    def _come_back(self, trouble: ConnectionState) -> None:
        if self.clinic is not None:
            self.clinic.come_back(trouble)

    async def _use(self, credentials: Credentials) -> None:
        """Credentials that a person just typed and that are already kept in a safe place."""
        if not await self._may_leave_practice():
            return
        name, origin, kept = credentials.origin.practice_name, credentials.origin.text, self._settings.current
        if kept.origin != origin:
            self._settings.change(gives_photos_by_stream=False)
        self._settings.change(origin=origin, username=credentials.username, practice_name=name)
        await self._disconnect()
        if (kept.origin, kept.username) != (origin, credentials.username):
            await wipe_thumbnail_cache(self._data_dir)
        await self._connect(credentials, name)

    async def _practise(self) -> None:
        """Start the practice clinic and open it."""
        if not await self._may_leave_practice():
            return
        await self._disconnect()
        from cerbo_desktop.app.practice_mode import PracticeMode  # a server and its libraries: for those who practise

        self.practising = PracticeMode(on_accepted=self._look_again)
        await asyncio.to_thread(self.practising.start)
        self.window.add_strip(self.practising.ribbon)
        await self._connect(self.practising.credentials, self.practising.clinic.practice_name)

    async def _refuse_practice(self) -> None:
        """Not the real clinic in its place: whoever asked for made-up patients must not meet real ones unawares."""
        choices: list[Choice] = [("read", common.close(), "primary")]
        await ask(self.window, practice.no_practice_here(), policy.practice_off(self._governing.practice_off), choices)
        self._end()

    def _look_again(self) -> None:
        if self.clinic is not None:
            self.clinic.look_again()

    async def _disconnect_practice(self) -> None:
        self.clipboard.forget()
        if self.clinic is not None:
            leaving, self.clinic, self._in_use = self.clinic, None, None
            await leaving.aclose()

    async def _disconnect(self) -> None:
        await self._disconnect_practice()
        if self.practising is not None:
            ending, self.practising = self.practising, None
            ending.ribbon.setParent(None)
            ending.ribbon.deleteLater()
            await asyncio.to_thread(ending.stop)

    def _leave_setup(self) -> None:
        if self.clinic is not None:
            self.clinic.services.server.forget_refusals()  # what the key may do may just have been tested, and changed
            self.window.show_page(self.clinic.pages.main)

    # The way out.

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._scope.start(work, key="switch")

    async def _remove(self) -> None:
        """Everything of this person leaves this PC, and the app ends; or a sentence says why not."""
        from cerbo_desktop.app.removal.dialog import DataRemovalDialog

        was_practising = self.practising is not None
        leaving = DataRemovalDialog(self.window, self._data_dir, self._settings, self._secrets)
        if self.clinic is not None and self.clinic.has_unsent_shots:
            await leaving.refuse_for_shots()
        elif (is_wanted := await leaving.ask()) is not None:
            await self._disconnect()
            if await leaving.remove(is_wanted):
                self._end()
            else:
                await (self._practise() if was_practising else self.start())

    async def _may_leave_practice(self) -> bool:
        """Says what becomes of photos that were not sent. Shots that are not kept would be lost."""
        if self.clinic is None or not (self.clinic.unsent or self.clinic.has_unsent_shots):
            return True
        if self.clinic.has_unsent_shots:
            title, text, leave = closing.not_saved_title(), closing.not_saved(), closing.close_and_lose()
        else:
            unsent = self.clinic.unsent
            text = closing.not_sent(sum(upload.needs_person for upload in unsent))
            if self.practising is not None:
                text = closing.lost_in_practice()
            title, leave = closing.not_sent_title(len(unsent)), common.close()
        kind: Kind = "danger" if self.clinic.has_unsent_shots else "secondary"
        choices: list[Choice] = [("stay", closing.keep_open(), "primary"), ("leave", leave, kind)]
        return await ask(self.window, title, text, choices, escape="stay") == "leave"

    async def _close(self) -> None:
        if await self._may_leave_practice():
            self._end()

    def _end(self) -> None:
        self.window.hide()
        self.ended.set()
