"""With the desktop's real portal, as an ordinary user: root's may look into everybody, and nothing shows."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest

pytestmark = pytest.mark.screen

_ROOT = Path(__file__).resolve().parents[2]
_PORTALS = [Path("/usr/libexec/xdg-desktop-portal-gtk"), Path("/usr/libexec/xdg-desktop-portal")]
_PROGRAMS = ("dbus-run-session", "Xvfb", "gsettings", "gdbus", "setpriv")
_NOBODY = 65534
_READ_ALL = "import os, sys; sys.exit(not all(os.access(each, os.R_OK) for each in sys.argv[1:]))"
_SESSION = """
Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$HOME/display" 2>/dev/null &
servants=$!
until [ -s "$HOME/display" ]; do :; done
export DISPLAY=":$(cat "$HOME/display")" XDG_CURRENT_DESKTOP=GNOME
gsettings set org.gnome.desktop.interface color-scheme prefer-dark
/usr/libexec/xdg-desktop-portal-gtk 2>/dev/null & servants="$servants $!"
gdbus wait --session --timeout 20 org.freedesktop.impl.portal.desktop.gtk
/usr/libexec/xdg-desktop-portal 2>/dev/null & servants="$servants $!"
gdbus wait --session --timeout 20 org.freedesktop.portal.Desktop
"$@"
kill $servants
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """That of an ordinary user; pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        home = Path(name)
        if os.getuid() == 0:
            os.chown(home, _NOBODY, _NOBODY)
        yield home


def _python() -> str | None:
    """One that the ordinary user may start, of the version whose packages we have."""
    if os.getuid() != 0:
        return sys.executable
    system = shutil.which("python3", path="/usr/bin")
    ask = [system or "/bin/false", "-c", "import sys; print(*sys.version_info[:2])"]
    told = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.split()
    return system if told == [str(part) for part in sys.version_info[:2]] else None


@pytest.mark.parametrize("theme", ["gnome", pytest.param("xdgdesktopportal", marks=pytest.mark.release)])
def test_dark_colours_and_the_dialog_for_files_work_in_a_private_process(home: Path, theme: str) -> None:
    python = _python()
    if python is None or not all(each.exists() for each in _PORTALS) or not all(map(shutil.which, _PROGRAMS)):
        pytest.skip("needs xdg-desktop-portal, its GTK part, and a Python that an ordinary user may start")
    become = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"] if os.getuid() == 0 else []
    if subprocess.run([*become, python, "-c", _READ_ALL, __file__, PySide6.__file__], check=False).returncode:
        pytest.skip("the checkout is in a folder that an ordinary user may not read")
    variables = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    packages = Path(PySide6.__file__).parents[1]
    variables |= {"PYTHONPATH": f"{_ROOT}:{packages}", "PYTHONDONTWRITEBYTECODE": "1"}
    app = [python, str(Path(__file__).with_name("at_portal.py")), str(home / "data")]
    session = ["dbus-run-session", "--", "sh", "-c", _SESSION, "sh", *app]
    ended = subprocess.run(
        [*become, *session],
        env={**variables, "QT_QPA_PLATFORMTHEME": theme},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
        timeout=60,
    )
    # Services of the desktop write to the same output.
    told = [line for line in ended.stdout.splitlines() if line.startswith("private=")]
    assert told[-1:] == ["private=True scheme=Dark dialog=True"]
