#!/usr/bin/env python3
"""Sets up a checkout and starts things in it. Standard library only; Python 3.11 or later.

    python3 packaging/dev.py run [options]   the app with the practice clinic
    python3 packaging/dev.py test [options]  every test, through a virtual screen of its own
    python3 packaging/dev.py check           linters, types, import contracts
    python3 packaging/dev.py setup           only the set-up

Further options go to the app or to pytest. A second call finds everything in place and starts at once.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {name: ROOT / "packaging" / "requirements" / f"{name}.txt" for name in ("runtime", "dev")}

# Debian's name of a package, and what shows that it is there: a shared library, a program or a file.
RUN_PACKAGES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libbrotli1": "libbrotlidec.so.1",
    "libdrm2": "libdrm.so.2",
    "libpulse0": "libpulse.so.0",
    "libxrandr2": "libXrandr.so.2",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
}
TEST_PACKAGES = {
    # A screen, a window manager, an accessibility bus, a Secret Service and a compiler for the test camera.
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "x11-utils": "xprop",
    "dbus": "dbus-run-session",
    "gnome-keyring": "gnome-keyring-daemon",
    "libglib2.0-bin": "gdbus",
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
    "python3-gi": "/usr/lib/python3/dist-packages/gi/__init__.py",
    "gir1.2-atspi-2.0": "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib",
    "gcc": "gcc",
    "libc6-dev": "/usr/include/stdio.h",
    # The relay's proxy, run by tests on a port of its own.
    "nginx": "/usr/sbin/nginx",
}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        return fail("Python 3.11 or later is needed.")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    match command:
        case "run":
            return run(rest)
        case "test":
            return test(rest)
        case "check":
            return check()
        case "setup":
            return set_up("dev", with_test_packages=True)
        case _:
            print(__doc__)
            return 0 if command in ("help", "-h", "--help") else 2


def run(options: list[str]) -> int:
    """Start the app; with the practice clinic unless a server is named."""
    if status := set_up("runtime", with_test_packages=False):
        return status
    needs_screen = not {"--screenshot", "--self-test", "--version", "--help"} & set(options)
    if needs_screen and is_linux() and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return fail(
            "There is no display here. Any of these gives one:\n"
            "  - start this from a desktop session, or by `ssh -X`\n"
            "  - apt-get install xvfb xauth, then: xvfb-run -a python3 packaging/dev.py run\n"
            "  - without any display: python3 packaging/dev.py run --screenshot window.png"
        )
    practice = [] if {"--server", "--version", "--help"} & set(options) else ["--practice"]
    return call([PYTHON, "-m", "cerbo_desktop.app.main", *practice, *options])


def test(options: list[str]) -> int:
    if status := set_up("dev", with_test_packages=True):
        return status
    return call([PYTHON, "-m", "pytest", *options])


def check() -> int:
    if status := set_up("dev", with_test_packages=False):
        return status
    checks = (
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "mypy"],
        [BIN / "lint-imports"],
    )
    return max(call(each) for each in checks)


def set_up(lock: str, *, with_test_packages: bool) -> int:
    """System packages, then the virtual environment, each only where something is missing."""
    if is_linux() and (status := install_system_packages(with_test_packages)):
        return status
    return make_environment(lock)


def install_system_packages(with_test_packages: bool) -> int:
    missing = missing_packages(with_test_packages)
    if not missing:
        return 0
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None:
        return fail(f"These Debian packages, or what your system calls them, are missing: {' '.join(missing)}")
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and shutil.which("sudo") is None:
        return fail(f"As root: {' '.join(install)}")
    print(f"Installing system packages: {' '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call([*prefix, "apt-get", "update", "-q"], env=environment)
    return call([*prefix, *install], env=environment)


def missing_packages(with_test_packages: bool) -> list[str]:
    wanted = RUN_PACKAGES | (TEST_PACKAGES if with_test_packages else {})
    libraries = known_libraries()
    missing = [package for package, sign in wanted.items() if not is_there(sign, libraries)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    return missing


def known_libraries() -> frozenset[str]:
    """Names of the shared libraries that the loader finds."""
    ldconfig = shutil.which("ldconfig", path="/sbin:/usr/sbin:/bin:/usr/bin")
    if ldconfig is None:
        return frozenset()
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True).stdout
    return frozenset(line.split()[0] for line in listing.splitlines() if line.startswith("\t"))


def is_there(sign: str, libraries: frozenset[str]) -> bool:
    if sign.startswith("/"):
        return any(Path("/").glob(sign[1:]))
    return sign in libraries if ".so." in sign else shutil.which(sign) is not None


def make_environment(lock: str) -> int:
    """The virtual environment with exactly the locked packages; nothing to do where its mark is that of the lock."""
    locked, mark = LOCKS[lock].read_bytes(), VENV / f"{lock}.installed"
    marks = {lock, "dev"}
    if any(read(VENV / f"{each}.installed") == digest(LOCKS[each].read_bytes()) for each in marks):
        return 0
    if not PYTHON.exists():
        print("Making .venv", flush=True)
        venv.create(VENV, with_pip=True)
    print("Installing Python packages", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if status := call([*pip, "--require-hashes", "-r", LOCKS[lock]]):
        return status
    if lock == "dev" and (status := call([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT])):
        return status
    mark.write_text(digest(locked))
    return 0


def read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_linux() -> bool:
    return sys.platform.startswith("linux")


def call(command: list[Path | str], env: dict[str, str] | None = None) -> int:
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
