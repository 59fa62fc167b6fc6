"""The app's own dialog for files in its own process, with a hand that uses it.

`python -m tests.fakes.dialog_hand PATH [option ...]` pastes PATH and presses Enter; without a PATH it presses Esc.
`--remembering` lets Qt write down what it likes; with `--at-once` the folder has not been read yet.
"""

import sys
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QLineEdit

from cerbo_desktop.runtime import own_program, start_flags
from cerbo_desktop.ui.file_dialog import program
from cerbo_desktop.ui.file_dialog.request import DialogStart

_REMEMBERING, AT_ONCE = "--remembering", "--at-once"


def hand_that_chooses(monkeypatch: pytest.MonkeyPatch, path: str = "", *options: str) -> None:
    """Instead of a person, wherever the app asks for files from now on."""
    use_instead(monkeypatch, [sys.executable, "-m", "tests.fakes.dialog_hand", path, *options])


def use_instead(monkeypatch: pytest.MonkeyPatch, command: Sequence[str]) -> None:
    """Start this in place of the dialog; every other helper of the app starts as ever."""
    as_ever = own_program.own_program

    def own_or_this(*arguments: str) -> list[str]:
        return list(command) if arguments == (start_flags.FILE_DIALOG,) else as_ever(*arguments)

    monkeypatch.setattr(own_program, "own_program", own_or_this)


def _main(path: str, *options: str) -> int:
    made = program._dialog

    def dialog(start: DialogStart) -> QFileDialog:
        made_dialog = made(start)

        def use_it() -> None:
            QTimer.singleShot(0, made_dialog, lambda: _use(made_dialog, path))

        if AT_ONCE in options:
            use_it()
        else:
            (files,) = made_dialog.findChildren(QFileSystemModel)
            files.directoryLoaded.connect(use_it, Qt.ConnectionType.SingleShotConnection)
        return made_dialog

    program._dialog = dialog
    if _REMEMBERING in options:
        program._keep_qt_from_remembering_folders = lambda: QStandardPaths.setTestModeEnabled(False)
    return program.run_dialog()


def _use(dialog: QFileDialog, path: str) -> None:
    (field,) = dialog.findChildren(QLineEdit, "fileNameEdit")
    if not path:
        QTest.keyClick(field, Qt.Key.Key_Escape)
        return
    field.insert(path)
    QTest.keyClick(field, Qt.Key.Key_Return)


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
