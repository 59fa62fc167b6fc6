"""`dev.py verify-deb`: the .deb on a fresh Debian, from its installation to the last trace of it.

Root is needed, and a mirror that debootstrap reaches. The Debian lies in `build/debian-SUITE`, made anew each time.
"""

import json
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shipping.places import BUILD, DIST, NAME, PACKAGING, ROOT

_BARE = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
_DESK_PACKAGES = ("xvfb", "xauth", "dbus", "gnome-keyring")
_USER, _HOME = "clinic", "/home/clinic"
_CAMERA, _SCRIPT, _PACKAGE = "/usr/local/lib/libfakecam.so", "/usr/local/bin/at-a-desk", f"/opt/{NAME}.deb"
_PHOTO = f"/usr/lib/{NAME}/_internal/cerbo_desktop/resources/practice/portrait-thomas.jpg"
_CAMERA_SETTINGS = {"LD_PRELOAD": _CAMERA, "FAKECAM": "/dev/video0", "FAKECAM_JPEG": _PHOTO}
_MUST_BE_OK = (
    "Qt platform",
    "Keyring",
    "Certificates",
    "Media back end",
    "A picture from the camera",
    "Practice clinic",
)
# What changes with every installation of anything: package lists, logs, caches, what the kernel shows, visitors' homes.
_PASSED_BY = ("proc", "sys", "dev", "run", "tmp", "home", "var/log", "var/cache", "var/lib/apt", "var/lib/dpkg")
_START_S = 60


def verify(suite: str) -> int:
    """Print a line a step; 0 when all of them held. Raises `CalledProcessError` where a command fails."""
    packages = sorted(DIST.glob("*.deb"))
    if not packages:
        return _failed("there is no package yet: python3 packaging/dev.py build")
    debian = Debian(BUILD / f"debian-{suite}")
    debian.make(suite)
    _say(f"a fresh {suite}, {len(debian.files())} files")
    shutil.copyfile(packages[-1], debian.root / _PACKAGE.lstrip("/"))
    return _without_a_screen(debian) or _at_a_desk(debian)


def _without_a_screen(debian: "Debian") -> int:
    """The package's own dependencies suffice. They stay for the next part, which compares every file."""
    started_s = time.monotonic()
    debian.install(_PACKAGE)
    _say(f"installed with its dependencies in {time.monotonic() - started_s:.0f} s")
    _say(debian.run(["cerbo-desktop", "--self-test", "--data-dir", "/tmp/self-test"]).replace("\n", "\n  "))
    debian.run(["apt-get", "purge", "-q", "-y", NAME])
    if left := [name for name in debian.files() if "cerbo" in name.lower() and f"/{name}" != _PACKAGE]:
        return _failed("purging leaves files:", *left)
    _say("purged: no file of its name is left")
    return 0


def _at_a_desk(debian: "Debian") -> int:
    """With a screen, a keyring and a camera, as a user of the PC; whose data outlive the program."""
    debian.install(*_DESK_PACKAGES)
    debian.prepare_desk()
    before = debian.files()
    debian.install(_PACKAGE)
    desk = [_SCRIPT, "env", *(f"{name}={value}" for name, value in _CAMERA_SETTINGS.items())]
    report = json.loads(debian.run_as_user([*desk, NAME, "--self-test", "--json"]))
    if wrong := list(_not_ok(report)):
        return _failed("the self-test at a desk:", *wrong)
    _say(*(f"{check['name']}: {check['words']}" for check in report["checks"]))
    debian.run_as_user([_SCRIPT, "sh", "-c", _start_and_end()])
    _say("the window opens")
    debian.run(["apt-get", "purge", "-q", "-y", NAME])
    if left := _differences(before, debian.files()):
        return _failed("purging leaves the file system changed:", *left)
    if not (debian.root / _HOME.lstrip("/") / ".local/share/Cerbo Desktop/cerbo-desktop.log").exists():
        return _failed("purging took a user's own data away")
    _say("purged: every file is as before, and the user's own data are still there")
    return 0


class Debian:
    """A Debian of its own in a folder. Its mounts live and end with each command."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def make(self, suite: str) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        mirror = [os.environ["DEBIAN_MIRROR"]] if "DEBIAN_MIRROR" in os.environ else []
        command = ["debootstrap", "--variant=minbase", suite, str(self.root), *mirror]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        self.run(["apt-get", "update", "-q"])

    def install(self, *packages: str) -> None:
        self.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages])

    def prepare_desk(self) -> None:
        """A user, and what a desk has: a camera in front of somebody, a screen."""
        camera = self.root / _CAMERA.lstrip("/")
        source = ROOT / "tests" / "fakes" / "fakecam.c"
        command = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(camera), str(source), "-ldl", "-lpthread"]
        subprocess.run(command, check=True)
        script = self.root / _SCRIPT.lstrip("/")
        shutil.copyfile(PACKAGING / "linux" / "at-a-desk.sh", script)
        script.chmod(0o755)
        self.run(["useradd", "--create-home", _USER])

    def run(self, command: list[str]) -> str:
        """What it prints. Raises `CalledProcessError`; what it said last is then on standard error."""
        inside = shlex.join(["env", "-i", *(f"{name}={value}" for name, value in _BARE.items()), *command])
        place = shlex.quote(str(self.root))
        script = f"mount -t proc proc {place}/proc && mount --rbind /dev {place}/dev && exec chroot {place} {inside}"
        wrapped = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script]
        ended = subprocess.run(wrapped, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if ended.returncode:
            _say(ended.stdout[-3000:], ended.stderr[-3000:])
            raise SystemExit(f"failed ({ended.returncode}): {shlex.join(command)}")
        return ended.stdout

    def run_as_user(self, command: list[str]) -> str:
        runtime = f"{_HOME}/.runtime"
        environment = ["env", f"HOME={_HOME}", f"XDG_RUNTIME_DIR={runtime}"]
        make_runtime = f'mkdir -p -m 700 {runtime}; cd {_HOME}; exec "$@"'
        return self.run(["runuser", "-u", _USER, "--", *environment, "sh", "-c", make_runtime, "sh", *command])

    def files(self) -> dict[str, int]:
        """Every file, link and folder, with its size where that means something."""
        return dict(_walk(self.root, ""))


def _walk(root: Path, below: str) -> Iterator[tuple[str, int]]:
    with os.scandir(root / below) as entries:
        for entry in entries:
            name = f"{below}/{entry.name}".lstrip("/")
            if name in _PASSED_BY:
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            yield name, 0 if is_folder else entry.stat(follow_symlinks=False).st_size
            if is_folder:
                yield from _walk(root, name)


def _differences(before: dict[str, int], after: dict[str, int]) -> list[str]:
    left = [f"left: {name}" for name in sorted(after.keys() - before.keys())]
    gone = [f"gone: {name}" for name in sorted(before.keys() - after.keys())]
    return (
        left + gone + [f"changed: {name}" for name in sorted(before) if before[name] != after.get(name, before[name])]
    )


def _not_ok(report: dict[str, Any]) -> Iterator[str]:
    for check in report["checks"]:
        if check["status"] == "failed" or (check["name"] in _MUST_BE_OK and check["status"] != "ok"):
            yield f"{check['name']}: {check['status']}, {check['words']}"


def _start_and_end() -> str:
    """In a shell: start the app, wait until its log says that the window is painted, end it."""
    log = f"{_HOME}/.local/share/Cerbo Desktop/cerbo-desktop.log"
    return (
        f"rm -f {shlex.quote(log)}; {NAME} --practice & "
        f"for i in $(seq {10 * _START_S}); do "
        f"grep -q 'window painted' {shlex.quote(log)} 2>/dev/null && {{ kill $!; exit 0; }}; sleep 0.1; done; exit 1"
    )


def _say(*lines: str) -> None:
    print(*lines, sep="\n  ", flush=True)


def _failed(*lines: str) -> int:
    _say(f"FAILED: {lines[0]}", *lines[1:40])
    return 1
