"""What tells a clinic's IT of the policy keys is what the table makes, and each format says the same."""

import plistlib
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cerbo_desktop.config.policy_keys import KEYS
from cerbo_desktop.config.policy_kinds import TrueOrFalse, WholeNumber
from cerbo_desktop.config.policy_places import ManagedPreferences, WindowsRegistry
from shipping import policies, policy_templates
from shipping.places import PACKAGING, ROOT

_MADE = policies.made()
_XML = {"": "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"}
_EXAMPLES = {key.name: key.example for key in KEYS}


@pytest.mark.parametrize("path", _MADE, ids=str)
def test_the_files_in_the_tree_are_what_the_table_makes(path: Path) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert text == _MADE[path], "python3 packaging/dev.py policy makes them anew"


def test_the_folder_holds_nothing_that_the_table_does_not_make() -> None:
    there = {file.relative_to(ROOT) for file in (PACKAGING / "policy").rglob("*") if file.is_file()}
    assert there == {path for path in _MADE if path.parts[0] == "packaging"}


def test_the_example_sets_each_key_once_its_mark_is_taken_away() -> None:
    assert tomllib.loads(policies.example()) == {}
    assert tomllib.loads(re.sub(r"^# (?=\w+ = )", "", policies.example(), flags=re.MULTILINE)) == _EXAMPLES


def test_the_reference_has_a_row_for_each_key() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", policies.reference(), re.MULTILINE)
    assert rows == [key.name for key in KEYS]


def test_the_profile_sets_each_key_once_its_comment_is_opened() -> None:
    text = policy_templates.mobileconfig({key.name: key.about for key in KEYS})
    (payload,) = plistlib.loads(text.encode())["PayloadContent"]
    assert not payload.keys() & _EXAMPLES.keys()
    opened = re.sub(r"<!-- [^\n]*\n(\t+<key>.*?)-->", r"\1", text, flags=re.DOTALL)
    (payload,) = plistlib.loads(opened.encode())["PayloadContent"]
    assert {name: payload[name] for name in _EXAMPLES} == _EXAMPLES
    assert f'bundle_identifier="{payload["PayloadType"]}"' in (PACKAGING / "cerbo-desktop.spec").read_text("utf-8")


def test_the_windows_template_has_a_policy_for_each_key_with_its_limits() -> None:
    root = ET.fromstring(policy_templates.admx())
    found = {each.attrib["name"]: each for each in root.findall("policies/policy", _XML)}
    assert list(found) == [key.name for key in KEYS]
    for key in KEYS:
        policy = found[key.name]
        number = policy.find("elements/decimal", _XML)
        if isinstance(key.kind, WholeNumber):
            assert number is not None
            limits = (int(number.attrib["minValue"]), int(number.attrib["maxValue"]))
            assert limits == (key.kind.lowest, key.kind.highest)
        else:
            assert number is None
            assert (policy.find("elements/text", _XML) is None) is isinstance(key.kind, TrueOrFalse)


def test_every_word_that_the_windows_template_names_is_there_and_no_other() -> None:
    words = ET.fromstring(policy_templates.adml(dict.fromkeys(_EXAMPLES, "what it does")))
    for kind in ("string", "presentation"):
        named = re.findall(rf"\$\({kind}\.(\w+)\)", policy_templates.admx())
        there = [each.attrib["id"] for each in words.findall(f"resources/{kind}Table/{kind}", _XML)]
        assert sorted(there) == sorted(set(named))
        assert len(there) == len(set(there))


def test_what_the_profile_sets_is_what_the_app_reads(tmp_path: Path) -> None:
    """As macOS writes it: the payload's own keys among the names of the profile."""
    text = policy_templates.mobileconfig({key.name: key.about for key in KEYS})
    opened = re.sub(r"<!-- [^\n]*\n(\t+<key>.*?)-->", r"\1", text, flags=re.DOTALL)
    (payload,) = plistlib.loads(opened.encode())["PayloadContent"]
    file = tmp_path / f"{payload['PayloadType']}.plist"
    file.write_bytes(plistlib.dumps(payload))
    raw = ManagedPreferences(file).read(tmp_path.stat().st_uid)
    assert raw is not None
    assert raw.values == _EXAMPLES


def test_what_the_windows_template_sets_is_what_the_app_reads() -> None:
    """As the Group Policy editor would write each policy, switched on or filled with its example."""
    root = ET.fromstring(policy_templates.admx())
    written = [value for each in root.findall("policies/policy", _XML) for value in _written_by_windows(each)]
    raw = WindowsRegistry(lambda: written).read(0)
    assert raw is not None
    assert raw.values == _EXAMPLES


def _written_by_windows(policy: ET.Element) -> list[tuple[str, object]]:
    if "valueName" in policy.attrib:
        state = "enabledValue" if _EXAMPLES[policy.attrib["name"]] else "disabledValue"
        number = policy.find(f"{state}/decimal", _XML)
        assert number is not None
        return [(policy.attrib["valueName"], int(number.attrib["value"]))]
    elements = policy.find("elements", _XML)
    assert elements is not None
    return [(each.attrib["valueName"], _EXAMPLES[policy.attrib["name"]]) for each in elements]
