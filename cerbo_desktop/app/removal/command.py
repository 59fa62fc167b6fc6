"""`--remove-my-data`: for uninstallers, without a window and without a question."""

import asyncio
import sys
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from cerbo_desktop.app.instance.lock import SingleInstance
from cerbo_desktop.app.removal.data import FilesStay, PhotosWait, Removed, remove_person
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.ui.text import removal as words
from cerbo_desktop.ui.text.catalogue import install_language
from cerbo_desktop.vault.keys import KeyringSecrets


class RemovalExit(IntEnum):
    """The process's exit code."""

    REMOVED = 0
    SOMETHING_STAYS = 1
    """The sentence on the standard error stream says what."""
    PHOTOS_WAIT = 3
    """Nothing was removed: photos are not certainly in Cerbo, and `--even-unsent` was not given."""
    APP_IS_OPEN = 4
    """Nothing was removed."""


def remove_my_data(data_dir: DataDir, *, even_unsent: bool) -> RemovalExit:
    """Everything of this user; prints one sentence."""
    app = QCoreApplication.instance() or QCoreApplication([])
    install_language(app)
    instance = SingleInstance(data_dir) if data_dir.root.is_dir() else None
    if instance is not None and not instance.is_first:
        _say(words.app_is_open())
        return RemovalExit.APP_IS_OPEN
    try:
        return asyncio.run(_remove(data_dir, even_unsent))
    finally:
        if instance is not None:
            instance.release()
        data_dir.leave_if_empty()
        del app


async def _remove(data_dir: DataDir, even_unsent: bool) -> RemovalExit:
    settings = SettingsFile(data_dir.settings_file)
    try:
        outcome = await remove_person(data_dir, settings, KeyringSecrets(), even_unsent=even_unsent)
    except NotSafe as failure:
        _say(words.not_removed(failure).whole)
        return RemovalExit.SOMETHING_STAYS
    match outcome:
        case PhotosWait(number):
            _say(words.photos_wait(number).whole)
            return RemovalExit.PHOTOS_WAIT
        case FilesStay():
            _say(words.files_stay().whole)
            return RemovalExit.SOMETHING_STAYS
        case Removed(is_keyring_asked=False):
            _say(words.no_keyring())
            return RemovalExit.SOMETHING_STAYS
        case Removed():
            return RemovalExit.REMOVED


def _say(sentence: str) -> None:
    """A windowed Windows program has nowhere to print to; its exit code then tells."""
    if sys.stderr is not None:
        sys.stderr.write(sentence + "\n")
