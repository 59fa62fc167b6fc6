"""The board: which visits, in which groups and order, and what stays when Cerbo cannot be reached."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cerbo_desktop.domain.appointment import Appointment, Provider, VisitStage
from cerbo_desktop.domain.errors import Forbidden, Overloaded, ServerError, SignedOut, Unreachable
from cerbo_desktop.domain.ids import AppointmentId, PatientId, UserId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.today import Board, BoardState, Today, arranged
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.waiting import until

NEW_YORK = ZoneInfo("America/New_York")
LINDQVIST, OKORO = Provider(UserId("61"), "Dr. Lindqvist"), Provider(UserId("62"), "Dr. Okoro")


def visit(
    number: int,
    local: datetime,
    stage: VisitStage = VisitStage.SCHEDULED,
    *,
    minutes: int | None = 15,
    patient: int | None = None,
    provider: Provider = LINDQVIST,
) -> Appointment:
    starts = local.astimezone(UTC)
    who = Patient(PatientId(str(patient or 100 + number)), f"First{number}", "Last")
    ends = None if minutes is None else starts + timedelta(minutes=minutes)
    return Appointment(AppointmentId(str(number)), who, stage, stage.value, starts, ends, "Visit", (provider,))


def at(hour: int, minute: int = 0, day: int = 12) -> datetime:
    return datetime(2025, 11, day, hour, minute, tzinfo=NEW_YORK)


def fail_test(error: BaseException) -> None:
    raise AssertionError from error


def numbers(visits: tuple[Appointment, ...]) -> list[str]:
    return [each.id for each in visits]


@pytest.fixture
def clock() -> HandClock:
    return HandClock(at(10, 12).astimezone(UTC), NEW_YORK)


@pytest.fixture
def server() -> FakeCerboServer:
    return FakeCerboServer()


async def shown(today: Today, state: BoardState) -> Board:
    await until(lambda: today.feed.latest.state is state)
    return today.feed.latest


async def asked(server: FakeCerboServer, count: int) -> None:
    await until(lambda: server.count("appointments") == count)


async def test_groups_and_order(server: FakeCerboServer, clock: HandClock) -> None:
    stage = VisitStage
    server.visits = [
        visit(1, at(10, 0), stage.IN_ROOM),
        visit(2, at(10, 30), stage.CHECKED_IN),
        visit(3, at(10, 15), stage.CHECKED_IN),
        visit(4, at(11, 30), stage.CONFIRMED),
        visit(5, at(10, 45), stage.SCHEDULED),
        visit(6, at(11, 0), stage.OTHER),
        visit(7, at(8, 0), stage.DONE),
        visit(8, at(9, 0), stage.CANCELLED),
        visit(9, at(8, 30), stage.SCHEDULED),
        visit(10, at(9, 50), stage.CONFIRMED),
    ]
    today = Today(server, clock, TaskScope("test", fail_test))
    assert today.feed.latest.state is BoardState.LOADING
    today.start()
    board = await shown(today, BoardState.READY)
    assert numbers(board.here_now) == ["3", "2", "1"]
    assert numbers(board.coming_up) == ["10", "5", "6", "4"], "late by twenty minutes is still coming"
    assert numbers(board.earlier) == ["7", "9"], "never came, over for an hour"
    await today.aclose()


async def test_whoever_has_a_status_of_the_clinics_own_is_here_once_the_time_has_come(
    server: FakeCerboServer, clock: HandClock
) -> None:
    """Such as "Waiting-Labs"; an empty status tells nothing."""
    stage = VisitStage
    nameless = replace(visit(5, at(10, 5), stage.OTHER), status_words="")
    server.visits = [
        visit(1, at(9, 50), stage.OTHER),
        visit(2, at(10, 12), stage.OTHER),
        visit(3, at(10, 13), stage.OTHER),
        visit(4, at(8, 30), stage.OTHER),
        nameless,
        visit(6, at(10, 0), stage.IN_ROOM),
        visit(7, at(10, 30), stage.CHECKED_IN),
    ]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    board = await shown(today, BoardState.READY)
    assert numbers(board.here_now) == ["7", "1", "2", "6"]
    assert numbers(board.coming_up) == ["5", "3"]
    assert numbers(board.earlier) == ["4"]
    clock.turn(60)
    await until(lambda: "3" in numbers(today.feed.latest.here_now))
    await today.aclose()


async def test_only_the_local_day_counts(server: FakeCerboServer, clock: HandClock) -> None:
    late, early = visit(1, at(23, 30)), visit(2, at(0, 15), VisitStage.DONE)
    server.visits = [late, early, visit(3, at(23, 45, day=11)), visit(4, at(0, 5, day=13))]
    assert late.starts_at.date() == date(2025, 11, 13), "tomorrow by the server's clock"
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    board = await shown(today, BoardState.READY)
    assert sorted(numbers(board.visits)) == ["1", "2"]
    await today.aclose()


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 3, 9), 23), (date(2025, 11, 2), 25)])
async def test_a_day_of_23_or_25_hours(server: FakeCerboServer, day: date, hours: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=NEW_YORK).astimezone(UTC)
    clock = HandClock(midnight + timedelta(hours=1), NEW_YORK)
    template = visit(1, at(9))
    server.visits = [
        Appointment(
            *(AppointmentId(str(hour)), template.patient, VisitStage.SCHEDULED, "", midnight + timedelta(hours=hour)),
            *(None, "", ()),
        )
        for hour in range(-2, 27)
    ]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    board = await shown(today, BoardState.READY)
    assert numbers(board.coming_up) == [str(hour) for hour in range(hours)]
    await today.aclose()


async def test_it_asks_every_half_minute_and_on_demand(server: FakeCerboServer, clock: HandClock) -> None:
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    await shown(today, BoardState.READY)
    clock.turn(29)
    server.visits = [visit(1, at(11))]
    today.refresh()
    await until(lambda: not today.feed.latest.is_empty)
    assert server.count("appointments") == 2
    clock.turn(29)
    await asyncio.sleep(0)
    assert server.count("appointments") == 2, "the half minute began anew"
    clock.turn(1)
    await until(lambda: server.count("appointments") == 3)
    await today.aclose()


async def test_the_last_good_board_stays_with_its_time(server: FakeCerboServer, clock: HandClock) -> None:
    server.visits = [visit(1, at(11))]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    good = await shown(today, BoardState.READY)
    server.fail("appointments", Unreachable())
    clock.turn(30)
    old = await shown(today, BoardState.OLD)
    assert old.visits == good.visits
    assert old.as_of == good.as_of == clock.now() - timedelta(seconds=30)
    server.heal()
    clock.turn(30)
    assert (await shown(today, BoardState.READY)).as_of == clock.now()
    await today.aclose()


async def test_offline_over_midnight_shows_the_new_day(server: FakeCerboServer, clock: HandClock) -> None:
    server.visits = [visit(1, at(11)), visit(2, at(9, day=13))]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    await shown(today, BoardState.READY)
    server.fail("appointments", Unreachable())
    clock.turn(14 * 3600)
    board = await shown(today, BoardState.OLD)
    assert board.day == date(2025, 11, 13)
    assert numbers(board.visits) == ["2"]
    await today.aclose()


async def test_a_board_that_was_read_days_ago_says_nothing_of_today(server: FakeCerboServer, clock: HandClock) -> None:
    server.visits = [visit(1, at(11)), visit(2, at(9, day=14))]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    await shown(today, BoardState.READY)
    server.fail("appointments", Unreachable())
    clock.turn(2 * 24 * 3600)
    assert (await shown(today, BoardState.FAILED)).day == date(2025, 11, 14)
    await today.aclose()


@pytest.mark.parametrize("trouble", [Unreachable(), Overloaded(1.0), SignedOut()])
async def test_visits_stay_through_any_trouble_and_when_asked_for_again(
    server: FakeCerboServer, clock: HandClock, trouble: ServerError
) -> None:
    server.visits = [visit(1, at(11))]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    good = await shown(today, BoardState.READY)
    server.fail("appointments", trouble)
    for ask, count in ((today.look_again, 2), (today.try_again, 3), (today.refresh, 4)):
        ask()
        await asked(server, count)
        old = await shown(today, BoardState.OLD)
        assert (old.visits, old.as_of) == (good.visits, good.as_of)
    await today.aclose()


async def test_nothing_could_be_read_yet(server: FakeCerboServer, clock: HandClock) -> None:
    server.fail("appointments", Unreachable())
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    assert (await shown(today, BoardState.FAILED)).is_empty
    await today.aclose()


async def test_a_refused_key_is_not_asked_again_by_itself(server: FakeCerboServer, clock: HandClock) -> None:
    """Asking on could lock the key out."""
    server.visits = [visit(1, at(11))]
    server.fail("appointments", SignedOut(), times=1)
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    assert (await shown(today, BoardState.FAILED)).is_empty
    clock.turn(3600)
    await asyncio.sleep(0)
    assert server.count("appointments") == 1
    today.refresh()
    await shown(today, BoardState.READY)
    await today.aclose()


async def test_a_key_that_may_not_read_is_asked_less_often(server: FakeCerboServer, clock: HandClock) -> None:
    server.visits = [visit(1, at(11))]
    server.fail("appointments", Forbidden())
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    assert (await shown(today, BoardState.NOT_ALLOWED)).is_empty
    clock.turn(60)
    await asyncio.sleep(0)
    assert server.count("appointments") == 1
    server.heal()
    clock.turn(300)
    await shown(today, BoardState.READY)
    await today.aclose()


async def test_a_key_that_may_not_read_any_more_leaves_what_it_read(server: FakeCerboServer, clock: HandClock) -> None:
    server.visits = [visit(1, at(11))]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    good = await shown(today, BoardState.READY)
    server.fail("appointments", Forbidden())
    today.look_again()
    board = await shown(today, BoardState.NOT_ALLOWED)
    assert (board.visits, board.as_of) == (good.visits, good.as_of)
    assert today.visit_of(good.visits[0].patient.id) is not None
    await today.aclose()


async def test_a_busy_cerbo_is_given_the_time_it_asked_for(server: FakeCerboServer, clock: HandClock) -> None:
    server.fail("appointments", Overloaded(90.0), times=1)
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    await shown(today, BoardState.BUSY)
    clock.turn(89)
    await asyncio.sleep(0)
    assert server.count("appointments") == 1
    clock.turn(1)
    await shown(today, BoardState.READY)
    await today.aclose()


async def test_the_visit_of_a_patient(server: FakeCerboServer, clock: HandClock) -> None:
    server.visits = [
        visit(1, at(8), VisitStage.DONE, patient=7),
        visit(2, at(15), VisitStage.SCHEDULED, patient=7),
        visit(3, at(8), VisitStage.DONE, patient=8),
    ]
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    await shown(today, BoardState.READY)
    assert (found := today.visit_of(PatientId("7"))) is not None
    assert found.id == "2"
    assert (found := today.visit_of(PatientId("8"))) is not None
    assert found.id == "3"
    assert today.visit_of(PatientId("9")) is None
    await today.aclose()


def test_the_provider_filter_keeps_the_choice_of_providers() -> None:
    now = at(10).astimezone(UTC)
    board = arranged([visit(1, at(11)), visit(2, at(12), provider=OKORO)], date(2025, 11, 12), now)
    assert board.providers == (LINDQVIST, OKORO)
    only = board.of_provider(OKORO.id)
    assert numbers(only.visits) == ["2"]
    assert only.providers == board.providers
    assert board.of_provider(None) is board


async def test_closing_ends_the_asking(server: FakeCerboServer, clock: HandClock) -> None:
    gate = server.hold("appointments")
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    await until(lambda: server.in_flight == 1)
    await today.aclose()
    assert server.cancelled["appointments"] == 1
    gate.set()
    today.refresh()
    assert server.count("appointments") == 1


async def test_sixty_presses_are_two_looks(server: FakeCerboServer, clock: HandClock) -> None:
    today = Today(server, clock, TaskScope("test", fail_test))
    today.start()
    await shown(today, BoardState.READY)
    gate = server.hold("appointments")
    today.look_again()
    await until(lambda: server.count("appointments") == 2)
    for _ in range(59):
        today.look_again()
        await asyncio.sleep(0)
    gate.set()
    await until(lambda: server.count("appointments") == 3 and not server.in_flight and bool(clock.sleeping_s))
    assert (server.count("appointments"), server.cancelled["appointments"]) == (3, 0)
    clock.turn(30)
    await until(lambda: server.count("appointments") == 4)
    await today.aclose()
