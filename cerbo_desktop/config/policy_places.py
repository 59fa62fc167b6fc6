"""Where a policy can be on a PC: what group policy or a configuration profile has set, and a file.

Only administrators can write to any of these places. The templates for management tools are made from the table of
keys, by `packaging/dev.py policy`.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import platformdirs

from cerbo_desktop.config.policy import PolicyFaultKind
from cerbo_desktop.config.policy_keys import KEYS
from cerbo_desktop.config.policy_kinds import TrueOrFalse
from cerbo_desktop.config.policy_toml import line_of, parsed
from cerbo_desktop.config.trusted_files import FaultyPolicyError, trusted_bytes, trusted_text

REGISTRY_KEY = r"Software\Policies\Cerbo Desktop"
"""Under HKEY_LOCAL_MACHINE. Standard users can write nothing below Software\\Policies."""
PREFERENCE_DOMAIN = "org.cerbo-desktop.CerboDesktop"
"""The app's bundle identifier on macOS."""
_ADDED_BY_MACOS = "Payload"
"""What the names begin with that macOS adds to those of a profile."""
_SWITCHES = frozenset(key.name for key in KEYS if isinstance(key.kind, TrueOrFalse))


@dataclass(frozen=True, slots=True)
class RawPolicy:
    """What one place sets, not judged yet."""

    values: Mapping[str, object]
    """By the names of `policy_keys`, and others that this version may not know."""
    line_of: Callable[[str], int | None] = lambda _: None
    """The line, from 1, in which a key stands; None where the place has no lines."""


class PolicyPlace(Protocol):
    """One place that can set something for everybody on a PC."""

    @property
    def name(self) -> str:
        """As an administrator knows it: a file's path, or a key of the Windows registry."""

    def read(self, owner_uid: int) -> RawPolicy | None:
        """What it sets; None where nothing is there. Raises `FaultyPolicyError`.

        A file has to belong to `owner_uid` on macOS and Linux.
        """


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """TOML that an administrator, a script or a package has put on the PC."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    def read(self, owner_uid: int) -> RawPolicy | None:
        text = trusted_text(self.path, owner_uid)
        return None if text is None else RawPolicy(parsed(text), lambda key: line_of(key, text))


@dataclass(frozen=True, slots=True)
class ManagedPreferences:
    """The property list that macOS makes from a configuration profile."""

    path: Path = Path("/Library/Managed Preferences") / f"{PREFERENCE_DOMAIN}.plist"

    @property
    def name(self) -> str:
        return str(self.path)

    def read(self, owner_uid: int) -> RawPolicy | None:
        data = trusted_bytes(self.path, owner_uid)
        if data is None:
            return None
        import plistlib  # for PCs that have such a profile
        from xml.parsers.expat import ExpatError

        try:
            values = plistlib.loads(data)
        except (ValueError, ExpatError, RecursionError):
            values = None
        if not isinstance(values, dict):
            raise FaultyPolicyError(PolicyFaultKind.NOT_PROPERTY_LIST)
        found = {str(name): value for name, value in values.items() if not str(name).startswith(_ADDED_BY_MACOS)}
        return RawPolicy(found) if found else None


@dataclass(frozen=True, slots=True)
class WindowsRegistry:
    """What a group policy has set for the PC."""

    values: Callable[[], Iterable[tuple[str, object]]]
    """Names and what the registry holds for each. Raises `OSError`."""
    name: str = f"HKEY_LOCAL_MACHINE\\{REGISTRY_KEY}"

    def read(self, owner_uid: int) -> RawPolicy | None:  # noqa: ARG002 - the registry's own rights say who may write
        try:
            found = {name.lower(): value for name, value in self.values()}  # to the registry R and r are one letter
        except FileNotFoundError:
            return None
        except OSError:
            raise FaultyPolicyError(PolicyFaultKind.CANNOT_BE_READ) from None
        for name in _SWITCHES & found.keys():
            if type(found[name]) is int and found[name] in (0, 1):  # it has no true and false
                found[name] = bool(found[name])
        return RawPolicy(found) if found else None


def policy_path() -> Path:
    """Where the policy file is for all users of this PC. Deliberately not movable by an environment variable."""
    if sys.platform == "win32":
        folder = Path(platformdirs.site_config_dir("Cerbo Desktop", appauthor=False))
    elif sys.platform == "darwin":
        folder = Path("/Library/Application Support/Cerbo Desktop")
    else:
        folder = Path("/etc/cerbo-desktop")
    return folder / "policy.toml"


if sys.platform == "win32":
    import winreg

    def _registry_values() -> Iterator[tuple[str, object]]:
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY, access=access) as key:
            for number in range(winreg.QueryInfoKey(key)[1]):
                name, value, _ = winreg.EnumValue(key, number)
                yield name, value

    def policy_places() -> tuple[PolicyPlace, ...]:
        """The places of this PC, the strongest first."""
        return WindowsRegistry(_registry_values), PolicyFile(policy_path())

elif sys.platform == "darwin":

    def policy_places() -> tuple[PolicyPlace, ...]:
        """The places of this PC, the strongest first."""
        return ManagedPreferences(), PolicyFile(policy_path())

else:

    def policy_places() -> tuple[PolicyPlace, ...]:
        """The places of this PC, the strongest first."""
        return (PolicyFile(policy_path()),)
