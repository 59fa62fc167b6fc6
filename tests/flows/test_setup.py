"""Setup: what is typed is tested, kept where it is safe, and found again by the next start."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cerbo_desktop.app.options import Options
from cerbo_desktop.domain.address import AddressFault
from cerbo_desktop.runtime.events import recent_events
from cerbo_desktop.ui.kit.fields import Field
from cerbo_desktop.ui.setup.view import SetupPage
from cerbo_desktop.ui.text import setup as words
from cerbo_desktop.vault.keys import KeyringSecrets
from tests.fakes.secret_service import needs_secret_service, no_bus, secret_service
from tests.flows.desk import Desk
from tests.flows.reading import words_of
from tests.waiting import until


def _page(desk: Desk) -> SetupPage:
    return next(page for page in desk.window.findChildren(SetupPage))


def _field(desk: Desk, name: str) -> QWidget:
    return next(field for field in _page(desk).findChildren(Field) if field.accessibleName().startswith(name))


def _fill(desk: Desk, address: str, key: str, secret: str) -> None:
    for name, text in (("Practice address", address), ("API key", key), ("Secret", secret)):
        field = _field(desk, name)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)


def _results(desk: Desk) -> list[str]:
    names = [child.accessibleName() for child in _page(desk).findChildren(QWidget)]
    checks = ("Address answers", "Secure", "Key and", "Find patients", "See photos", "Today’s", "Send photos")
    return [name for name in names if name.startswith(checks)]


async def _test(desk: Desk) -> None:
    desk.click("Test again" if "Test again" in words_of(_page(desk)) else "Test connection", _page(desk))
    await until(lambda: "Testing…" not in words_of(_page(desk)))


@needs_secret_service
async def test_a_wrong_secret_then_the_right_one_then_the_next_start(
    closed_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clinic = closed_desk, closed_desk.clinic
    with secret_service(tmp_path / "session", monkeypatch):
        desk.secrets = KeyringSecrets()
        await desk.start_with(Options())
        await until(lambda: "The secret stays in Secret Service" in words_of(_page(desk)))
        _fill(desk, clinic.origin, clinic.username, "sk_not-this-one")
        await _test(desk)
        assert "Key and secret, Failed, Cerbo does not accept this key and secret." in _results(desk)
        assert "1 check failed. You can continue now and fix it later." in words_of(_page(desk))
        _fill(desk, clinic.origin, clinic.username, clinic.secret)
        await _test(desk)
        assert all(", OK, " in result for result in _results(desk)[:-1])
        assert _results(desk)[-1] == "Send photos, Not tested, Nothing is sent to real charts."
        assert "All checks passed." in words_of(_page(desk))
        desk.click("Save and start", _page(desk))
        await until(lambda: desk.application.session.workspace is not None)
        assert any(line.endswith("act what=SetupFinished") for line in recent_events())
        await desk.board_is_there()
        files = [file for file in desk.data_dir.root.rglob("*") if file.is_file()]
        assert files
        assert not any(clinic.secret.encode() in file.read_bytes() for file in files)
        await desk.close()
        await desk.start_with(Options())
        await desk.board_is_there()
        assert not desk.strip_words
        await desk.close()


async def test_without_a_safe_place_it_says_so_and_works_for_the_session(
    closed_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clinic = closed_desk, closed_desk.clinic
    with no_bus(tmp_path / "session", monkeypatch):
        desk.secrets = KeyringSecrets()
        await desk.start_with(Options())
        await until(lambda: "This PC’s password store isn’t there" in words_of(_page(desk)))
        assert "you’ll enter it again next time. Nothing is written to disk." in words_of(_page(desk))
        _fill(desk, clinic.origin, clinic.username, clinic.secret)
        desk.click("Save and start", _page(desk))
        await until(lambda: desk.application.session.workspace is not None)
        await desk.board_is_there()
        assert not any(
            clinic.secret.encode() in file.read_bytes() for file in desk.data_dir.root.rglob("*") if file.is_file()
        )
        await desk.close()
        await desk.start_with(Options())
        assert desk.application.session.workspace is None
        await until(lambda: "This PC’s password store isn’t there" in words_of(_page(desk)))
        await desk.close()


async def test_each_bad_address_gets_its_sentence(closed_desk: Desk) -> None:
    desk = closed_desk
    await desk.start_with(Options())
    bad = {
        "": AddressFault.EMPTY,
        "not an address": AddressFault.NOT_AN_ADDRESS,
        "http://clinic.md-hq.com": AddressFault.NOT_SECURE,
        "https://pk_1:sk_2@clinic.md-hq.com": AddressFault.HAS_PASSWORD,
        "ftp://clinic.md-hq.com": AddressFault.NOT_AN_ADDRESS,
    }
    for address, fault in bad.items():
        _fill(desk, address, "pk_1", "sk_1")
        desk.click("Test connection", _page(desk))
        assert words.address_fault(fault) in words_of(_page(desk)), address
        assert _field(desk, "Practice address").hasFocus()
    _fill(desk, "http://127.0.0.1:1", "", "")
    desk.click("Test connection", _page(desk))
    assert "Type the API key. It starts with pk_" in words_of(_page(desk))
    assert "Type the secret that Cerbo showed once, when the key was made." in words_of(_page(desk))
    assert desk.clinic.counters.count() == 0


async def test_nobody_answers_there(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.go_offline()
    await desk.start_with(Options())
    _fill(desk, desk.clinic.origin, "pk_1", "sk_1")
    await _test(desk)
    assert "Address answers, Failed, No answer. Check the address and the internet connection." in _results(desk)


@pytest.mark.parametrize(("name", "typed"), [("Practice address", "/"), ("API key", "x"), ("Secret", "x")])
async def test_a_result_belongs_to_what_was_tested(closed_desk: Desk, name: str, typed: str) -> None:
    desk = closed_desk
    await desk.start_with(Options())
    _fill(desk, desk.clinic.origin, desk.clinic.username, "sk_not-this-one")
    await _test(desk)
    assert any("Failed" in result for result in _results(desk))
    QTest.keyClicks(_field(desk, name), typed)
    assert all(", Not tested" in result for result in _results(desk))
    assert "1 check failed" not in words_of(_page(desk))
    assert "Test again" not in words_of(_page(desk))
    desk.click("Test connection", _page(desk))
    assert "Testing…" in words_of(_page(desk))
    QTest.keyClick(_field(desk, name), Qt.Key.Key_Backspace)
    assert "Testing…" not in words_of(_page(desk))
    await _test(desk)
    assert any("Failed" in result for result in _results(desk)), "the test can be begun again"


async def test_a_fault_goes_with_the_text_that_had_it(closed_desk: Desk) -> None:
    desk = closed_desk
    await desk.start_with(Options())
    _fill(desk, "not an address", "", "")
    desk.click("Test connection", _page(desk))
    assert words.address_fault(AddressFault.NOT_AN_ADDRESS) in words_of(_page(desk))
    QTest.keyClicks(_field(desk, "Practice address"), ".md-hq.com")
    assert words.address_fault(AddressFault.NOT_AN_ADDRESS) not in words_of(_page(desk))
    assert words.no_key() in words_of(_page(desk)), "that of another field stays"


async def test_set_up_can_be_looked_at_and_left_again(desk: Desk) -> None:
    await desk.board_is_there()
    desk.click("Settings", desk.pane)
    desk.click("Set up again")
    await until(lambda: _page(desk).isVisible())
    assert not any(desk.clinic.secret in words for words in words_of(_page(desk)).splitlines())
    desk.click("Cancel", _page(desk))
    await until(lambda: desk.pane.isVisible())
