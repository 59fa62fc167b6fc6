"""What a person at the front desk does again and again, by keyboard."""

from tests.screen.program import Program


def open_visit(program: Program, name_and_birth: str) -> None:
    """Open somebody from today's board, as soon as the board shows who has no ID photo."""
    program.reader.wait_for(name_contains="no ID photo")
    program.desktop.key("ctrl+f")
    program.reader.wait_for_focus("Find a patient")
    first_row = program.step("Tab")
    if not any(name_and_birth in name for name in first_row):
        program.walk_to(name_and_birth, "Down")
    program.desktop.key("Return")


def search(program: Program, text: str) -> None:
    program.reader.wait_for(name_contains="no ID photo")
    program.desktop.key("ctrl+f")
    program.reader.wait_for_focus("Find a patient")
    program.desktop.type(text)


def take_id_photo(program: Program) -> None:
    """Take what the live view shows and send it."""
    program.reader.wait_for_focus("Live camera")
    program.desktop.key("space")
    program.reader.wait_for(name_contains="Keep this ID photo")
    program.desktop.key("Return")
