"""What a management tool has set: read beside the policy file, judged as strictly, and stronger than it."""

import os
import plistlib
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import trustme

from cerbo_desktop.config.policy import SAFE_SIDE, Policy, PolicyFault, PolicyFaultKind, PolicyReading
from cerbo_desktop.config.policy_places import ManagedPreferences, PolicyFile, PolicyPlace, WindowsRegistry
from cerbo_desktop.config.policy_reading import read_policy

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX's")

_REGISTRY = "HKEY_LOCAL_MACHINE\\Software\\Policies\\Cerbo Desktop"


def _registry(**values: object) -> WindowsRegistry:
    return WindowsRegistry(lambda: values.items())


def _file(tmp_path: Path, text: str) -> PolicyFile:
    file = tmp_path / "policy.toml"
    file.write_text(text, "utf-8")
    file.chmod(0o644)
    return PolicyFile(file)


def _preferences(tmp_path: Path, content: bytes | list[str] | dict[str, object]) -> ManagedPreferences:
    file = tmp_path / "preferences.plist"
    file.write_bytes(content if isinstance(content, bytes) else plistlib.dumps(content, fmt=plistlib.FMT_BINARY))
    file.chmod(0o644)
    return ManagedPreferences(file)


def _read(places: Iterable[PolicyPlace]) -> PolicyReading:
    return read_policy(places, owner_uid=os.getuid() if sys.platform != "win32" else 0)


def test_the_registry_sets_texts_numbers_and_switches() -> None:
    reading = _read([_registry(Server="https://relay.clinic.example", Camera=0, practice=1, taken_photo_days=3)])
    assert reading == PolicyReading(
        (_REGISTRY,), Policy(server="https://relay.clinic.example", camera=False, practice=True, taken_photo_days=3)
    )


def test_a_tool_that_has_set_nothing_leaves_everything_free(tmp_path: Path) -> None:
    def nothing_there() -> Iterable[tuple[str, object]]:
        raise FileNotFoundError

    places: list[PolicyPlace] = [WindowsRegistry(nothing_there), _registry(), ManagedPreferences(tmp_path / "no.plist")]
    assert _read(places) == PolicyReading()
    assert _read([_preferences(tmp_path, {"PayloadUUID": "1"})]) == PolicyReading()


@pytest.mark.parametrize("value", [2, "yes", "1", b"\1", ["1"]])
def test_a_switch_that_is_neither_on_nor_off_is_a_fault(value: object) -> None:
    fault = PolicyFault(PolicyFaultKind.BAD_VALUE, _REGISTRY, key="camera")
    assert _read([_registry(camera=value)]) == PolicyReading((_REGISTRY,), SAFE_SIDE, fault)


def test_a_registry_that_cannot_be_read_leaves_the_safe_side() -> None:
    def refused() -> Iterable[tuple[str, object]]:
        raise PermissionError

    fault = PolicyFault(PolicyFaultKind.CANNOT_BE_READ, _REGISTRY)
    assert _read([WindowsRegistry(refused)]) == PolicyReading((_REGISTRY,), SAFE_SIDE, fault)


def test_the_tool_beats_the_file_key_by_key(tmp_path: Path) -> None:
    file = _file(tmp_path, "camera = true\npractice = false\ncamra = 1\n")
    reading = _read([_registry(camera=0, colour=1), file])
    assert reading.policy == Policy(camera=False, practice=False)
    assert reading.places == (_REGISTRY, file.name)
    assert reading.unknown_keys == ("colour", "camra")


def test_a_file_that_is_wrong_spoils_what_the_tool_has_set_too(tmp_path: Path) -> None:
    file = _file(tmp_path, "camera = maybe\n")
    reading = _read([_registry(server="https://relay.clinic.example"), file])
    assert reading.policy == SAFE_SIDE
    assert reading.fault == PolicyFault(PolicyFaultKind.NOT_TOML, file.name, 1)


def test_a_profile_of_macos_sets_its_keys_and_nothing_of_its_own(tmp_path: Path) -> None:
    place = _preferences(tmp_path, {"camera": False, "idle_lock_minutes": 3, "PayloadUUID": "1", "camra": True})
    reading = _read([place])
    assert reading == PolicyReading((place.name,), Policy(camera=False, idle_lock_minutes=3), unknown_keys=("camra",))


@pytest.mark.parametrize("content", [b"", b"bplist00", b"<plist><dict>", b"camera = true", ["camera"]])
def test_what_is_no_property_list_is_a_fault(tmp_path: Path, content: bytes | list[str]) -> None:
    place = _preferences(tmp_path, content)
    fault = PolicyFault(PolicyFaultKind.NOT_PROPERTY_LIST, place.name)
    assert _read([place]) == PolicyReading((place.name,), SAFE_SIDE, fault)


@posix_only
def test_a_property_list_that_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    place = _preferences(tmp_path, {"camera": False})
    place.path.chmod(0o666)
    fault = PolicyFault(PolicyFaultKind.WRITABLE, place.name)
    assert _read([place]) == PolicyReading((place.name,), SAFE_SIDE, fault)


def test_an_authority_comes_from_the_place_that_decides(tmp_path: Path) -> None:
    certificates = [trustme.CA().cert_pem.bytes().decode() for _ in range(2)]
    paths = [tmp_path / "of the tool.pem", tmp_path / "of the file.pem"]
    for path, text in zip(paths, certificates, strict=True):
        path.write_text(text, "utf-8")
        path.chmod(0o644)
    file = _file(tmp_path, f"authority_file = '{paths[1]}'\n")
    assert _read([_registry(authority_file=str(paths[0])), file]).clinic_authority == certificates[0]
    assert _read([_registry(camera=1), file]).clinic_authority == certificates[1]
    fault = PolicyFault(PolicyFaultKind.BAD_VALUE, _REGISTRY, key="authority_file")
    assert _read([_registry(authority_file=str(tmp_path / "no.pem"))]).fault == fault
