"""The self-test as a program: what it finds, how it says so, and that it can fail."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.screen import camera

PORTRAIT = Path(__file__).resolve().parents[3] / "resources" / "practice" / "portrait-thomas.jpg"
WITHOUT_PLATFORM = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DBUS_"))}

_NOBODY_TRUSTED = """
import sys
from cerbo_desktop.api import auth
from cerbo_desktop.app.main import main
auth.LINUX_STORES = ()
sys.exit(main(sys.argv[1:]))
"""


def _run(
    data_dir: Path,
    *options: str,
    environment: dict[str, str] | None = None,
    program: tuple[str, str] = ("-m", "cerbo_desktop.app.main"),
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *program, "--self-test", "--data-dir", str(data_dir), *options]
    surroundings = {**WITHOUT_PLATFORM, "QT_QPA_PLATFORM": "offscreen", **(environment or {})}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=100)


def _checks(report: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["status"] for check in report["checks"]}


def test_a_sound_installation_passes_with_a_picture_from_the_camera(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux") or shutil.which("gcc") is None:
        pytest.skip("the test camera needs Linux and a C compiler")
    plugged_in = camera.plugged_in(camera.build(tmp_path), PORTRAIT)
    ended = _run(tmp_path / "data", "--json", environment=plugged_in)
    report = json.loads(ended.stdout)
    assert ended.returncode == 0, report
    assert report["passed"]
    checks = _checks(report)
    # No keyring is asked for here, and HEIC is read where its decoder is installed.
    assert checks.pop("Keyring") in ("ok", "skipped")
    assert checks.pop("Decoder, HEIC") in ("ok", "skipped")
    assert set(checks.values()) == {"ok"}
    camera_words = next(each["words"] for each in report["checks"] if each["name"] == "Photo from the camera")
    assert camera_words.startswith("Desk Camera, ")


def test_what_does_not_hold_is_a_failure_and_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("in the way")
    ended = _run(tmp_path / "a-file" / "data", program=("-c", _NOBODY_TRUSTED))
    lines = ended.stdout.splitlines()
    assert ended.returncode == 1
    assert [line for line in lines if line.startswith("failed  Data folder: nothing can be written there")]
    if sys.platform.startswith("linux"):
        assert [line for line in lines if line.startswith("failed  Certificates: no certificate authority is known")]
    assert lines[-1] == f"{sum(line.startswith('failed') for line in lines)} of {len(lines) - 2} checks failed."
    assert "skipped Photo from the camera: no camera here" in "\n".join(lines)


def test_json_alone_makes_no_sense(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cerbo_desktop.app.main", "--json"]
    ended = subprocess.run(command, env=WITHOUT_PLATFORM, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert "--json goes with --self-test" in ended.stderr
