"""A person leaves this PC: the questions before their data is removed, the removal, and what came of it."""

import contextlib
from enum import Enum

from PySide6.QtWidgets import QWidget

from cerbo_desktop.app.outbox_factory import count_unsent, count_waiting
from cerbo_desktop.app.removal.data import FilesStay, PhotosWait, remove_person
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.acts import Publish
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ports import SecretStore
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import run_to_completion
from cerbo_desktop.ui.kit.dialogs import Choice, ask
from cerbo_desktop.ui.settings.removal_sheet import ask_to_force
from cerbo_desktop.ui.text import removal as words


class RemovalMode(Enum):
    """What the person said yes to."""

    WHILE_NOTHING_WAITS = "sent"
    EVEN_UNSENT = "unsent"
    """With the box ticked that says what is lost."""


class DataRemovalDialog:
    """Asks before the data are removed, with what would be lost by it."""

    def __init__(
        self, window: QWidget, data_dir: DataDir, settings: SettingsFile, secrets: SecretStore, publish: Publish
    ) -> None:
        self._window, self._data_dir, self._publish = window, data_dir, publish
        self._settings, self._secrets = settings, secrets

    async def refuse_for_shots(self) -> None:
        """Say that photos have to be sent or discarded first: taken and not handed over, they are in no list of what
        waits."""
        await self._tell(*words.shots_first(), words.go_back())

    async def ask(self) -> RemovalMode | None:
        """Ask whether to remove the data, and return which removal the person agreed to; None where they keep it, or
        were told why nothing can be removed now."""
        try:
            waiting = await count_unsent(self._data_dir, self._secrets)
        except NotSafe as failure:
            await self._tell(*words.not_removed(failure), words.go_back())
            return None
        if not waiting:
            choices: list[Choice] = [("go", words.remove(), "danger"), ("stay", words.keep(), "primary")]
            asked = words.question(await self._practice_unsent())
            answer = await ask(self._window, *asked, choices, escape="stay")
            return RemovalMode.WHILE_NOTHING_WAITS if answer == "go" else None
        choices = [("force", words.delete_anyway(), "danger"), ("stay", words.keep(), "primary")]
        if await ask(self._window, *words.photos_wait(waiting), choices, escape="stay") != "force":
            return None
        return RemovalMode.EVEN_UNSENT if await ask_to_force(self._window, waiting) else None

    async def _practice_unsent(self) -> int:
        """Of the practice clinic, while that is shown; counted apart, since nobody's care depends on them."""
        with contextlib.suppress(NotSafe):
            return await count_waiting(self._data_dir.practice_outbox_dir)
        return 0

    async def remove(self, wanted: RemovalMode) -> bool:
        """False after a sentence has said why nothing was removed. Only while no outbox is open."""
        is_forced = wanted is RemovalMode.EVEN_UNSENT
        removal = remove_person(
            self._data_dir, self._settings, self._secrets, even_unsent=is_forced, publish=self._publish
        )
        try:
            outcome = await run_to_completion(removal)
        except NotSafe as failure:
            await self._tell(*words.not_removed(failure), words.go_back())
            return False
        if isinstance(outcome, PhotosWait):
            await self._tell(*words.photos_wait(outcome.count), words.go_back())
            return False
        if isinstance(outcome, FilesStay):
            await self._tell(*words.files_stay(), words.close_app())
            return True
        await self._tell(*words.removed(is_keyring_asked=outcome.is_keyring_asked), words.close_app())
        return True

    async def _tell(self, title: str, text: str, button: str) -> None:
        """Until it is read."""
        await ask(self._window, title, text, [("read", button, "primary")])
