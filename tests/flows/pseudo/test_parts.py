"""Parts whose every state takes long to come to in the whole program, in the made-up language."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.domain.errors import NotSafeReason, StoppedAt, TlsFault
from cerbo_desktop.domain.ids import PhotoId, QueueId
from cerbo_desktop.domain.upload import CheckResult, Upload, UploadProblem, UploadState
from cerbo_desktop.services.connection import Online
from cerbo_desktop.services.uploads.withdrawing import Withdrawal
from cerbo_desktop.ui.commands.tables import UPLOADS
from cerbo_desktop.ui.connection.clock_strip import ClockStrip
from cerbo_desktop.ui.connection.view import ConnectionStrip
from cerbo_desktop.ui.kit.dialogs import Question
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.text import camera, closed_outbox, common, connection, deletions, upload_questions, withdrawals
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.closed_strip import ClosedStrip
from tests.flows.pseudo.walk import SIZES, Walk
from tests.ui.uploads.test_tray import NOW, upload

_TRAY = QSize(TRAY_WIDTH_PX, 900)


def _uploads(state: UploadState) -> Iterator[Upload]:
    """Alone, with each trouble, with what a look showed, sent twice, and beside another photo or entry."""
    made = replace(upload(state), queue_id=QueueId("41"))
    yield from (made, upload(state), replace(made, is_sent_again=True, other_try_id=QueueId("42")))
    yield from (replace(made, trouble=trouble) for trouble in UploadProblem)
    yield from (replace(made, sighting=found) for found in CheckResult)
    yield from (replace(made, new_photo_id=PhotoId("7")), replace(made, second_entry_id=QueueId("43")))


@pytest.mark.parametrize("state", UploadState)
async def test_a_card_of_the_tray_in_every_state(qtbot: QtBot, state: UploadState) -> None:
    walk, area, column = Walk("Dorothy", "Vance"), QScrollArea(), QWidget()
    qtbot.addWidget(area)
    cards = QVBoxLayout(column)
    for each in _uploads(state):
        cards.addWidget(UploadCard(each, "10:02", NOW))
    area.setWidget(column)
    area.setWidgetResizable(True)
    area.show()
    await walk.see(f"{state}", area, area, sizes=(_TRAY,))
    walk.judge()


def _asked() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Titles, texts and buttons of what is asked and told of photos."""
    questions = upload_questions
    for each in itertools.chain.from_iterable(map(_uploads, UploadState)):
        yield questions.send_again_title(), questions.send_again_question(each), (questions.send_again(),)
        yield questions.withdraw_title(), questions.withdraw_question(each), (questions.withdraw(),)
        yield deletions.delete_title(), deletions.delete_question(each), (deletions.delete_photo(),)
        yield deletions.not_deleted_title(), deletions.moved_meanwhile(each, UPLOADS.key("take_back")), ()
        yield questions.wrong_patient_title(), withdrawals.for_staff(each, NOW), (common.try_again(),)
    for ended in Withdrawal:
        why = withdrawals.not_withdrawn(ended, Online())
        told = withdrawals.and_for_staff(why, withdrawals.for_staff(each, NOW, has_left=True))
        yield questions.not_withdrawn_title(), told, (common.try_again(),)
    for reason in NotSafeReason:
        yield questions.not_done_title(), questions.not_done(each, reason), ()
    yield questions.one_of_two_title(), withdrawals.one_of_two(each, is_wrong_patient=True), ()


async def test_every_question_about_a_photo(qtbot: QtBot) -> None:
    walk = Walk("Dorothy", "Vance")
    for title, text, words in dict.fromkeys(_asked()):
        buttons = [(each, each, "secondary") for each in (*words, common.cancel())]
        question = Question(title, text, buttons, common.cancel())  # type: ignore[arg-type]  # a kind is a literal
        qtbot.addWidget(question)
        question.show()
        await walk.see(title, question, question, sizes=(question.size(),))
    walk.judge()


async def test_every_strip(qtbot: QtBot) -> None:
    walk = Walk("Fictional", "Root")
    clock, closed, line = ClockStrip(), ClosedStrip(), ConnectionStrip()
    strips = {part: _alone(qtbot, part) for part in (clock, closed, line)}
    for ahead in (timedelta(minutes=7), timedelta(hours=-5), timedelta(days=3)):
        clock.show_offset(ahead)
        await walk.see(f"clock {ahead}", strips[clock], clock, sizes=SIZES[1:])
    for reason in NotSafeReason:
        closed.show_words(*closed_outbox.why_closed(reason, 2))
        await walk.see(f"closed {reason}", strips[closed], closed, sizes=SIZES[1:])
    for fault in TlsFault:
        said = connection.not_verified_text(fault, "Fictional Root")
        line.show_trouble(connection.not_verified(), said, can_set_up=True)
        await walk.see(f"untrusted {fault}", strips[line], line, sizes=SIZES[1:])
    for stopped_at in StoppedAt:
        said = connection.offline_text(2, 1, stopped_at)
        line.show_trouble(connection.offline(NOW), said, can_set_up=False)
        await walk.see(f"offline at {stopped_at}", strips[line], line, sizes=SIZES[1:])
    line.show_trouble(connection.not_cerbo(), connection.proxy_text(NOW, 2, 1), can_set_up=False)
    await walk.see("a proxy", strips[line], line, sizes=SIZES[1:])
    line.show_trouble(connection.not_cerbo(), connection.not_cerbo_text(NOW, 2, 1), can_set_up=False)
    line.show_next_try(20)
    await walk.see("not Cerbo", strips[line], line, sizes=SIZES[1:])
    walk.judge()


def _alone(qtbot: QtBot, part: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.show()
    return window


def test_every_trouble_of_a_camera_is_looked_up() -> None:
    walk = Walk()
    for state in CameraState:
        for has_shots in (False, True):
            said = (camera.title_of(state, None), camera.text_of(state, has_shots=has_shots), camera.in_short(state))
            walk.read(f"camera {state}", *said)
    walk.judge()
