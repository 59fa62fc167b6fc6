"""What is kept on this PC, sealed with a key from the OS's own store: the outbox of one account, and small pictures
where that is wanted."""

import contextlib
import os
import shutil
from pathlib import Path

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.outbox import Outbox
from cerbo_desktop.domain.ports import Clock, SecretStore, ThumbnailCache
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.outbox.survey import survey_in_time
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.vault.master_key import MasterKey
from cerbo_desktop.vault.seal import AesGcmSealer
from cerbo_desktop.vault.sealed_thumbnails import SealedThumbnails, wipe_thumbnails

_WIPED_WITHIN_S = 10.0
_KEY_BYTES = 32


def outbox_of(data_dir: DataDir, secrets: SecretStore, account: str, clock: Clock) -> ReopenableOutbox:
    """The outbox of `account`, which opens as soon as there are a key and a disk for it."""
    folder = data_dir.outbox_dir

    async def make() -> Outbox:
        return DiskOutbox(folder, AesGcmSealer(await master_key(data_dir, secrets)), account, clock)

    return ReopenableOutbox(make, lambda: count_waiting(folder))


async def master_key(data_dir: DataDir, secrets: SecretStore) -> bytes:
    """The key, made first where there is none and nothing is sealed.

    Raises `NotSafe`: `KEY_GONE` where sealed photos are on this PC and the keyring has no key. No new one is made then,
    since the old one may come back.
    """
    key = MasterKey(secrets)
    found = await key.get()
    if found is None and (await survey_in_time(data_dir.outbox_dir)).sealed_count:
        raise NotSafe(NotSafeReason.KEY_GONE)
    return found or await key.get_or_make()


async def open_thumbnail_cache(
    data_dir: DataDir, secrets: SecretStore, account: str, clock: Clock, *, is_wanted: bool
) -> ThumbnailCache | None:
    """The small pictures kept on this PC; None where that is not wanted, or no safe key is there. What an earlier
    session kept is then removed."""
    if is_wanted:
        with contextlib.suppress(NotSafe):
            key = await master_key(data_dir, secrets)
            return SealedThumbnails(data_dir.thumbnails_dir, key, account, clock)
    await wipe_thumbnail_cache(data_dir)
    return None


async def wipe_thumbnail_cache(data_dir: DataDir) -> None:
    """Delete the kept thumbnails of every account, for a person who signs out."""
    with contextlib.suppress(TimeoutError):
        await in_time(_WIPED_WITHIN_S, lambda: wipe_thumbnails(data_dir.thumbnails_dir))


def practice_outbox(data_dir: DataDir, clock: Clock) -> ReopenableOutbox:
    """For the practice clinic, with a folder of its own and a new key for each run, so that a PC without a keyring can
    be practised on too. What an earlier run left opens for nobody any more: it goes, as its clinic did."""
    folder, sealer = data_dir.practice_outbox_dir, AesGcmSealer(os.urandom(_KEY_BYTES))
    is_emptied = False

    async def make() -> Outbox:
        nonlocal is_emptied
        if not is_emptied:
            with contextlib.suppress(TimeoutError):
                await in_time(_WIPED_WITHIN_S, lambda: shutil.rmtree(folder, ignore_errors=True))
            is_emptied = True
        return DiskOutbox(folder, sealer, "practice clinic", clock)

    return ReopenableOutbox(make, lambda: count_waiting(folder))


async def count_unsent(data_dir: DataDir, secrets: SecretStore) -> int:
    """As `count_waiting`, and with the key, where it can be read, so that a row which another hand set to "sent" still
    counts: for whoever is about to delete. Raises `NotSafe`."""
    key = None
    with contextlib.suppress(NotSafe):
        key = await MasterKey(secrets).get()
    sealer = AesGcmSealer(key) if key is not None else None
    return (await survey_in_time(data_dir.outbox_dir, sealer)).unsent_count


async def count_waiting(folder: Path) -> int:
    """Unsent photos in an outbox's folder, whoever can open them. Raises `NotSafe`."""
    return (await survey_in_time(folder)).unsent_count
