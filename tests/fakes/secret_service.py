"""A real Secret Service on a session bus of its own, for one test: dbus-daemon and gnome-keyring-daemon."""

import gc
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import secretstorage

_PASSWORD = b"test-password"
_PATIENCE_S = 10.0

needs_secret_service = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("gnome-keyring-daemon") or not shutil.which("dbus-daemon"),
    reason="needs dbus-daemon and gnome-keyring-daemon",
)


@contextmanager
def no_bus(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session without any bus."""
    _point_to(folder, f"unix:path={folder}/nothing-here", monkeypatch)
    yield


@contextmanager
def bus_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus that offers no Secret Service and cannot start one."""
    config = folder / "bus.conf"
    folder.mkdir(parents=True, exist_ok=True)
    config.write_text(
        f"<busconfig><type>session</type><listen>unix:path={folder}/bus</listen>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
        '<allow own="*"/></policy></busconfig>'
    )
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"], stdout=subprocess.PIPE
    )
    try:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().decode().strip()
        _point_to(folder, address, monkeypatch)
        yield
    finally:
        _end(daemon)


@contextmanager
def secret_service(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, locked: bool = False
) -> Iterator["subprocess.Popen[bytes]"]:
    """A running Secret Service with a default collection, unlocked or locked; gives its process."""
    with bus_alone(folder, monkeypatch):
        daemon = _start_service()
        try:
            if locked:
                lock()
            yield daemon
        finally:
            _end(daemon)


def unlock() -> None:
    """As the person's password does: over the daemon's own door for tests and for the login."""
    bus = secretstorage.dbus_init()
    try:
        collection = secretstorage.Collection(bus)
        session = secretstorage.util.open_session(bus)
        door = secretstorage.util.DBusAddressWrapper(
            "/org/freedesktop/secrets", "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", bus
        )
        secret = secretstorage.util.format_secret(session, _PASSWORD, "text/plain")
        door.call("UnlockWithMasterPassword", "o(oayays)", collection.collection_path, secret)
    finally:
        bus.close()


@contextmanager
def service_on_this_bus() -> Iterator[None]:
    """A Secret Service that starts late, on the bus that `bus_alone` has made."""
    daemon = _start_service()
    try:
        yield
    finally:
        _end(daemon)


@contextmanager
def keyring_calls_ended() -> Iterator[None]:
    """Wait at the end for calls that were given up, and see that they left no connection open."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if thread.name == "may hang":
            thread.join(10)
            assert not thread.is_alive()
    gc.collect()


def _start_service() -> "subprocess.Popen[bytes]":
    # The password on its input makes the daemon create and open the login collection.
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(_PASSWORD)
        daemon.stdin.close()
        _await_collection()
    except BaseException:
        _end(daemon)
        raise
    return daemon


def _point_to(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, part in [
        ("XDG_RUNTIME_DIR", "run"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
    ]:
        (folder / part).mkdir(parents=True, exist_ok=True, mode=0o700)
        monkeypatch.setenv(name, str(folder / part))
    (folder / "data" / "keyrings").mkdir(exist_ok=True)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("GNOME_KEYRING_CONTROL", raising=False)


def _await_collection() -> None:
    deadline_s = time.monotonic() + _PATIENCE_S
    while not _has_collection():
        if time.monotonic() > deadline_s:
            raise TimeoutError("the Secret Service did not start")
        os.sched_yield()


def _has_collection() -> bool:
    bus = secretstorage.dbus_init()
    try:
        return secretstorage.check_service_availability(bus) and not secretstorage.Collection(bus).is_locked()
    except secretstorage.exceptions.SecretStorageException:
        return False
    finally:
        bus.close()


def lock() -> None:
    bus = secretstorage.dbus_init()
    try:
        secretstorage.Collection(bus).lock()
    finally:
        bus.close()


def _end(daemon: "subprocess.Popen[bytes]") -> None:
    daemon.terminate()
    try:
        daemon.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()
    if daemon.stdout is not None:
        daemon.stdout.close()
