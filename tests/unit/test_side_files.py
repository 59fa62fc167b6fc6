"""No folder that a person looked into is written down."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

import cerbo_desktop
from cerbo_desktop.ui.kit.file_dialog import file_dialog

_CHOOSE = """
import sys
from PySide6.QtWidgets import QApplication, QFileDialog
from cerbo_desktop.app.side_files import keep_qt_from_remembering_folders

app = QApplication([])
if sys.argv[2] == "kept away":
    keep_qt_from_remembering_folders()
dialog = QFileDialog(None, "Choose", sys.argv[1])
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.open()
app.processEvents()
dialog.accept()
del dialog
app.processEvents()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own dialog is used there")
@pytest.mark.parametrize(("how", "is_written"), [("kept away", False), ("left alone", True)])
def test_qts_own_dialog_leaves_no_folder_behind(tmp_path: Path, how: str, is_written: bool) -> None:
    looked_into, home = tmp_path / "Canary Birdsong", tmp_path / "home"
    looked_into.mkdir()
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", _CHOOSE, str(looked_into), how], env=environment, check=True, timeout=60)
    written = "".join(file.read_text(errors="replace") for file in home.rglob("*.conf"))
    assert ("Canary" in written) is is_written


def test_every_dialog_for_files_is_made_in_one_place() -> None:
    package = Path(cerbo_desktop.__file__).parent
    made_in = {file.name for file in package.rglob("*.py") if "QFileDialog(" in file.read_text("utf-8")}
    assert made_in == {"file_dialog.py"}


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own dialog is used there")
def test_that_dialog_is_qts_own_where_the_systems_would_remember(qapp: QApplication) -> None:
    parent = QWidget()
    assert file_dialog(parent, "Choose").testOption(QFileDialog.Option.DontUseNativeDialog)
