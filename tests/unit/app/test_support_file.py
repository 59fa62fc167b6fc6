"""The support file: every part is there, and what could tell of somebody is not."""

import sys
from datetime import UTC, datetime

import pytest

from cerbo_desktop.app import support_file
from cerbo_desktop.app.support_file import self_test_lines, support_text
from cerbo_desktop.config.policy import NO_POLICY, SAFE_SIDE, Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.domain.upload import UploadState as S
from cerbo_desktop.outbox.survey import OutboxCounts
from cerbo_desktop.runtime.events import Event, event

_NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
_PLACE = "/etc/cerbo-desktop/policy.toml"
_CANARIES = Settings(
    origin="https://riverbend.md-hq.com",
    username="pk_canary",
    practice_name="Canary Clinic",
    accounts=("pk_canary at https://riverbend.md-hq.com",),
    camera_id="5c3f7573623a63616e617279",
)


def _text(reading: PolicyReading = NO_POLICY, waiting: OutboxCounts | None = OutboxCounts()) -> str:  # noqa: B008  # frozen
    return support_text(_NOW, _CANARIES, reading, waiting, ("ok      Fonts: Inter",))


def test_settings_without_key_name_accounts_and_serial_numbers() -> None:
    event(Event.CAMERA)
    text = _text()
    assert text.startswith("Cerbo Desktop support file, created 2025-11-12T10:12:00+00:00\n\nVersions\n")
    assert "server address: https://riverbend.md-hq.com\n  key: set\n  camera: chosen\n" in text
    assert "Self-test\n  ok      Fonts: Inter\n" in text
    assert text.endswith(" INFO camera\n")
    for canary in ("canary", "Canary", _CANARIES.camera_id):
        assert canary not in text


def test_the_policy_as_it_was_read() -> None:
    policy = Policy(camera=False, idle_lock_minutes=3, update_notice_text="Friday")
    text = _text(PolicyReading((_PLACE,), policy, unknown_keys=("camra",)))
    assert f"Policy\n  {_PLACE}\n  unknown keys: camra" in text
    assert "\n  idle_lock_minutes: 3\n  camera: false\n  update_notice_text: Friday\n" in text
    fault = PolicyFault(PolicyFaultKind.BAD_VALUE, _PLACE, 2, "practice")
    broken = _text(PolicyReading((_PLACE,), SAFE_SIDE, fault=fault))
    assert "not used: bad value, line 2, key practice. Safe defaults apply:" in broken
    assert "\n  practice: false\n" in broken


def test_photos_are_counted_by_state() -> None:
    assert "all accounts\n  queued: 2\n  sealed and not in the list: 1\n" in _text(
        waiting=OutboxCounts({S.QUEUED: 2}, 1)
    )
    assert "all accounts\n  none\n" in _text()
    assert "all accounts\n  cannot be counted\n" in _text(waiting=None)


async def test_a_self_test_that_does_not_start_or_end_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/at/all")
    assert await self_test_lines() == ("could not be started",)
    monkeypatch.undo()
    monkeypatch.setattr(support_file, "_SELF_TEST_LIMIT_S", 0.01)
    assert await self_test_lines() == ("did not end within 0 s",)
