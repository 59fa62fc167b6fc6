"""The compiled libraries inside a bundle: whose each is, its version, and the files it lies in.

A library is asked for its version where it answers (the build environment loads the files that are then packaged);
else its file tells it. Runs in the build environment.
"""

import contextlib
import hashlib
import importlib
import re
import sqlite3
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_LICENCES = Path(__file__).resolve().parents[1] / "licences"
LGPL_TEXTS = (_LICENCES / "LGPL-3.0.txt", _LICENCES / "GPL-3.0.txt")
UNKNOWN = "unknown"
_PRODUCT_VERSION = "ProductVersion".encode("utf-16-le") + rb"(?:\0\0)+((?:[\d.]\0)+)"
"""In the version resource of a Windows program."""
_NAMED = rb"(?:\.so\.|[-.])(\d+(?:\.\d+)+)(?:\.dylib|\.dll)?$"
"""The version at the end of a file's own name."""
_NAMED_MAJOR = rb"\.so\.(\d+)"


@dataclass(frozen=True, slots=True)
class Library:
    """How one library is known again in a bundle."""

    name: str
    files: tuple[str, ...]
    """How its files' names begin, as patterns. The first pattern that fits any file counts: where a library has no file
    of its own it is part of the one that uses it."""
    licence: str
    cpe: str
    """Vendor and product, as advisories name them."""
    told: bytes = b""
    """What in a file tells the version."""
    named: bytes = b""
    """What in a file's name tells it."""
    asked: Callable[[], str] | None = None
    """Asks the library itself."""
    within: str = ""
    """Whose own copy it is, where a bundle has several."""
    texts: tuple[Path, ...] = ()
    is_always_there: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    library: Library
    version: str
    files: Mapping[str, Path]
    """Places in the bundle, and what is copied there."""


def found(files: Mapping[str, Path]) -> Iterator[Found]:
    """Every known library of a bundle. `files` are the bundle's places and what is copied there."""
    for library in _LIBRARIES:
        its_own = _files_of(library, files)
        if its_own or library.is_always_there:
            yield Found(library, _version(library, list(its_own.values())), its_own)


def digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _files_of(library: Library, files: Mapping[str, Path]) -> dict[str, Path]:
    for pattern in library.files:
        beginning = re.compile(pattern, re.IGNORECASE)
        fitting = {place: file for place, file in files.items() if beginning.match(file.name) and file.is_file()}
        if fitting:
            return fitting
    return {}


def _version(library: Library, files: list[Path]) -> str:
    if library.asked is not None:
        with contextlib.suppress(Exception):
            if answer := re.search(r"\d+(?:\.\d+)+", library.asked()):
                return answer[0]
    for pattern, texts in ((library.told, Path.read_bytes), (library.named, lambda file: file.name.encode())):
        for file in files if pattern else ():
            if match := re.search(pattern, texts(file)):
                return match[1].replace(b"\0", b"").decode()
    return UNKNOWN


def _of_pillow(feature: str) -> Callable[[], str]:
    return lambda: str(importlib.import_module("PIL.features").version(feature))


def _of_libheif() -> str:
    return str(importlib.import_module("pi_heif").libheif_version())


def _of_libde265() -> str:
    decoders = importlib.import_module("pi_heif").libheif_info()["decoders"]
    return str(decoders["libde265"]).replace("libde265", "")


_LIBRARIES = (
    Library(
        "CPython",
        (r"(lib)?python3\.?\d+\.(so|dll|dylib)", r"Python$"),
        "PSF-2.0",
        "python:python",
        asked=lambda: sys.version,
        is_always_there=True,
    ),
    Library(
        *("OpenSSL", (r"lib(ssl|crypto)[-.]",), "Apache-2.0", "openssl:openssl"),
        told=rb"OpenSSL (\d+\.\d+\.\d+)",
        asked=lambda: ssl.OPENSSL_VERSION,
    ),
    Library(
        *("OpenSSL", (r"_rust\.",), "Apache-2.0", "openssl:openssl"),
        told=rb"OpenSSL (\d+\.\d+\.\d+) \d",
        within="cryptography",
    ),
    Library(
        *("SQLite", (r"(lib)?sqlite3\.",), "blessing", "sqlite:sqlite"),
        told=rb"(3\.\d+\.\d+)\0",
        asked=lambda: sqlite3.sqlite_version,
    ),
    # The Qt wheels
    Library(
        *("Qt", (r"(lib)?Qt6?Core\b(?!.*(abi3|pyd))",), "LGPL-3.0-only", "qt:qt"),
        told=rb"Qt (6\.\d+\.\d+) \(",
        texts=LGPL_TEXTS,
    ),
    Library(
        *("FFmpeg", (r"(lib)?(avutil|avcodec|avformat|swresample|swscale)\b",), "LGPL-2.1-or-later", "ffmpeg:ffmpeg"),
        told=rb"FFmpeg(?: version |-n)(\d+(?:\.\d+)+)",
        texts=(_LICENCES / "LGPL-2.1.txt",),
    ),
    Library(
        *("ICU", (r"libicu(uc|data|i18n)\.so\.",), "Unicode-3.0", "unicode:international_components_for_unicode"),
        named=_NAMED_MAJOR,
        texts=(_LICENCES / "Unicode-3.0.txt",),
    ),
    Library(
        *("libjpeg-turbo", (r"(lib)?qjpeg\.",), "IJG AND BSD-3-Clause", "libjpeg-turbo:libjpeg-turbo"),
        told=rb"libjpeg-turbo version (\d+(?:\.\d+)+)",
        within="Qt",
    ),
    # The photo decoders
    Library(
        *("libheif", (r"libheif\b", r"_pi_heif\."), "LGPL-3.0-or-later", "struktur:libheif"),
        told=rb"\0(1\.\d+\.\d+)\0",
        asked=_of_libheif,
        texts=LGPL_TEXTS,
    ),
    Library(
        *("libde265", (r"libde265\b", r"_pi_heif\."), "LGPL-3.0-or-later", "struktur:libde265"),
        told=rb"\0(1\.\d+\.\d+)\0",
        asked=_of_libde265,
        texts=LGPL_TEXTS,
    ),
    Library(
        *("libjpeg-turbo", (r"libjpeg\b", r"_imaging\."), "IJG AND BSD-3-Clause", "libjpeg-turbo:libjpeg-turbo"),
        told=rb"libjpeg-turbo version (\d+(?:\.\d+)+)",
        asked=_of_pillow("libjpeg_turbo"),
        within="Pillow",
    ),
    Library(
        *("libpng", (r"libpng", r"_imagingft\."), "libpng-2.0", "libpng:libpng"),
        told=rb"libpng version (\d+\.\d+\.\d+)",
        within="Pillow",
    ),
    Library(
        *("libtiff", (r"libtiff\b", r"_imaging\."), "libtiff", "libtiff:libtiff"),
        told=rb"LIBTIFF, Version (\d+\.\d+\.\d+)",
        asked=_of_pillow("libtiff"),
    ),
    Library(
        *("libwebp", (r"lib(webp|webpmux|webpdemux|sharpyuv)\b", r"_webp\."), "BSD-3-Clause", "webmproject:libwebp"),
        asked=_of_pillow("webp"),
    ),
    Library(
        *("Little CMS", (r"liblcms2\b", r"_imagingcms\."), "MIT", "littlecms:little_cms"),
        asked=_of_pillow("littlecms2"),
    ),
    Library(
        *("FreeType", (r"libfreetype\b", r"_imagingft\."), "FTL", "freetype:freetype"),
        asked=_of_pillow("freetype2"),
        within="Pillow",
    ),
    Library(
        *("HarfBuzz", (r"libharfbuzz\b", r"_imagingft\."), "MIT", "harfbuzz_project:harfbuzz"),
        asked=_of_pillow("harfbuzz"),
        within="Pillow",
    ),
    Library(
        *("OpenJPEG", (r"libopenjp2\b", r"_imaging\."), "BSD-2-Clause", "uclouvain:openjpeg"),
        asked=_of_pillow("jpg_2000"),
    ),
    Library(
        *("zlib-ng", (r"_imaging\.",), "Zlib", "zlib-ng:zlib-ng"),
        asked=_of_pillow("zlib_ng"),
        within="Pillow",
    ),
    Library("Brotli", (r"libbrotli\w+-",), "MIT", "google:brotli", named=_NAMED),
    Library("Zstandard", (r"libzstd-",), "BSD-3-Clause", "facebook:zstandard", named=_NAMED),
    Library("XZ Utils", (r"liblzma-",), "0BSD", "tukaani:xz", named=_NAMED, within="Pillow"),
    # What comes with Python and with wheels on Windows, and what no wheel speaks of
    Library("libffi", (r"libffi-\d.*\.dll",), "MIT", "libffi_project:libffi", told=rb"libffi (\d+\.\d+)"),
    Library(
        *("GCC runtime", (r"lib(gcc_s_seh|stdc\+\+)-",), "GPL-3.0-or-later WITH GCC-exception-3.1", "gnu:gcc"),
        told=rb"GCC: \(.*?\) (\d+\.\d+\.\d+)",
        texts=(_LICENCES / "GPL-3.0.txt",),
    ),
    Library(
        *("winpthreads", (r"libwinpthread-",), "MIT AND BSD-3-Clause", "mingw-w64:winpthreads"),
        told=rb"winpthreads (\d+\.\d+)",
    ),
    Library(
        *("Microsoft C++ runtime", (r"(vcruntime|msvcp)140(_\d)?\.dll",)),
        *("Microsoft's terms for redistributable code", "microsoft:visual_c++"),
        told=_PRODUCT_VERSION,
    ),
)
