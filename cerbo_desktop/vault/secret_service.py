"""The Secret Service of a Linux session, by the keyring library, over connections that are closed whatever happens.

The library leaves its connection to the session bus open where a call breaks off: the service ends, a person dismisses
the prompt (jaraco/keyring issue 380 mended it for calls that end well; no upstream report of the others was found).
Imported on Linux alone, and only when a secret is asked for: that takes 160 ms (measured, 5.2).
"""

from contextlib import closing

import secretstorage
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnection, prep_socket
from keyring.backends.SecretService import Keyring
from keyring.errors import KeyringLocked
from secretstorage.util import add_match_rules

_LET_IN_WITHIN_S = 4.0
"""How long the bus may take to let us in: less than a whole call may take, more than the library's own second, which is
too short for a PC that is still busy with the login."""


class ClosingKeyring(Keyring):
    """The keyring library's store, with connections that are closed whatever happens.

    Its other calls close the connection of the collection that they get here.
    """

    def get_preferred_collection(self) -> secretstorage.Collection:
        """The default collection, unlocked, on a connection which the caller closes.

        Raises `KeyringLocked`, or what the bus and the service raise.
        """
        bus = _open_bus()
        try:
            return _unlocked_collection(bus)
        except BaseException:
            bus.close()
            raise


def secret_service() -> ClosingKeyring:
    """The session's Secret Service. Raises where there is no bus, or no such service on it."""
    with closing(_open_bus()) as bus:
        if not secretstorage.check_service_availability(bus):
            raise RuntimeError("no Secret Service on this bus")
    return ClosingKeyring()  # type: ignore[no-untyped-call]  # keyring is typed in part


def default_collection_is_locked() -> bool:
    """Whether the default collection is locked. Raises what the bus and the service raise."""
    with closing(_open_bus()) as bus:
        return secretstorage.Collection(bus).is_locked()


def _open_bus() -> DBusConnection:
    # Not `secretstorage.dbus_init`: it leaves the socket open where the bus goes while it is greeted (no upstream
    # report was found).
    socket = prep_socket(get_bus("SESSION"), timeout=_LET_IN_WITHIN_S)
    try:
        bus = DBusConnection(socket)
        add_match_rules(bus)
    except BaseException:
        socket.close()
        raise
    return bus


def _unlocked_collection(bus: DBusConnection) -> secretstorage.Collection:
    collection = secretstorage.get_default_collection(bus)
    if collection.is_locked():
        collection.unlock()
        if collection.is_locked():
            raise KeyringLocked("the prompt was dismissed")
    return collection
