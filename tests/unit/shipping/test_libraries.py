"""The libraries inside the wheels are named with their versions and the files they lie in."""

import hashlib
import sqlite3
import ssl
from pathlib import Path

import cryptography
import PIL
import pytest
import shiboken6

from shipping import libraries
from shipping.inventory import components
from shipping.notices import bill_of_materials

WHEELS = Path(PIL.__file__).parents[1]
WITH_VERSIONS = ("libheif", "libde265", "libjpeg-turbo", "FFmpeg", "libpng", "libtiff", "libwebp", "FreeType")


def _of_the_wheels() -> dict[str, Path]:
    folders = [Path(PIL.__file__).parent, WHEELS / "pillow.libs", WHEELS / "pi_heif.libs", WHEELS / "PySide6"]
    folders += [Path(cryptography.__file__).parent, Path(shiboken6.__file__).parent]
    found = [
        file for folder in folders for file in folder.rglob("*") if file.suffix in (".so", ".dll", ".pyd", ".dylib")
    ]
    found += [file for folder in folders for file in folder.rglob("*.so.*")]
    return {file.relative_to(WHEELS).as_posix(): file for file in (*found, *WHEELS.glob("_pi_heif*"))}


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], libraries.Found]:
    return {(each.library.name, each.library.within): each for each in libraries.found(_of_the_wheels())}


def test_each_library_of_the_wheels_is_found_with_a_version(found: dict[tuple[str, str], libraries.Found]) -> None:
    assert not [each.library.name for each in found.values() if each.version == libraries.UNKNOWN]
    assert {name for name, _ in found} >= {*WITH_VERSIONS, "Qt", "CPython"}
    assert {within for name, within in found if name == "libjpeg-turbo"} == {"Pillow", "Qt"}


def test_what_a_library_answers_is_also_what_its_file_tells(found: dict[tuple[str, str], libraries.Found]) -> None:
    """Else the bill would speak of another file than the one that is packaged."""
    asked = [each for each in found.values() if each.library.asked and each.library.told and each.files]
    assert len(asked) >= 4
    for each in asked:
        words = b"".join(file.read_bytes() for file in each.files.values())
        assert each.version.encode() in words, each.library.name


def test_python_and_what_it_links_are_asked(tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("libssl.so.3", "libcrypto.so.3", "libsqlite3.so.0")}
    for file in places.values():
        file.write_bytes(b"")
    versions = {each.library.name: each.version for each in libraries.found(places)}
    assert versions["OpenSSL"] in ssl.OPENSSL_VERSION
    assert versions["SQLite"] == sqlite3.sqlite_version


def test_a_file_tells_what_cannot_be_asked_and_silence_is_unknown(tmp_path: Path) -> None:
    for name, content in (("avutil-59.dll", b"\0FFmpeg version 7.1.5\0"), ("libqjpeg.so", b"\0no version\0")):
        (tmp_path / name).write_bytes(content)
    places = {file.name: file for file in tmp_path.iterdir()}
    versions = {each.library.name: each.version for each in libraries.found(places) if each.files}
    assert versions == {"FFmpeg": "7.1.5", "libjpeg-turbo": libraries.UNKNOWN}


def test_the_bill_names_each_with_its_address_and_the_hash_of_its_file() -> None:
    collected = [(place, str(file)) for place, file in _of_the_wheels().items() if "heif" in place or "qjpeg" in place]
    bill = bill_of_materials(components(collected), "1.2.3", 1_700_000_000)
    listed = {each["name"]: each for each in bill["components"]}
    heif = listed["libheif"]
    assert heif["purl"] == f"pkg:generic/libheif@{heif['version']}"
    assert heif["cpe"] == f"cpe:2.3:a:struktur:libheif:{heif['version']}:*:*:*:*:*:*:*"
    files = [part for part in heif["components"] if part["type"] == "file"]
    assert files
    for part in files:
        assert part["hashes"] == [
            {"alg": "SHA-256", "content": hashlib.sha256((WHEELS / part["name"]).read_bytes()).hexdigest()}
        ]
    assert listed["libjpeg-turbo"]["bom-ref"].endswith("#Qt")
