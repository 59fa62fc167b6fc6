"""Taking and adding photos by keyboard, in the capture sheet."""

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.own_photos import own_photo
from tests.screen.conftest import Run
from tests.screen.program import Program
from tests.screen.reader import Reader
from tests.screen.steps import open_visit

pytestmark = pytest.mark.screen

_MARIA = "Maria Lopez, born 4 March 1981"
_CONSENT = "Patient agreed to photos for the record"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file that is in nobody's chart."""
    path = tmp_path / "arm.jpg"
    path.write_bytes(own_photo())
    return path


def test_taken_agreed_and_sent(run: Run, webcam: dict[str, str]) -> None:
    program = run("--practice", environment=webcam)
    desktop, reader = program.desktop, program.reader
    _open_maria(program)
    program.walk_to("Take photos", "shift+Tab")
    desktop.key("space")

    reader.wait_for_focus("Live camera, Desk Camera")
    desktop.key("space")
    reader.wait_for(name_contains="Shot 1, chosen. Ready")
    assert reader.unnamed() == []
    program.walk_to(_CONSENT)
    desktop.key("space")
    program.walk_to(f"Send 1 photo to {_MARIA}")
    desktop.key("space")

    reader.wait_for(name=f"{_MARIA}, Waiting in Cerbo’s queue")
    reader.wait_until_gone(name_contains="Photos for Maria Lopez")


def _open_file_dialog(program: Program) -> int:
    """By one key, for the patient who is open. Returns the id of the dialog's process."""
    program.desktop.key("ctrl+o")
    return program.wait_for_file_dialog()


def test_file_added_by_typing_its_path(run: Run, photo: Path) -> None:
    program = run("--practice")
    desktop, reader = program.desktop, program.reader
    _open_maria(program)
    with closing(Reader(desktop, _open_file_dialog(program))) as dialog:
        dialog.wait_for_focus("File name:")
        assert dialog.unnamed() == []
    desktop.type(str(photo))
    desktop.key("Return")

    reader.wait_for(name_contains="arm.jpg, chosen. Ready")
    assert reader.unnamed() == []
    desktop.key("ctrl+Return")
    reader.wait_for_focus(_CONSENT)
    desktop.key("space")
    desktop.key("ctrl+Return")

    reader.wait_for(name=f"{_MARIA}, Waiting in Cerbo’s queue")


def test_a_dialog_for_files_that_hangs_leaves_the_window_alone(run: Run, photo: Path) -> None:
    """As with a folder on a share that is gone: the process of the dialog stands still.

    The app gives such a dialog up by itself after 20 s, which a screen reader on a slow machine needs to read the
    window: here it leaves that to the person.
    """
    program = run("--practice", module="tests.fakes.patient_app")
    desktop, reader = program.desktop, program.reader
    _open_maria(program)
    process_id = _open_file_dialog(program)
    with closing(Reader(desktop, process_id)) as dialog:
        dialog.wait_for_focus("File name:")
    os.kill(process_id, signal.SIGSTOP)
    reader.wait_for(name_contains="The window for choosing files isn’t responding.")
    assert reader.unnamed() == []
    reader.press("Close it")
    program.wait_until(lambda: not Path(f"/proc/{process_id}").exists(), "the end of the dialog for files")
    reader.press("Choose files")
    with closing(Reader(desktop, program.wait_for_file_dialog())) as dialog:
        dialog.wait_for_focus("File name:")
    desktop.type(str(photo))
    desktop.key("Return")
    reader.wait_for(name_contains="arm.jpg, chosen. Ready")


def _open_maria(program: Program) -> None:
    open_visit(program, _MARIA)
    program.reader.wait_for_focus("photo 1 of 23, ")
