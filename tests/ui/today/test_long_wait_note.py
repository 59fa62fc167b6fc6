"""Photos that wait in Cerbo's queue for long, told on the board's foot: each day anew, in three lines."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ids import PatientId, QueueId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.long_waits import LongWaits
from cerbo_desktop.ui.kit.panes import COMPACT_SEARCH_WIDTH_PX
from cerbo_desktop.ui.text.long_wait import long_wait
from cerbo_desktop.ui.today.long_wait_note import LongWaitNote
from cerbo_desktop.ui.today.long_waiting import LongWaiting
from tests.fakes.hand_clock import HandClock

_DAY_S = 86_400.0
_THREE_LINES_PX = 32 + 2 * 20
"""The headline is as high as the button beside it."""
SINCE = date(2025, 11, 12)
NAMES = ["Grace Adeyemi", "Hana Kim", "María Fernanda García Márquez", "Thị Hồng Nguyễn", "Anne-Marie Dubois"]


def waiting_photo(clock: HandClock, name: str = "Grace Adeyemi") -> Upload:
    facts = PhotoFacts(MediaType.JPEG, 10, 10, 6_100_000, "")
    one_pixel = Raster(1, 1, b"\0\0\0\xff", 1, 1)
    recipient = Recipient(PatientId("10071"), name, date(1947, 9, 23))
    made = Upload(UploadId(name), recipient, facts, one_pixel, clock.now(), clock.now(), UploadState.SENT)
    return replace(made, queue_id=QueueId("88"))


class Foot:
    """The note of a running app, with one photo that Cerbo's queue shows since now."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.uploads: Feed[tuple[Upload, ...]] = Feed((waiting_photo(self.clock),))
        self.note = LongWaitNote()
        self.settings = SettingsFile(folder / "settings.json")
        failures: list[object] = []
        self.waits = LongWaits(
            self.uploads, lambda _: True, self.clock.now, self.clock, TaskScope("test", failures.append)
        )
        self.waiting = LongWaiting(self.waits, self.note, self.settings, self.clock)
        self.waits.start()

    async def days_later(self, days: float) -> None:
        self.clock.turn(days * _DAY_S)
        for _ in range(3):
            await asyncio.sleep(0)

    def is_told(self) -> bool:
        return not self.note.isHidden()


@pytest.fixture
async def foot(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Foot]:
    made = Foot(tmp_path)
    await made.days_later(0.5)
    yield made
    made.waiting.close()
    made.note.deleteLater()
    await made.waits.aclose()


async def test_an_app_that_stays_open_tells_it_again_each_day(foot: Foot) -> None:
    assert not foot.is_told(), "half a day is nothing"
    await foot.days_later(1)
    assert foot.is_told()
    foot.note.close_button.click()
    await foot.days_later(0.01)
    assert not foot.is_told(), "a person has read it today"
    for _ in range(2):
        await foot.days_later(1)
        assert foot.is_told()
        foot.note.close_button.click()
        assert not foot.is_told()
    foot.uploads.publish(())
    await foot.days_later(1)
    assert not foot.is_told()


async def test_what_nobody_closed_stays_over_night(foot: Foot) -> None:
    await foot.days_later(1)
    before = foot.note.words
    await foot.days_later(1)
    assert foot.is_told()
    assert foot.note.words == before


async def test_the_day_it_was_sent_is_said(foot: Foot) -> None:
    await foot.days_later(3)
    assert foot.note.shown_words == (
        "1 photo waiting since 12 Nov",
        "Safe in Cerbo. Ask staff to accept it: Grace Adeyemi.",
    )
    assert foot.note.words == (
        "1 photo has been waiting in Cerbo since 12 Nov. Of Grace Adeyemi. Safe in Cerbo, but not in the chart yet. "
        "Ask staff to accept it in Cerbo’s portal queue."
    )


@pytest.fixture
def note(qtbot: QtBot) -> Iterator[LongWaitNote]:
    """In the narrow pane of a small screen at 125 percent."""
    pane = QWidget()
    qtbot.addWidget(pane)
    made = LongWaitNote()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(made)
    pane.resize(COMPACT_SEARCH_WIDTH_PX, 500)
    pane.show()
    yield made
    made.setParent(None)
    made.deleteLater()


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (NAMES[:2], "Safe in Cerbo. Ask staff to accept them: Grace Adeyemi and Hana Kim."),
        (NAMES, "Safe in Cerbo. Ask staff to accept them: Grace Adeyemi and 4 more patients."),
        (["W" * 60, "Hana Kim"], "Safe in Cerbo. Ask staff to accept them: 2 patients."),
    ],
)
def test_names_that_find_no_place_in_three_lines_are_counted(note: LongWaitNote, names: list[str], text: str) -> None:
    note.tell(long_wait(12, SINCE, names))
    QApplication.processEvents()
    assert note.shown_words == ("12 photos waiting since 12 Nov", text)
    assert note.close_button.geometry().top() + _THREE_LINES_PX >= note.height() - 24
    assert note.close_button.geometry().right() < COMPACT_SEARCH_WIDTH_PX
    assert all(name in note.toolTip() and name in note.words for name in names)


def test_more_room_shows_more_names(note: LongWaitNote) -> None:
    note.tell(long_wait(5, SINCE, NAMES))
    note.window().resize(900, 500)
    QApplication.processEvents()
    assert note.shown_words[1].endswith(f"{', '.join(NAMES[:4])} and {NAMES[4]}.")


def test_tab_comes_to_it_and_enter_closes_it(note: LongWaitNote, qtbot: QtBot) -> None:
    note.tell(long_wait(2, SINCE, NAMES[:2]))
    assert note.close_button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert note.close_button.accessibleName() == "Close"
    assert "Hana Kim" in note.close_button.accessibleDescription()
    with qtbot.waitSignal(note.closed):
        QTest.keyClick(note.close_button, Qt.Key.Key_Return)


def test_nobodys_name_stays_behind(note: LongWaitNote) -> None:
    note.tell(long_wait(2, SINCE, NAMES[:2]))
    note.take_away()
    note.window().resize(900, 500)
    said = (*note.shown_words, note.words, note.toolTip(), note.close_button.accessibleDescription())
    assert set(said) == {""}


def test_the_clinics_day_counts_and_not_the_servers() -> None:
    clock, scope = HandClock(), TaskScope("test", lambda _: None)
    waits = LongWaits(Feed(()), lambda _: True, lambda: clock.now() + timedelta(days=9), clock, scope)
    assert waits.feed.latest.day == clock.now().date()
