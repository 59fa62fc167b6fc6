"""Whose work is in a bundle, found out from the files that PyInstaller collected. Runs in the build environment."""

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shipping import libraries

_TEXT_NAMES = re.compile(r"(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_LEFT_OUT_OF_WHEELS = frozenset({"libavif", "PIL._avif", "PIL._imagingtk", "libimagequant", "pillow"})
"""Named by a wheel's own bill and not in the bundle. The wheels are built without libimagequant, which is GPL; the
spec makes sure of it."""
_LGPL = "LGPL-3.0-only"
_QT_WHEELS = frozenset({"pyside6-essentials", "pyside6-addons", "shiboken6"})
_LGPL_INSIDE = {"pi-heif": "BSD-3-Clause AND LGPL-3.0-or-later"}
"""Wheels that tell their own licence and not that of the libraries inside: here libheif and libde265."""
_LIBRARY = re.compile(r"^[\w+-]+\.so[.\d]*$")


@dataclass(frozen=True, slots=True)
class Component:
    name: str
    version: str
    licence: str
    """An SPDX expression where one is known."""
    purl: str = ""
    cpe: str = ""
    within: str = ""
    """Whose own copy it is, where a bundle may have several."""
    debian: str = ""
    """The version of the Debian package that its files come from: Debian mends under the old version's name."""
    digests: tuple[tuple[str, str], ...] = ()
    """The files in the bundle that it lies in, each with its SHA-256."""
    texts: tuple[Path, ...] = ()
    parts: tuple[dict[str, Any], ...] = field(default=(), compare=False)
    """What a wheel says of itself to have inside, in CycloneDX's words."""


def components(collected: Iterable[tuple[str, str]]) -> list[Component]:
    """Every work of others that at least one of the collected files comes from, by name.

    `collected` are places in the bundle and what is copied there.
    """
    files = {place: Path(source) for place, source in collected if source and Path(source).is_absolute()}
    found = {(each.name.lower(), each.within): each for each in _all(files)}
    return [found[key] for key in sorted(found)]


def _all(files: Mapping[str, Path]) -> Iterator[Component]:
    sources = list(files.values())
    yield from (*_packages(sources), *_system(sources), *map(_library, libraries.found(files)))


def _library(found: libraries.Found) -> Component:
    library = found.library
    owners = filter(None, map(_debian_owner, filter(_is_of_the_system, found.files.values())))
    texts = library.texts or (_python_texts() if library.name == "CPython" else ())
    return Component(
        library.name,
        found.version,
        library.licence,
        f"pkg:generic/{library.name.lower().replace(' ', '-').replace('+', '%2B')}@{found.version}",
        f"cpe:2.3:a:{library.cpe.replace('+', chr(92) + '+')}:{found.version}:*:*:*:*:*:*:*",
        library.within,
        next((version for _, version in owners), ""),
        tuple(sorted((place.replace(chr(92), "/"), libraries.digest(file)) for place, file in found.files.items())),
        texts,
    )


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
        texts=(*texts, *(libraries.LGPL_TEXTS if "LGPL-3.0" in licence else ())),
        parts=tuple(part for bill in sorted(bills) for part in _parts_of(bill)),
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


def _system(files: Sequence[Path]) -> Iterator[Component]:
    """Libraries of the build machine, by the Debian package they come from."""
    for file in files:
        if _LIBRARY.match(file.name) and _is_of_the_system(file) and (owner := _debian_owner(file)):
            package, version = owner
            notice = Path("/usr/share/doc") / package / "copyright"
            texts = (notice,) if notice.is_file() else ()
            yield Component(package, version, "see its text", f"pkg:deb/debian/{package}@{version}", texts=texts)


def _is_of_the_system(file: Path) -> bool:
    return str(file).startswith(("/lib", "/usr/lib"))


def _debian_owner(file: Path) -> tuple[str, str] | None:
    """The package and its version."""
    if shutil.which("dpkg-query") is None:
        return None
    for place in (file, file.resolve(), Path("/usr") / str(file).lstrip("/")):
        asked = subprocess.run(["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            package = asked.stdout.partition(":")[0]
            show = ["dpkg-query", "-W", "-f", "${Version}\n", package]
            return package, subprocess.run(show, capture_output=True, text=True, check=True).stdout.split()[0]
    return None


def _python_texts() -> tuple[Path, ...]:
    """Python's own licence: no package of the environment owns it."""
    candidates = (
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(sys.base_prefix) / "lib" / f"python3.{sys.version_info.minor}" / "LICENSE.txt",
        Path("/usr/share/doc") / f"python3.{sys.version_info.minor}" / "copyright",
    )
    return tuple(file for file in candidates if file.is_file())[:1]
