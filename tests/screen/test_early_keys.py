"""Whoever types or scans as soon as the window is there finds all of it in the search box."""

import string

import pytest

from tests.screen.conftest import Run
from tests.screen.program import Program

pytestmark = pytest.mark.screen

_BOX = "Find a patient"
_LETTERS = string.ascii_lowercase + string.digits


def test_no_letter_is_lost_from_the_first_painting_on(run: Run) -> None:
    program = run("--practice")
    _wait_for_window(program)
    program.desktop.type(_LETTERS)

    program.reader.wait_for(name="Shift list")  # the pages are there
    box = program.reader.wait_for(name_contains=_BOX, role="text")
    program.wait_until(lambda: program.reader.text(box) == _LETTERS, "every letter in the box")
    program.desktop.type("more")
    program.wait_until(lambda: program.reader.text(box) == f"{_LETTERS}more", "the box goes on")


def test_a_card_scanned_as_early_opens_its_patient(run: Run) -> None:
    program = run("--practice")
    _wait_for_window(program)
    program.desktop.type("10482")
    program.desktop.key("Return")

    program.reader.wait_to_hear("Patient Maria Lopez, born 4 March 1981")


def _wait_for_window(program: Program) -> None:
    """It is on the screen and has the keyboard; most of the app is still to be loaded."""
    program.wait_until(lambda: program.desktop.focused_title == "Cerbo Desktop", "the window")
    program.wait_until(lambda: program.desktop.has_painted_window, "the first painting")
