"""Makes the dialog itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cerbo_desktop.ui.file_dialog.request import FileRequest


def made_dialog(request: FileRequest, parent: QWidget | None = None, *, is_native: bool) -> QFileDialog:
    """Make a dialog to be shown with `open()`, beside the event loop and never in a nested one. It deletes itself when
    it is closed."""
    dialog = QFileDialog(parent, request.title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not is_native)
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    dialog.setOption(QFileDialog.Option.ReadOnly)  # a drag in Qt's list would move the person's files (seen)
    dialog.setNameFilters(request.filters)
    if request.save_as:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(request.suffix)
        dialog.selectFile(request.save_as)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return dialog
