"""`dev.py rehearse-windows`: the Windows program and both installers, built, tried and taken off again under wine.

What it makes is called a verification build and lies in `dist/verification`: its Python comes from a package index and
its Windows is wine. Releases are built by `dev.py build` on Windows, from the same spec and the same scripts.
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shipping import archives, freezing, windows, windows_trial, wine
from shipping.places import DIST, NAME, PACKAGING, made_at_s, version

_SPEC = PACKAGING / "cerbo-desktop.spec"
_MADE = DIST / "verification"
_BUNDLE = wine.HOME / "frozen" / NAME
_ICON = wine.HOME / "work" / NAME / "artwork" / f"{NAME}.ico"
_BEFORE = "0.0.1"
"""The version that is upgraded from: the same program, said to be older, with a file that the new one lacks."""
_NO_LONGER_THERE = Path("_internal", "gone-since.pyd")
_WINES_OWN = re.compile(rb"Wine (builtin|placeholder) DLL")
_NOT_SHOWN = (
    "Not shown by wine: real cameras and graphics, UI Automation, scaling, SmartScreen and virus scanners, signatures, "
    "the real Credential Manager, rights between users, Restart Manager, roll-out by group policy."
)


def rehearse() -> int:
    """Print what was done, with sizes and times. Raises `SystemExit` at the first thing that is not as it should be."""
    started_s = time.monotonic()
    shutil.rmtree(_MADE, ignore_errors=True)
    _MADE.mkdir(parents=True)
    with wine.opened(wine.HOME / "prefix") as pc:
        with _timed("a Windows 10 of wine"):
            pc.prepare()
        with _timed("CPython for Windows, its signatures checked, and the locked packages"):
            python = wine.python_here()
            wine.install_packages(pc, python)
        with _timed("PyInstaller"):
            _freeze(pc, python)
        _check_bundle()
        _say(f"the program, unpacked: {_size_mb(_BUNDLE):.0f} MB, every file on the list")
        windows_trial.self_test(pc, _BUNDLE / f"{NAME}-console.exe")
        for kind in _made_installers():
            windows_trial.try_out(pc, kind)
    archives.write_sums(sorted(_MADE.iterdir()))
    _say(f"all of it in {time.monotonic() - started_s:.0f} s", _NOT_SHOWN)
    return 0


def _freeze(pc: wine.Wine, python: Path) -> None:
    places = ["--distpath", wine.place(_BUNDLE.parent), "--workpath", wine.place(wine.HOME / "work")]
    options = ["--noconfirm", "--log-level", "WARN", *places, wine.place(_SPEC)]
    environment = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(made_at_s())}
    told = pc.must(python, "-m", "PyInstaller", *options, environment=environment)
    if "Traceback" in told:
        raise SystemExit(f"PyInstaller ended well and yet said:\n{told[-3000:]}")


def _check_bundle() -> None:
    """Every file is on the list, and none is wine's own."""
    freezing.check_contents(_BUNDLE / "_internal", "win32")
    libraries = (file for file in _BUNDLE.rglob("*") if file.suffix.lower() in (".dll", ".pyd", ".exe"))
    if strangers := [file.name for file in libraries if _WINES_OWN.search(file.read_bytes())]:
        raise SystemExit(f"Files of wine got into the program: {' '.join(strangers)}")


def _made_installers() -> Iterator[windows_trial.Installer]:
    """Each as the version of today and as one before it."""
    remark = " (verification build)"
    today = windows.Product(_BUNDLE, _ICON, version(), remark)
    before = windows.Product(_older_bundle(), _ICON, _BEFORE, remark)
    setup, older_setup = _named(today, "setup.exe"), wine.HOME / "older-setup.exe"
    package, older_package = _named(today, ".msi"), wine.HOME / "older.msi"
    with _timed("both installers, each in two versions"):
        windows.make_setup(today, setup)
        windows.make_setup(before, older_setup, compressor="zlib")
        windows.make_msi(today, package)
        windows.make_msi(before, older_package)
    _say(f"{setup.name}: {_size_mb(setup):.1f} MB", f"{package.name}: {_size_mb(package):.1f} MB")
    kinds = windows_trial.Setup(older_setup, setup), windows_trial.Package(older_package, package)
    for kind, other in (kinds, reversed(kinds)):
        kind.stale, kind.other = _NO_LONGER_THERE, other
        yield kind


def _named(product: windows.Product, ending: str) -> Path:
    joint = "" if ending.startswith(".") else "-"
    return _MADE / f"{NAME}-{product.version}-windows-amd64-verification{joint}{ending}"


def _older_bundle() -> Path:
    older = wine.HOME / "older" / NAME
    shutil.rmtree(older, ignore_errors=True)
    shutil.copytree(_BUNDLE, older, copy_function=os.link)
    (older / _NO_LONGER_THERE).write_bytes(b"of an older version")
    return older


def _size_mb(place: Path) -> float:
    files = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


@contextmanager
def _timed(what: str) -> Iterator[None]:
    started_s = time.monotonic()
    yield
    _say(f"{what}: {time.monotonic() - started_s:.0f} s")


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)
