"""Taking everything of one person off a PC: keyring entries first, then every file that the app wrote.

In this order, so that a keyring that is locked leaves things as they were and the way can be gone again; and once the
master key is gone, whatever a dying disk still holds of the sealed files opens for nobody.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from cerbo_desktop.app.crash_trace import end_trace
from cerbo_desktop.app.outbox_factory import count_unsent
from cerbo_desktop.config.settings import Settings, SettingsFile
from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.acts import DataRemoved, Publish, to_nobody
from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import SecretStore
from cerbo_desktop.outbox.disk import retry_while_locked
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.events import start_logging
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.vault.master_key import ACCOUNT as MASTER_KEY_ACCOUNT

_REMOVED_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal did, and what it could not do."""

    is_keyring_asked: bool = True
    """False where this session has no keyring: an entry that another session made would still be there."""


@dataclass(frozen=True, slots=True)
class PhotosWait:
    """Nothing was removed: this many photos are not certainly in Cerbo."""

    count: int


@dataclass(frozen=True, slots=True)
class FilesStay:
    """The keyring's entries are gone, and with them what opens the files; some of these could not be removed."""


async def remove_person(
    data_dir: DataDir,
    settings: SettingsFile,
    secrets: SecretStore,
    *,
    even_unsent: bool = False,
    publish: Publish = to_nobody,
) -> Removed | PhotosWait | FilesStay:
    """Only while no outbox of `data_dir` is open. Afterwards nothing is logged or remembered any more; `publish` hears
    that it was done.

    Raises `NotSafe`, with nothing removed: the keyring does not answer, or the disk does not say what waits.
    """
    waiting = await count_unsent(data_dir, secrets)
    if waiting and not even_unsent:
        return PhotosWait(waiting)
    is_keyring_asked = await _erase_secrets(settings.current, secrets)
    start_logging(None)
    end_trace()
    settings.forget()
    try:
        is_all_gone = await in_time(_REMOVED_WITHIN_S, lambda: _remove_files(data_dir))
    except TimeoutError:
        is_all_gone = False
    publish(DataRemoved(even_unsent=even_unsent, are_files_gone=is_all_gone))
    return Removed(is_keyring_asked) if is_all_gone else FilesStay()


async def _erase_secrets(settings: Settings, secrets: SecretStore) -> bool:
    accounts = {MASTER_KEY_ACCOUNT, *settings.accounts}
    origin = parse_address(settings.origin)
    if not isinstance(origin, AddressFault) and settings.username:
        accounts.add(account_of(origin, settings.username))
    try:
        for account in sorted(accounts):
            await secrets.erase(account)
    except NotSafe as failure:
        if failure.reason is NotSafeReason.NO_KEYRING:
            return False
        raise
    return True


def _remove_files(data_dir: DataDir) -> bool:
    """Delete all files that can be deleted; True where none is left."""
    are_gone = [_remove(path) for path in data_dir.written()]
    return all(are_gone)


def _remove(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            retry_while_locked(lambda: shutil.rmtree(path))
        else:
            retry_while_locked(lambda: path.unlink(missing_ok=True))
    except OSError:
        return False
    return True
