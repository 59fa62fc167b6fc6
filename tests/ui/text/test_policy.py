"""The sentences about the policy and about leaving: exact, whole, and never pretending."""

import pytest

from cerbo_desktop.config.effective import Effective
from cerbo_desktop.config.policy import Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.policy_keys import KEYS
from cerbo_desktop.config.policy_kinds import WholeNumber
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.ui.text import policy as words, removal, settings

_PLACE = "/etc/cerbo-desktop/policy.toml"


def _effective(policy: Policy, fault: PolicyFault | None = None) -> Effective:
    return Effective(PolicyReading((_PLACE,), policy, fault=fault), Settings())


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            PolicyFault(PolicyFaultKind.NOT_TOML, _PLACE, 3),
            "/etc/cerbo-desktop/policy.toml, line 3: it is not TOML, such as camera = true.",
        ),
        (
            PolicyFault(PolicyFaultKind.BAD_VALUE, _PLACE, 7, "camera"),
            "/etc/cerbo-desktop/policy.toml, line 7: “camera” must be true or false.",
        ),
        (
            PolicyFault(PolicyFaultKind.BAD_VALUE, _PLACE, 1, "idle_lock_minutes"),
            "/etc/cerbo-desktop/policy.toml, line 1: “idle_lock_minutes” must be a whole number from 1 to 15.",
        ),
        (
            PolicyFault(PolicyFaultKind.WRITABLE, _PLACE),
            "/etc/cerbo-desktop/policy.toml: it or its folder can be changed by standard users, who could change it "
            "for everyone.",
        ),
    ],
)
def test_a_fault_names_file_line_and_cause(fault: PolicyFault, sentence: str) -> None:
    assert words.fault(fault) == sentence
    assert words.fault_strip(fault) == f"{sentence} Photos are safe. Tell your clinic’s IT."


@pytest.mark.parametrize("kind", PolicyFaultKind)
def test_every_kind_of_fault_and_every_key_has_its_words(kind: PolicyFaultKind) -> None:
    for key in Policy.__struct_fields__:
        sentence = words.fault(PolicyFault(kind, _PLACE, 2, key))
        assert sentence.startswith("/etc/cerbo-desktop/policy.toml, line 2: ")
        assert sentence.endswith(".")
        assert (f"“{key}”" in sentence) is (kind is PolicyFaultKind.BAD_VALUE)


def test_unknown_keys_are_named_harmlessly() -> None:
    assert words.unknown_keys(("camra",)) == "Unknown policy setting “camra” is ignored."
    assert words.unknown_keys(("a", "b")) == "Unknown policy settings “a”, “b” are ignored."
    many = words.unknown_keys(tuple(f"key{number}" for number in range(9)))
    assert "“key4” and 4 more are ignored." in many
    assert "\u202e" not in words.unknown_keys(("\u202eevil",))


def test_what_this_version_does_not_have_is_said() -> None:
    assert settings.copying(is_allowed=True).text == "Allowed. Copy, save and print aren’t available in this version."
    shown = settings.copying(is_allowed=True), settings.locking(1), settings.practice_is_off()
    assert [each.value for each in shown] == ["Not in this version", "Not in this version", "Off"]
    assert settings.locking(1).text.startswith("Set to 1 minute, but this version doesn’t lock automatically")
    assert settings.copying(is_allowed=False).value == "Off"


def test_an_update_notice_is_one_harmless_line() -> None:
    assert settings.update_notice(_effective(Policy())) == ""
    policy = Policy(update_notice_text="Friday\nevening", update_notice_url="https://a.example")
    assert settings.update_notice(_effective(policy)) == "Friday evening https://a.example"


def test_practice_says_why_it_is_off() -> None:
    assert words.practice_off(_effective(Policy()).practice_off_by) == ""
    assert "turned off by your clinic’s IT" in words.practice_off(_effective(Policy(practice=False)).practice_off_by)
    fault = PolicyFault(PolicyFaultKind.NOT_TEXT, _PLACE)
    assert "is fixed" in words.practice_off(_effective(Policy(practice=False), fault).practice_off_by)


@pytest.mark.parametrize("reason", NotSafeReason)
def test_what_was_not_removed_says_what_to_do(reason: NotSafeReason) -> None:
    said = removal.not_removed(NotSafe(reason))
    is_keyring = reason.name.startswith(("NO_KEYRING", "KEYRING"))
    assert "Nothing was removed. " in said.text
    assert ("password store" in said.text) is is_keyring


@pytest.mark.parametrize(
    ("number", "title", "consent"),
    [
        (1, "1 photo is not sent yet", "Permanently delete this photo"),
        (3, "3 photos are not sent yet", "Permanently delete these 3 photos"),
    ],
)
def test_counts_agree(number: int, title: str, consent: str) -> None:
    assert removal.photos_wait(number).title == title
    assert removal.force_consent(number) == consent


def test_a_wrong_number_is_told_the_limits_of_its_key() -> None:
    for key in KEYS:
        if isinstance(key.kind, WholeNumber):
            sentence = words.fault(PolicyFault(PolicyFaultKind.BAD_VALUE, _PLACE, 1, key.name))
            assert f"from {key.kind.lowest} to {key.kind.highest}." in sentence
