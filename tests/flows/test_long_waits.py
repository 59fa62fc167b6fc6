"""Photos that wait in Cerbo's queue for more than a day are said once a day, on the board's foot."""

from datetime import timedelta
from pathlib import Path

import pytest

from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.practice.answer_forms import QueueForm
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, HANA_KIM
from cerbo_desktop.ui.text import dates
from cerbo_desktop.ui.uploads.model import TIME_ROLE
from cerbo_desktop.ui.uploads.rows import UploadRows
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.turned_clock import TurnedClock, turned_clock
from tests.waiting import until

_RECOUNTED_S = 301


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> TurnedClock:
    return turned_clock(monkeypatch)


def _hours_later(clinic: PracticeClinic, clock: TurnedClock, hours: int) -> None:
    """For this PC and for Cerbo."""
    clock.wall_ahead = timedelta(hours=hours)
    clinic.switches.clock_ahead_s = hours * 3600.0


async def _started(desk: Desk, queue_looks: int) -> None:
    """And so many patients' queues looked at."""
    desk.clinic.counters.reset()
    await desk.start()
    desk.widen()
    await until(lambda: desk.clinic.counters.count("queue") >= queue_looks and not desk.clinic.counters.in_flight())


def _note(desk: Desk) -> str:
    note = desk.pane.board.long_wait_note
    return note.words if note.isVisible() else ""


def _said(day: str) -> str:
    return (
        f"2 photos have been waiting in Cerbo since {day}. Of Grace Adeyemi and Hana Kim. "
        "Safe in Cerbo, but not in the chart yet. Ask staff to accept them in Cerbo’s portal queue."
    )


def _times_in_tray(desk: Desk) -> set[str]:
    rows = desk.pages.tray.findChildren(UploadRows)[0].model()
    return {rows.index(row, 0).data(TIME_ROLE) for row in range(rows.rowCount())}


def _sent_count(desk: Desk) -> int:
    return sum(each.state is UploadState.SENT for each in desk.services.uploading.feed.latest)


def _said_later(desk: Desk, clock: TurnedClock) -> str:
    """After one more minute, in which Cerbo may not have answered yet."""
    clock.turn(60)
    return _note(desk)


async def test_said_once_a_day_of_what_a_look_of_this_session_saw(
    closed_desk: Desk, clock: TurnedClock, photo: Path
) -> None:
    desk = closed_desk
    await desk.start()
    for count, patient in ((1, GRACE_ADEYEMI), (2, HANA_KIM)):
        await desk.open(patient)
        await desk.send_file(photo)
        await until(lambda count=count: _sent_count(desk) == count)  # type: ignore[misc]
    clock.turn(_RECOUNTED_S)
    await until(lambda: not desk.clinic.counters.in_flight())
    assert not _note(desk)
    day = dates.short_day(min(clock.local(each.changed_at) for each in desk.services.uploading.feed.latest))
    await desk.close()

    _hours_later(desk.clinic, clock, 25)
    desk.clinic.switches.queue = QueueForm.BROKEN
    await _started(desk, 2)
    clock.turn(_RECOUNTED_S)
    await until(lambda: not desk.clinic.counters.in_flight())
    assert not _note(desk), "nobody knows whether they still wait"
    desk.clinic.switches.queue = QueueForm.LIST
    await until(lambda: _said_later(desk, clock) == _said(day))
    assert_plain(_note(desk))
    assert day in _times_in_tray(desk)
    desk.click("Close", desk.pane.board.long_wait_note)
    assert not _note(desk)
    await desk.close()

    await _started(desk, 2)
    clock.turn(_RECOUNTED_S)
    await until(lambda: not desk.clinic.counters.in_flight())
    assert not _note(desk), "a person has read it today"
    await desk.close()

    _hours_later(desk.clinic, clock, 49)
    await _started(desk, 2)
    await until(lambda: _said_later(desk, clock) == _said(day))
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await until(lambda: not _note(desk))
