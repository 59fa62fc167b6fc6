"""The key that seals everything this app keeps on the disk: made once for each user of the PC, in the OS's store.

The caller decides when a key that is not there is a key that is gone: the outbox knows whether sealed photos exist.
Where they do and `get()` gives None, that is `NotSafe(KEY_GONE)`, and no new key may be made over it in silence; where
there are none, `get_or_make()` is right.
"""

import asyncio
import base64
import binascii
import secrets

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import SecretStore
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.vault.seal import KEY_SIZE_BYTES

ACCOUNT = "master key"
"""Under the app's own service name, beside the secrets of the clinics; those accounts begin with an address."""


class MasterKey:
    """32 random bytes, kept as base64 text. Every failure is `NotSafe`; an existing key is never written over.

    A stored text that is no key is `KEYRING_FAILED`, not a reason for a new one: somebody may still repair it.
    """

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._one_at_a_time = asyncio.Lock()

    async def get(self) -> bytes | None:
        """The key; None where the store is in order and has none."""
        text = await self._store.read(ACCOUNT)
        return None if text is None else _decoded(text)

    async def get_or_make(self) -> bytes:
        """The key, which is made first where there is none.

        Whoever finds another key after writing takes that one, so that two starts at once end with the same. Keyrings
        know no "write if absent": a second start that wrote after this one has read back would go unseen. The app's
        lock on its data folder keeps that start from happening.
        """
        async with self._one_at_a_time:
            return await self.get() or await self._make()

    async def _make(self) -> bytes:
        failure = NotSafe(NotSafeReason.KEYRING_FAILED)
        try:
            await self._store.write(ACCOUNT, base64.b64encode(secrets.token_bytes(KEY_SIZE_BYTES)).decode())
        except NotSafe as error:
            # The store reads back as well: it fails where another start wrote in between, and that one's key counts.
            if error.reason is not NotSafeReason.KEYRING_FAILED:
                raise
            failure = error
        stored = await self.get()
        if stored is None:
            raise failure
        return stored


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_SIZE_BYTES:
        event(Event.KEYRING, what=NotSafeReason.KEYRING_FAILED, operation="master key", is_warning=True)
        raise NotSafe(NotSafeReason.KEYRING_FAILED)
    return key
