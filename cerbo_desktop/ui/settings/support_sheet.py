"""The support file, shown in full before a person saves it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from cerbo_desktop.ui.file_dialog.picker import FilePicker
from cerbo_desktop.ui.file_dialog.request import FileRequest
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.text import common, support as words

_SIZE_PX = QSize(880, 720)


class SupportSheet(Sheet):
    """Shows the whole support file before it is saved."""

    save_wanted = Signal(str, str)  # Path and text

    def __init__(self, file_name: str) -> None:
        super().__init__(words.support_file(), _SIZE_PX)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words.contents())
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        letters.setPixelSize(12)
        self.text.setFont(letters)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        request = FileRequest(title=words.save_title(), filters=(words.text_files(),), save_as=file_name, suffix="txt")
        self._picker = FilePicker(self, request)
        self._picker.chosen.connect(self._save_as)
        self._status = Label(words.working(), fonts.SECOND, "ink2", wraps=True)
        self.close_button = Button(common.close())
        self.save = Button(words.save(), "primary", icon="file")
        self.save.setEnabled(False)
        self.close_button.clicked.connect(self.dismiss)
        self.save.clicked.connect(self._picker.open)
        self.on_escape = self._close_by_key
        self._lay_out()

    def show_text(self, text: str) -> None:
        """Show the whole support file; from now on it can be saved."""
        self.text.setPlainText(text)
        self.save.setEnabled(True)
        self.show_status("")

    def show_status(self, status: str) -> None:
        """Say whether the file was saved."""
        self._status.setText(status)
        announce(self, status)

    def _save_as(self, paths: list[Path]) -> None:
        self.show_status(words.saving())
        self.save_wanted.emit(str(paths[0]), self.text.toPlainText())

    def _close_by_key(self) -> None:
        """The window for choosing files first."""
        if self._picker.is_open:
            self._picker.close()
        else:
            self.dismiss()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._status, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addWidget(Label(words.support_file(), fonts.PANE_TITLE))
        column.addWidget(Label(words.promise(), fonts.BODY, "ink2", wraps=True))
        column.addSpacing(8)
        column.addWidget(self._picker.strip)
        column.addWidget(self.text, 1)
        column.addSpacing(8)
        column.addLayout(foot)
