"""The settings sheet in use: what takes time to find out, and what a person changes there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ports import SecretStore
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.ui.text import settings as words

if TYPE_CHECKING:
    from cerbo_desktop.ui.settings.view import SettingsSheet


Count = Callable[[], Awaitable[int]]


class SettingsPresenter:
    """`count_waiting` gives the photos that Cerbo does not certainly have, `count_practice` those of the practice
    clinic while that is shown."""

    def __init__(
        self,
        view: SettingsSheet,
        settings: SettingsFile,
        secrets: SecretStore,
        count_waiting: Count,
        scope: TaskScope,
        *,
        count_practice: Count | None = None,
    ) -> None:
        self._view, self._settings = view, settings
        self._secrets, self._count_waiting, self._count_practice = secrets, count_waiting, count_practice
        self._scope = scope.child("settings")
        view.camera_chosen.connect(lambda camera_id: settings.change(camera_id=camera_id, camera_size=""))

    def start(self, *, is_secret_kept: bool) -> None:
        """Fill in what the disk and the keyring know. Needs a running loop."""
        self._scope.start(self._show(self._count_waiting, self._view.show_waiting))
        if self._count_practice is not None:
            self._scope.start(self._show(self._count_practice, self._view.show_practice_waiting))
        if is_secret_kept:
            self._scope.start(self._show_place())

    def stop(self) -> None:
        """Show nothing more on the view, which is on its way out."""
        self._scope.cancel_all()

    async def aclose(self) -> None:
        """Find out nothing more."""
        await self._scope.aclose()

    async def _show(self, count: Count, show: Callable[[int | None], None]) -> None:
        try:
            show(await count())
        except NotSafe:
            show(None)

    async def _show_place(self) -> None:
        try:
            place = await self._secrets.place()
        except NotSafe:
            self._view.show_place(words.no_place())
        else:
            self._view.show_place(words.secret_in(place))
