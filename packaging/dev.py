#!/usr/bin/env python3
"""Sets up a checkout and starts things in it. Standard library only; Python 3.11 or later.

    python3 packaging/dev.py run [options]   the app with the practice clinic
    python3 packaging/dev.py test [options]  every test, through a virtual screen of its own
    python3 packaging/dev.py check           linters, types, import contracts
    python3 packaging/dev.py bench [NAME]    the app beside its budgets (--short), or `bench soak --minutes N`
    python3 packaging/dev.py setup           only the setup
    python3 packaging/dev.py build           the packages that this system can make, into dist/
    python3 packaging/dev.py build --check   only the packaged program and its self-test
    python3 packaging/dev.py translations    the English plurals, made anew from the sentences in ui/text
    python3 packaging/dev.py policy          policy example, reference and templates, made anew from the table of keys
    python3 packaging/dev.py measure         size and first paint of the packaged program
    python3 packaging/dev.py verify-deb      the .deb on a fresh Debian: install, test, remove (as root; also: trixie)
    python3 packaging/dev.py rehearse-windows  the Windows installers, built and tried under wine, on Debian or Ubuntu

Further options go to the app, to pytest or to the bench. A second call finds everything in place and starts at once.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BUILD_VENV = ROOT / ".venv-build"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
REQUIREMENTS = ROOT / "packaging" / "requirements"
# An environment's folder and the locks it is made of. What is packaged comes from one that has nothing else in it.
ENVIRONMENTS = {"runtime": (VENV, ("runtime",)), "dev": (VENV, ("dev",)), "build": (BUILD_VENV, ("runtime", "build"))}

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
    "xdg-desktop-portal": "/usr/libexec/xdg-desktop-portal",
    "xdg-desktop-portal-gtk": "/usr/libexec/xdg-desktop-portal-gtk",
    "python3-gi": "/usr/lib/python3/dist-packages/gi/__init__.py",
    "gir1.2-atspi-2.0": "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib",
    "gcc": "gcc",
    "libc6-dev": "/usr/include/stdio.h",
    # The relay's proxy, run by tests on a port of its own.
    "nginx": "/usr/sbin/nginx",
}
MOST_TEST_PROCESSES = 8
BUILD_PACKAGES = {"binutils": "objdump"}
if (shared_python := sysconfig.get_config_var("INSTSONAME") or "").endswith(".so.1.0"):
    # Debian's Python is built without it and brings it in a package of its own: the packaged program needs it.
    library = Path(sys.base_prefix) / "lib" / shared_python
    BUILD_PACKAGES[shared_python.removesuffix(".so.1.0")] = str(library) if library.exists() else shared_python
WINDOWS_PACKAGES = {
    "wine": "wine",
    "wine64": "/usr/lib/wine/wine64",
    "xvfb": "Xvfb",
    "gcc-mingw-w64-x86-64-win32": "x86_64-w64-mingw32-gcc",
    "nsis": "makensis",
    "wixl": "wixl",
    "msitools": "msibuild",
    "osslsigncode": "osslsigncode",
}
VERIFY_PACKAGES = {"debootstrap": "debootstrap", "gcc": "gcc", "libc6-dev": "/usr/include/stdio.h"}
SCREEN_PACKAGES = {name: TEST_PACKAGES[name] for name in ("xvfb", "xauth")}
PEER_PACKAGES = {
    # Programs that make thumbnails too, and some that open a photo, for the bench to tell beside ours.
    "libgdk-pixbuf2.0-bin": "gdk-pixbuf-thumbnailer",
    "libvips-tools": "vipsthumbnail",
    "feh": "feh",
    "gpicview": "gpicview",
    "eog": "eog",
    "gwenview": "gwenview",
    "geeqie": "geeqie",
    "libjpeg-turbo-progs": "djpeg",
}
PEER_GROUPS = {"cells", "opening", "peers"}


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
        case "bench":
            return bench(rest)
        case "setup":
            return set_up("dev", RUN_PACKAGES | TEST_PACKAGES)
        case "build" if rest in ([], ["--check"]):
            return build(only_check=bool(rest))
        case "translations" if not rest:
            return make_translations()
        case "policy" if not rest:
            return make_policy_files()
        case "measure" if not rest:
            return measure()
        case "verify-deb" if len(rest) < 2:
            return verify_deb(*rest)
        case "rehearse-windows" if not rest:
            return rehearse_windows()
        case _:
            print(__doc__)
            return 0 if command in ("help", "-h", "--help") else 2


def run(options: list[str]) -> int:
    """Start the app; with the practice clinic unless a server is named."""
    if status := set_up("runtime", RUN_PACKAGES):
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
    if status := set_up("dev", RUN_PACKAGES | TEST_PACKAGES):
        return status
    return call([PYTHON, "-m", "pytest", *options]) if options else test_side_by_side()


def test_side_by_side() -> int:
    """All tests, a file in one process. Tests wait for a good part of their time, those that run first most of all: two
    processes more than there are processors keep these busy."""
    count = min(MOST_TEST_PROCESSES, (os.cpu_count() or 1) + 2)
    return call([PYTHON, "-m", "pytest", "-n", str(count), "--dist", "loadfile", "--no-loadscope-reorder"])


def build(*, only_check: bool) -> int:
    if status := set_up("build", RUN_PACKAGES | BUILD_PACKAGES):
        return status
    from shipping import building

    building.build(python_of(BUILD_VENV), only_check=only_check)
    return 0


def make_translations() -> int:
    if status := set_up("dev", RUN_PACKAGES):
        return status
    return call([PYTHON, ROOT / "packaging" / "shipping" / "translating.py"])


def make_policy_files() -> int:
    if status := set_up("dev", RUN_PACKAGES):
        return status
    return call([PYTHON, "-m", "shipping.policies"], env={**os.environ, "PYTHONPATH": str(ROOT / "packaging")})


def measure() -> int:
    if status := set_up("build", RUN_PACKAGES | BUILD_PACKAGES):
        return status
    from shipping import measuring

    return measuring.measure(python_of(BUILD_VENV))


def verify_deb(suite: str = "bookworm") -> int:
    if not is_linux() or os.geteuid() != 0:
        return fail("A fresh Debian can be made by root on Debian or Ubuntu alone.")
    if status := install_system_packages(VERIFY_PACKAGES):
        return status
    from shipping import trial

    return trial.verify(suite)


def bench(options: list[str]) -> int:
    """Without the peers where they cannot be installed: the table then says that there is no figure."""
    if status := set_up("dev", RUN_PACKAGES | SCREEN_PACKAGES):
        return status
    if is_linux() and needs_peers(options):
        install_system_packages(PEER_PACKAGES)
    return call([PYTHON, "-m", "tests.bench", *options])


def needs_peers(options: list[str]) -> bool:
    """Three hundred packages come with them: only for the whole bench, and for the groups that start one."""
    valued = {at + 1 for at, each in enumerate(options) if each in ("--json", "--photos")}
    names = {each for at, each in enumerate(options) if at not in valued and not each.startswith("-")}
    return not {"--short", "--list", "soak"} & {*options} and (not names or bool(PEER_GROUPS & names))


def rehearse_windows() -> int:
    if not is_linux():
        return fail("On Windows itself, packaging/dev.py build makes the installers.")
    if status := install_system_packages(WINDOWS_PACKAGES):
        return status
    from shipping import rehearsal

    return rehearsal.rehearse()


def check() -> int:
    if status := set_up("dev", RUN_PACKAGES):
        return status
    checks = (
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "mypy"],
        [BIN / "lint-imports"],
    )
    return max(call(each) for each in checks)


def set_up(name: str, packages: dict[str, str]) -> int:
    """System packages, then the virtual environment, each only where something is missing."""
    if is_linux() and (status := install_system_packages(packages)):
        return status
    return make_environment(name)


def install_system_packages(wanted: dict[str, str]) -> int:
    missing = missing_packages(wanted)
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


def missing_packages(wanted: dict[str, str]) -> list[str]:
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


def make_environment(name: str) -> int:
    """The virtual environment with exactly the locked packages; nothing to do where its mark is that of the locks."""
    folder, locks = ENVIRONMENTS[name]
    same_folder = {each for each in (name, "dev") if ENVIRONMENTS[each][0] == folder}
    if any(read(folder / f"{each}.installed") == mark_of(each) for each in same_folder):
        return 0
    python = python_of(folder)
    if not python.exists():
        print(f"Making {folder.name}", flush=True)
        venv.create(folder, with_pip=True)
    print("Installing Python packages", flush=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    files = [part for lock in locks for part in ("-r", REQUIREMENTS / f"{lock}.txt")]
    if status := call([*pip, "--require-hashes", *files]):
        return status
    if name == "dev" and (status := call([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT])):
        return status
    (folder / f"{name}.installed").write_text(mark_of(name))
    return 0


def mark_of(name: str) -> str:
    locks = (REQUIREMENTS / f"{lock}.txt" for lock in ENVIRONMENTS[name][1])
    return hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()


def python_of(folder: Path) -> Path:
    return folder / PYTHON.relative_to(VENV)


def read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def is_linux() -> bool:
    return sys.platform.startswith("linux")


def call(command: list[Path | str], env: dict[str, str] | None = None) -> int:
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
