"""Everything that takes the keyboard says what it is, on every page."""

from pathlib import Path

import pytest

from tests.screen.conftest import Run
from tests.screen.program import Program
from tests.screen.reader import Reader

pytestmark = pytest.mark.screen

_PHOTO = Path(__file__).resolve().parents[2] / "resources" / "practice" / "patch-a.jpg"


def test_album_and_viewer(run: Run) -> None:
    program = run("--practice")
    _assert_all_named(program.reader, "Thomas Becker")
    _open_first_visit(program)
    _assert_all_named(program.reader, "photo 1 of 23, ")
    program.desktop.key("Return")
    _assert_all_named(program.reader, "Full quality")


def test_capture_sheet_with_camera(run: Run, webcam: dict[str, str]) -> None:
    program = run("--practice", environment=webcam)
    _open_first_visit(program)
    program.walk_to("Take photos", "shift+Tab")
    program.desktop.key("space")
    program.reader.wait_for_focus("Live camera, Desk Camera")
    _assert_all_named(program.reader, "Send")


def test_files_are_added_by_typing_their_path(run: Run) -> None:
    program = run("--practice")
    _open_first_visit(program)
    program.desktop.key("ctrl+o")
    program.reader.wait_for_focus("Choose files")
    program.desktop.key("space")
    program.reader.wait_for(name="Choose photos")
    program.desktop.type(str(_PHOTO))
    program.desktop.key("Return")

    program.reader.wait_for(name_contains="patch-a.jpg, chosen. Ready")
    _assert_all_named(program.reader, "Send 1 photo to Maria Lopez, born 4 March 1981")


def _open_first_visit(program: Program) -> None:
    program.reader.wait_for(name_contains="Maria Lopez, born 4 March 1981")
    program.reader.wait_for_focus("Find a patient")
    program.walk_to("Maria Lopez, born 4 March 1981")
    program.desktop.key("Return")
    program.reader.wait_for_focus("photo 1 of 23, ")


def _assert_all_named(reader: Reader, once_there: str) -> None:
    """After something with the words `once_there` has come up."""
    reader.wait_for(name_contains=once_there)
    tree = reader.tree()
    assert sum(node.is_focusable for node in tree) > 3, reader.dump()
    assert not [node for node in tree if node.is_focusable and not node.name], reader.dump()
