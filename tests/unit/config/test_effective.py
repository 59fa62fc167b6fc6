"""What holds once policy, options and settings have had their say, and that everybody asks there."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import cerbo_desktop
from cerbo_desktop.config import policy_keys as keys
from cerbo_desktop.config.effective import Effective, SetBy
from cerbo_desktop.config.policy import SAFE_SIDE, Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.settings import Settings

_PLACE = "/etc/cerbo-desktop/policy.toml"
_PRODUCT = Path(cerbo_desktop.__file__).parent
_FREE = PolicyReading()
_FAULTY = PolicyReading((_PLACE,), SAFE_SIDE, fault=PolicyFault(PolicyFaultKind.NOT_TOML, _PLACE, 1))


def _set(policy: Policy) -> PolicyReading:
    return PolicyReading((_PLACE,), policy)


@pytest.mark.parametrize(
    ("reading", "kept", "given", "address", "set_by"),
    [
        (_FREE, "", "", "", SetBy.PERSON),
        (_FREE, "https://kept.example", "", "https://kept.example", SetBy.PERSON),
        (_FREE, "https://kept.example", "https://given.example", "https://given.example", SetBy.PERSON),
        (_FAULTY, "https://kept.example", "https://given.example", "https://kept.example", SetBy.SAFE_SIDE),
        (_FAULTY, "", "https://given.example", "https://given.example", SetBy.PERSON),
        (_set(Policy(server="relay.example")), "https://a.example", "b.example", "https://relay.example", SetBy.CLINIC),
    ],
)
def test_the_address_is_the_clinics_then_this_starts_then_set_ups(
    reading: PolicyReading, kept: str, given: str, address: str, set_by: SetBy
) -> None:
    effective = Effective(reading, Settings(origin=kept), given)
    assert (effective.address, effective.address_set_by) == (address, set_by)


def test_without_a_policy_the_defaults_of_the_table_hold() -> None:
    effective = Effective(_FREE, Settings())
    assert effective.allows_camera
    assert effective.allows_practice
    assert effective.keeps_taken_for == timedelta(days=7)
    assert not effective.keeps_thumbnails
    assert Effective(_FREE, Settings(keeps_thumbnails=True)).keeps_thumbnails
    assert {effective.set_by(key) for key in keys.KEYS} == {SetBy.PERSON}


def test_the_clinic_is_named_for_what_it_sets_and_nobody_while_its_file_is_faulty() -> None:
    effective = Effective(_set(Policy(camera=False, taken_photo_days=3)), Settings())
    assert not effective.allows_camera
    assert effective.keeps_taken_for == timedelta(days=3)
    assert (effective.set_by(keys.CAMERA), effective.set_by(keys.PRACTICE)) == (SetBy.CLINIC, SetBy.PERSON)
    faulty = Effective(_FAULTY, Settings(keeps_thumbnails=True))
    assert (faulty.keeps_thumbnails, faulty.set_by(keys.THUMBNAIL_CACHE)) == (False, SetBy.SAFE_SIDE)


def test_the_table_and_the_policy_have_the_same_keys_and_the_table_is_right_in_itself() -> None:
    assert set(Policy.__struct_fields__) == keys.NAMES
    assert len(keys.KEYS) == len(keys.NAMES)
    for key in keys.KEYS:
        assert key.kind.takes(key.example), key.name
        for value in (key.default, key.safe_side):
            assert value is None or key.kind.takes(value), key.name
        assert (key.default is None) is bool(key.unset), f"{key.name}: either a default or words for it"


def test_nobody_else_asks_the_policy_itself() -> None:
    files = {file.relative_to(_PRODUCT).as_posix(): file.read_text("utf-8") for file in _PRODUCT.rglob("*.py")}
    asking = {name for name, text in files.items() if ".policy" in text and _asks_policy(text)}
    assert asking == {"config/effective.py", "config/policy.py"}


def _asks_policy(text: str) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr == "policy" for node in ast.walk(ast.parse(text)))
