"""The tray over time: what was found goes, a photo asks for a person once, and nobody is next while offline."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefusal, ServerRefused, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import ConnectionState, Intercepted, Offline, Online
from cerbo_desktop.services.uploads.look_pace import BURST
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.uploads.asking import Asking
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.model import TIME_ROLE
from cerbo_desktop.ui.uploads.presenter import TrayPresenter
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.view import UploadTray
from tests.flows.reading import button_of, words_of
from tests.unit.services.uploads.desk import MARIA, MARKED, PREVIEW, Desk, doubtful, turned
from tests.waiting import until


class Shown:
    """A tray over a real queue, with a line that the test turns off and on."""

    def __init__(self) -> None:
        self.desk, self.tray = Desk(), UploadTray()
        self.line: Feed[ConnectionState] = Feed(Online())
        self.tray.resize(TRAY_WIDTH_PX, 868)
        self.tray.show()
        uploading, clock = self.desk.uploading, self.desk.clock
        self.asked: list[str] = []
        asking = Asking(uploading, clock, self._refuse, _tell, lambda: self.line.latest)
        scope = TaskScope("test", self.desk.failures.append)
        self.presenter = TrayPresenter(self.tray, uploading, clock, asking, _load, self.line, scope)

    async def _refuse(self, _upload: Upload, title: str, _text: str, _go_on: str) -> bool:
        """Esc."""
        self.asked.append(title)
        return False

    @property
    def words(self) -> str:
        return words_of(self.tray)

    async def aclose(self) -> None:
        await self.presenter.aclose()
        await self.desk.uploading.aclose()


async def _tell(_title: str, _text: str) -> None:
    return


async def _load(_patient_id: PatientId, _photo_id: PhotoId) -> Raster:
    return PREVIEW


@asynccontextmanager
async def tray_at_desk(qtbot: QtBot) -> AsyncIterator[Shown]:
    """Ended inside the test's own run of the loop."""
    made = Shown()
    qtbot.addWidget(made.tray)
    try:
        yield made
    finally:
        await made.aclose()
    assert made.desk.failures == []


def _laid_out() -> None:
    for _ in range(5):  # layouts lie in layouts
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


async def test_a_found_photo_goes_after_five_minutes_and_the_figures_keep_it(qtbot: QtBot) -> None:
    async with tray_at_desk(qtbot) as shown:
        desk = shown.desk
        sent = await desk.send(then=UploadState.SENT, data=MARKED)
        assert sent.queue_id is not None
        desk.server.accept(MARIA.id, sent.queue_id)
        while desk.only.state is not UploadState.ACCEPTED:
            await turned(desk, 60)
        await until(lambda: "Just found in the chart  1" in shown.words)
        desk.clock.turn(299)
        assert "Just found in the chart  1" in shown.words
        desk.clock.turn(1)
        await until(lambda: "Just found in the chart" not in shown.words)
        assert "1 sent today, 1 found in chart" in shown.words
        assert "1 in the chart." in shown.words


async def test_a_photo_that_needs_a_person_calls_once(qtbot: QtBot) -> None:
    async with tray_at_desk(qtbot) as shown:
        calls = QSignalSpy(shown.tray.attention_wanted)
        shown.desk.server.fail("create_photo", ServerRefused(ServerRefusal.RESULT_FALSE))
        refused = await shown.desk.send(then=UploadState.REFUSED)
        assert calls.count() == 1
        shown.desk.uploading.retry(refused.id)
        await until(lambda: shown.desk.seen.count(UploadState.REFUSED) == 2)
        assert calls.count() == 1


async def test_offline_no_photo_is_called_the_next(qtbot: QtBot) -> None:
    async with tray_at_desk(qtbot) as shown:
        now = shown.desk.clock.now()
        shown.desk.server.fail("create_photo", Unreachable())
        await shown.desk.accept(b"one", b"two")
        await until(lambda: any(each.trouble for each in shown.desk.uploading.feed.latest))
        shown.line.publish(Offline(now, now))
        assert "Next in line" not in shown.words
        assert "Will send automatically when online." in shown.words


async def test_after_send_again_and_escape_the_tray_stands_as_before(qtbot: QtBot) -> None:
    async with tray_at_desk(qtbot) as shown:
        await doubtful(shown.desk)
        shown.desk.server.fail("create_photo", ServerRefused(ServerRefusal.RESULT_FALSE))
        await shown.desk.accept(b"one", b"two")
        await until(lambda: len([each for each in shown.desk.uploading.feed.latest if each.needs_person]) == 3)
        shown.tray.resize(TRAY_WIDTH_PX, 300)
        bar = shown.tray.findChildren(QScrollArea)[0].verticalScrollBar()
        await until(lambda: bar.maximum() > 300)
        _laid_out()
        bar.setValue(bar.maximum())
        before = bar.value()
        states, times = list[UploadState](), _times_of(shown)
        shown.desk.clock.turn(120)
        shown.desk.uploading.feed.subscribe(lambda uploads: states.append(uploads[0].state))
        released = shown.desk.server.hold("enqueued")
        button_of(shown.tray, "Send again").click()
        await until(lambda: UploadState.CHECKING in states)
        _laid_out()
        assert bar.value() == before, "while the app looks"
        released.set()
        await until(lambda: shown.asked and states[-1] is UploadState.NEEDS_REVIEW)
        assert UploadState.CHECKING in states
        assert shown.asked == ["Send this photo again?"]
        _laid_out()
        assert bar.value() == before
        assert _times_of(shown) == times


async def test_the_shift_list_follows_the_photos_while_it_is_open(qtbot: QtBot) -> None:
    async with tray_at_desk(qtbot) as shown:
        shown.desk.server.fail("create_photo", ServerRefused(ServerRefusal.RESULT_FALSE))
        refused = await shown.desk.send(then=UploadState.REFUSED)
        shown.tray.shift_list_clicked.emit()
        sheet = shown.tray.shift_list
        assert sheet is not None
        assert "Needs attention  1" in words_of(sheet)
        shown.desk.server.heal("create_photo")
        shown.desk.uploading.retry(refused.id)
        await until(lambda: "Waiting in Cerbo’s queue  1" in words_of(sheet))
        assert "Needs attention" not in words_of(sheet)
        assert "Shift list  1" in words_of(sheet)
        shown.tray.close_shift_list()
        assert shown.tray.shift_list is None


async def _look_at_once(desk: Desk) -> None:
    looks = desk.server.count("enqueued")
    desk.uploading.looks.look_for(MARIA.id)
    await until(lambda: desk.server.count("enqueued") > looks)


async def test_a_queue_that_could_not_be_read_is_read_again_as_soon_as_the_line_is_back(qtbot: QtBot) -> None:
    async with tray_at_desk(qtbot) as shown:
        desk = shown.desk
        await desk.send(then=UploadState.SENT, data=MARKED)
        desk.server.fail("enqueued", BadAnswer(BadAnswerKind.WEB_PAGE))
        for _ in range(BURST + 2):  # so that the next look in its turn is far off
            await _look_at_once(desk)
        await until(lambda: "queue can’t be read just now" in shown.words)
        _laid_out()
        (note,) = [each for each in shown.tray.findChildren(QLabel) if "just now" in each.text() and each.isVisible()]
        left = note.mapTo(shown.tray, QPoint()).x()
        assert left >= 16
        assert left + note.width() <= TRAY_WIDTH_PX - 16
        now, looks = desk.clock.now(), desk.server.count("enqueued")
        shown.line.publish(Intercepted(now, now))
        assert "queue can’t be read just now" in shown.words
        shown.line.publish(Online())
        assert "queue can’t be read just now" not in shown.words, "nobody has asked since"
        desk.uploading.resume()
        await until(lambda: "queue can’t be read just now" in shown.words)
        assert desk.server.count("enqueued") == looks + 1
        desk.server.heal("enqueued")
        desk.uploading.resume()
        await until(lambda: "queue can’t be read just now" not in shown.words)


async def test_a_photo_on_this_pc_keeps_the_time_when_it_was_added(qtbot: QtBot) -> None:
    async with tray_at_desk(qtbot) as shown:
        desk, added = shown.desk, shown.desk.clock.now()
        desk.server.fail("create_photo", Unreachable())
        await desk.accept(b"one", b"two")
        await until(lambda: any(each.trouble for each in desk.uploading.feed.latest))
        desk.clock.turn(600)
        desk.uploading.resume()
        await until(lambda: any(each.changed_at > added for each in desk.uploading.feed.latest))
        await until(lambda: _states_at(desk) == {UploadState.QUEUED})
        assert _times_of(shown) == {"10:12"}
        desk.server.heal("create_photo")
        desk.server.fail("create_photo", ServerRefused(ServerRefusal.RESULT_FALSE))
        desk.uploading.resume()
        await until(lambda: _states_at(desk) == {UploadState.REFUSED})
        assert _times_of(shown) == {"10:12"}
        desk.server.heal("create_photo")
        for each in desk.uploading.feed.latest:
            desk.uploading.retry(each.id)
        await until(lambda: _states_at(desk) == {UploadState.SENT})
        assert _times_of(shown) == {"10:22"}


def _states_at(desk: Desk) -> set[UploadState]:
    return {each.state for each in desk.uploading.feed.latest}


def _times_of(shown: Shown) -> set[str]:
    """On the cards with buttons, and on the quiet ones."""
    cards = {label.text() for card in shown.tray.findChildren(UploadCard) for label in card.findChildren(QLabel)}
    models = [rows.rows for rows in shown.tray.findChildren(UploadRows)]
    quiet = {model.index(row).data(TIME_ROLE) for model in models for row in range(model.rowCount())}
    return quiet | {words for words in cards if re.fullmatch(r"\d\d:\d\d", words)}
