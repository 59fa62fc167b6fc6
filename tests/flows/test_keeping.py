"""Photos on this PC's disk: gone on with after a start, and never taken where they cannot be kept safe."""

import asyncio
import base64
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.app.options import Options
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.address import Origin, parse_address
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import SecretPlace
from cerbo_desktop.outbox.disk_outbox import LEDGER_NAME
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.outbox.migrations import newest_version
from cerbo_desktop.practice.answer_forms import ContentForm
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, RUTH_CALLOWAY
from cerbo_desktop.services.credentials import SessionSecrets
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.vault.keys import KeyringSecrets
from cerbo_desktop.vault.master_key import ACCOUNT
from tests.fakes.hostile_images import same_pixels
from tests.fakes.secret_service import (
    bus_alone,
    keyring_calls_ended,
    lock,
    needs_secret_service,
    secret_service,
    service_on_this_bus,
    unlock,
)
from tests.flows.desk import Desk
from tests.flows.kept_photos import keep_unsent
from tests.flows.plain_words import assert_plain
from tests.flows.reading import button_of, words_of
from tests.waiting import until


class NoStore:
    """A PC whose secret store answers nothing but this."""

    def __init__(self, reason: NotSafeReason) -> None:
        self._reason = reason

    async def place(self) -> SecretPlace:
        raise NotSafe(self._reason)

    async def read(self, account: str) -> str | None:
        raise NotSafe(self._reason)

    async def write(self, account: str, secret: str) -> None:
        raise NotSafe(self._reason)

    async def erase(self, account: str) -> None:
        raise NotSafe(self._reason)


class SlowStore(SessionSecrets):
    """A secret store that opens only after a while."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open = asyncio.Event()
        self.is_open.set()

    async def read(self, account: str) -> str | None:
        await self.is_open.wait()
        return await super().read(account)


async def test_until_the_outbox_is_open_the_tray_says_nothing_of_what_is_sent(closed_desk: Desk, photo: Path) -> None:
    desk, store = closed_desk, SlowStore()
    desk.secrets = store
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    store.is_open.clear()
    await desk.start()
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    assert not re.search("sent|today|chart", desk.tray_words)
    with pytest.raises(LookupError):
        button_of(desk.pages.tray, "Shift list")  # what can't be used is none
    store.is_open.set()
    await desk.tray_says("1 sent today, 0 found in chart")
    assert "Waiting in Cerbo’s queue" in desk.tray_words
    button_of(desk.pages.tray, "Shift list")


async def test_an_unsent_photo_goes_out_after_the_next_start(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Will send automatically when online.")
    await desk.close()
    desk.clinic.go_online()
    await desk.start()
    desk.widen()
    await desk.tray_says("Waiting in Cerbo’s queue")
    (received,) = desk.clinic.photos_received()
    assert received.pt_id == GRACE_ADEYEMI
    assert same_pixels(received.content, photo.read_bytes())


async def test_a_photo_of_another_account_is_counted_and_not_shown(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Will send automatically when online.")
    await desk.close()
    desk.clinic.go_online()
    await desk.start_as("pk_somebody_else")
    desk.widen()
    await desk.tray_says("1 photo from an earlier sign-in is waiting on this PC.")
    assert "Grace Adeyemi" not in desk.tray_words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (NotSafeReason.NO_KEYRING, "password store isn’t there"),
        (NotSafeReason.KEYRING_LOCKED, "password store is locked"),
        (NotSafeReason.KEYRING_FAILED, "password store doesn’t answer"),
    ],
)
async def test_where_nothing_can_be_kept_no_photo_is_taken(
    closed_desk: Desk, photo: Path, reason: NotSafeReason, words: str
) -> None:
    desk = closed_desk
    desk.secrets = NoStore(reason)
    await desk.start()
    await desk.open(GRACE_ADEYEMI)
    await desk.says_closed(words)
    assert_plain(desk.closed_words)
    assert "wait" not in desk.closed_words, "nothing waits here"
    assert not desk.pages.patient.banner.take_photos.isEnabled()
    desk.press(Qt.Key.Key_Space)
    desk.drop([photo])
    assert open_sheet(desk.window) is None
    assert "Medical" in words_of(desk.pages.patient), "looking at photos still works"


def sealed_files(desk: Desk) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in desk.data_dir.outbox_dir.iterdir()}


async def goes_on_and_sends(desk: Desk, photo: Path) -> None:
    """The photo that waited goes out once, and another one can be taken."""
    await until(lambda: not desk.closed_words)
    await until(lambda: len(desk.clinic.photos_received()) == 1)
    await desk.open(GRACE_ADEYEMI)
    assert desk.pages.patient.banner.take_photos.isEnabled()
    await desk.send_file(photo)
    await until(lambda: len(desk.clinic.photos_received()) == 2)


@pytest.mark.parametrize("stored", [None, "c2hvcnQ=", base64.b64encode(bytes(32)).decode()])
async def test_a_key_that_is_gone_loses_no_file_and_is_not_made_anew(
    closed_desk: Desk, photo: Path, stored: str | None
) -> None:
    """Gone, too short, or another one."""
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    kept, key = sealed_files(desk), await desk.secrets.read(ACCOUNT)
    assert key is not None
    await desk.secrets.erase(ACCOUNT)
    if stored is not None:
        await desk.secrets.write(ACCOUNT, stored)
    await desk.start()
    is_key = stored is None or len(stored) > 40
    await desk.says_closed(
        "The key for the photos on this PC is missing" if is_key else "password store doesn’t answer"
    )
    assert "1 photo is waiting on this PC" in desk.closed_words
    assert_plain(desk.closed_words)
    assert await desk.secrets.read(ACCOUNT) == stored
    assert sealed_files(desk) == kept
    await desk.secrets.write(ACCOUNT, key)
    desk.click("Try again", desk.pages.closed_strip)
    await goes_on_and_sends(desk, photo)


async def test_small_pictures_make_no_new_key_either(closed_desk: Desk, photo: Path) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    await desk.secrets.erase(ACCOUNT)
    SettingsFile(desk.data_dir.settings_file).change(keeps_thumbnails=True)
    await desk.start()
    await desk.says_closed("The key for the photos on this PC is missing")
    assert await desk.secrets.read(ACCOUNT) is None


async def test_a_disk_without_room_at_the_start_is_said_and_gone_on_with(
    closed_desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    with monkeypatch.context() as full:
        full.setattr(Ledger, "__init__", _no_room)
        await desk.start()
        await desk.says_closed("This PC’s disk is full")
        assert "1 photo is waiting on this PC" in desk.closed_words
        assert "not kept" not in desk.closed_words
        assert not re.search("sent yet|sent today", desk.tray_words)
        assert_plain(desk.closed_words)
    desk.leave_and_come_back()
    await goes_on_and_sends(desk, photo)


def _no_room(*_: object) -> None:
    raise NotSafe(NotSafeReason.DISK_FULL)


@pytest.fixture
def _calls_ended() -> Iterator[None]:
    with keyring_calls_ended():
        yield


@needs_secret_service
@pytest.mark.usefixtures("_calls_ended")
@pytest.mark.parametrize("is_secret_kept_too", [False, True], ids=["master key", "secret too"])
async def test_a_keyring_that_is_locked_at_the_start_is_gone_on_with_when_unlocked(
    closed_desk: Desk, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_secret_kept_too: bool
) -> None:
    desk = closed_desk
    with secret_service(tmp_path / "session", monkeypatch):
        desk.secrets = KeyringSecrets(limit_s=0.5)
        await keep_unsent(desk, photo, GRACE_ADEYEMI)
        lock()
        if is_secret_kept_too:
            await start_as_set_up(desk)
        else:
            await desk.start()
        await desk.says_closed("This PC’s password store is locked")
        assert "1 photo is waiting on this PC" in desk.closed_words
        if is_secret_kept_too:
            await until(lambda: words_of(desk.window).count("password store is locked") == 2)  # the page says so too
        unlock()
        desk.click("Try again")
        await until(lambda: desk.application.session.workspace is not None)
        await goes_on_and_sends(desk, photo)


@needs_secret_service
@pytest.mark.usefixtures("_calls_ended")
async def test_a_password_store_that_starts_late_is_gone_on_with(
    closed_desk: Desk, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = closed_desk
    with bus_alone(tmp_path / "session", monkeypatch):
        desk.secrets = KeyringSecrets(limit_s=0.5)
        with service_on_this_bus():
            await keep_unsent(desk, photo, GRACE_ADEYEMI)
        await desk.start()
        await desk.says_closed("This PC’s password store isn’t there")
        assert "It may still be starting" in desk.closed_words
        assert "1 photo is waiting on this PC" in desk.closed_words
        with service_on_this_bus():
            desk.leave_and_come_back()
            await goes_on_and_sends(desk, photo)
            await desk.close()


async def start_as_set_up(desk: Desk) -> None:
    """With key and secret from the password store instead of the environment."""
    origin = parse_address(desk.clinic.origin)
    assert isinstance(origin, Origin)
    unlock()
    await desk.secrets.write(account_of(origin, desk.clinic.username), desk.clinic.secret)
    lock()
    SettingsFile(desk.data_dir.settings_file).change(origin=origin.text, username=desk.clinic.username)
    await desk.start_with(Options())


async def test_a_list_of_a_newer_version_is_said_and_left_alone(closed_desk: Desk, photo: Path) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    with sqlite3.connect(desk.data_dir.outbox_dir / LEDGER_NAME) as ledger:
        ledger.execute(f"PRAGMA user_version = {newest_version() + 1}")
    ledger.close()
    kept = sealed_files(desk)
    await desk.start()
    await desk.says_closed("A newer Cerbo Desktop was used on this PC")
    assert "1 photo is waiting on this PC" in desk.closed_words
    assert sealed_files(desk) == kept


async def test_a_photo_called_sent_by_another_hand_is_kept_and_sent_once_at_most(
    closed_desk: Desk, photo: Path
) -> None:
    desk = closed_desk
    await keep_unsent(desk, photo, GRACE_ADEYEMI)
    with sqlite3.connect(desk.data_dir.outbox_dir / LEDGER_NAME) as ledger:
        ledger.execute("DROP TRIGGER only_legal_moves")
        ledger.execute("UPDATE uploads SET state = 'sent', queue_id = '77', has_photo = 0")
    ledger.close()
    await desk.start()
    desk.widen()
    await desk.tray_says("The list of photos was changed")
    await desk.tray_says("May have arrived")
    assert "Grace Adeyemi" in desk.tray_words
    assert len(list(desk.data_dir.outbox_dir.glob("*.photo"))) == 1
    assert desk.clinic.photos_received() == []


async def test_the_route_by_which_photos_come_is_remembered(closed_desk: Desk) -> None:
    desk = closed_desk
    SettingsFile(desk.data_dir.settings_file).change(origin=desk.clinic.origin)
    desk.clinic.switches.content = ContentForm.HTML
    for has_learnt in (False, True):
        desk.clinic.counters.reset()
        await desk.start()
        await desk.open(RUTH_CALLOWAY)
        await desk.pictures_are_there()
        await desk.close()
        assert bool(desk.clinic.counters.count("content")) is not has_learnt
    assert SettingsFile(desk.data_dir.settings_file).current.gives_photos_by_stream


async def test_small_pictures_are_on_the_disk_only_while_that_is_wanted(closed_desk: Desk) -> None:
    desk, folder = closed_desk, closed_desk.data_dir.thumbnails_dir
    for is_wanted in (False, True, False):
        SettingsFile(desk.data_dir.settings_file).change(keeps_thumbnails=is_wanted)
        await desk.start()
        await desk.open(RUTH_CALLOWAY)
        await desk.pictures_are_there()
        if is_wanted:
            await until(lambda: list(folder.glob("*.picture")))
        await desk.close()
        assert folder.exists() is is_wanted
