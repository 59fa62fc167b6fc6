"""A release with a library below its floor fails, unless an exception holds on the day of the build."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shipping.floors import FLOORS, Floor, PassedOver, check, judged, read
from shipping.notices import BILL_NAME, DEBIAN_VERSION

TODAY = date(2026, 11, 28)
HEIF = Floor("libheif", ("1.23.4",), "a heap overwrite")
BORNE = PassedOver("libheif", "1.23.0", date(2027, 2, 28), "there is no mended wheel")


def _part(name: str, version: str, **more: Any) -> dict[str, Any]:
    return {"type": "library", "name": name, "version": version, **more}


def _judged(version: str, exceptions: list[PassedOver], today: date = TODAY) -> tuple[int, int, int]:
    """How many are borne, expired, broken."""
    verdict = judged([_part("libheif", version), _part("other", "0.1")], [HEIF], exceptions, today)
    return len(verdict.borne), len(verdict.expired), len(verdict.broken)


@pytest.mark.parametrize(
    ("version", "minimum", "reaches"),
    [
        ("1.23.4", ("1.23.4",), True),
        ("1.23.10", ("1.23.4",), True),  # by numbers, not by letters
        ("1.23.0", ("1.23.4",), False),
        ("2.0", ("1.23.4",), True),
        ("3.0.19", ("3.0.19", "3.5.5"), True),
        ("3.0.18", ("3.0.19", "3.5.5"), False),
        ("3.5.4", ("3.0.19", "3.5.5"), False),
        ("3.2.9", ("3.0.19", "3.5.5"), False),  # no branch that still gets fixes
        ("4.0.3", ("3.0.19", "3.5.5"), True),
        ("unknown", ("0.1",), False),
    ],
)
def test_a_version_is_held_against_its_own_branch(version: str, minimum: tuple[str, ...], reaches: bool) -> None:
    verdict = judged([_part("it", version)], [Floor("it", minimum, "why")], [], TODAY)
    assert bool(verdict.broken) is not reaches


def test_an_exception_is_for_one_version_and_until_one_day() -> None:
    assert _judged("1.23.0", []) == (0, 0, 1)
    assert _judged("1.23.0", [BORNE]) == (1, 0, 0)
    assert _judged("1.23.1", [BORNE]) == (0, 0, 1)
    assert _judged("1.23.0", [BORNE], BORNE.until) == (1, 0, 0)
    assert _judged("1.23.0", [BORNE], BORNE.until + timedelta(days=1)) == (0, 1, 0)


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="Debian's order of versions is asked of dpkg")
@pytest.mark.parametrize(("package", "reaches"), [("3.40.1-2+deb12u2", True), ("3.40.1-2+deb12u1", False)])
def test_what_debian_mended_counts_by_the_version_of_its_package(package: str, reaches: bool) -> None:
    floor = Floor("SQLite", ("3.50.2",), "why", debian="3.40.1-2+deb12u2")
    part = _part("SQLite", "3.40.1", properties=[{"name": DEBIAN_VERSION, "value": package}])
    assert bool(judged([part], [floor], [], TODAY).broken) is not reaches
    assert judged([_part("SQLite", "3.40.1")], [floor], [], TODAY).broken  # not from Debian: no mended version


def _bundle(folder: Path, *parts: Mapping[str, Any]) -> Path:
    (folder / "legal").mkdir(parents=True)
    (folder / "legal" / BILL_NAME).write_text(json.dumps({"components": parts}), "utf-8")
    return folder


def _rules(folder: Path, until: date) -> Path:
    rules = folder / "floors.toml"
    rules.write_text(
        '[[floor]]\ncomponent = "libheif"\nminimum = ["1.23.4"]\nreason = "a heap overwrite"\n'
        f'[[exception]]\ncomponent = "libheif"\nversion = "1.23.0"\nuntil = {until}\nwhy = "it is confined"\n',
        "utf-8",
    )
    return rules


def test_expiry_stops_a_release_in_words_and_warns_every_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, rules = _bundle(tmp_path / "bundle", _part("libheif", "1.23.0")), _rules(tmp_path, TODAY)
    check(TODAY, only_warns_of_expiry=False, inside=bundle, rules=rules)
    assert f"WARNING: libheif 1.23.0 is below 1.23.4 (a heap overwrite). Borne until {TODAY}" in capsys.readouterr().out
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(SystemExit, match=f"Its exception ended on {TODAY}: take a mended version"):
        check(tomorrow, only_warns_of_expiry=False, inside=bundle, rules=rules)
    capsys.readouterr()
    check(tomorrow, only_warns_of_expiry=True, inside=bundle, rules=rules)
    assert "WARNING: libheif 1.23.0 is below 1.23.4 (a heap overwrite). Its exception ended" in capsys.readouterr().out


def test_a_version_that_nobody_judged_stops_every_build(tmp_path: Path) -> None:
    bundle, rules = _bundle(tmp_path / "bundle", _part("libheif", "1.22.9")), _rules(tmp_path, TODAY)
    for only_warns in (False, True):
        with pytest.raises(SystemExit, match=r"libheif 1\.22\.9 is below 1\.23\.4"):
            check(TODAY, only_warns_of_expiry=only_warns, inside=bundle, rules=rules)


def test_a_bill_that_names_another_file_than_the_bundle_holds_stops_the_build(tmp_path: Path) -> None:
    content = hashlib.sha256(b"library").hexdigest()
    part = {"type": "file", "name": "lib/it.so", "hashes": [{"alg": "SHA-256", "content": content}]}
    bundle = _bundle(tmp_path / "bundle", _part("it", "1.0", components=[part]))
    (bundle / "lib").mkdir()
    (bundle / "lib" / "it.so").write_bytes(b"library")
    check(TODAY, only_warns_of_expiry=False, inside=bundle, rules=_rules(tmp_path, TODAY))
    (bundle / "lib" / "it.so").write_bytes(b"another")
    with pytest.raises(SystemExit, match=r"lib/it\.so"):
        check(TODAY, only_warns_of_expiry=False, inside=bundle, rules=_rules(tmp_path, TODAY))


def test_the_projects_own_file_reads_and_every_exception_has_its_floor() -> None:
    floors, exceptions = read(FLOORS)
    named = {floor.component for floor in floors}
    assert named >= {"libheif", "libde265", "libjpeg-turbo", "FFmpeg", "OpenSSL", "SQLite", "CPython"}
    assert all(floor.reason and floor.minimum for floor in floors)
    assert {each.component for each in exceptions} <= named
    assert all(each.why for each in exceptions)
    assert all(judged([_part(each.component, each.version)], floors, [], TODAY).broken for each in exceptions)
