"""A person leaves a shared PC: their data goes once nothing waits, and what waits is never deleted by one click."""

from pathlib import Path

import pytest
import secretstorage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from cerbo_desktop.app.options import Options
from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.runtime.events import start_logging, stop_logging
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.settings.removal_sheet import ForceSheet
from cerbo_desktop.ui.setup.view import SetupPage
from cerbo_desktop.vault.keys import KeyringSecrets
from tests.fakes.secret_service import needs_secret_service, secret_service
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import words_of
from tests.flows.test_keeping import NoStore
from tests.waiting import until


def _entries() -> list[str]:
    bus = secretstorage.dbus_init()
    try:
        found = secretstorage.search_items(bus, {"service": "Cerbo Desktop"})
        return sorted(item.get_attributes()["username"] for item in found)
    finally:
        bus.close()


def _set_up(desk: Desk) -> None:
    page = desk.window.findChildren(SetupPage)[0]
    typed = (desk.clinic.origin, desk.clinic.username, desk.clinic.secret)
    for field, text in zip(page.findChildren(QLineEdit), typed, strict=True):
        field.clear()
        QTest.keyClicks(field, text)
    desk.click("Save and start", page)


_REMOVE = "Remove my data from this PC…"


def _ask_for_removal(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    desk.click(_REMOVE)


async def _keep_one(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Will send automatically when online.")


async def _is_asked(desk: Desk, title: str) -> str:
    await until(lambda: desk.is_asked and title in words_of(desk.question))
    assert_plain(words_of(desk.question))
    return words_of(desk.question)


@needs_secret_service
async def test_after_everything_is_sent_nothing_of_the_person_stays(
    closed_desk: Desk, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = closed_desk
    with secret_service(tmp_path / "session", monkeypatch):
        desk.secrets = KeyringSecrets()
        start_logging(desk.data_dir.log_file)
        await desk.start_with(Options())
        desk.widen()
        _set_up(desk)
        await until(lambda: desk.application.session.workspace is not None)
        await desk.open(GRACE_ADEYEMI)
        await desk.send_file(photo)
        await desk.tray_says("Waiting in Cerbo’s queue")
        assert _entries() == ["master key", f"{desk.clinic.username} at {desk.clinic.origin}"]
        assert len(list(desk.data_dir.root.iterdir())) >= 3
        _ask_for_removal(desk)
        await _is_asked(desk, "Remove your data from this PC?")
        desk.press(Qt.Key.Key_Escape)
        await until(lambda: not desk.is_asked)
        assert _entries()
        desk.click(_REMOVE)  # in the settings, which stayed open
        await _is_asked(desk, "Remove your data from this PC?")
        desk.answer("Remove my data")
        await _is_asked(desk, "Your data has been removed from this PC")
        assert desk.application.session.workspace is None
        desk.answer("Close Cerbo Desktop")
        await until(desk.application.ended.is_set)
        await desk.close()
        stop_logging()
        assert list(desk.data_dir.root.iterdir()) == [], "closing writes nothing down again"
        assert _entries() == []
    assert len(desk.clinic.photos_received()) == 1


async def test_photos_that_wait_are_deleted_only_after_a_box_was_ticked(desk: Desk, photo: Path) -> None:
    await _keep_one(desk, photo)
    _ask_for_removal(desk)
    said = await _is_asked(desk, "1 photo is not sent yet")
    assert "Nothing was removed: this PC may hold the only copy." in said
    desk.answer("Keep my data")
    await until(lambda: not desk.is_asked)
    desk.click(_REMOVE)
    await _is_asked(desk, "1 photo is not sent yet")
    desk.answer("Delete anyway…")
    await until(lambda: isinstance(open_sheet(desk.window), ForceSheet))
    sheet = open_sheet(desk.window)
    assert isinstance(sheet, ForceSheet)
    assert sheet.keep.hasFocus(), "Enter deletes nothing"
    assert not sheet.remove.isEnabled()
    assert_plain(words_of(sheet))
    desk.press(Qt.Key.Key_Enter)
    await until(lambda: not isinstance(open_sheet(desk.window), ForceSheet))
    assert len(list(desk.data_dir.outbox_dir.glob("*.photo"))) == 1


async def test_with_the_box_ticked_they_go(desk: Desk, photo: Path) -> None:
    await _keep_one(desk, photo)
    _ask_for_removal(desk)
    await _is_asked(desk, "1 photo is not sent yet")
    desk.answer("Delete anyway…")
    await until(lambda: isinstance(open_sheet(desk.window), ForceSheet))
    sheet = open_sheet(desk.window)
    assert isinstance(sheet, ForceSheet)
    desk.press(Qt.Key.Key_Tab)
    assert sheet.consent.hasFocus()
    desk.press(Qt.Key.Key_Space)
    desk.click("Remove my data", sheet)
    await _is_asked(desk, "Your data has been removed from this PC")
    assert not desk.data_dir.outbox_dir.exists()
    assert await desk.secrets.read("master key") is None
    desk.answer("Close Cerbo Desktop")
    await until(desk.application.ended.is_set)


class _LocksLater(NoStore):
    """A keyring that locks itself after the start."""

    def __init__(self) -> None:
        super().__init__(NotSafeReason.KEYRING_LOCKED)
        self.secrets: dict[str, str] = {}

    async def read(self, account: str) -> str | None:
        return self.secrets.get(account)

    async def write(self, account: str, secret: str) -> None:
        self.secrets[account] = secret


async def test_a_locked_keyring_is_told_and_the_work_goes_on(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.secrets = _LocksLater()
    await desk.start()
    await desk.board_is_there()
    _ask_for_removal(desk)
    await _is_asked(desk, "Remove your data from this PC?")
    desk.answer("Remove my data")
    said = await _is_asked(desk, "Your data was not removed")
    assert "Unlock it, then try again." in said
    desk.answer("Go back")
    await until(lambda: desk.application.session.workspace is not None)
    await desk.board_is_there()
    assert (desk.data_dir.root / "outbox").exists()
