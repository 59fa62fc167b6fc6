"""One key for each user of the PC, in a real Secret Service: made once, never replaced, never guessed."""

import asyncio
import base64
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.vault.keys import KeyringSecrets
from cerbo_desktop.vault.master_key import ACCOUNT, MasterKey
from tests.fakes.secret_service import bus_alone, needs_secret_service, no_bus, secret_service

pytestmark = needs_secret_service


class _Overtaken(KeyringSecrets):
    """Another start writes its own key just after ours has reached the store, before or after that is read back."""

    def __init__(self, theirs: str, *, reads_back_ours: bool) -> None:
        super().__init__()
        self._theirs = theirs
        self._reads_back_ours = reads_back_ours

    async def write(self, account: str, secret: str) -> None:
        await super().write(account, secret)
        await super().write(account, self._theirs)
        if not self._reads_back_ours:
            raise NotSafe(NotSafeReason.KEYRING_FAILED)


class _Counted(KeyringSecrets):
    def __init__(self) -> None:
        super().__init__()
        self.write_count = 0

    async def write(self, account: str, secret: str) -> None:
        self.write_count += 1
        await super().write(account, secret)


class _Forgetful(KeyringSecrets):
    """Says yes and keeps nothing."""

    async def write(self, account: str, secret: str) -> None:
        await self.place()


async def _reasons(key: MasterKey) -> set[NotSafeReason]:
    reasons = set()
    for call in (key.get(), key.get_or_make()):
        with pytest.raises(NotSafe) as caught:
            await call
        reasons.add(caught.value.reason)
    return reasons


async def test_made_once_and_the_same_after_a_second_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch):
        assert await MasterKey(KeyringSecrets()).get() is None
        made = await MasterKey(KeyringSecrets()).get_or_make()
        assert len(made) == 32
        assert await MasterKey(KeyringSecrets()).get() == made
        assert await MasterKey(KeyringSecrets()).get_or_make() == made
        stored = await KeyringSecrets().read(ACCOUNT)
        assert stored == base64.b64encode(made).decode()
        await KeyringSecrets().erase(ACCOUNT)
        assert await MasterKey(KeyringSecrets()).get() is None
        assert await MasterKey(KeyringSecrets()).get_or_make() != made


async def test_asked_for_twice_at_once_there_is_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch):
        store = _Counted()
        key = MasterKey(store)
        made = await asyncio.gather(*(key.get_or_make() for _ in range(5)))
        assert set(made) == {await key.get()}
        assert store.write_count == 1


@pytest.mark.parametrize("reads_back_ours", [True, False])
async def test_the_start_that_was_overtaken_takes_the_stored_key(
    reads_back_ours: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = bytes(range(32))
    with secret_service(tmp_path, monkeypatch):
        store = _Overtaken(base64.b64encode(theirs).decode(), reads_back_ours=reads_back_ours)
        assert await MasterKey(store).get_or_make() == theirs
        assert await MasterKey(KeyringSecrets()).get() == theirs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not base64!",
        "clé",
        "AAAA",
        base64.b64encode(bytes(31)).decode(),
        base64.b64encode(bytes(33)).decode(),
        " " + base64.b64encode(bytes(32)).decode(),
    ],
)
async def test_a_stored_text_that_is_no_key_is_left_alone(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secret_service(tmp_path, monkeypatch):
        await KeyringSecrets().write(ACCOUNT, text)
        assert await _reasons(MasterKey(KeyringSecrets())) == {NotSafeReason.KEYRING_FAILED}
        assert await KeyringSecrets().read(ACCOUNT) == text


async def test_a_store_that_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch):
        with pytest.raises(NotSafe) as caught:
            await MasterKey(_Forgetful()).get_or_make()
        assert caught.value.reason is NotSafeReason.KEYRING_FAILED


async def test_a_locked_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(tmp_path, monkeypatch, locked=True):
        assert await _reasons(MasterKey(KeyringSecrets(limit_s=0.5))) == {NotSafeReason.KEYRING_LOCKED}


async def test_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with no_bus(tmp_path / "none", monkeypatch):
        assert await _reasons(MasterKey(KeyringSecrets())) == {NotSafeReason.NO_KEYRING}
    with bus_alone(tmp_path / "bus", monkeypatch):
        assert await _reasons(MasterKey(KeyringSecrets())) == {NotSafeReason.NO_KEYRING}
