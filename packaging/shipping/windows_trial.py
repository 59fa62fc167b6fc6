"""One Windows installer from its silent installation to the last trace of it, on a Windows of wine."""

import json
import re
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from shipping.places import NAME, version
from shipping.version_resource import PRODUCT, PUBLISHER
from shipping.wine import Wine, place

_MUST_BE_OK = ("Qt platform", "Keyring", "Certificates", "Media back end", "Practice clinic")
_FOLDER = rf"C:\Program Files\{PRODUCT}"
_HERE = Path("Program Files", PRODUCT)
_MENU_ENTRY = f"Microsoft/Windows/Start Menu/Programs/{PRODUCT}.lnk"
_MENUS = ("ProgramData", "users/*/AppData/Roaming")
"""Wine puts the package's entry into the user's own menu; Windows heeds that the package is for all users."""
_DATA = Path("AppData", "Local", PRODUCT)
_LISTED = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
_PHOTOS_WAIT, _IS_OPEN, _OTHER_IS_HERE = (3,), (4,), (5,)
_MSI_FAILED = (1603 % 256, 1627 % 256)
"""Where Windows says 1603, wine sometimes says 1627; a process of Linux keeps the last eight bits of a code alone."""
_PAINTED = "window painted"
_PAINTED_WITHIN_S = 120.0
_CLOSED_WITHIN_S = 60.0
_PAUSE_S = 0.1
_PHOTO_NAMES = ("0" * 32 + ".photo", "1" * 32 + ".doubtful")
# What every program and every installation leaves: temporary files, and wine's own notes of screens and consoles.
_PASSED_BY_FILES = re.compile(r"users/[^/]+/(AppData/Local/)?Temp/|windows/temp/|windows/Installer$")
_PASSED_BY_VALUES = re.compile(
    r"Cryptography\\RNG|HKCU\\(Software\\Wine|Console|Control Panel|Environment)"
    r"|Explorer\\|\\(Control\\(Class|DeviceClasses|Session Manager)|Enum)\\"
    # Windows Installer's own keys, which every Windows has and wine makes with the first package: empty ones alone.
    r"|\\Installer(\\(Features|Products|UpgradeCodes|Folders|InProgress|UserData(\\S-1-5-18(\\(Components|Products))?)?))?$"
)


@dataclass
class Installer(ABC):
    """A kind of installer in two versions. Exit codes are what its own documentation names."""

    older: Path
    today: Path
    stale: Path = field(init=False)
    """A file of the older version alone, inside the app's folder."""
    other: "Installer" = field(init=False)
    """The other kind, for the same app."""
    name: ClassVar[str]
    refuses_when_open: ClassVar[tuple[int, ...]]
    refuses_when_photos_wait: ClassVar[tuple[int, ...]]
    refuses_downgrade: ClassVar[tuple[int, ...]]
    refuses_beside_other: ClassVar[tuple[int, ...]]
    upgrades_while_photos_wait: ClassVar[bool]
    """As far as wine shows it: wine does not tell the old package that it makes room for a new one."""

    @abstractmethod
    def install(self, pc: Wine, file: Path) -> int: ...

    @abstractmethod
    def remove(self, pc: Wine, *, is_forced: bool) -> int: ...


class Setup(Installer):
    name = "setup"
    refuses_when_open, refuses_when_photos_wait = _IS_OPEN, _PHOTOS_WAIT
    refuses_downgrade = refuses_beside_other = _OTHER_IS_HERE
    upgrades_while_photos_wait = True

    def install(self, pc: Wine, file: Path) -> int:
        return pc.run(file, "/S")[0]

    def remove(self, pc: Wine, *, is_forced: bool) -> int:
        """By the command that Windows has noted for silent removal."""
        force = ["/FORCE=1"] if is_forced else []
        # Split at spaces: this option takes no quotes, and wine would add some.
        return pc.run(f"{_FOLDER}\\uninstall.exe", "/S", *force, *f"_?={_FOLDER}".split(" "))[0]


class Package(Installer):
    name = "package for group policy"
    refuses_when_open = refuses_when_photos_wait = refuses_downgrade = refuses_beside_other = _MSI_FAILED
    upgrades_while_photos_wait = False

    def install(self, pc: Wine, file: Path) -> int:
        return pc.run("msiexec", "/i", place(file), "/qn", "/norestart")[0]

    def remove(self, pc: Wine, *, is_forced: bool) -> int:
        force = ["FORCE=1"] if is_forced else []
        return pc.run("msiexec", "/x", place(self.today), "/qn", "/norestart", *force)[0]


def self_test(pc: Wine, program: Path | str) -> None:
    """Say each line of it. A check that is skipped is said to be; one that fails ends the rehearsal."""
    status, told = pc.run(program, "--self-test", "--json")
    if "\n{" not in f"\n{told}":
        raise SystemExit(f"The program did not test itself ({status}):\n{told[-3000:]}")
    report: dict[str, Any] = json.loads(told[f"\n{told}".index("\n{") :])
    for check in report["checks"]:
        _say(f"    {check['status']:<8}{check['name']}: {check['words']}")
    wrong = [check["name"] for check in report["checks"] if check["name"] in _MUST_BE_OK and check["status"] != "ok"]
    if status or wrong or not report["passed"]:
        raise SystemExit(f"The self-test did not pass ({status}): {', '.join(wrong)}")


def try_out(pc: Wine, installer: Installer) -> None:
    """Raises `SystemExit` at the first thing that is not as it should be."""
    _say(f"The {installer.name}:")
    pc.restart()
    before = pc.files(), pc.registry()
    _install(pc, installer)
    photos = _put_photos(pc) if installer.upgrades_while_photos_wait else []
    _upgrade(pc, installer)
    for photo in photos:
        photo.unlink()
    _start_afresh(pc, installer)
    _refuse_others(pc, installer)
    photos = _put_photos(pc)
    _remove(pc, installer, photos)
    pc.restart()
    _compare(pc, *before)
    for photo in photos:
        photo.unlink()


def _install(pc: Wine, installer: Installer) -> None:
    started_s = time.monotonic()
    _expect("installs silently", installer.install(pc, installer.older), (0,))
    _say(f"  installed silently in {time.monotonic() - started_s:.0f} s")
    _listing(pc, "0.0.1")
    if not any(entry for menu in _MENUS for entry in pc.drive.glob(f"{menu}/{_MENU_ENTRY}")):
        raise SystemExit("The Start menu has no entry.")
    self_test(pc, f"{_FOLDER}\\{NAME}-console.exe")


def _upgrade(pc: Wine, installer: Installer) -> None:
    with _open_app(pc):
        _expect("upgrades while the app is open", installer.install(pc, installer.today), installer.refuses_when_open)
        _expect_here(pc, installer.stale)
        _say("  refuses to upgrade while the app is open, and leaves the old version as it was")
    pc.settle()
    started_s = time.monotonic()
    _expect("upgrades", installer.install(pc, installer.today), (0,))
    _listing(pc, version())
    if (pc.drive / _HERE / installer.stale).exists():
        raise SystemExit("A file of the old version is still there.")
    told = pc.must(f"{_FOLDER}\\{NAME}-console.exe", "--version").strip()
    _say(f"  upgraded in place in {time.monotonic() - started_s:.0f} s: {told}; nothing of the old version is left")


def _start_afresh(pc: Wine, installer: Installer) -> None:
    """Removed while nothing waits, and installed again. After an upgrade wine has also forgotten, with the old package,
    by which mark an older one would find this one."""
    _expect("removes while nothing waits", installer.remove(pc, is_forced=False), (0,))
    if (pc.drive / _HERE / f"{NAME}.exe").exists():
        raise SystemExit("The app is still there.")
    _expect("installs afresh", installer.install(pc, installer.today), (0,))
    _say("  removed without a word while no photo waits, and installed afresh")


def _refuse_others(pc: Wine, installer: Installer) -> None:
    _expect("goes back a version", installer.install(pc, installer.older), installer.refuses_downgrade)
    other = installer.other
    _expect(f"installs beside the {other.name}", other.install(pc, other.today), other.refuses_beside_other)
    _listing(pc, version())
    _say(f"  refuses an older version, and the {other.name} beside it")


def _put_photos(pc: Wine) -> list[Path]:
    """One of each of two users."""
    users = [_user(pc), pc.drive / "users" / "somebody else"]
    photos = [user / _DATA / "outbox" / name for user, name in zip(users, _PHOTO_NAMES, strict=True)]
    for photo in photos:
        photo.parent.mkdir(parents=True, exist_ok=True)
        photo.write_bytes(b"CDBOX1 sealed")
    return photos


def _remove(pc: Wine, installer: Installer, photos: list[Path]) -> None:
    status, told = pc.run(f"{_FOLDER}\\{NAME}-guard.exe")
    _expect("guards", status, _PHOTOS_WAIT)
    _say(*(f"  the guard: {line}" for line in told.splitlines() if line))
    _expect("removes unsent photos", installer.remove(pc, is_forced=False), installer.refuses_when_photos_wait)
    _expect_here(pc, Path(f"{NAME}.exe"), Path("_internal", "base_library.zip"))
    _say("  refuses removal while photos wait; everything is still there")
    with _open_app(pc):
        _expect("removes an open app", installer.remove(pc, is_forced=True), installer.refuses_when_open)
        _say("  refuses removal while the app is open, forced or not")
    pc.settle()
    started_s = time.monotonic()
    _expect("removes by force", installer.remove(pc, is_forced=True), (0,))
    _say(f"  forced, it is removed in {time.monotonic() - started_s:.0f} s")
    if not all(photo.exists() for photo in photos):
        raise SystemExit("Removing the app took a user's photo away.")


def _compare(pc: Wine, files: dict[str, int], registry: dict[str, str]) -> None:
    """Everything as it was before, but what users keep and what every program leaves."""
    left = [
        *(f"file {change}" for change in _changes(files, pc.files()) if not _is_of_user(change)),
        *(f"value {change}" for change in _changes(registry, pc.registry()) if not _PASSED_BY_VALUES.search(change)),
    ]
    if left:
        listed = "\n  ".join(left[:60])
        raise SystemExit(f"Removing leaves changes:\n  {listed}")
    _say(f"  {len(files)} files and {len(registry)} registry values are as before; photos and settings of users stay")


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield name


def _is_of_user(name: str) -> bool:
    is_data = f"/{_DATA.as_posix()}" in name or name.startswith("users/somebody else")
    return is_data or bool(_PASSED_BY_FILES.search(name))


def _listing(pc: Wine, wanted: str) -> None:
    """What Programs and Features shows."""
    pc.settle()
    values = {name: value for name, value in pc.registry().items() if name.startswith(_LISTED)}
    shown = {value.strip('"') for name, value in values.items() if name.endswith('"DisplayVersion"')}
    if shown != {wanted} or f'"{PUBLISHER}"' not in values.values():
        raise SystemExit(f"Programs and Features shows {shown or 'nothing'} in place of {wanted}.")


@contextmanager
def _open_app(pc: Wine) -> Iterator[None]:
    """The app's window, for a user who is at work."""
    log = _user(pc) / _DATA / f"{NAME}.log"
    log.unlink(missing_ok=True)
    with pc.start(f"{_FOLDER}\\{NAME}.exe", "--practice") as process:
        try:
            deadline_s = time.monotonic() + _PAINTED_WITHIN_S
            while not (log.exists() and _PAINTED in log.read_text("utf-8", "replace")):
                if time.monotonic() > deadline_s or process.poll() is not None:
                    raise SystemExit("The window did not open.")
                time.sleep(_PAUSE_S)
            yield
        finally:
            _close(pc, process)


def _close(pc: Wine, process: "subprocess.Popen[bytes]") -> None:
    """As by the cross of the window."""
    pc.run("taskkill", "/IM", f"{NAME}.exe")
    try:
        process.wait(_CLOSED_WITHIN_S)
    except subprocess.TimeoutExpired:
        pc.run("taskkill", "/F", "/IM", f"{NAME}.exe")
        raise SystemExit("The app does not close when it is asked to.") from None


def _user(pc: Wine) -> Path:
    return next(user for user in sorted((pc.drive / "users").iterdir()) if (user / "AppData" / "Local").is_dir())


def _expect(what: str, status: int, wanted: tuple[int, ...]) -> None:
    if status not in wanted:
        raise SystemExit(f"The installer {what}: exit code {status} in place of {' or '.join(map(str, wanted))}.")


def _expect_here(pc: Wine, *places: Path) -> None:
    for each in places:
        if not (pc.drive / _HERE / each).exists():
            raise SystemExit(f"{each} is gone.")


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)
