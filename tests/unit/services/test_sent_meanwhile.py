"""What becomes known of a file while it waits is said in its row, and asked about again at Send."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from tests.capturing import settled
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez")
W = SentWhere


class Desk:
    """One file, "one", and its copy "two" where it is added; `known` is what is known of both."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.failures, self.sent = folder, list[BaseException](), list[bytes]()
        self.known: SentBefore | None = None
        self.clock = HandClock()
        scope = TaskScope("test", self.failures.append)
        self.session = CaptureSession(MARIA, FakeImageStudio(), self.clock, scope, find_earlier=self._find)

    async def _find(self, _patient_id: PatientId, _photo: Accepted) -> SentBefore | None:
        return self.known

    async def add(self, *names: str) -> None:
        for name in names:
            (self.folder / name).write_bytes(b"same")
            self.session.add_files([self.folder / name])
        await settled(self.session)

    def choose(self, place: int) -> None:
        self.session.choose(self.session.shots[place].id, True)

    async def send(self) -> None:
        async def accept(_patient: Patient, photo: Accepted) -> None:
            self.sent.append(bytes(photo.photo.data))
            self.known = SentBefore(W.UPLOADS, self.clock.now())

        self.session.hand_over(accept)
        await self.session.hand_over_ended()

    @property
    def rows(self) -> list[tuple[SentWhere | None, bool]]:
        return [(shot.sent_before.where if shot.sent_before else None, shot.is_chosen) for shot in self.session.shots]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    yield made
    await made.session.aclose()
    assert not made.failures


@pytest.mark.parametrize("before", [None, W.OTHER_PATIENT], ids=["ready", "of another patient"])
async def test_one_that_turns_out_to_be_in_the_chart_is_left_out(desk: Desk, before: SentWhere | None) -> None:
    desk.known = SentBefore(before) if before is not None else None
    await desk.add("one")
    desk.choose(0)
    desk.known = SentBefore(W.CHART)
    desk.session.look_again()
    await until(lambda: desk.rows == [(W.CHART, False)])
    desk.choose(0)
    desk.session.look_again()
    await desk.send()
    assert len(desk.sent) == 1, "a person wanted it once more"


async def test_a_word_for_one_of_another_patient_is_none_for_what_this_patient_has(desk: Desk) -> None:
    desk.known = SentBefore(W.OTHER_PATIENT)
    await desk.add("one")
    desk.choose(0)
    desk.known = SentBefore(W.CERBO, datetime(2025, 11, 5, 15, 40, tzinfo=UTC))
    await desk.send()
    assert (desk.sent, desk.rows) == ([], [(W.CERBO, False)])


async def test_a_copy_that_is_wanted_as_well_goes_after_the_first_and_not_where_that_is_left_out(desk: Desk) -> None:
    await desk.add("one", "two")
    desk.choose(1)
    long_ago = desk.clock.now() - timedelta(days=1)
    desk.known = SentBefore(W.CHART, long_ago)
    await desk.send()
    assert (desk.sent, desk.rows) == ([], [(W.CHART, False), (W.CHART, False)])


async def test_both_copies_go_where_a_person_wants_both(desk: Desk) -> None:
    await desk.add("one", "two")
    desk.choose(1)
    await desk.send()
    assert len(desk.sent) == 2
