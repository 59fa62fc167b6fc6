"""Each way in which a PC keeps no secret, at the real window: looking at photos goes on, and the reason is said.

A key that was deleted while photos wait: `test_keeping.py`.
"""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import keyring.backend
import keyring.errors
import pytest
from PySide6.QtWidgets import QLineEdit

from cerbo_desktop.app.options import Options
from cerbo_desktop.domain.errors import NotSafeReason
from cerbo_desktop.practice.patients import GRACE_ADEYEMI
from cerbo_desktop.ui.text import setup as words
from cerbo_desktop.vault import keys
from cerbo_desktop.vault.keys import KeyringSecrets
from tests.fakes.secret_service import lock, needs_secret_service, no_bus, secret_service
from tests.flows.desk import Desk
from tests.flows.reading import words_of
from tests.flows.test_setup import _fill, _page
from tests.waiting import until

pytestmark = needs_secret_service
_LIMIT_S = 0.5


@contextmanager
def _locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with secret_service(folder, monkeypatch, locked=True):
        yield


@contextmanager
def _none_and_wrong_backend(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The library would take one that keeps nothing; ours does not ask it."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with no_bus(folder, monkeypatch):
        yield


@contextmanager
def _silent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with secret_service(folder, monkeypatch) as daemon:
        daemon.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            daemon.send_signal(signal.SIGCONT)


Trouble = Callable[[Path, pytest.MonkeyPatch], object]
_TROUBLES: dict[str, tuple[Trouble, str]] = {
    "locked": (_locked, "password store is locked"),
    "none, and a wrong backend asked for": (_none_and_wrong_backend, "safe place|password store"),
    "time-out": (_silent, "password store does(n’t| not) answer"),
}


@pytest.mark.parametrize("name", _TROUBLES)
async def test_photos_are_looked_at_and_the_reason_is_said(
    closed_desk: Desk, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, (trouble, said) = closed_desk, _TROUBLES[name]
    with trouble(tmp_path / "session", monkeypatch):  # type: ignore[attr-defined]  # each is a context manager
        desk.secrets = KeyringSecrets(limit_s=_LIMIT_S)
        await desk.start()
        await desk.open(GRACE_ADEYEMI)
        assert desk.filter_words[0] == "All, 5"
        desk.widen()
        await until(lambda: re.search(said, words_of(desk.window)))
        assert not desk.pages.patient.banner.take_photos.isEnabled()
        await desk.close()


class ShortStore(keyring.backend.KeyringBackend):
    """As Windows Credential Manager: 2,560 bytes of UTF-16, and an error for more."""

    priority = 1
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2_560:
            raise keyring.errors.PasswordSetError("The stub received bad data.")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


async def test_a_secret_that_is_too_long_is_said_and_serves_for_the_session(
    closed_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clinic = closed_desk, closed_desk.clinic
    monkeypatch.setattr(ShortStore, "kept", {})
    monkeypatch.setattr(keys, "_make_store", ShortStore)
    desk.secrets = KeyringSecrets()
    await desk.start_with(Options())
    await until(lambda: "The secret stays in" in words_of(_page(desk)))
    _fill(desk, clinic.origin, clinic.username, "")
    field = next(each for each in _page(desk).findChildren(QLineEdit) if each.accessibleName().startswith("Secret"))
    field.setText("s" * 1_300)
    desk.click("Save and start", _page(desk))
    await until(lambda: "This PC’s password store did not accept the secret" in words_of(_page(desk)))
    assert "Check that it was entered completely, with nothing else" in words_of(_page(desk))
    assert desk.application.session.workspace is None
    desk.click("Save and start", _page(desk))
    await until(lambda: desk.application.session.workspace is not None)
    await desk.strip_says("Key not accepted")
    assert not any("s" * 1_300 in text for text in ShortStore.kept.values())
    await desk.close()


async def test_a_store_that_falls_silent_before_save_is_told_and_the_session_begins(
    closed_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clinic = closed_desk, closed_desk.clinic
    with secret_service(tmp_path / "session", monkeypatch) as daemon:
        desk.secrets = KeyringSecrets(limit_s=_LIMIT_S)
        await desk.start_with(Options())
        await until(lambda: "The secret stays in" in words_of(_page(desk)))
        _fill(desk, clinic.origin, clinic.username, clinic.secret)
        daemon.send_signal(signal.SIGSTOP)
        try:
            desk.click("Save and start", _page(desk))
            await until(lambda: "Saving…" in words_of(_page(desk)))
            await until(lambda: "This PC’s password store did not accept the secret" in words_of(_page(desk)))
            assert "Saving…" not in words_of(_page(desk))
            desk.click("Save and start", _page(desk))
            await until(lambda: desk.application.session.workspace is not None)
            await desk.board_is_there()
            await desk.close()
        finally:
            daemon.send_signal(signal.SIGCONT)


async def test_a_store_that_was_locked_before_save_is_told_as_locked(
    closed_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clinic = closed_desk, closed_desk.clinic
    with secret_service(tmp_path / "session", monkeypatch):
        desk.secrets = KeyringSecrets(limit_s=_LIMIT_S)
        await desk.start_with(Options())
        await until(lambda: "The secret stays in" in words_of(_page(desk)))
        _fill(desk, clinic.origin, clinic.username, clinic.secret)
        lock()
        desk.click("Save and start", _page(desk))
        title, text = words.place_trouble(NotSafeReason.KEYRING_LOCKED)
        await until(lambda: title in words_of(_page(desk)))
        assert text in words_of(_page(desk))
        await desk.close()
