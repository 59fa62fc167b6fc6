"""Whether somebody else bears the name is asked until Cerbo has answered, and not knowing it is said."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import pytest

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Unreachable
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.today import Today
from cerbo_desktop.ui.gallery.namesake_lookup import NamesakeLookup
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.waiting import until


class Strip:
    def __init__(self) -> None:
        self.shown: list[tuple[tuple[Patient, ...], bool]] = []
        self.is_checking = False

    def set_namesakes(
        self, namesakes: Sequence[Patient], *, may_be_more: bool = False, is_checking: bool = False
    ) -> None:
        self.shown.append((tuple(namesakes), may_be_more))
        self.is_checking = is_checking


class Board:
    """Today's board, as far as the warning reads it."""

    def __init__(self) -> None:
        self.feed = SimpleNamespace(latest=SimpleNamespace(visits=()))

    def show(self, *patients: Patient) -> None:
        self.feed.latest.visits = tuple(SimpleNamespace(patient=each) for each in patients)


MARIA = Patient(PatientId("1"), "Maria", "Lopez")
OTHER = Patient(PatientId("2"), "María", "López")


@dataclass
class Desk:
    server: FakeCerboServer
    clock: HandClock
    board: Board
    strip: Strip
    searching: Searching
    warning: NamesakeLookup


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    server, clock, board, strip, failures = FakeCerboServer(), HandClock(), Board(), Strip(), list[BaseException]()
    scope, searching = TaskScope("test", failures.append), Searching(server, clock)
    warning = NamesakeLookup(searching, cast(Today, board), clock, scope, strip)
    for patient in (MARIA, OTHER):
        server.add_patient(patient)
    yield Desk(server, clock, board, strip, searching, warning)
    await scope.aclose()
    assert failures == []


async def test_whoever_is_on_the_board_is_known_at_once_and_while_cerbo_is_away(desk: Desk) -> None:
    desk.server.fail("search_patients", Unreachable())
    desk.board.show(MARIA, OTHER)
    desk.warning.look_for(MARIA)
    assert desk.strip.shown == [((OTHER,), False)], "before anything is asked"
    await until(lambda: desk.strip.shown[-1] == ((OTHER,), True))


async def test_whoever_a_search_found_is_known_while_cerbo_is_away(desk: Desk) -> None:
    await desk.searching.search(desk.searching.interpret("lopez"))
    desk.server.fail("search_patients", Unreachable())
    desk.warning.look_for(MARIA)
    assert desk.strip.shown == [((OTHER,), False)]
    await until(lambda: desk.strip.shown[-1] == ((OTHER,), True))


async def test_a_namesake_once_known_is_known_at_the_next_opening_without_a_line(desk: Desk) -> None:
    desk.warning.look_for(MARIA)
    await until(lambda: desk.strip.shown[-1] == ((OTHER,), False))
    desk.server.fail("search_patients", Unreachable())
    desk.warning.look_for(Patient(PatientId("3"), "Grace", "Adeyemi"))
    assert not any(desk.strip.shown[-1])
    desk.warning.look_for(MARIA)
    assert desk.strip.shown[-1] == ((OTHER,), False)
    await until(lambda: desk.strip.shown[-1] == ((OTHER,), True))


async def test_it_comes_once_the_line_is_back_and_nothing_flickers_meanwhile(desk: Desk) -> None:
    desk.server.fail("search_patients", Unreachable())
    desk.warning.look_for(MARIA)
    await until(lambda: desk.strip.shown[-1] == ((), True))
    desk.server.heal()
    said = len(desk.strip.shown)
    desk.warning.try_again()
    await until(lambda: desk.strip.shown[-1] == ((OTHER,), False))
    assert set(desk.strip.shown[said:-1]) <= {((), True)}


async def test_a_board_that_comes_later_tells_too(desk: Desk) -> None:
    desk.server.fail("search_patients", Unreachable())
    desk.warning.look_for(MARIA)
    await until(lambda: desk.strip.shown[-1] == ((), True))
    desk.board.show(OTHER)
    desk.warning.take_board()
    assert desk.strip.shown[-1] == ((OTHER,), True)


async def test_room_is_kept_until_the_first_answer(desk: Desk) -> None:
    desk.warning.look_for(MARIA)
    assert desk.strip.is_checking
    await until(lambda: desk.strip.shown[-1] == ((OTHER,), False))
    assert not desk.strip.is_checking


async def test_a_question_that_failed_is_asked_again_while_the_patient_is_open(desk: Desk) -> None:
    desk.server.fail("search_patients", BadAnswer(BadAnswerKind.WRONG_SHAPE))
    desk.warning.look_for(MARIA)
    await until(lambda: desk.strip.shown[-1:] == [((), True)])
    await until(lambda: bool(desk.clock.sleeping_s))
    desk.server.heal()
    desk.clock.turn(10)
    await until(lambda: desk.strip.shown[-1] == ((OTHER,), False))
