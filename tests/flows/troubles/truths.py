"""What stands on the screen, held against what the practice clinic really has."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from cerbo_desktop.practice.albums import MEDICAL, PERSONAL
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.text import empty_album
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain

_NO_PHOTO_TYPE = ""
_TYPES = {"All": _NO_PHOTO_TYPE, "Personal": PERSONAL, "Medical": MEDICAL}


def untruths(desk: Desk, truth: PracticeClinic, opened: int) -> Iterator[str]:
    """Each figure, word and focus that is untrue while this patient is open, in words for whoever mends it."""
    yield from _figures(desk, truth, opened)
    yield from _absences(desk, truth, opened)
    yield from _badges(desk, truth)
    yield from _focus(desk)
    yield from _jargon(desk)


def _figures(desk: Desk, truth: PracticeClinic, opened: int) -> Iterator[str]:
    for words in desk.filter_words:
        name, _, figure = words.partition(", ")
        if figure and name in _TYPES and int(figure) != (there := len(truth.album(opened, _TYPES[name]))):
            yield f"the filter says {words!r}, and {there} are there"


def _absences(desk: Desk, truth: PracticeClinic, opened: int) -> Iterator[str]:
    if truth.album(opened) and empty_album.no_photos_yet().title in desk.page_words:
        yield "the album is called empty"
    for words in ("No patient found", "No appointments today"):
        if words in desk.search_words or words in desk.board_words:
            yield f"{words!r}, which nobody knows"


def _badges(desk: Desk, truth: PracticeClinic) -> Iterator[str]:
    with_faces = {
        f"{each.first_name} {each.last_name}" for each in truth.patients.values() if truth.album(each.id, PERSONAL)
    }
    for row in desk.board:
        if "no ID photo" in row and row.split(",")[0] in with_faces:
            yield f"an ID photo is there: {row!r}"


def _focus(desk: Desk) -> Iterator[str]:
    has_focus, sheet = QApplication.focusWidget(), open_sheet(desk.window)
    if has_focus is None:
        yield "nothing has the focus"
    elif not (has_focus.isVisible() and has_focus.isEnabled()):
        yield f"what has the focus can't be seen or used: {has_focus.accessibleName() or has_focus!r}"
    elif sheet is not None and not sheet.isAncestorOf(has_focus) and has_focus is not sheet:
        yield f"the focus lies under the sheet: {has_focus.accessibleName() or has_focus!r}"


def _jargon(desk: Desk) -> Iterator[str]:
    for words in texts(desk.window):
        try:
            assert_plain(words)
        except AssertionError:
            yield f"not for people: {words!r}"


def texts(window: QWidget) -> list[str]:
    """Every text that a label or a button shows."""
    shown = (each for each in window.findChildren(QWidget) if each.isVisible())
    return [each.text() for each in shown if isinstance(each, QLabel | QAbstractButton) and each.text().strip()]
