"""The sentences about the policy file and about leaving: exact, whole, and never pretending."""

from pathlib import Path

import pytest

from cerbo_desktop.config.effective import Effective
from cerbo_desktop.config.policy import Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.policy_keys import KEYS
from cerbo_desktop.config.policy_kinds import WholeNumber
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.ui.settings import words

_FILE = Path("/etc/cerbo-desktop/policy.toml")


def _effective(policy: Policy, fault: PolicyFault | None = None) -> Effective:
    return Effective(PolicyReading(_FILE, policy, fault=fault), Settings())


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            PolicyFault(PolicyFaultKind.NOT_TOML, _FILE, 3),
            "/etc/cerbo-desktop/policy.toml, line 3: it is not TOML, such as camera = true.",
        ),
        (
            PolicyFault(PolicyFaultKind.BAD_VALUE, _FILE, 7, "camera"),
            "/etc/cerbo-desktop/policy.toml, line 7: “camera” must be true or false.",
        ),
        (
            PolicyFault(PolicyFaultKind.BAD_VALUE, _FILE, 1, "idle_lock_minutes"),
            "/etc/cerbo-desktop/policy.toml, line 1: “idle_lock_minutes” must be a whole number from 1 to 15.",
        ),
        (
            PolicyFault(PolicyFaultKind.WRITABLE, _FILE),
            "/etc/cerbo-desktop/policy.toml: it or its folder can be changed by ordinary users, who could set things "
            "for everybody.",
        ),
    ],
)
def test_a_fault_names_file_line_and_cause(fault: PolicyFault, sentence: str) -> None:
    assert words.policy_fault(fault) == sentence
    assert words.policy_fault_strip(fault) == f"{sentence} Photos are safe. Tell your clinic’s IT."


@pytest.mark.parametrize("kind", PolicyFaultKind)
def test_every_kind_of_fault_and_every_key_has_its_words(kind: PolicyFaultKind) -> None:
    for key in Policy.__struct_fields__:
        sentence = words.policy_fault(PolicyFault(kind, _FILE, 2, key))
        assert sentence.startswith("/etc/cerbo-desktop/policy.toml, line 2: ")
        assert sentence.endswith(".")
        assert (f"“{key}”" in sentence) is (kind is PolicyFaultKind.BAD_VALUE)


def test_unknown_keys_are_named_harmlessly() -> None:
    assert words.unknown_keys(("camra",)) == (
        "The policy file names “camra”, which this version does not know. It does nothing."
    )
    many = words.unknown_keys(tuple(f"key{number}" for number in range(9)))
    assert "“key4” and 4 more, which this version does not know. They do nothing." in many
    assert "\u202e" not in words.unknown_keys(("\u202eevil",))


def test_what_this_version_does_not_have_is_said() -> None:
    assert words.governed_without_feature(_effective(Policy())) == ()
    policy = Policy(copy_save_print=True, idle_lock_minutes=1, practice=False)
    copying, locking, practising = words.governed_without_feature(_effective(policy))
    assert copying.text == "Allowed. This version has no copy, save or print of photos."
    assert (copying.value, locking.value, practising.value) == ("Not in this version", "Not in this version", "Off")
    assert locking.text.startswith("Wanted after 1 minute. This version does not lock by itself")
    assert words.governed_without_feature(_effective(Policy(copy_save_print=False)))[0].value == "Off"


def test_an_update_notice_is_one_harmless_line() -> None:
    assert words.update_notice(_effective(Policy())) == ""
    policy = Policy(update_notice_text="Friday\nevening", update_notice_url="https://a.example")
    assert words.update_notice(_effective(policy)) == "Friday evening https://a.example"


def test_practice_says_why_it_is_off() -> None:
    assert words.practice_note(_effective(Policy())) == ""
    assert "turned off by your clinic’s IT" in words.practice_note(_effective(Policy(practice=False)))
    fault = PolicyFault(PolicyFaultKind.NOT_TEXT, _FILE)
    assert "not right" in words.practice_note(_effective(Policy(practice=False), fault))


@pytest.mark.parametrize("reason", NotSafeReason)
def test_what_was_not_removed_says_what_to_do(reason: NotSafeReason) -> None:
    said = words.not_removed(NotSafe(reason))
    is_keyring = reason.name.startswith(("NO_KEYRING", "KEYRING"))
    assert "Nothing was removed. " in said.text
    assert ("password store" in said.text) is is_keyring


@pytest.mark.parametrize(
    ("number", "title", "consent"),
    [
        (1, "1 photo is not sent yet", "Delete this photo for ever"),
        (3, "3 photos are not sent yet", "Delete these 3 photos for ever"),
    ],
)
def test_counts_agree(number: int, title: str, consent: str) -> None:
    assert words.photos_wait(number).title == title
    assert words.force_consent(number) == consent


def test_a_wrong_number_is_told_the_limits_of_its_key() -> None:
    for key in KEYS:
        if isinstance(key.kind, WholeNumber):
            sentence = words.policy_fault(PolicyFault(PolicyFaultKind.BAD_VALUE, _FILE, 1, key.name))
            assert f"from {key.kind.lowest} to {key.kind.highest}." in sentence
