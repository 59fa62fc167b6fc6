"""The settings: opened by button and key, what they say, what the clinic's policy locks, and the support file."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cerbo_desktop.app.options import Options
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.config.policy import Policy, PolicyReading
from cerbo_desktop.config.policy_places import PolicyFile
from cerbo_desktop.config.policy_reading import read_policy
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import DOROTHY_VANCE, GRACE_ADEYEMI
from cerbo_desktop.runtime.events import recent_events
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.fields import Field, Select
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.settings.support_sheet import SupportSheet
from cerbo_desktop.ui.settings.view import SettingsSheet
from cerbo_desktop.ui.setup.view import SetupPage
from tests.fakes.dialog_hand import hand_that_chooses
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import has_button, words_of
from tests.waiting import until

_CONTROL = Qt.KeyboardModifier.ControlModifier


def _settings(desk: Desk) -> SettingsSheet:
    found = open_sheet(desk.window)
    assert isinstance(found, SettingsSheet)
    return found


def _words(desk: Desk) -> str:
    return words_of(_settings(desk))


def _policy(tmp_path: Path, text: str) -> PolicyReading:
    """A real file, trusted as root's would be."""
    folder = tmp_path / "machine"
    folder.mkdir(mode=0o755)
    file = folder / "policy.toml"
    file.write_text(text, "utf-8")
    file.chmod(0o644)
    return read_policy([PolicyFile(file)], owner_uid=folder.stat().st_uid)


# The sheet.


async def test_the_button_and_the_key_open_the_settings_and_escape_gives_the_focus_back(desk: Desk) -> None:
    await desk.board_is_there()
    desk.click("Settings", desk.pane)
    assert _settings(desk).first_focus.hasFocus()
    await until(lambda: "All photos have reached Cerbo" in _words(desk))
    assert desk.clinic.origin in _words(desk)
    assert desk.clinic.username in _words(desk)
    assert "Used for this session only." in _words(desk)
    assert desk.clinic.secret not in _words(desk)
    assert_plain(_words(desk).replace(desk.clinic.origin, "").replace(desk.clinic.username, ""))
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)
    desk.press(Qt.Key.Key_F, _CONTROL)
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    assert _settings(desk).is_open
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)
    assert desk.pane.field.hasFocus()


async def test_the_settings_open_before_set_up_too(closed_desk: Desk) -> None:
    desk = closed_desk
    await desk.start_with(Options())
    page = desk.window.findChildren(SetupPage)[0]
    desk.click("Settings and support", page)
    assert "Not set up yet" in _words(desk)
    desk.click("Set up", _settings(desk))
    await until(lambda: open_sheet(desk.window) is None)
    assert page.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Practice address"


async def test_every_control_is_reached_by_tab_and_comes_into_view(desk: Desk) -> None:
    desk.window.resize(1024, 700)
    await desk.board_is_there()
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    sheet = _settings(desk)
    seen = []
    for _ in range(6):
        focused = QApplication.focusWidget()
        assert focused is not None
        top = focused.mapTo(sheet, focused.rect().topLeft()).y()
        assert top >= 0
        assert top + focused.height() <= sheet.height()
        seen.append(focused.accessibleName() or focused.text())  # type: ignore[attr-defined]  # a button
        desk.press(Qt.Key.Key_Tab)
    letters = "Commands by single letters, digits and signs"
    assert seen == ["Settings", "Set up again", "Camera", letters, "Remove my data from this PC…", "Support file…"]
    assert sheet.close_button.hasFocus(), "and round again"


async def test_a_photo_that_waits_is_counted(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Will send automatically when online.")
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    await until(lambda: "They will be sent when online." in _words(desk))
    assert "\n1\n" in _words(desk)


async def test_the_chosen_camera_is_remembered(desk: Desk) -> None:
    await desk.board_is_there()
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    (select,) = _settings(desk).findChildren(Select)
    names = [select.itemText(at) for at in range(select.count())]
    assert names[0] == "The first camera found"
    select.setFocus()
    select.addItem("Logitech Brio", "c0ffee")
    desk.press(Qt.Key.Key_End)
    assert SettingsFile(desk.data_dir.settings_file).current.camera_id == "c0ffee"


# The policy.


async def test_what_the_clinic_sets_is_shown_as_locked_and_holds(
    closed_desk: Desk, tmp_path: Path, photo: Path
) -> None:
    desk = closed_desk
    desk.policy = _policy(
        tmp_path,
        f'server = "{desk.clinic.origin}"\ncamera = false\ncopy_save_print = true\nidle_lock_minutes = 3\n'
        'practice = false\nthumbnail_cache = false\nupdate_notice_text = "Version 1.2 comes on Friday."\n',
    )
    cameras: list[Camera] = []

    def made() -> Camera:
        cameras.append(Camera())
        return cameras[-1]

    desk.make_camera = made
    await desk.start()
    await desk.board_is_there()
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    shown = _words(desk)
    assert shown.count("Set by your clinic’s IT") == 7
    for said in (
        "Version 1.2 comes on Friday.",
        "Photos can be added from files.",
        "this version doesn’t lock automatically",
        "Allowed. Copy",
    ):
        assert said in shown
    assert not _settings(desk).findChildren(Select)
    desk.click("Set up again", _settings(desk))
    page = desk.window.findChildren(SetupPage)[0]
    address = next(field for field in page.findChildren(Field) if field.accessibleName() == "Practice address")
    assert address.text() == desk.clinic.origin
    assert not address.isEnabled()
    assert address.accessibleDescription() == "Set by your clinic’s IT"
    assert "The practice clinic is turned off by your clinic’s IT." in words_of(page)
    assert not has_button(page, "Try the practice clinic")
    desk.click("Cancel", page)
    await desk.open(GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: isinstance(open_sheet(desk.window), CaptureSheet))
    await until(lambda: "Your clinic’s IT turned it off on this PC" in words_of(desk.sheet))
    assert cameras[-1].state is CameraState.TURNED_OFF
    assert cameras[-1].cameras == (), "no device was looked for"
    assert desk.sheet.tab == "files"


async def test_a_locked_address_beats_what_was_set_up_and_what_was_asked_for(closed_desk: Desk) -> None:
    desk = closed_desk
    SettingsFile(desk.data_dir.settings_file).change(origin="https://other.md-hq.com", username="pk_1")
    await desk.secrets.write("pk_1 at https://other.md-hq.com", "sk_canary")
    desk.policy = replace(desk.policy, policy=Policy(server=desk.clinic.origin))
    await desk.start_with(Options(server="https://third.md-hq.com"))
    page = desk.window.findChildren(SetupPage)[0]
    assert page.isVisible(), "the secret of another server is not sent to this one"
    assert desk.application.session.workspace is None
    assert desk.clinic.counters.count() == 0
    address = next(field for field in page.findChildren(Field) if field.accessibleName() == "Practice address")
    assert address.text() == desk.clinic.origin


async def test_practice_is_refused_where_the_clinic_does_not_want_it(closed_desk: Desk, tmp_path: Path) -> None:
    desk = closed_desk
    desk.policy = _policy(tmp_path, "practice = false\n")
    await desk.start_with(Options(practice=True))
    await until(lambda: desk.is_asked)
    assert "The practice clinic is turned off by your clinic’s IT." in words_of(desk.question)
    assert not desk.application.session.is_practising
    desk.answer("Close")
    await until(desk.application.ended.is_set)


async def test_a_policy_that_is_not_right_is_told_in_the_window_and_keeps_the_address(
    closed_desk: Desk, tmp_path: Path
) -> None:
    desk = closed_desk
    SettingsFile(desk.data_dir.settings_file).change(origin=desk.clinic.origin, username=desk.clinic.username)
    await desk.secrets.write(f"{desk.clinic.username} at {desk.clinic.origin}", desk.clinic.secret)
    desk.policy = _policy(tmp_path, '# ours\ncamera = true\nserver = "http://relay.example"\n')
    await desk.start_with(Options(server="https://other.md-hq.com"))
    await desk.board_is_there()
    sentence = f"{desk.policy.places[0]}, line 3: “server” must be an https:// address without a user name."
    assert sentence in words_of(desk.window)
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    assert sentence in _words(desk)
    assert "Stays as it is until the policy is fixed" in _words(desk)
    assert "Safe defaults until the policy is fixed" in _words(desk)
    assert "Set by your clinic’s IT" not in _words(desk)
    desk.click("Set up again", _settings(desk))
    page = desk.window.findChildren(SetupPage)[0]
    assert desk.clinic.origin in [field.text() for field in page.findChildren(Field) if not field.isEnabled()]
    assert "until the policy of this PC is fixed" in words_of(page)
    assert "Stays as it is until the policy is fixed" in words_of(page)


# The support file.


async def _busy_session(desk: Desk, photo: Path) -> None:
    await desk.search("vance, dorothy")
    await desk.open(DOROTHY_VANCE)
    desk.clinic.faults.set("upload", Fault.TOO_LARGE, times=1)
    await desk.send_file(photo)
    await desk.tray_says("Cerbo refused the photo")
    desk.clinic.faults.set("search", Fault.SERVER_ERROR, times=2)
    await desk.search("dorothy.vance10071@example.com")


async def _support(desk: Desk) -> SupportSheet:
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    desk.click("Support file…", _settings(desk))
    found = open_sheet(desk.window)
    assert isinstance(found, SupportSheet)
    return found


async def test_the_support_file_is_shown_whole_saved_as_shown_and_tells_of_nobody(
    desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await _busy_session(desk, photo)
    sheet = await _support(desk)
    assert "Testing this installation. This takes a few seconds…" in words_of(sheet)
    assert not sheet.save.isEnabled()
    await until(sheet.save.isEnabled, 100.0)
    text = sheet.text.toPlainText()
    for part in (
        "Cerbo Desktop 0.",
        "Pillow 1",
        "Self-test\n",
        "Practice clinic",
        "key: none",
        "Policy\n  none on this PC",
    ):
        assert part in text, part
    assert "refused: 1" in text
    assert "request failed what=" in text
    names = ("Vance", "Dorothy", "1947", "23 Sep", "10071", "example.com", "555-01", "plaque")
    secrets = (desk.clinic.secret, desk.clinic.username, "/api/v1", "patients/", "last_name", str(desk.data_dir.root))
    for canary in (*names, *secrets):
        assert canary.lower() not in text.lower(), canary
    hand_that_chooses(monkeypatch, str(tmp_path / "for-support"))
    desk.click("Save…", sheet)
    await until(lambda: "Saved." in words_of(sheet))
    assert (tmp_path / "for-support.txt").read_text("utf-8") == text
    assert any(line.endswith("act what=SupportFileWritten") for line in recent_events())


async def test_a_support_file_that_is_closed_again_leaves_no_process(desk: Desk) -> None:
    """The desk's own close fails where a task is left over."""
    await desk.board_is_there()
    sheet = await _support(desk)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    await until(lambda: isinstance(open_sheet(desk.window), SettingsSheet))
