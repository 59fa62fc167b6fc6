"""Names that a screen must survive: 300 letters, direction marks, markup, control characters, none at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import CONTROL_NAME, LONG_NAME, MARKUP_NAME, NO_NAME, RIGHT_TO_LEFT_NAME
from cerbo_desktop.runtime.paths import resources_dir
from tests.flows.desk import Desk
from tests.variants import some_now
from tests.waiting import until

_UNSEEN = frozenset("\u202e\u200f\u2066\x07\x00\t")
_BORN = {
    LONG_NAME: "1 Jan 1980",
    RIGHT_TO_LEFT_NAME: "2 Jan 1980",
    MARKUP_NAME: "3 Jan 1980",
    CONTROL_NAME: "4 Jan 1980",
}


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(resources_dir() / "practice", odd_patients=True) as clinic:
        yield clinic


def _cut_labels(desk: Desk, text: str) -> list[str]:
    """Labels with this text that have not the room to paint it."""
    labels = [label for label in desk.window.findChildren(QLabel) if label.isVisible() and not label.wordWrap()]
    with_text = [label for label in labels if text in label.text().replace("\u00a0", " ")]
    return [label.text() for label in with_text if _needed_px(label) > label.width() + 2]


def _needed_px(label: QLabel) -> int:
    return QFontMetrics(label.font()).horizontalAdvance(label.text())


@some_now("patient_id", _BORN)
async def test_is_shown_plainly_everywhere(desk: Desk, photo: Path, patient_id: int) -> None:
    await desk.open(patient_id)
    (row,) = desk.found
    assert f"ID {patient_id}" in row
    born = _BORN[patient_id]
    await until(lambda: born in desk.banner_words.replace("\u00a0", " "))
    assert not _UNSEEN & set(row + desk.banner_words + desk.banner_name)
    assert not _cut_labels(desk, born)
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert not _UNSEEN & set(desk.tray_words)
    assert len(desk.clinic.photos_received(patient_id)) == 1
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    await until(lambda: desk.filter_words[0] == "All, 1")
    await desk.pictures_are_there()
    await desk.open_photo(0)
    await desk.full_quality()
    assert born in desk.viewer_words.replace("\u00a0", " ")
    assert not _UNSEEN & set(desk.viewer_words)
    assert not _cut_labels(desk, born)
    assert desk.window.width() <= 1500  # no name makes the window grow


async def test_markup_is_text(desk: Desk) -> None:
    await desk.open(MARKUP_NAME)
    assert "<b>Bold</b>" in desk.banner_words


async def test_nobody_without_a_name_is_nameless_on_screen(desk: Desk) -> None:
    await desk.open(NO_NAME)
    assert "No date of birth" in desk.banner_words
    assert "No name" in desk.banner_words
