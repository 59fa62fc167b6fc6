"""What a person does at the screen is published as it is done, with ids alone and with who is at this PC."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard

from cerbo_desktop.app.options import Options
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.account import Clinic, account_of
from cerbo_desktop.domain.acts import Done, PatientOpened, PhotoShown, Searched, TextCopied
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.person import Person
from cerbo_desktop.practice.patients import EVELYN_LONGACRE
from cerbo_desktop.runtime.events import recent_events
from cerbo_desktop.runtime.system_account import person_at_this_pc
from cerbo_desktop.services.credentials import SessionSecrets
from tests.flows.desk import Desk
from tests.waiting import until


def _clinic(desk: Desk, *, is_practice: bool = False) -> Clinic:
    credentials = desk.application.session.credentials
    assert credentials is not None
    return Clinic(account_of(credentials.origin, credentials.username), is_practice=is_practice)


async def test_a_visit_from_the_search_to_a_photo_and_on_to_the_next(desk: Desk) -> None:
    done: list[Done] = []
    desk.services.acts.subscribe(done.append)
    await desk.open(EVELYN_LONGACRE)
    await desk.pictures_are_there()
    await desk.open_photo(2)
    await until(lambda: "photo 3 of 1200" in desk.stage_name)
    desk.press(Qt.Key.Key_Right)
    await until(lambda: "photo 4 of 1200" in desk.stage_name)
    patient_id = PatientId(str(EVELYN_LONGACRE))
    photos = desk.workspace.gallery.presenter.photos()
    assert [done.act for done in done] == [
        Searched(1),
        PatientOpened(patient_id),
        PhotoShown(patient_id, photos[2].id),
        PhotoShown(patient_id, photos[3].id),
    ]
    assert {(each.by, each.clinic) for each in done} == {(await person_at_this_pc(), _clinic(desk))}
    assert "ongacre" not in repr(done)


async def test_a_rehearsal_is_marked_as_one(closed_desk: Desk) -> None:
    desk, done = closed_desk, list[Done]()
    await desk.start_with(Options(practice=True))
    desk.services.acts.subscribe(done.append)
    await desk.open(EVELYN_LONGACRE)
    assert [type(each.act) for each in done] == [Searched, PatientOpened]
    assert {each.clinic for each in done} == {_clinic(desk, is_practice=True)}
    assert any(line.endswith("act what=PatientOpened operation=practice clinic") for line in recent_events())


async def test_what_is_copied_is_told_once_and_a_selection_is_no_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)  # the platform of tests says that nobody does
    done = list[Done]()
    await desk.search("canary")
    desk.services.acts.subscribe(done.append)
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [(each.act, each.clinic) for each in done] == [(TextCopied(), _clinic(desk))]
    assert "canary" not in repr(done)


async def test_who_acts_is_known_before_anything_can_be_done(closed_desk: Desk) -> None:
    """Before the practice is connected, and the secret read for it."""
    desk, known_at = closed_desk, list[Person]()

    class Secrets(SessionSecrets):
        async def read(self, account: str) -> str | None:
            known_at.append(desk.application.acts.person)
            return await super().read(account)

    desk.secrets = Secrets()
    kept = SettingsFile(desk.data_dir.settings_file)
    kept.change(origin=desk.clinic.origin, username=desk.clinic.username)
    await kept.written()
    await desk.start_with(Options())
    assert known_at == [await person_at_this_pc()]
