"""What is kept on this PC, sealed with a key from the OS's own store: the outbox of one account, and small pictures
where that is wanted."""

import asyncio
import contextlib
import os
import shutil
from pathlib import Path

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.outbox import Outbox
from cerbo_desktop.domain.ports import Clock, SecretStore, ThumbnailCache
from cerbo_desktop.outbox.store import DiskOutbox
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.services.closed_outbox import ClosedOutbox
from cerbo_desktop.vault.master_key import MasterKey
from cerbo_desktop.vault.seal import AesGcmSealer
from cerbo_desktop.vault.sealed_thumbnails import SealedThumbnails, wipe_thumbnails

_KEY_BYTES = 32


async def open_outbox(data_dir: DataDir, secrets: SecretStore, account: str, clock: Clock) -> Outbox:
    """The outbox of `account`; a closed one, which says why, where there is no safe key.

    A key that is gone is made anew: photos sealed with the old one stay on the disk, are counted, and open again should
    the old key come back.
    """
    try:
        key = await MasterKey(secrets).get_or_make()
    except NotSafe as failure:
        return ClosedOutbox(failure.reason)
    return DiskOutbox(data_dir.outbox_dir, AesGcmSealer(key), account, clock)


async def open_thumbnail_cache(
    data_dir: DataDir, secrets: SecretStore, account: str, clock: Clock, *, is_wanted: bool
) -> ThumbnailCache | None:
    """The small pictures kept on this PC; None where that is not wanted, or no safe key is there. What an earlier
    session kept is then removed."""
    if is_wanted:
        with contextlib.suppress(NotSafe):
            key = await MasterKey(secrets).get_or_make()
            return SealedThumbnails(data_dir.thumbnails_dir, key, account, clock)
    await wipe_thumbnail_cache(data_dir)
    return None


async def wipe_thumbnail_cache(data_dir: DataDir) -> None:
    """Of every account: somebody signs out."""
    await asyncio.to_thread(wipe_thumbnails, data_dir.thumbnails_dir)


async def open_practice_outbox(data_dir: DataDir, clock: Clock) -> Outbox:
    """For the practice clinic, with a folder of its own and a new key each time, so that a PC without a keyring can be
    practised on too. What an earlier time left opens for nobody any more: it goes, as its clinic did."""
    folder: Path = data_dir.practice_outbox_dir
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    return DiskOutbox(folder, AesGcmSealer(os.urandom(_KEY_BYTES)), "practice clinic", clock)
