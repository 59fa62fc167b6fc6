"""The way out: at once where nothing is lost, with a question where something would be."""

import asyncio
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.app.application import Application
from cerbo_desktop.app.options import Options
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.outbox.spool import Spool
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, GRACE_ADEYEMI
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.ui.window import MainWindow
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import words_of
from tests.waiting import until

_HELD_AT_MOST_S = 20.0
"""A test that fails doesn't keep the others waiting."""


async def test_closes_at_once_where_nothing_is_unsent(desk: Desk) -> None:
    await desk.board_is_there()
    desk.window.close()
    await until(desk.application.ended.is_set)
    assert not desk.window.isVisible()


async def test_a_window_closed_before_the_app_was_loaded_stays_closed(closed_desk: Desk) -> None:
    window = MainWindow()
    window.show()
    window.close()
    assert window.isVisible(), "nobody was there to say that it may"
    desk = closed_desk
    settings, scope = SettingsFile(desk.data_dir.settings_file), TaskScope("app", _fail)
    application = Application(window, Options(), desk.data_dir, settings, desk.secrets, scope)
    await until(application.ended.is_set)
    assert not window.isVisible()
    await application.aclose()
    window.deleteLater()


def _fail(failure: BaseException) -> None:
    raise failure


async def test_closes_in_the_middle_of_the_work(desk: Desk) -> None:
    await desk.board_is_there()
    await desk.search(str(EVELYN_LONGACRE))
    desk.clinic.switches.latency_s = 5.0
    desk.click_row(desk.pane.results.list, 0)
    await until(lambda: desk.clinic.counters.in_flight("images"))
    desk.window.close()
    await until(desk.application.ended.is_set)


async def test_an_unsent_photo_is_asked_about(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Will send automatically when online.")
    desk.window.close()
    await until(lambda: desk.is_asked)
    assert "1 photo is not sent yet." in words_of(desk.question)
    stays = "Unsent photos are safe on this PC and will be sent when you next open the app."
    assert desk.question.accessibleDescription() == stays
    desk.answer("Keep open")
    await until(lambda: not desk.is_asked)
    assert desk.window.isVisible()
    assert not desk.application.ended.is_set()
    desk.window.close()
    await until(lambda: desk.is_asked)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.is_asked)
    assert not desk.application.ended.is_set()
    desk.clinic.go_online()
    await desk.click_when_there("Try now", desk.pages.strip)
    await desk.tray_says("Waiting in Cerbo’s queue")
    desk.window.close()
    await until(desk.application.ended.is_set)


async def test_a_refused_photo_is_not_said_to_go_out_by_itself(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.faults.set("upload", Fault.UNPROCESSABLE)
    await desk.send_file(photo)
    await desk.tray_says("Cerbo refused the photo.")
    desk.window.close()
    await until(lambda: desk.is_asked)
    asked = "Unsent photos are safe on this PC. 1 needs attention first: see Needs attention in Uploads."
    assert desk.question.accessibleDescription() == asked
    assert_plain(asked)
    desk.answer("Close")
    await until(desk.application.ended.is_set)


async def test_closed_before_the_last_byte_left_a_photo_goes_at_the_next_start_and_nobody_is_asked(
    desk: Desk, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ends while the disk takes down that the last byte may leave."""
    is_written, may_go_on, doubt = threading.Event(), threading.Event(), Spool.mark_uncertain

    def slowly_doubt(spool: Spool, upload_id: UploadId) -> None:
        is_written.set()
        may_go_on.wait(_HELD_AT_MOST_S)
        doubt(spool, upload_id)

    monkeypatch.setattr(Spool, "mark_uncertain", slowly_doubt)
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)
    await until(is_written.is_set)
    closing = asyncio.get_running_loop().create_task(desk.close())
    await until(lambda: any("post" in task.get_name() and task.cancelling() for task in asyncio.all_tasks()))
    may_go_on.set()
    await closing
    assert not desk.clinic.photos_received()
    await desk.start()
    await desk.open(GRACE_ADEYEMI)
    await until(lambda: "is waiting for staff in Cerbo. It shows here once accepted." in desk.page_words)
    assert len(desk.clinic.photos_received()) == 1


async def test_the_window_opens_where_it_was(desk: Desk) -> None:
    desk.window.resize(1100, 750)
    await desk.board_is_there()
    await desk.close()
    await desk.start()
    assert desk.window.height() == 750  # the test screen is narrower than the window may be


async def test_photos_in_an_open_sheet_are_asked_about(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.drop([photo])
    await desk.examined()
    desk.window.close()
    await until(lambda: desk.is_asked)
    assert "If you close now, the photos you took will be lost." in words_of(desk.question)
    desk.answer("Keep open")
    await until(lambda: len(desk.added) == 1)
    assert not desk.application.ended.is_set()
    desk.window.close()
    await until(lambda: desk.is_asked)
    desk.answer("Close and lose them")
    await until(desk.application.ended.is_set)
    assert not desk.clinic.photos_received()


async def test_the_question_says_what_holds_once_the_photo_is_sent_meanwhile(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await desk.send_file(photo)
    await desk.tray_says("Will send automatically when online.")
    desk.window.close()
    await until(lambda: desk.is_asked)
    assert "1 photo is not sent yet." in words_of(desk.question)
    desk.clinic.go_online()
    await desk.click_when_there("Try now", desk.pages.strip)
    await until(lambda: desk.is_asked and "All photos are sent now." in words_of(desk.question))
    assert_plain(desk.question.accessibleDescription())
    desk.answer("Close")
    await until(desk.application.ended.is_set)
