"""Files that Qt would write on its own account."""

import os
import sys

from PySide6.QtCore import QSettings


def keep_qt_from_remembering_folders() -> None:
    """Qt's own file dialog, which stands in where a Linux desktop has none, writes down the folders it was in.

    A folder may be named after a patient (measured). Qt's settings are given a place where no file can be; on Windows
    and macOS the system's own dialog is always there.
    """
    if sys.platform == "linux":
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
