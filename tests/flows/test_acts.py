"""What a person does at the screen is published as it is done, with ids alone and with who is at this PC."""

from PySide6.QtCore import Qt

from cerbo_desktop.domain.acts import Done, PatientOpened, PhotoShown, Searched
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.practice.patients import EVELYN_LONGACRE
from cerbo_desktop.runtime.system_account import person_at_this_pc
from tests.flows.desk import Desk
from tests.waiting import until


async def test_a_visit_from_the_search_to_a_photo_and_on_to_the_next(desk: Desk) -> None:
    done: list[Done] = []
    desk.services.acts.subscribe(done.append)
    await desk.open(EVELYN_LONGACRE)
    await desk.pictures_are_there()
    await desk.open_photo(2)
    await until(lambda: "photo 1198 of 1200" in desk.stage_name)
    desk.press(Qt.Key.Key_Right)
    await until(lambda: "photo 1199 of 1200" in desk.stage_name)
    patient_id = PatientId(str(EVELYN_LONGACRE))
    photos = desk.workspace.gallery.presenter.photos()
    assert [done.act for done in done] == [
        Searched(1),
        PatientOpened(patient_id),
        PhotoShown(patient_id, photos[2].id),
        PhotoShown(patient_id, photos[1].id),
    ]
    assert {each.by for each in done} == {await person_at_this_pc()}
    assert "ongacre" not in repr(done)
