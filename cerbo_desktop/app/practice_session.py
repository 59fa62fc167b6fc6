"""The practice that the window shows, one at a time: connecting it, changing to another, and leaving it."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from cerbo_desktop.app.app_context import AppContext
from cerbo_desktop.app.chart_link import ChartLink
from cerbo_desktop.app.closing_question import may_leave
from cerbo_desktop.app.outbox_factory import open_thumbnail_cache, outbox_of, practice_outbox, wipe_thumbnail_cache
from cerbo_desktop.app.service_factory import Access, build_practice_services
from cerbo_desktop.app.workspace import Workspace
from cerbo_desktop.domain.account import Clinic, account_of
from cerbo_desktop.domain.acts import SetupFinished, TextCopied
from cerbo_desktop.domain.ports import ImageStudio, ThumbnailCache
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.connection import ConnectionState
from cerbo_desktop.services.credentials import Credentials
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.ui.kit.private_clipboard import PrivateClipboard

if TYPE_CHECKING:
    from cerbo_desktop.app.practice_mode import PracticeMode


class PracticeSession:
    """Holds the workspace of the connected practice, and the practice clinic's server while that is the one."""

    def __init__(self, app: AppContext, studio: ImageStudio, on_setup: Callable[[], None]) -> None:
        """`on_setup` shows the setup page."""
        self._app, self._studio, self._on_setup = app, studio, on_setup
        self.workspace: Workspace | None = None
        self.credentials: Credentials | None = None
        """In use now."""
        self.clipboard = PrivateClipboard(QGuiApplication.clipboard())
        self.clipboard.copied.connect(lambda: self._acts.publish(TextCopied()))
        self._practice_mode: PracticeMode | None = None

    @property
    def is_practising(self) -> bool:
        """The practice clinic is shown."""
        return self._practice_mode is not None

    async def connect(self, credentials: Credentials, practice_name: str) -> None:
        """Show this practice in place of the one before. Without a name: the one that its address gives."""
        await self._leave_workspace()
        app = self._app
        access = await self._access(credentials)
        acts = app.acts.of(self._clinic(credentials))
        services = build_practice_services(access, self._studio, app.clock, app.scope, self._on_reconnected, acts)
        self.workspace = Workspace(
            app,
            services,
            practice_name or credentials.origin.practice_name,
            self._chart_link(credentials, acts),
            on_setup=self._on_setup,
            on_patient_changed=self.clipboard.forget,
        )
        self.workspace.start()
        self.credentials = credentials
        event(Event.CONNECTED)

    async def connect_as_set_up(self, credentials: Credentials) -> None:
        """Credentials that a person just typed and that are already kept in a safe place."""
        if not await self.may_leave():
            return
        settings = self._app.settings
        name, origin, kept = credentials.origin.practice_name, credentials.origin.text, settings.current
        if kept.origin != origin:
            settings.change(gives_photos_by_stream=False)
        settings.change(origin=origin, username=credentials.username, practice_name=name)
        await self.leave()
        if (kept.origin, kept.username) != (origin, credentials.username):
            await wipe_thumbnail_cache(self._app.data_dir)
        await self.connect(credentials, name)
        self._acts.publish(SetupFinished())

    async def practise(self) -> None:
        """Start the practice clinic and show it."""
        if not await self.may_leave():
            return
        await self.leave()
        from cerbo_desktop.app.practice_mode import PracticeMode  # a server and its libraries: for those who practise

        mode = self._practice_mode = PracticeMode(on_accepted=self._refresh)
        await asyncio.to_thread(mode.start)
        self._app.window.add_strip(mode.ribbon)
        await self.connect(mode.credentials, mode.clinic.practice_name)

    async def may_leave(self) -> bool:
        """False where a person would rather stay than close on photos that are not sent yet."""
        workspace = self.workspace
        window, is_practising = self._app.window, self.is_practising
        return workspace is None or await may_leave(window, workspace, is_practising=is_practising)

    async def leave(self) -> None:
        """End the practice, and the practice clinic's server."""
        await self._leave_workspace()
        if self._practice_mode is not None:
            ending, self._practice_mode = self._practice_mode, None
            ending.ribbon.setParent(None)
            ending.ribbon.deleteLater()
            await asyncio.to_thread(ending.stop)

    def return_from_setup(self) -> None:
        """Show the practice again, as it was left."""
        if self.workspace is not None:
            # What the key may do may just have been tested, and changed.
            self.workspace.services.server.forget_refusals()
            self.workspace.show()

    @property
    def _acts(self) -> Acts:
        """Of the clinic that is shown; while none is, of this PC."""
        return self._app.acts if self.workspace is None else self.workspace.services.acts

    def _clinic(self, credentials: Credentials) -> Clinic:
        return Clinic(account_of(credentials.origin, credentials.username), is_practice=self.is_practising)

    async def _leave_workspace(self) -> None:
        self.clipboard.forget()
        if self.workspace is not None:
            leaving, self.workspace, self.credentials = self.workspace, None, None
            await leaving.aclose()

    async def _access(self, credentials: Credentials) -> Access:
        outbox, effective = self._outbox_of(credentials), self._app.effective
        return Access(
            credentials,
            outbox,
            await self._thumbnail_cache_of(credentials),
            is_stream_first=self._is_set_up_for(credentials) and self._app.settings.current.gives_photos_by_stream,
            on_route_found=lambda is_stream: self._remember_route(credentials, is_stream),
            clinic_authority=effective.clinic_authority,
            keeps_taken_for=effective.keeps_taken_for,
            offers_originals=not self.is_practising,
        )

    def _outbox_of(self, credentials: Credentials) -> ReopenableOutbox:
        app = self._app
        if self.is_practising:
            return practice_outbox(app.data_dir, app.clock)
        return outbox_of(app.data_dir, app.secrets, account_of(credentials.origin, credentials.username), app.clock)

    async def _thumbnail_cache_of(self, credentials: Credentials) -> ThumbnailCache | None:
        if self.is_practising:
            return None
        app, account = self._app, account_of(credentials.origin, credentials.username)
        is_wanted = app.effective.keeps_thumbnails
        return await open_thumbnail_cache(app.data_dir, app.secrets, account, app.clock, is_wanted=is_wanted)

    def _chart_link(self, credentials: Credentials, acts: Acts) -> ChartLink:
        """The practice clinic has no charts to show."""
        pattern = None if self.is_practising else self._app.effective.chart_url
        return ChartLink(credentials.origin.text, pattern, acts.publish)

    def _is_set_up_for(self, credentials: Credentials) -> bool:
        """False in the practice clinic, and for a server that was named for this start alone."""
        return self._app.settings.current.origin == credentials.origin.text

    def _remember_route(self, credentials: Credentials, is_stream: bool) -> None:
        if self._is_set_up_for(credentials):
            self._app.settings.change(gives_photos_by_stream=is_stream)

    def _on_reconnected(self, trouble: ConnectionState) -> None:
        if self.workspace is not None:
            self.workspace.on_reconnected(trouble)

    def _refresh(self) -> None:
        if self.workspace is not None:
            self.workspace.refresh()
