"""From the checkout to a folder that runs without Python: PyInstaller, the allow-list, the self-test."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from shipping import contents
from shipping.places import BUILD, CONSOLE_PROGRAM, INSIDE, PACKAGING, ROOT, made_at_s

_SPEC = PACKAGING / "cerbo-desktop.spec"
_ALLOWED = {"linux": "linux.txt", "win32": "windows.txt", "darwin": "macos.txt"}
_SELF_TEST_LIMIT_S = 120.0


def freeze(python: Path) -> None:
    """Make the bundle with the build environment's interpreter. Raises `SystemExit` where it fails or holds strays."""
    options = ["--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(BUILD / "frozen"), "--workpath", str(BUILD / "work")]
    # The same checkout gives the same bytes: hashing decides the order of names inside compiled modules.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(made_at_s())}
    command = [str(python), "-m", "PyInstaller", *options, *places, str(_SPEC)]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise SystemExit("PyInstaller failed.")
    check_contents()


def check_contents(inside: Path = INSIDE, system: str = sys.platform) -> None:
    """Hold the bundle against its system's list. Raises `SystemExit`."""
    allowed = PACKAGING / "allowed" / _ALLOWED[system]
    if not allowed.exists():
        raise SystemExit(f"There is no list of what may be in a bundle for this system: {allowed.relative_to(ROOT)}")
    if strays := contents.strays(inside, contents.allow_list(allowed)):
        listed = "\n  ".join(strays)
        raise SystemExit(f"The bundle holds files that {allowed.relative_to(ROOT)} does not allow:\n  {listed}")


def self_test(program: Path = CONSOLE_PROGRAM) -> None:
    """Run the packaged app's own check with an empty environment, as on a PC without Python. Raises `SystemExit`."""
    passed_on = {name: os.environ[name] for name in ("DISPLAY", "SYSTEMROOT", "LD_PRELOAD") if name in os.environ}
    passed_on |= {name: value for name, value in os.environ.items() if name.startswith("FAKECAM")}
    with tempfile.TemporaryDirectory() as home:
        of_user = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP"), home)
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **of_user, **passed_on}
        command = [str(program), "--self-test", "--data-dir", str(Path(home) / "data")]
        ended = subprocess.run(command, env=environment, timeout=_SELF_TEST_LIMIT_S, check=False)
    if ended.returncode:
        raise SystemExit(f"The packaged app's self-test failed ({ended.returncode}).")
