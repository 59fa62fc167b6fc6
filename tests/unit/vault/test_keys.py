"""The secret in a real Secret Service, and each way in which there is none to be had."""

import asyncio
import gc
import signal
import socket
import sys
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import keyring.core
import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import SecretPlace, SecretStore
from cerbo_desktop.vault.keys import KeyringSecrets
from tests.fakes.secret_service import bus_alone, keyring_calls_ended, needs_secret_service, no_bus, secret_service

pytestmark = needs_secret_service
ACCOUNT = "https://riverbend.md-hq.com pk_desk"


async def test_a_secret_is_kept_read_replaced_and_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch):
        store: SecretStore = KeyringSecrets()
        assert await store.place() is SecretPlace.LINUX
        assert await store.read(ACCOUNT) is None
        await store.write(ACCOUNT, "sk_é✓")
        await store.write("other", "x")
        assert await KeyringSecrets().read(ACCOUNT) == "sk_é✓"
        await store.write(ACCOUNT, "sk_2")
        assert await store.read(ACCOUNT) == "sk_2"
        await store.erase(ACCOUNT)
        await store.erase(ACCOUNT)
        assert await store.read(ACCOUNT) is None
        assert await store.read("other") == "x"


async def test_nothing_is_written_in_the_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch):
        await KeyringSecrets().write(ACCOUNT, "sk_canary")
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert any(file.suffix == ".keyring" for file in files)
        assert not any(b"sk_canary" in file.read_bytes() for file in files)


async def _reason(store: SecretStore) -> set[NotSafeReason]:
    """Every call fails alike."""
    reasons = set()
    for call in (store.place(), store.read(ACCOUNT), store.write(ACCOUNT, "x"), store.erase(ACCOUNT)):
        with pytest.raises(NotSafe) as caught:
            await call
        reasons.add(caught.value.reason)
    return reasons


async def test_no_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with no_bus(tmp_path, monkeypatch):
        assert await _reason(KeyringSecrets()) == {NotSafeReason.NO_KEYRING}


async def test_a_bus_without_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with bus_alone(tmp_path, monkeypatch):
        assert await _reason(KeyringSecrets()) == {NotSafeReason.NO_KEYRING}


async def test_a_locked_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch, locked=True):
        assert await _reason(KeyringSecrets(limit_s=1.0)) == {NotSafeReason.KEYRING_LOCKED}


async def test_a_store_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch) as daemon:
        daemon.send_signal(signal.SIGSTOP)
        try:
            beats = await _beats_during(_reason(KeyringSecrets(limit_s=1.0)))
        finally:
            daemon.send_signal(signal.SIGCONT)
    assert beats > 20


async def test_a_service_that_ends_under_a_call_leaves_no_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither of the call that was given up nor of the look whether the store is locked."""
    with secret_service(tmp_path, monkeypatch) as daemon:
        daemon.send_signal(signal.SIGSTOP)
        with keyring_calls_ended():
            with pytest.raises(NotSafe):
                await KeyringSecrets(limit_s=0.2).read(ACCOUNT)
            assert len(_connections_to(tmp_path)) == 2
            daemon.kill()
        assert not _connections_to(tmp_path)


def _connections_to(folder: Path) -> list[socket.socket]:
    """The open ones, also those that nobody holds any more."""
    sockets = [each for each in gc.get_objects() if type(each) is socket.socket and each.fileno() >= 0]
    return [each for each in sockets if each.family == socket.AF_UNIX and str(folder) in str(each.getpeername())]


async def _beats_during(work: Coroutine[Any, Any, set[NotSafeReason]]) -> int:
    """How often the loop turned: once or twice where it is held up, hundreds of times where it is not."""
    task = asyncio.ensure_future(work)
    beats = 0
    while not task.done():
        await asyncio.sleep(0.005)
        beats += 1
    assert task.result() == {NotSafeReason.KEYRING_FAILED}
    return beats


async def test_a_plaintext_backend_is_never_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the library's configuration nor its environment variables have a say."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    chosen = keyring.core.load_env()
    assert chosen is not None
    assert "null" in type(chosen).__module__
    with no_bus(tmp_path, monkeypatch):
        assert await _reason(KeyringSecrets()) == {NotSafeReason.NO_KEYRING}


async def test_a_call_that_is_cancelled_leaves_nothing_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch):
        call = asyncio.ensure_future(KeyringSecrets().read(ACCOUNT))
        await asyncio.sleep(0)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert all(thread.daemon for thread in threading.enumerate() if thread.name == "may hang")


@pytest.mark.parametrize(
    ("platform", "place"),
    [("win32", SecretPlace.WINDOWS), ("darwin", SecretPlace.MAC), ("linux", SecretPlace.LINUX)],
)
def test_the_place_on_each_system(platform: str, place: SecretPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    from cerbo_desktop.vault import keys

    monkeypatch.setattr(sys, "platform", platform)
    assert keys._place() is place
