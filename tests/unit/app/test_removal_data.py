"""Removing a person's data, through the real stores: what goes, what keeps it from going, and what is never touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import secretstorage

from cerbo_desktop.app.instance.lock import SingleInstance
from cerbo_desktop.app.removal.command import RemovalExit
from cerbo_desktop.app.removal.data import FilesStay, PhotosWait, Removed, remove_person
from cerbo_desktop.config.settings import Settings, SettingsFile
from cerbo_desktop.domain.acts import Act, DataRemoved
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.upload import UploadState as S
from cerbo_desktop.runtime.events import Event, event, start_logging
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.services.credentials import SessionSecrets
from cerbo_desktop.vault.keys import KeyringSecrets
from cerbo_desktop.vault.master_key import MasterKey
from tests.fakes.secret_service import needs_secret_service, secret_service
from tests.unit.outbox.stock import outbox, photo, upload, walk

_ACCOUNTS = ("pk_1 at https://a.md-hq.com", "pk_2 at https://b.md-hq.com")


class LockedSecrets(SessionSecrets):
    """A keyring that waits for its password: reads as before, gives nothing away."""

    def __init__(self, reason: NotSafeReason) -> None:
        super().__init__()
        self.reason = reason

    async def erase(self, account: str) -> None:
        raise NotSafe(self.reason)


def _below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if "keyrings" not in path.parts
    }


async def _lived_in(data_dir: DataDir, *, is_sent: bool = True) -> SettingsFile:
    """Everything that a person leaves behind."""
    assert data_dir.prepare()
    start_logging(data_dir.log_file)
    event(Event.STARTED)
    settings = SettingsFile(data_dir.settings_file)
    settings.change(origin="https://b.md-hq.com", username="pk_2", accounts=_ACCOUNTS[:1])
    (data_dir.root / "settings.unreadable.json").write_text("{")
    (data_dir.root / "cerbo-desktop.log.1").write_text("older")
    for folder in (data_dir.outbox_dir, data_dir.practice_outbox_dir):
        async with outbox(folder) as opened:
            await opened.recover()
            await opened.accept(upload(1), photo())
            if is_sent:
                await walk(opened, upload(1), S.SENDING, S.COMMITTING, S.UNSURE, S.SENT)
    data_dir.thumbnails_dir.mkdir()
    (data_dir.thumbnails_dir / "sealed").write_bytes(b"x")
    return settings


def _held(path: Path, *_: object) -> None:
    raise PermissionError(13, "held by another program", str(path))


async def _with_secrets(secrets: SessionSecrets) -> SessionSecrets:
    await MasterKey(secrets).get_or_make()
    for account in (*_ACCOUNTS, "somebody else's"):
        await secrets.write(account, "sk_canary")
    return secrets


async def test_everything_of_the_person_goes_and_nothing_else(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path / "data")
    settings, secrets = await _lived_in(data_dir), await _with_secrets(SessionSecrets())
    (data_dir.root / "holiday.jpg").write_bytes(b"not ours")
    assert await remove_person(data_dir, settings, secrets) == Removed(is_keyring_asked=True)
    assert _below(data_dir.root) == {"holiday.jpg": b"not ours"}
    assert [await secrets.read(each) for each in (*_ACCOUNTS, "master key")] == [None] * 3
    assert await secrets.read("somebody else's") == "sk_canary"
    event(Event.STOPPED, is_warning=True)
    settings.change(tile_px=200)
    assert settings.current == Settings(tile_px=200)
    assert list(_below(data_dir.root)) == ["holiday.jpg"], "neither the log nor the settings come back"


async def test_a_removal_is_published_once_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir, done = DataDir(tmp_path / "data"), list[Act]()
    settings, secrets = await _lived_in(data_dir, is_sent=False), await _with_secrets(SessionSecrets())
    await remove_person(data_dir, settings, secrets, publish=done.append)
    assert done == [], "a photo waits"
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", _held)
        await remove_person(data_dir, settings, secrets, even_unsent=True, publish=done.append)
    await remove_person(data_dir, settings, secrets, even_unsent=True, publish=done.append)
    assert done == [DataRemoved(even_unsent=True, are_files_gone=are_gone) for are_gone in (False, True)]


async def test_nothing_at_all_goes_while_a_photo_waits(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path / "data")
    settings, secrets = await _lived_in(data_dir, is_sent=False), await _with_secrets(SessionSecrets())
    before = _below(data_dir.root)
    assert await remove_person(data_dir, settings, secrets) == PhotosWait(1)
    assert _below(data_dir.root) == before
    assert await secrets.read(_ACCOUNTS[1]) == "sk_canary"
    assert await remove_person(data_dir, settings, secrets, even_unsent=True) == Removed()
    assert _below(data_dir.root) == {}


async def test_photos_of_the_practice_clinic_keep_nobody_here(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path / "data")
    assert data_dir.prepare()
    async with outbox(data_dir.practice_outbox_dir) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
    assert await remove_person(data_dir, SettingsFile(data_dir.settings_file), SessionSecrets()) == Removed()
    assert _below(data_dir.root) == {}


@pytest.mark.parametrize("reason", [NotSafeReason.KEYRING_LOCKED, NotSafeReason.KEYRING_FAILED])
async def test_a_keyring_that_does_not_answer_leaves_everything_as_it_was(
    tmp_path: Path, reason: NotSafeReason
) -> None:
    data_dir = DataDir(tmp_path / "data")
    settings = await _lived_in(data_dir)
    before, known = _below(data_dir.root), settings.current
    with pytest.raises(NotSafe) as caught:
        await remove_person(data_dir, settings, await _with_secrets(LockedSecrets(reason)))
    assert caught.value.reason is reason
    assert (_below(data_dir.root), settings.current) == (before, known)


async def test_without_any_keyring_the_files_go_and_it_is_said(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path / "data")
    settings = await _lived_in(data_dir)
    found = await remove_person(data_dir, settings, LockedSecrets(NotSafeReason.NO_KEYRING))
    assert found == Removed(is_keyring_asked=False)
    assert _below(data_dir.root) == {}


async def test_a_file_that_stays_is_told_and_the_others_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir = DataDir(tmp_path / "data")
    settings, secrets = await _lived_in(data_dir), await _with_secrets(SessionSecrets())
    monkeypatch.setattr(shutil, "rmtree", _held)
    assert await remove_person(data_dir, settings, secrets) == FilesStay()
    assert {name.split("/")[0] for name in _below(data_dir.root)} == {"outbox", "practice-outbox", "thumbnails"}
    assert await secrets.read("master key") is None, "what is left opens for nobody"
    monkeypatch.undo()
    assert await remove_person(data_dir, settings, secrets) == Removed(), "and the way can be gone again"
    assert _below(data_dir.root) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
async def test_what_a_link_points_to_is_not_ours(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    data_dir = DataDir(tmp_path / "data")
    assert data_dir.prepare()
    data_dir.thumbnails_dir.symlink_to(elsewhere)
    await remove_person(data_dir, SettingsFile(data_dir.settings_file), SessionSecrets())
    assert _below(tmp_path) == {"data": b"", "elsewhere": b"", "elsewhere/kept.txt": b"kept"}


# The command.


def _run(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "cerbo_desktop.app.main", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=100)


def _entries() -> list[str]:
    """The user name of every entry of this app in the Secret Service."""
    bus = secretstorage.dbus_init()
    try:
        found = secretstorage.search_items(bus, {"service": "Cerbo Desktop"})
        return sorted(item.get_attributes()["username"] for item in found)
    finally:
        bus.close()


@needs_secret_service
async def test_the_command_leaves_a_home_and_a_keyring_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with secret_service(home, monkeypatch):
        monkeypatch.setenv("HOME", str(home))
        before = _below(home)
        assert _run("--practice", "--screenshot", str(tmp_path / "shot.png")).returncode == 0
        data_dir = DataDir(home / "data" / "Cerbo Desktop")
        assert data_dir.log_file.exists(), "the session above wrote it"
        await _lived_in_beside(data_dir)
        await MasterKey(KeyringSecrets()).get_or_make()
        await KeyringSecrets().write(_ACCOUNTS[1], "sk_canary")
        assert _entries() == ["master key", _ACCOUNTS[1]]
        lived_in = _below(home)
        refused = _run("--remove-my-data")
        assert refused.returncode == RemovalExit.PHOTOS_WAIT
        assert "1 photo is not sent yet. Nothing was removed" in refused.stderr
        assert (_below(home), _entries()) == (lived_in, ["master key", _ACCOUNTS[1]])
        done = _run("--remove-my-data", "--even-unsent")
        assert (done.returncode, done.stderr, done.stdout) == (RemovalExit.REMOVED, "", "")
        assert (_below(home), _entries()) == (before, [])
        assert _run("--remove-my-data").returncode == RemovalExit.REMOVED, "again is no fault"
        assert _below(home) == before


async def _lived_in_beside(data_dir: DataDir) -> None:
    SettingsFile(data_dir.settings_file).change(origin="https://b.md-hq.com", username="pk_2")
    async with outbox(data_dir.outbox_dir) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())


def test_the_command_removes_nothing_beside_an_open_app(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path / "data")
    assert data_dir.prepare()
    SettingsFile(data_dir.settings_file).change(tile_px=200)
    held = SingleInstance(data_dir)
    before = _below(data_dir.root)
    try:
        refused = _run("--remove-my-data", "--data-dir", str(data_dir.root))
    finally:
        held.release()
    assert refused.returncode == RemovalExit.APP_IS_OPEN
    assert refused.stderr == "Cerbo Desktop is open. Nothing was removed. Close it, then try again.\n"
    assert _below(data_dir.root) | {"lock": b""} == before | {"lock": b""}


def test_the_command_says_where_there_is_no_keyring_to_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing-here")
    if sys.platform != "linux":
        pytest.skip("only Linux can be without one")
    data_dir = DataDir(tmp_path / "data")
    assert data_dir.prepare()
    SettingsFile(data_dir.settings_file).change(tile_px=200)
    said = _run("--remove-my-data", "--data-dir", str(data_dir.root))
    assert said.returncode == RemovalExit.SOMETHING_STAYS
    assert "no password store" in said.stderr
    assert not data_dir.root.exists()


def test_even_unsent_alone_makes_no_sense() -> None:
    wrong = _run("--even-unsent")
    assert wrong.returncode == 2
    assert "--even-unsent goes with --remove-my-data" in wrong.stderr
