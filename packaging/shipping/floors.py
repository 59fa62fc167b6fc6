"""No release with a library that is known to be broken: the bill of a finished bundle, held against `floors.toml`.

Standard library only: `dev.py` runs it.
"""

import itertools
import json
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shipping.libraries import UNKNOWN, digest
from shipping.notices import BILL_NAME, DEBIAN_VERSION
from shipping.places import INSIDE, PACKAGING

FLOORS = PACKAGING / "floors.toml"


@dataclass(frozen=True, slots=True)
class Floor:
    component: str
    minimum: tuple[str, ...]
    reason: str
    debian: str = ""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """One version below its floor that is borne until a day, that day included."""

    component: str
    version: str
    until: date
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    borne: tuple[str, ...]
    """Sentences about versions below their floors that an exception still covers."""
    expired: tuple[str, ...]
    """About those whose exception has ended."""
    broken: tuple[str, ...]
    """About those that no exception speaks of."""


def check(today: date, *, only_warns_of_expiry: bool, inside: Path = INSIDE, rules: Path = FLOORS) -> None:
    """Hold the finished bundle against its floors. Raises `SystemExit` where it must not be released.

    `only_warns_of_expiry` is for the run of every commit, which must not fail because a day has passed.
    """
    bill = json.loads((inside / "legal" / BILL_NAME).read_text("utf-8"))["components"]
    if changed := list(_changed(bill, inside)):
        raise SystemExit("The bill names other files than the bundle holds:\n  " + "\n  ".join(changed))
    verdict = judged(bill, *read(rules), today)
    for sentence in (*verdict.borne, *verdict.expired):
        print(f"WARNING: {sentence}", flush=True)
    failing = verdict.broken if only_warns_of_expiry else (*verdict.broken, *verdict.expired)
    if failing:
        raise SystemExit("This bundle must not be released:\n  " + "\n  ".join(failing))


def read(rules: Path) -> tuple[list[Floor], list[PassedOver]]:
    """Raises `TypeError` for a key that is missing or unknown."""
    told = tomllib.loads(rules.read_text("utf-8"))
    floors = [Floor(**{**each, "minimum": tuple(each["minimum"])}) for each in told.get("floor", [])]
    return floors, [PassedOver(**each) for each in told.get("exception", [])]


def judged(
    bill: Sequence[Mapping[str, Any]], floors: Sequence[Floor], exceptions: Sequence[PassedOver], today: date
) -> Verdict:
    borne, expired, broken = list[str](), list[str](), list[str]()
    for component, floor in itertools.product(bill, floors):
        if component["name"] != floor.component or _reaches(component, floor):
            continue
        version = component["version"]
        below = f"{floor.component} {version} is below {' or '.join(_wanted(component, floor))} ({floor.reason})."
        passed = next(
            (each for each in exceptions if (each.component, each.version) == (floor.component, version)), None
        )
        if passed is None:
            broken.append(f"{below} Take a mended version.")
        elif today > passed.until:
            ended = f"Its exception ended on {passed.until}"
            expired.append(f"{below} {ended}: take a mended version, or judge it anew in packaging/{FLOORS.name}.")
        else:
            borne.append(f"{below} Borne until {passed.until}: {passed.why}.")
    return Verdict(tuple(borne), tuple(expired), tuple(broken))


def _reaches(component: Mapping[str, Any], floor: Floor) -> bool:
    if floor.debian and (package := _debian_version(component)):
        return subprocess.run(["dpkg", "--compare-versions", package, "ge", floor.debian], check=False).returncode == 0
    if component["version"] == UNKNOWN:
        return False
    version = _numbers(component["version"])
    minima = sorted(map(_numbers, floor.minimum))
    of_its_branch = next((each for each in minima if each[:2] == version[:2]), minima[-1])
    return version >= of_its_branch


def _wanted(component: Mapping[str, Any], floor: Floor) -> tuple[str, ...]:
    return (floor.debian,) if floor.debian and _debian_version(component) else floor.minimum


def _debian_version(component: Mapping[str, Any]) -> str:
    told = {each["name"]: each["value"] for each in component.get("properties", [])}
    return str(told.get(DEBIAN_VERSION, ""))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _changed(bill: Sequence[Mapping[str, Any]], inside: Path) -> Iterator[str]:
    """Files whose content is not what the bill says."""
    for component in bill:
        for part in component.get("components", []):
            if part.get("type") == "file":
                file = inside / part["name"]
                if not file.is_file() or digest(file) != part["hashes"][0]["content"]:
                    yield part["name"]
