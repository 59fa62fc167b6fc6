"""The .deb: per machine, without scripts of its own, its dependencies read from the libraries it holds."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from shipping.places import BUILD, BUNDLE, DIST, INSIDE, NAME, PACKAGING, ROOT, made_at_s, version

_HOME = f"usr/lib/{NAME}"
_LINUX = PACKAGING / "linux"

_PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libstdc++.so.6": "libstdc++6",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Debian 12 and 13, Ubuntu 22.04 and 24.04: the second name of a pair is the one before 64-bit time."""
_C_LIBRARY = re.compile(r"^(libc|libm|libdl|libpthread|librt|libresolv|libutil|ld-linux-[\w-]+)\.so\.\d$")
_ALWAYS = ("ca-certificates", "fonts-dejavu-core")
"""Whom to trust, and letters for names that the bundled typeface lacks."""

_CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The Cerbo Desktop authors <packages@cerbo-desktop.invalid>
Installed-Size: {size_kib}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager
Section: misc
Priority: optional
Description: patient photos for clinics on the Cerbo EHR
 Front-desk staff take patient photos at check-in and clinicians look at them
 during the visit. The app finds the patient, shows the album, takes or picks
 photos, and says where each of them is on its way into the chart.
"""


def make() -> Path:
    """The package of the bundle that is there, in `dist`. Raises `SystemExit` for a library of unknown origin."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    _lay_out(tree)
    control = _CONTROL.format(
        name=NAME,
        version=version(),
        architecture=_asked("dpkg", "--print-architecture"),
        size_kib=sum(file.lstat().st_size for file in tree.rglob("*") if not file.is_dir()) // 1024,
        depends=", ".join(depends(INSIDE)),
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(control, "utf-8")
    (tree / "DEBIAN" / "md5sums").write_text(_sums(tree), "utf-8")
    _make_plain(tree)
    package = DIST / f"{NAME}_{version()}_{_asked('dpkg', '--print-architecture')}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(made_at_s())}
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(package)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return package


def depends(bundle: Path) -> list[str]:
    """What the bundle's libraries need of the system."""
    needed, here, glibc = set[str](), set[str](), (2, 34)
    for library in (*bundle.rglob("*.so"), *bundle.rglob("*.so.*")):
        here.add(library.name)
        told = _asked("objdump", "-p", str(library))
        needed |= set(re.findall(r"NEEDED\s+(\S+)", told))
        glibc = max(glibc, *_versions(told), (0, 0))
    outside = {name for name in needed - here if not _C_LIBRARY.match(name)}
    if unknown := sorted(outside - _PACKAGE_OF.keys()):
        raise SystemExit(f"Which Debian package has these libraries? {' '.join(unknown)}")
    return [f"libc6 (>= {glibc[0]}.{glibc[1]})", *sorted({*_ALWAYS, *(_PACKAGE_OF[name] for name in outside)})]


def _versions(told: str) -> Iterator[tuple[int, int]]:
    for major, minor in re.findall(r"\bGLIBC_(\d+)\.(\d+)", told):
        yield int(major), int(minor)


def _lay_out(tree: Path) -> None:
    """Every file where it will lie, below `tree`."""
    shutil.copytree(BUNDLE, tree / _HOME, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    _put(_LINUX / f"{NAME}.desktop", tree / "usr/share/applications")
    _put(_LINUX / "org.cerbo_desktop.CerboDesktop.metainfo.xml", tree / "usr/share/metainfo")
    icons = tree / "usr/share/icons/hicolor"
    for drawing in sorted((BUILD / "work" / NAME / "artwork").glob("*.png")):
        size = f"{drawing.stem}x{drawing.stem}"
        _put(drawing, icons / size / "apps", f"{NAME}.png")
    _put(ROOT / "icons" / "icon.svg", icons / "scalable" / "apps", f"{NAME}.svg")
    manual = tree / "usr/share/man/man1"
    manual.mkdir(parents=True)
    page = (_LINUX / f"{NAME}.1").read_bytes().replace(b"@VERSION@", version().encode())
    (manual / f"{NAME}.1.gz").write_bytes(gzip.compress(page, 9, mtime=0))
    _put(_LINUX / "copyright", tree / "usr/share/doc" / NAME)


def _put(file: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / (name or file.name))


def _sums(tree: Path) -> str:
    """As dpkg keeps them, to find damaged files."""
    files = sorted(file for file in (tree / "usr").rglob("*") if file.is_file() and not file.is_symlink())
    lines = (
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree).as_posix()}\n"
        for file in files
    )
    return "".join(lines)


def _make_plain(tree: Path) -> None:
    """The rights and the time of every file, whatever the builder's own umask is."""
    for file in (tree, *tree.rglob("*")):
        if not file.is_symlink():
            is_open = file.is_dir() or file.name == NAME
            file.chmod(0o755 if is_open else 0o644)
        os.utime(file, (made_at_s(), made_at_s()), follow_symlinks=False)


def _asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
