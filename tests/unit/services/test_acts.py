"""Acts reach every reader at once, each with its moment and the person at this PC."""

import asyncio

import pytest

from cerbo_desktop.domain.account import Clinic
from cerbo_desktop.domain.acts import Done, OutcomeKnown, PatientOpened, Searched
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.acts import Acts
from tests.fakes.hand_clock import HandClock

DESK = Person("desk")
OPENED = PatientOpened(PatientId("10482"))


def acts(failures: list[BaseException], clock: HandClock | None = None) -> Acts:
    return Acts(clock or HandClock(), TaskScope("test", failures.append), DESK)


def test_every_reader_hears_of_an_act_before_it_is_over() -> None:
    clock, heard = HandClock(), list[Done]()
    followed = acts([], clock)
    end = followed.subscribe(heard.append)
    followed.subscribe(heard.append)
    followed.publish(OPENED)
    assert heard == [Done(OPENED, clock.now(), DESK)] * 2
    end()
    followed.person = Person("night desk")
    followed.publish(Searched(3))
    assert heard[2:] == [Done(Searched(3), clock.now(), Person("night desk"))]


def test_every_act_tells_its_clinic_to_readers_of_all_of_them() -> None:
    heard, this_pc = list[Done](), acts([])
    real, rehearsal = (
        Clinic("pk_1 at https://riverbend.md-hq.com"),
        Clinic("pk_2 at http://127.0.0.1:5", is_practice=True),
    )
    this_pc.of(rehearsal).subscribe(heard.append)
    of_real = this_pc.of(real)
    this_pc.person = Person("night desk")
    for each in (this_pc, of_real, this_pc.of(rehearsal)):
        each.publish(OPENED)
    assert [done.clinic for done in heard] == [None, real, rehearsal]
    assert {done.by for done in heard} == {Person("night desk")}


def test_what_the_app_finds_out_is_nobody_s_act() -> None:
    heard, followed = list[Done](), acts([])
    followed.subscribe(heard.append)
    followed.publish(OutcomeKnown(PatientId("10482"), UploadId("0" * 32), UploadState.ACCEPTED))
    assert [done.by for done in heard] == [NOBODY]


def test_a_reader_that_fails_stops_neither_the_act_nor_the_others() -> None:
    failures, heard = list[BaseException](), list[Done]()
    followed, failure = acts(failures), ValueError("a reader's own defect")

    def fail(_done: Done) -> None:
        raise failure

    followed.subscribe(fail)
    followed.subscribe(heard.append)
    followed.publish(OPENED)
    assert [done.act for done in heard] == [OPENED]
    assert failures == [failure]


def test_a_reader_does_not_keep_a_task_from_being_cancelled() -> None:
    followed = acts([])

    def cancel(_done: Done) -> None:
        raise asyncio.CancelledError

    followed.subscribe(cancel)
    with pytest.raises(asyncio.CancelledError):
        followed.publish(OPENED)


def test_a_reader_may_end_itself() -> None:
    heard, followed = list[Done](), acts([])

    def once(done: Done) -> None:
        heard.append(done)
        end()

    end = followed.subscribe(once)
    followed.subscribe(heard.append)
    followed.publish(OPENED)
    followed.publish(OPENED)
    assert len(heard) == 3
