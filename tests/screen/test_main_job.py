"""The work at the front desk, done with nothing but the keyboard and what a screen reader says."""

import re

import pytest

from tests.screen.conftest import Run
from tests.screen.program import Program
from tests.screen.steps import open_visit, search, take_id_photo

pytestmark = pytest.mark.screen

_THOMAS = "Thomas Becker, born 2 February 1958"
_QUESTION = "1 photo is not sent yet"


def test_photo_at_check_in(run: Run, webcam: dict[str, str]) -> None:
    program = run("--practice", environment=webcam)
    desktop, reader = program.desktop, program.reader
    open_visit(program, _THOMAS)
    reader.wait_to_hear(f"Patient {_THOMAS}")

    reader.wait_for_focus("Live camera, Desk Camera; Space takes a photo")
    take_id_photo(program)

    reader.wait_for(name=f"{_THOMAS}, Waiting in Cerbo’s queue", timeout_s=30)
    program.walk_to("Accept waiting photos")
    desktop.key("space")

    reader.wait_for(name_contains="Personal photo 1 of 1, ", role="list item")
    reader.wait_for(name=f"{_THOMAS}, Found in chart")
    reader.wait_until_gone(name_contains="checked in, no ID photo")


def test_pedal_takes_the_photo_wherever_the_focus_is(run: Run, webcam: dict[str, str]) -> None:
    program = run("--practice", environment=webcam)
    open_visit(program, _THOMAS)
    program.reader.wait_for_focus("Live camera")
    program.walk_to("Find a patient")
    program.desktop.key("F8")

    program.reader.wait_for(name_contains="Keep this ID photo")
    assert program.reader.unnamed() == []


def test_row_on_the_board_says_everything(run: Run) -> None:
    reader = run("--practice").reader

    row = reader.wait_for(name_contains="checked in, no ID photo", role="list item")

    assert re.fullmatch(rf"{_THOMAS}, \d\d:\d\d, checked in, no ID photo", row.name)
    assert reader.unnamed() == []


def test_namesakes_full_quality_and_back(run: Run) -> None:
    program = run("--practice")
    desktop, reader = program.desktop, program.reader
    search(program, "lopez, mar")

    reader.wait_for(name_contains="Which Maria Lopez?")
    desktop.key("Return")
    # Once the next key has worked, that Return has done all it does.
    program.walk_to("Maria Lopez, born 4 March 1981")
    assert not any(name.startswith("Patient Maria") for name in reader.names())
    desktop.key("alt+1")

    banner = reader.wait_to_hear("Patient Maria Lopez")
    assert re.fullmatch(r"Patient Maria Lopez, born 4 March 1981, \d\d years, female, ID 10482", banner)
    reader.wait_for(name=banner)
    newest_tile = reader.wait_for_focus("photo 1 of 23, ")
    assert reader.unnamed() == []
    desktop.key("Return")

    reader.wait_for(name="Full quality")
    assert reader.unnamed() == []
    shown = reader.wait_for(name_contains="photo 1 of 23")
    desktop.key("Right")
    reader.wait_for(name_contains="photo 2 of 23")
    desktop.key("Left")
    reader.wait_for(name=shown.name)
    desktop.key("Escape")
    reader.wait_for_focus(newest_tile.name)


def test_closing_with_an_unsent_photo_asks(run: Run, webcam: dict[str, str]) -> None:
    program = run("--practice", environment=webcam)
    desktop, reader = program.desktop, program.reader
    open_visit(program, _THOMAS)
    reader.wait_for_focus("Live camera")
    _choose_trouble(program, "No connection")
    program.walk_to("Live camera", "shift+Tab")
    take_id_photo(program)
    reader.wait_for(name_contains=f"{_THOMAS}, Safe on this PC")

    desktop.key("alt+F4")
    reader.wait_for(name_contains=_QUESTION)
    desktop.key("Escape")
    reader.wait_until_gone(name_contains=_QUESTION)
    assert program.is_running

    desktop.key("alt+F4")
    reader.wait_for(name_contains=_QUESTION)
    program.walk_to("Close")
    desktop.key("space")
    assert program.wait_for_end() == 0
    assert not program.has_left_children


def _choose_trouble(program: Program, words: str) -> None:
    program.walk_to("Simulate a problem")
    program.desktop.key("space")
    program.walk_to(words, "Down")
    program.desktop.key("Return")
