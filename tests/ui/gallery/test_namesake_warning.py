"""Whether somebody else bears the name is asked until Cerbo has answered, and not knowing it is said."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.today import Today
from cerbo_desktop.ui.gallery.namesake_warning import NamesakeWarning
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.waiting import until


class Strip:
    def __init__(self) -> None:
        self.shown: list[tuple[tuple[Patient, ...], bool]] = []

    def set_namesakes(self, namesakes: Sequence[Patient], *, may_be_more: bool = False) -> None:
        self.shown.append((tuple(namesakes), may_be_more))


async def test_a_question_that_failed_is_asked_again_while_the_patient_is_open() -> None:
    server, clock, strip, failures = FakeCerboServer(), HandClock(), Strip(), list[BaseException]()
    here = server.add_patient(Patient(PatientId("1"), "Maria", "Lopez"))
    other = server.add_patient(Patient(PatientId("2"), "María", "López"))
    nobody = cast(Today, SimpleNamespace(feed=SimpleNamespace(latest=SimpleNamespace(visits=()))))
    scope = TaskScope("test", failures.append)
    server.fail("search_patients", BadAnswer(BadAnswerKind.WRONG_SHAPE))
    warning = NamesakeWarning(Searching(server, clock), nobody, clock, scope, strip)
    warning.look_for(here)
    await until(lambda: strip.shown[-1:] == [((), True)])
    await until(lambda: bool(clock.sleeping_s))
    server.heal()
    clock.turn(10)
    await until(lambda: strip.shown[-1] == ((other,), False))
    await scope.aclose()
    assert failures == []
