"""The secret, in the operating system's own store and nowhere else.

One backend for each system, named here and made directly: the keyring library's own choice may fall back to files in
plain text, and settings or environment variables could steer it there. Every call runs in a thread of its own with a
time limit, since a store may wait for a person to unlock it.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import SecretPlace
from cerbo_desktop.runtime.deadlines import in_time
from cerbo_desktop.runtime.events import Event, event

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Result = TypeVar("Result")

_SERVICE = "Cerbo Desktop"
_LIMIT_S = 5.0


class KeyringSecrets:
    """`domain.ports.SecretStore` on Windows Credential Manager, the macOS Keychain or the Secret Service."""

    def __init__(self, *, limit_s: float = _LIMIT_S) -> None:
        self._limit_s = limit_s

    async def place(self) -> SecretPlace:
        """Which store it is, once it is known to be there."""
        await self._ask(lambda store: store.get_password(_SERVICE, "probe"))
        return _place()

    async def read(self, account: str) -> str | None:
        return await self._ask(lambda store: store.get_password(_SERVICE, account))

    async def write(self, account: str, secret: str) -> None:
        """Store and read back: a store that forgets at once is none."""

        def keep(store: "KeyringBackend") -> bool:
            store.set_password(_SERVICE, account, secret)
            return store.get_password(_SERVICE, account) == secret

        if not await self._ask(keep):
            raise NotSafe(NotSafeReason.KEYRING_FAILED)

    async def erase(self, account: str) -> None:
        """Nothing happens where there is nothing to erase."""

        def remove(store: "KeyringBackend") -> None:
            if store.get_password(_SERVICE, account) is not None:
                store.delete_password(_SERVICE, account)

        await self._ask(remove)

    async def _ask(self, work: Callable[["KeyringBackend"], Result]) -> Result:
        try:
            return await in_time(self._limit_s, lambda: _translated(work))
        except TimeoutError:
            # Asked again in a thread: a locked store waits for a person, one that is out of order for nobody.
            reason = NotSafeReason.KEYRING_LOCKED if await self._is_locked() else NotSafeReason.KEYRING_FAILED
            failure = NotSafe(reason)
        except NotSafe as error:
            failure = error
        event(Event.KEYRING, what=failure.reason, is_warning=True)
        raise failure from None

    async def _is_locked(self) -> bool:
        try:
            return await in_time(self._limit_s, _default_collection_is_locked)
        except TimeoutError:
            return False


def _place() -> SecretPlace:
    return {"win32": SecretPlace.WINDOWS, "darwin": SecretPlace.MAC}.get(sys.platform, SecretPlace.LINUX)


def _translated(work: Callable[["KeyringBackend"], Result]) -> Result:
    """Run `work` on this system's store, failures in our words. Imports here: they cost 160 ms (measured)."""
    from keyring.errors import KeyringLocked

    store = _pinned_store()
    try:
        return work(store)
    except KeyringLocked:
        raise NotSafe(NotSafeReason.KEYRING_LOCKED) from None
    except Exception:  # noqa: BLE001 - each system's store has exceptions of its own
        raise NotSafe(NotSafeReason.KEYRING_FAILED) from None


def _pinned_store() -> "KeyringBackend":
    """The one store for this system. Raises `NotSafe` where it is not there."""
    try:
        return _make_store()
    except Exception:  # noqa: BLE001 - a missing bus, library or service each fail in their own way
        raise NotSafe(NotSafeReason.NO_KEYRING) from None


def _make_store() -> "KeyringBackend":
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        _ = WinVaultKeyring.priority  # raises where it cannot be used
        vault = WinVaultKeyring()
        vault.persist = "local machine"  # the default roams to other PCs
        return vault
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as Keychain

        _ = Keychain.priority
        return Keychain()
    from cerbo_desktop.vault.secret_service import secret_service

    return secret_service()


def _default_collection_is_locked() -> bool:
    if sys.platform in ("win32", "darwin"):
        return sys.platform == "darwin"  # the Keychain asks a person; Credential Manager never does
    from cerbo_desktop.vault.secret_service import default_collection_is_locked

    try:
        return default_collection_is_locked()
    except Exception:  # noqa: BLE001 - whatever is wrong, it is not a lock
        return False
