"""Opens the help page over whatever is shown."""

from PySide6.QtCore import SIGNAL
from PySide6.QtWidgets import QApplication

from cerbo_desktop.ui.commands.rules import rules_of, table_at
from cerbo_desktop.ui.help.sheet import HelpSheet
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.window import MainWindow


def open_help(window: MainWindow) -> None:
    """Open the help page, also over a sheet, unless it is open. Among its keys, those of the screen that has the focus
    come first."""
    if isinstance(open_sheet(window), HelpSheet):
        return
    sheet = HelpSheet(table_at(QApplication.focusWidget()), rules_of(window))
    has_uploads = open_sheet(window) is None and bool(window.receivers(SIGNAL("uploads_wanted()")))
    sheet.answers.uploads.setVisible(has_uploads)
    sheet.answers.uploads.clicked.connect(lambda: _show_uploads(sheet, window))
    sheet.open_over(window, first_focus=sheet.first_focus)


def _show_uploads(sheet: HelpSheet, window: MainWindow) -> None:
    sheet.dismiss()
    window.uploads_wanted.emit()
