"""Whose work is in a bundle, found out from the files that PyInstaller collected. Runs in the build environment."""

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_LICENCES = Path(__file__).resolve().parents[1] / "licences"
_TEXT_NAMES = re.compile(r"(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_LEFT_OUT_OF_WHEELS = frozenset({"libavif", "PIL._avif", "PIL._imagingtk", "libimagequant", "pillow"})
"""Named by a wheel's own bill and not in the bundle. The wheels are built without libimagequant, which is GPL; the
spec makes sure of it."""
_LGPL = "LGPL-3.0-only"
_QT_WHEELS = frozenset({"pyside6-essentials", "pyside6-addons", "shiboken6"})
_LGPL_INSIDE = {"pi-heif": "BSD-3-Clause AND LGPL-3.0-or-later"}
"""Wheels that tell their own licence and not that of the libraries inside: here libheif and libde265."""
_PRODUCT_VERSION = "ProductVersion".encode("utf-16-le") + rb"(?:\0\0)+((?:[\d.]\0)+)"
"""In the version resource of a Windows program."""
_WINDOWS_LIBRARIES = (
    (r"libcrypto-\d.*\.dll", "OpenSSL", "Apache-2.0", rb"OpenSSL (\d+\.\d+\.\d+)"),
    (r"sqlite3\.dll", "SQLite", "blessing", rb"(3\.\d+\.\d+)\0"),
    (r"libffi-\d.*\.dll", "libffi", "MIT", rb"libffi (\d+\.\d+)"),
    (r"libgcc_s_seh-", "GCC runtime", "GPL-3.0-or-later WITH GCC-exception-3.1", rb"GCC: \(.*?\) (\d+\.\d+\.\d+)"),
    (r"libwinpthread-", "winpthreads", "MIT AND BSD-3-Clause", rb"winpthreads (\d+\.\d+)"),
    (r"vcruntime140\.dll", "Microsoft C++ runtime", "Microsoft's terms for redistributable code", _PRODUCT_VERSION),
)
"""How the file's name begins, whose it is, and what in the file tells the version."""
_TEXTS_OF = {"GCC runtime": ("GPL-3.0.txt",)}
_LIBRARY = re.compile(r"^[\w+-]+\.so[.\d]*$")


@dataclass(frozen=True, slots=True)
class Component:
    name: str
    version: str
    licence: str
    """An SPDX expression where one is known."""
    purl: str = ""
    texts: tuple[Path, ...] = ()
    parts: tuple[dict[str, Any], ...] = field(default=(), compare=False)
    """What a wheel says of itself to have inside, in CycloneDX's words."""


def components(sources: Iterable[str]) -> list[Component]:
    """Every work of others that at least one of the collected files comes from, by name."""
    files = [file for file in map(Path, filter(None, sources)) if file.is_absolute()]
    found = {each.name.lower(): each for each in _all(files)}
    return sorted(found.values(), key=lambda each: each.name.lower())


def _all(files: Sequence[Path]) -> Iterator[Component]:
    yield from (*_packages(files), *_native(files), *_system(files), *_on_windows(files), *_runtime())


def _packages(files: Sequence[Path]) -> Iterator[Component]:
    """Installed Python packages."""
    wanted = {str(file) for file in files} | {str(file.resolve()) for file in files}
    for package in importlib.metadata.distributions():
        owned = [str(package.locate_file(file)) for file in package.files or ()]
        if not wanted.isdisjoint(owned):
            yield _package(package)


def _package(package: importlib.metadata.Distribution) -> Component:
    name, version = package.metadata["Name"], package.version
    files = [(str(file), Path(str(package.locate_file(file)))) for file in package.files or ()]
    texts = [place for file, place in files if ".dist-info/" in file and _TEXT_NAMES.search(file)]
    bills = [place for file, place in files if ".dist-info/sboms/" in file and place.suffix == ".json"]
    index_name = name.lower().replace("_", "-")
    licence = _LGPL if index_name in _QT_WHEELS else _LGPL_INSIDE.get(index_name) or _licence_of(package)
    return Component(
        name,
        version,
        licence,
        f"pkg:pypi/{index_name}@{version}",
        (*texts, *(_lgpl_texts() if "LGPL-3.0" in licence else ())),
        tuple(part for bill in sorted(bills) for part in _parts_of(bill)),
    )


def _licence_of(package: importlib.metadata.Distribution) -> str:
    told = package.metadata.json
    for key in ("license_expression", "license"):
        if (words := str(told.get(key, ""))) and "\n" not in words:
            return words
    named = [each.rpartition(" :: ")[2] for each in told.get("classifier", []) if each.startswith("License ::")]
    return " OR ".join(named) or "see its text"


def _parts_of(bill: Path) -> Iterator[dict[str, Any]]:
    for part in json.loads(bill.read_text("utf-8")).get("components", []):
        if part.get("name") not in _LEFT_OUT_OF_WHEELS:
            yield {key: part[key] for key in ("type", "name", "version", "licenses", "purl") if part.get(key)}


def _native(files: Sequence[Path]) -> Iterator[Component]:
    """What the Qt wheels have inside."""
    by_name = {file.name: file for file in files}
    core = next((file for name, file in by_name.items() if re.match(r"(lib)?Qt6?Core\b(?!.*(abi3|pyd))", name)), None)
    if core is not None:
        yield Component("Qt", _told_by(core, rb"Qt (6\.\d+\.\d+) \("), _LGPL, texts=tuple(_lgpl_texts()))
    codec = next((file for name, file in by_name.items() if re.match(r"(lib)?avutil\b", name)), None)
    if codec is not None:
        version = _told_by(codec, rb"FFmpeg-n(\d+(?:\.\d+)+)")
        yield Component("FFmpeg", version, "LGPL-2.1-or-later", texts=(_LICENCES / "LGPL-2.1.txt",))
    icu = next((file for name, file in by_name.items() if name.startswith("libicuuc.so.")), None)
    if icu is not None:
        yield Component("ICU", icu.name.rpartition(".")[2], "Unicode-3.0", texts=(_LICENCES / "Unicode-3.0.txt",))


def _told_by(library: Path, pattern: bytes) -> str:
    match = re.search(pattern, library.read_bytes())
    return match[1].replace(b"\0", b"").decode() if match else "unknown"


def _system(files: Sequence[Path]) -> Iterator[Component]:
    """Libraries of the build machine, by the Debian package they come from."""
    if shutil.which("dpkg-query") is None:
        return
    for file in files:
        match = _LIBRARY.match(file.name)
        if match and str(file).startswith(("/lib", "/usr/lib")) and (owner := _debian_owner(file)):
            package, version = owner
            notice = Path("/usr/share/doc") / package / "copyright"
            texts = (notice,) if notice.is_file() else ()
            yield Component(package, version, "see its text", f"pkg:deb/debian/{package}@{version}", texts)


def _on_windows(files: Sequence[Path]) -> Iterator[Component]:
    """Libraries that come with Python and with wheels there, and that no wheel speaks of."""
    by_name = {file.name.lower(): file for file in files}
    for beginning, name, licence, pattern in _WINDOWS_LIBRARIES:
        library = next((file for each, file in by_name.items() if re.match(beginning, each)), None)
        if library is not None:
            texts = tuple(_LICENCES / text for text in _TEXTS_OF.get(name, ()))
            yield Component(name, _told_by(library, pattern), licence, texts=texts)


def _debian_owner(file: Path) -> tuple[str, str] | None:
    for place in (file, file.resolve(), Path("/usr") / str(file).lstrip("/")):
        asked = subprocess.run(["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            package = asked.stdout.partition(":")[0]
            show = ["dpkg-query", "-W", "-f", "${Version}\n", package]
            return package, subprocess.run(show, capture_output=True, text=True, check=True).stdout.split()[0]
    return None


def _runtime() -> Iterator[Component]:
    """Python itself, which no package owns."""
    candidates = [
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(sys.base_prefix) / "lib" / f"python3.{sys.version_info.minor}" / "LICENSE.txt",
        Path("/usr/share/doc") / f"python3.{sys.version_info.minor}" / "copyright",
    ]
    texts = tuple(file for file in candidates if file.is_file())[:1]
    yield Component("CPython", sys.version.split()[0], "PSF-2.0", texts=texts)


def _lgpl_texts() -> list[Path]:
    return [_LICENCES / "LGPL-3.0.txt", _LICENCES / "GPL-3.0.txt"]
