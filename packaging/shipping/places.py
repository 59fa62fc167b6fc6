"""Where a build lies, what it is called, and when it counts as made. Standard library only, any Python from 3.11."""

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
NAME = "cerbo-desktop"
BUNDLE = BUILD / "frozen" / NAME
PROGRAM = BUNDLE / (f"{NAME}.exe" if os.name == "nt" else NAME)
CONSOLE_PROGRAM = BUNDLE / f"{NAME}-console.exe" if os.name == "nt" else PROGRAM
"""The same program, able to print: a windowed one has no console on Windows."""
INSIDE = BUNDLE / "_internal"


def version() -> str:
    """The one in the package itself."""
    text = (ROOT / "cerbo_desktop" / "__init__.py").read_text("utf-8")
    match = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if match is None:
        raise SystemExit("cerbo_desktop/__init__.py names no version.")
    return match[1]


def system_name() -> str:
    """As in file names: `linux-x86_64`, `windows-amd64`, `macos-arm64`."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return f"{system}-{platform.machine().lower()}"


def made_at_s() -> int:
    """Seconds since 1970 that every file of a build carries: SOURCE_DATE_EPOCH, else the last commit's time."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    told = ""
    if shutil.which("git"):
        ask = ["git", "log", "-1", "--format=%ct"]
        told = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return int(told) if told.strip() else int(time.time())
