"""What may lie in a bundle: what the spec leaves out, and the list that the finished bundle is held against.

Names are places inside the bundle's `_internal` folder, with `/` on every system.
"""

import fnmatch
from collections.abc import Iterable, Sequence
from pathlib import Path

_GPL_ONLY_QT = (
    *("virtualkeyboard", "charts", "datavisualization", "graphs", "networkauth", "httpserver", "quick3d"),
    *("quicktimeline", "lottie", "shadertools", "waylandcompositor", "mqtt", "coap"),
)
"""There is no LGPL for these. PyInstaller takes the first one by itself (measured)."""
GPL_ONLY = (*(f"{qt}{module}" for module in _GPL_ONLY_QT for qt in ("qt", "qt6")), "x265", "pillow_heif")
"""Parts of names; the last two are the HEIC encoder and the package that brings it."""

_NEVER_USED = (
    *("qt6pdf", "qtpdf", "webengine", "qt6designer", "qt6multimediaquick"),
    # The screens of phones and kiosks; under Wayland the app runs through XWayland.
    *("qt6wayland", "qt6wlshell", "libqwayland", "plugins/wayland-", "eglfs", "egldeviceintegrations"),
    *("libqlinuxfb", "libqvnc", "libqvkkhrdisplay", "libqminimal", "qminimal.dll", "qdirect2d", "opengl32sw"),
    # Of no use to us: keyboards without a window system, network state, TLS of Qt's own (ours is Python's).
    *("plugins/generic/", "plugins/networkinformation/", "plugins/tls/"),
    # It would bring the whole of the build machine's GTK along.
    "libqgtk3",
    # A decoder for files that are never opened; the photo formats that are stay in the decode worker.
    *("pil/_avif", "libavif", "pil/_imagingtk"),
    # On Windows nothing links these.
    *("qt6quick.dll", "qt6qml.dll", "qt6qmlmeta.dll", "qt6qmlmodels.dll", "qt6qmlworkerscript.dll", "qt6opengl.dll"),
)
"""On Linux Quick, Qml and OpenGL stay: Qt's media plugin links them, and without them there is no camera and no word
of it."""

_QT_LANGUAGES = ("qtbase_en.qm",)
"""Qt's own words in the languages that the app has."""
_QT_IMAGE_READERS = ("qjpeg", "qsvg")
"""Frames of most webcams are JPEG; SVG are our icons. Every other reader is one more door."""

_LINUX_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
_LINUX_BUNDLED = (
    # Python and what its standard library links: a system may have another version of it.
    *("libpython3.*", "libssl.so.*", "libcrypto.so.*", "libffi.so.*", "libsqlite3.so.*"),
    *("libbz2.so.*", "liblzma.so.*", "libuuid.so.*"),
    # Small, and missing on many desktops.
    *("libxcb-cursor.so.*", "libxcb-icccm.so.*", "libxcb-image.so.*", "libxcb-keysyms.so.*"),
    *("libxcb-render-util.so.*", "libxcb-util.so.*"),
)
"""Libraries of the build machine that go into the bundle. All others are the target's own: they fit its graphics driver
and its sound server, and its own updates mend them."""


def keeps(place: str, source: str) -> bool:
    """Whether the spec takes the file `source` into the bundle as `place`."""
    name = _plain(place)
    if any(part in name for part in (*GPL_ONLY, *_NEVER_USED)):
        return False
    if "/translations/" in name and "cerbo" not in name:
        return name.endswith(_QT_LANGUAGES)
    if "imageformats/" in name:
        return any(reader in name for reader in _QT_IMAGE_READERS)
    is_from_linux = "/" not in name and source.startswith(_LINUX_SYSTEM)
    return not is_from_linux or _fits(name, _LINUX_BUNDLED)


Entry = tuple[str, str, str]
"""PyInstaller's: place, source, kind. The source of a SYMLINK is its target, seen from the link's own folder."""


def kept(entries: Iterable[Entry], also_there: Iterable[Entry] = ()) -> list[Entry]:
    """The entries that the spec takes; links only to what is among these or `also_there`."""
    staying = [entry for entry in entries if keeps(entry[0], entry[1] or "")]
    places = {_plain(place) for place, _, _ in (*staying, *also_there)}
    return [entry for entry in staying if entry[2] != "SYMLINK" or _target(entry) in places]


def strays(bundle: Path, allowed: Sequence[str]) -> list[str]:
    """Files of a finished bundle that no pattern allows, and GPL-only ones whatever the patterns say.

    A link inside the bundle counts as what it leads to; one that leads nowhere or out of it is a stray.
    """
    top = bundle.resolve()
    files = sorted(file for file in bundle.rglob("*") if file.is_symlink() or file.is_file())
    return [
        file.relative_to(bundle).as_posix() for file in files if not _is_allowed(file, file.resolve(), top, allowed)
    ]


def _is_allowed(file: Path, real: Path, top: Path, allowed: Sequence[str]) -> bool:
    if not real.is_file() or not real.is_relative_to(top):
        return False
    is_free = not any(part in _plain(file.name) for part in GPL_ONLY)
    return is_free and _fits(real.relative_to(top).as_posix(), allowed)


def allow_list(file: Path) -> list[str]:
    """Patterns, one a line; `#` starts a remark."""
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def _plain(place: str) -> str:
    return place.replace("\\", "/").lower()


def _target(entry: Entry) -> str:
    """Where a link leads, seen from the top of the bundle."""
    place, target, _ = entry
    folder = place.replace("\\", "/").rpartition("/")[0]
    parts: list[str] = []
    for part in f"{folder}/{target}".replace("\\", "/").split("/"):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts).lower()


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
