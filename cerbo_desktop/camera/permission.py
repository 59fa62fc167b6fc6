"""Whether the operating system lets this program use cameras.

Windows: the privacy switches, as the settings app stores them (documented consent store; not tried on a real
Windows by this project). macOS: Qt's permission interface. Linux: the rights on the device files.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, QPermission, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

_CONSENT_STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam"


def is_blocked() -> bool:
    """True where the system certainly denies; anything unclear counts as allowed, and the camera is simply tried."""
    if sys.platform == "win32":
        return _denied_by_windows()
    if sys.platform == "darwin":
        app = QCoreApplication.instance()
        return app is not None and app.checkPermission(QCameraPermission()) is Qt.PermissionStatus.Denied
    return _denied_by_device_files()


def _denied_by_device_files() -> bool:
    """There are cameras, and this user may open none of them. Qt then lists none."""
    nodes = list(Path("/dev").glob("video*"))
    return bool(nodes) and not any(os.access(node, os.R_OK | os.W_OK) for node in nodes)


def must_ask() -> bool:
    """True where the system has not asked the person yet (macOS)."""
    app = QCoreApplication.instance()
    return app is not None and app.checkPermission(QCameraPermission()) is Qt.PermissionStatus.Undetermined


def ask(context: QObject, on_answer: Callable[[QPermission], None]) -> None:
    """Let the system ask the person; `on_answer` is called while `context` lives."""
    if (app := QCoreApplication.instance()) is not None:
        app.requestPermission(QCameraPermission(), context, on_answer)


def follow_app(on_state: Callable[[Qt.ApplicationState], None]) -> None:
    """Tell `on_state` when a person leaves this program and comes back, such as from the system's settings."""
    app = QCoreApplication.instance()
    if isinstance(app, QGuiApplication):
        app.applicationStateChanged.connect(on_state)


def open_settings() -> None:
    """Open the system's page with the switch, where there is one."""
    pages = {
        "win32": "ms-settings:privacy-webcam",
        "darwin": "x-apple.systempreferences:com.apple.preference.security?Privacy_Camera",
    }
    if sys.platform in pages:
        QDesktopServices.openUrl(QUrl(pages[sys.platform]))


if sys.platform == "win32":
    import winreg

    def _denied_by_windows() -> bool:
        return any(
            _says_deny(root, path)
            for root, path in (
                (winreg.HKEY_LOCAL_MACHINE, _CONSENT_STORE),
                (winreg.HKEY_CURRENT_USER, _CONSENT_STORE),
                (winreg.HKEY_CURRENT_USER, _CONSENT_STORE + r"\NonPackaged"),
            )
        )

    def _says_deny(root: int, path: str) -> bool:
        try:
            with winreg.OpenKey(root, path) as key:
                return bool(winreg.QueryValueEx(key, "Value")[0] == "Deny")
        except OSError:
            return False
