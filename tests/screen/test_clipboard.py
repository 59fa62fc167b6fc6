"""What a person copies from the app, seen by another program of the same desktop."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cerbo_desktop.runtime.paths import DataDir
from tests.screen.conftest import Run
from tests.screen.desktop import Desktop
from tests.screen.steps import open_visit, search

pytestmark = pytest.mark.screen

_THOMAS = "Thomas Becker, born 2 February 1958"
_MARK = "x-kde-passwordManagerHint"


def test_a_copied_name_is_marked_and_goes_with_the_patient_and_with_the_app(run: Run) -> None:
    program = run("--practice")
    desktop = program.desktop

    def copy(text: str) -> None:
        search(program, text)
        desktop.key("ctrl+a", "ctrl+c")
        program.wait_until(lambda: _texts(desktop) == {text}, "copied and selected")

    copy("Becker, Thomas")
    assert all(_MARK in formats for _, formats in _held(desktop).values())
    desktop.key("ctrl+a", "Delete")
    open_visit(program, _THOMAS)
    program.reader.wait_to_hear(f"Patient {_THOMAS}")
    program.wait_until(lambda: _texts(desktop) == {""}, "forgotten with the patient")

    copy("Vance, Dorothy")
    desktop.key("alt+F4")
    assert program.wait_for_end() == 0
    assert _texts(desktop) == {""}
    log = DataDir(program.data_dir).log_file.read_text()
    assert log.count("act what=TextCopied operation=practice clinic") == 2, "once for each copy, not for a selection"


def _texts(desktop: Desktop) -> set[str]:
    return {text for text, _ in _held(desktop).values()}


def _held(desktop: Desktop) -> dict[str, tuple[str, list[str]]]:
    command = [sys.executable, "-m", "tests.screen.held_by_clipboard"]
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(command, env=desktop.environment, cwd=root, capture_output=True, check=True, timeout=30)
    held: dict[str, tuple[str, list[str]]] = json.loads(told.stdout)
    return held
