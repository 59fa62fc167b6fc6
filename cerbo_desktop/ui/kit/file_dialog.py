"""The one place where the app opens a dialog for files."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def file_dialog(parent: QWidget, title: str) -> QFileDialog:
    """For `open()`, beside the event loop and never in a nested one; it deletes itself when it is closed.

    The system's own dialog on Windows and macOS. On Linux it is Qt's: the desktop's portal refuses a program whose
    memory is private, without a word (measured), and GTK's dialog writes the chosen files down as recently used.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform == "linux")
    return dialog
