"""Every file that was made to hurt, in a chart and on a stick: the window goes on, and says what it cannot show."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.practice.albums import PERSONAL
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, RUTH_CALLOWAY
from cerbo_desktop.services.photos.thumbnail_states import Failed, Ready
from tests.fakes.hidden_names import every_hidden_name, pieces_found
from tests.fakes.hostile_images import Sample
from tests.fakes.hostile_structures import every_hostile
from tests.flows.desk import Desk
from tests.flows.ticking import ticking
from tests.waiting import until
from tests.yardstick import bound_ms

LONGEST_WORK_MS = 100
"""Promise 8: the most that the interface's thread may be kept by any photo."""
FILES_AT_ONCE = 50
PLACES_APART = 6
"""In the normal run every sixth place, and all of them before a release; `test_prepare` looks at all without a
window."""


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return list(every_hostile())


@pytest.fixture
def chart(desk: Desk, samples: list[Sample]) -> int:
    """The number of photos in Ruth's chart: each hostile file, once."""
    desk.clinic.fill_album(RUTH_CALLOWAY, [partial(bytes, sample.data) for sample in samples])
    return len(samples)


def _settled(states: list[object]) -> bool:
    return bool(states) and all(isinstance(state, Ready | Failed) for state in states)


async def test_a_chart_full_of_them_is_scrolled_through(desk: Desk, chart: int) -> None:
    async with ticking() as worked_ms:
        await desk.open(RUTH_CALLOWAY)
        await until(lambda: desk.album.isVisible() and _settled(desk.states))
        seen = len(desk.states)
        while desk.album.rows_in_view().stop < chart:
            desk.press(Qt.Key.Key_PageDown)
            await until(lambda: _settled(desk.states))
            seen += len(desk.states)
    assert seen >= chart
    assert max(worked_ms) <= bound_ms(LONGEST_WORK_MS)


async def test_each_of_them_is_opened_large(desk: Desk, chart: int) -> None:
    await desk.open(RUTH_CALLOWAY)
    await until(lambda: desk.album.isVisible() and _settled(desk.states))
    desk.press(Qt.Key.Key_Home)
    await desk.open_photo(0)
    async with ticking() as worked_ms:
        for number in range(1, chart + 1):
            await until(lambda number=number: f"photo {number} of {chart}" in desk.stage_name)  # type: ignore[misc]
            await until(lambda: _is_told(desk))
            desk.press(Qt.Key.Key_Right)
    assert max(worked_ms) <= bound_ms(LONGEST_WORK_MS)


def _is_told(desk: Desk) -> bool:
    """Shown whole after all, or why not."""
    refusals = ("Cannot show this file", "Cerbo sent something that is not a photo", "A web page answered")
    shown = desk.stage_name.endswith(("Full quality", "Damaged in part. Showing what can be read."))
    return shown or any(words in desk.viewer_words for words in refusals)


async def test_each_of_them_is_picked_as_a_file_and_not_added(
    desk: Desk, samples: list[Sample], tmp_path: Path
) -> None:
    await desk.open(GRACE_ADEYEMI)
    for batch in _batches(_files(samples, tmp_path)):
        desk.drop(batch)
        await desk.examined()
        assert len(desk.added) == len(batch)
        assert [row for row in desk.added if "Not added" not in row] == []
        desk.press(Qt.Key.Key_Escape)
        await until(lambda: not desk.added)


async def test_each_of_them_as_a_face_leaves_no_face(desk: Desk, samples: list[Sample]) -> None:
    await desk.board_is_there()
    faces, patient_id = desk.services.faces, PatientId(str(RUTH_CALLOWAY))
    for sample in samples:
        desk.clinic.fill_album(RUTH_CALLOWAY, [partial(bytes, sample.data)], PERSONAL)
        faces.forget_face(patient_id)
        with suppress(CannotShow, ServerError):
            assert await faces.face(patient_id) is None or sample.cannot_show is None


def _files(samples: list[Sample], folder: Path) -> Iterator[Path]:
    for number, sample in enumerate(samples):
        file = folder / (f"{number}-{sample.file_name}" if sample.file_name else f"{number}")
        file.write_bytes(sample.data)
        yield file


def _batches(files: Iterator[Path]) -> Iterator[list[Path]]:
    every = list(files)
    for at in range(0, len(every), FILES_AT_ONCE):
        yield every[at : at + FILES_AT_ONCE]


@pytest.mark.parametrize(
    "places_apart",
    [PLACES_APART, pytest.param(1, marks=[pytest.mark.release, pytest.mark.timeout(600)])],
    ids="one in {}".format,
)
async def test_no_hidden_name_is_on_the_server_after_sending(desk: Desk, tmp_path: Path, places_apart: int) -> None:
    """Searched is what the server stored of each file, of every format and with what every writer puts into it."""
    hidden = [data for name, data, _ in every_hidden_name() if pieces_found(data)][::places_apart]
    files = [tmp_path / f"{number}" for number in range(len(hidden))]
    for file, data in zip(files, hidden, strict=True):
        file.write_bytes(data)
    await desk.open(GRACE_ADEYEMI)
    sent_count = 0
    for batch in _batches(iter(files)):
        desk.drop(batch)
        await desk.examined()
        assert [row for row in desk.added if "Not added" in row] == []
        desk.agree()
        QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
        sent_count += len(batch)
        await until(lambda count=sent_count: len(desk.clinic.photos_received()) == count, 90.0)  # type: ignore[misc]
    stored = desk.clinic.photos_received(GRACE_ADEYEMI)
    assert len(stored) == len(files)
    assert [pieces for photo in stored if (pieces := pieces_found(photo.content))] == []
