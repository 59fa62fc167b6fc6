"""No folder that a person looked into is written down."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import cerbo_desktop
from cerbo_desktop.ui.file_dialog.request import ALIVE, DialogStart, FileRequest
from cerbo_desktop.ui.kit.theme import LIGHT


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own dialog is used there")
@pytest.mark.parametrize(("options", "is_written"), [([], False), (["--remembering"], True)])
def test_the_dialog_for_files_leaves_no_folder_behind(tmp_path: Path, options: list[str], is_written: bool) -> None:
    looked_into, home = tmp_path / "Canary Birdsong", tmp_path / "home"
    looked_into.mkdir()
    home.mkdir()
    (looked_into / "one.jpg").touch()
    start = DialogStart(
        request=FileRequest(title="Choose", filters=("Photos (*.jpg)",)),
        theme=LIGHT,
        folder=str(looked_into),
        parent_window=0,
        room=(0, 0, 800, 600),
    )
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.dialog_hand", str(looked_into / "one.jpg"), *options],
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as dialog:
        assert dialog.stdin is not None
        assert dialog.stdout is not None
        dialog.stdin.write(msgspec.json.encode(start) + b"\n")
        dialog.stdin.flush()
        (answer,) = [line.strip() for line in dialog.stdout if line.strip() != ALIVE]
    assert msgspec.json.decode(answer) == [str(looked_into / "one.jpg")]
    written = "".join(file.read_text(errors="replace") for file in home.rglob("*.conf"))
    assert ("Canary" in written) is is_written


def test_every_dialog_for_files_is_made_in_one_place() -> None:
    package = Path(cerbo_desktop.__file__).parent
    made_in = {file.name for file in package.rglob("*.py") if "QFileDialog(" in file.read_text("utf-8")}
    assert made_in == {"qt_dialog.py"}
