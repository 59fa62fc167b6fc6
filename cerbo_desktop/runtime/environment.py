"""The environment of this process and of those it starts.

Whoever sets a variable for a user's session must not decide whose certificates the app trusts, where it sends, or which
code it loads; and a secret that came as a variable must not stay where other programs of that user can read it.
"""

import contextlib
import ctypes
import os
import sys
from collections.abc import Mapping

_TRUST = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_LINE = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "NETRC")
_CODE = (
    *("OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES"),
    *("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_GENERIC_PLUGINS", "QML_IMPORT_PATH", "QML2_IMPORT_PATH"),
    *("GTK_PATH", "GTK_MODULES", "GTK_EXE_PREFIX", "GIO_MODULE_DIR", "GIO_EXTRA_MODULES", "GST_PLUGIN_PATH"),
)
_DUMPS = ("QT_LOGGING_CONF", "QT_DEBUG_PLUGINS", "PYTHON_KEYRING_BACKEND")
IGNORED = frozenset({*_TRUST, *_LINE, *_CODE, *_DUMPS})
"""Taken out before the libraries that would heed them are loaded. Both spellings, large and small."""

_FOR_ANY_CHILD = frozenset({"LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "WINDIR", "TZ"})
"""Windows loads hardly any library without the two that name its folder."""
_FOR_THE_APP = _FOR_ANY_CHILD | frozenset(
    {
        *("HOME", "USER", "LOGNAME", "PATH", "TMPDIR", "LC_TIME", "LC_NUMERIC", "LANGUAGE"),
        *("USERPROFILE", "USERNAME", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "SYSTEMDRIVE", "TEMP", "TMP"),
        *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"),
        *("XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"),
        *("XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "QT_QPA_PLATFORM", "QT_LOGGING_RULES"),
        *("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_SCALE_FACTOR_ROUNDING_POLICY", "QT_FONT_DPI"),
        *("QT_ENABLE_HIGHDPI_SCALING", "QT_IM_MODULE", "XMODIFIERS"),
        *("QT_ACCESSIBILITY", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"),
        *("PULSE_SERVER", "__CF_USER_TEXT_ENCODING"),
    }
)
"""What a program with windows, a keyring and a camera needs."""


def ignore_foreign_settings() -> None:
    """Remove from this process's environment every variable that must not have a say.

    To be called before Qt and OpenSSL are loaded.
    """
    for name in [each for each in os.environ if each.upper() in IGNORED]:
        del os.environ[name]


def take_out(name: str) -> str | None:
    """Return the value of a variable and leave it nowhere in this process's environment; None where it is not set.

    Removing it is not enough on Linux and macOS: the block of variables that a process began with stays in its memory,
    and the system shows it to others (`/proc/PID/environ`, `ps e`). It is overwritten there.
    """
    if name not in os.environ:
        return None
    entries = _entries_of(name)
    value = os.environ.pop(name)
    for address, size_bytes in entries:
        ctypes.memset(address, 0, size_bytes)
    return value


def for_child(**added: str) -> dict[str, str]:
    """The environment of a process that needs nothing of this session, with the variables `added`."""
    return _only(_FOR_ANY_CHILD, os.environ) | added


def for_own_program(**added: str) -> dict[str, str]:
    """The environment of another start of this app, which may show a window and look for a keyring and a camera."""
    return _only(_FOR_THE_APP, os.environ) | added


def _only(names: frozenset[str], given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if name.upper() in names or name in names}


def _entries_of(name: str) -> list[tuple[int, int]]:
    """Address and size of each `NAME=value` that the C library has. Windows keeps no such block once it is changed."""
    found: list[tuple[int, int]] = []
    if sys.platform == "win32":
        return found
    with contextlib.suppress(AttributeError, ValueError):
        start = os.fsencode(name) + b"="
        block = _block()
        place = 0
        while (address := block[place]) is not None:
            entry = ctypes.string_at(address)
            if entry.startswith(start):
                found.append((address, len(entry)))
            place += 1
    return found


if sys.platform == "darwin":

    def _block() -> "ctypes._Pointer[ctypes.c_void_p]":
        """Apple's libraries give it by a function alone. From the documentation; not run on macOS yet."""
        given = ctypes.CDLL(None)._NSGetEnviron
        given.restype = ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))
        block: ctypes._Pointer[ctypes.c_void_p] = given()[0]
        return block

else:

    def _block() -> "ctypes._Pointer[ctypes.c_void_p]":
        return ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
