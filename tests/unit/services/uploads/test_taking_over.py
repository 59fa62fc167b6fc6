"""A photo of an earlier sign-in goes by what the record says at that moment."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.taking_over import Match, TakingOver, match
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.unit.outbox.stock import KEY
from tests.unit.services.uploads.desk import MARIA, Desk, photo
from tests.waiting import until

HERE = "https://riverbend.md-hq.com"
ELSEWHERE = "https://relay.riverbend.example"
BORN = date(1981, 4, 3)


class Stay:
    """A photo for `patient` that another account of `address` left, and the outbox of the present one."""

    def __init__(self, folder: Path, patient: Patient, address: str) -> None:
        self.desk, self._folder, self._patient, self._address = Desk(), folder, patient, address

    async def start(self) -> TakingOver:
        self.desk.server.patients[self._patient.id] = self._patient
        await self._leave_one()
        outbox, self.uploading = self._opened(f"pk_new at {HERE}")
        await self.uploading.open()
        return TakingOver(outbox, self.uploading, self.desk.server, HERE, ())

    async def _leave_one(self) -> None:
        _, uploading = self._opened(f"pk_old at {self._address}")
        await uploading.open()
        self.desk.server.fail("create_photo", Unreachable())
        await uploading.accept(self._patient, photo())
        await until(lambda: uploading.feed.latest[0].trouble is not None)
        await uploading.aclose()
        self.desk.server.heal()

    def _opened(self, account: str) -> tuple[DiskOutbox, Uploading]:
        desk = self.desk
        outbox = DiskOutbox(self._folder, AesGcmSealer(KEY), account, desk.clock)
        reconciling = ServerLookup(desk.server, desk.contents)
        return outbox, Uploading(desk.server, reconciling, outbox, desk.clock, TaskScope("test", desk.failures.append))

    async def aclose(self) -> None:
        await self.uploading.aclose()
        await self.desk.uploading.aclose()
        await self.desk.contents.aclose()


@pytest.mark.parametrize(
    "changed",
    [replace(MARIA, born=BORN, first_name="Somebody"), replace(MARIA, born=date(1990, 1, 1))],
    ids=["name", "date of birth"],
)
async def test_a_record_that_changed_since_the_look_gets_no_photo(tmp_path: Path, changed: Patient) -> None:
    stay = Stay(tmp_path, replace(MARIA, born=BORN), HERE)
    taking_over = await stay.start()
    assert len((await taking_over.look(is_same_practice=False)).possible) == 1
    stay.desk.server.patients[MARIA.id] = changed
    assert await taking_over.take_over() == 0
    assert stay.uploading.feed.latest == ()
    assert not stay.desk.server.queued_photos
    await stay.aclose()


@pytest.mark.parametrize(("address", "found"), [(HERE, Match.SAME_NAME), (ELSEWHERE, None)])
async def test_without_a_date_of_birth_a_photo_goes_only_to_the_records_it_came_from(
    tmp_path: Path, address: str, found: Match | None
) -> None:
    stay = Stay(tmp_path, replace(MARIA, born=None), address)
    taking_over = await stay.start()
    looked = await taking_over.look(is_same_practice=True)
    assert [each for _, each in looked.photos] == ([found] if found else [])
    assert len(looked.possible) == (1 if found else 0)
    await stay.aclose()


def test_no_date_of_birth_on_one_side_is_another_person() -> None:
    record = Patient(PatientId("1"), "Test", "Patient", born=BORN)
    assert match(Recipient(PatientId("1"), "Test Patient", None), record) is Match.OTHER
    assert match(Recipient(PatientId("1"), "Test Patient", BORN), replace(record, born=None)) is Match.OTHER
    assert match(Recipient(PatientId("1"), "Test Patient", BORN), record) is Match.SAME
