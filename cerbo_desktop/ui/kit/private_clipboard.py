"""What a person copies from the app: kept out of clipboard histories, and taken away again.

Every text field can be copied from, and on Linux selecting is enough. Whatever comes from this app may name a patient.
"""

from functools import partial

from PySide6.QtCore import QByteArray, QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard

from cerbo_desktop.ui.kit.subscriptions import Subscriptions

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
_ZERO = QByteArray(b"\x00\x00\x00\x00")
_MARKS = {
    "x-kde-passwordManagerHint": QByteArray(b"secret"),
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': QByteArray(b"\x01"),
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _ZERO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _ZERO,
}
"""Asks KDE's and Windows' histories, and others that heed the same marks, to leave it out. Windows reads the last two
as numbers, of which 0 means no. macOS has a mark that Qt can't set."""


class PrivateClipboard(QObject):
    """Make one for the app's whole life."""

    copied = Signal()
    """A person copied something of this app. To select alone is not to copy, although Linux then gives it away too: a
    selection changes with each letter that the mouse passes."""

    def __init__(self, clipboard: QClipboard) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._subscriptions = Subscriptions()
        self._subscriptions.connect(clipboard.dataChanged, partial(self._mark, QClipboard.Mode.Clipboard))
        self._subscriptions.connect(clipboard.selectionChanged, partial(self._mark, QClipboard.Mode.Selection))

    def close(self) -> None:
        """`forget`, and watch the clipboard no more: the app ends."""
        self._subscriptions.close()
        self.forget()

    def forget(self) -> None:
        """Take away what came from this app, and nothing that came from another: when another patient is opened, or
        the practice is left."""
        for mode in _MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        is_selection = mode is QClipboard.Mode.Selection
        return self._clipboard.ownsSelection() if is_selection else self._clipboard.ownsClipboard()

    def _mark(self, mode: QClipboard.Mode) -> None:
        """At once, before another program can ask for it: the system answers from this very thread."""
        held = self._clipboard.mimeData(mode)
        if not self._is_ours(mode) or not held.formats() or all(held.hasFormat(mark) for mark in _MARKS):
            return
        marked = QMimeData()
        for kind in held.formats():
            marked.setData(kind, held.data(kind))
        for mark, value in _MARKS.items():
            marked.setData(mark, value)
        self._clipboard.setMimeData(marked, mode)
        if mode is QClipboard.Mode.Clipboard:
            self.copied.emit()
