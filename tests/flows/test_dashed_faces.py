"""The dashed face says that there is no ID photo, and takes it: in the banner, the viewer, rows and cards."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import HANA_KIM, MARIA_LOPEZ, OTHER_MARIA_LOPEZ, THOMAS_BECKER
from cerbo_desktop.ui.kit.faces import FaceButton, FaceLabel
from cerbo_desktop.ui.patients.patient_list import PatientListView
from cerbo_desktop.ui.search.delegate import face_rect as result_face
from cerbo_desktop.ui.today.delegate import face_rect as visit_face
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.flows.reading import rows_of
from tests.waiting import until

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def cameras(closed_desk: Desk) -> list[Camera]:
    """Every camera that the program opens."""
    made: list[Camera] = []
    closed_desk.make_camera = camera_maker(made, [])
    return made


@pytest.mark.parametrize("by_key", [False, True])
async def test_the_dashed_face_of_the_banner_opens_the_camera(desk: Desk, by_key: bool) -> None:
    await desk.open(HANA_KIM)
    await desk.pictures_are_there()
    face = desk.pages.patient.banner.take_id_photo
    await until(face.isVisible)
    assert face.accessibleName() == "Take ID photo"
    if by_key:
        face.setFocus(Qt.FocusReason.TabFocusReason)
        desk.press(Qt.Key.Key_Return)
    else:
        QTest.mouseClick(face, Qt.MouseButton.LeftButton)
    assert desk.has_card


async def test_the_dashed_face_of_the_viewer_opens_the_camera_on_the_patients_page(desk: Desk) -> None:
    await desk.open(HANA_KIM)
    await desk.pictures_are_there()
    await desk.open_photo(0)
    await until(desk.pages.viewer.bar.take_id_photo.isVisible)
    QTest.mouseClick(desk.pages.viewer.bar.take_id_photo, Qt.MouseButton.LeftButton)
    assert desk.has_card
    assert desk.card.isVisible()


async def test_a_face_is_no_button(desk: Desk) -> None:
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    await until(lambda: desk.pages.patient.banner.findChildren(FaceLabel)[0].accessibleName() == "ID photo")
    assert not desk.pages.patient.banner.take_id_photo.isVisible()


async def _row_of(listing: PatientListView, desk: Desk, patient_id: int, name: str) -> int:
    """Once it shows that there is no ID photo."""
    await until(lambda: any(row.startswith(name) for row in rows_of(listing)) and listing.isVisible())
    await until(lambda: desk.pane.faces.lacks_id_photo(str(patient_id)))
    return next(at for at, row in enumerate(rows_of(listing)) if row.startswith(name))


def _click_face(listing: PatientListView, row: int, *, let_go_at: QPoint | None = None) -> None:
    index = listing.model().index(row, 0)
    listing.scrollTo(index)
    is_result = listing.accessibleName() == "Patients found"
    at = (result_face if is_result else visit_face)(listing.visualRect(index)).center().toPoint()
    QTest.mousePress(listing.viewport(), _LEFT, pos=at)
    QTest.mouseRelease(listing.viewport(), _LEFT, pos=let_go_at or at)


def _list(desk: Desk, where: str) -> PatientListView:
    welcome = desk.workspace.search.welcome
    return {"start page": welcome.without_photo.list, "board": desk.pane.board.list}.get(where, desk.pane.results.list)


@pytest.mark.parametrize("where", ["start page", "board", "results"])
async def test_the_dashed_face_of_a_row_opens_the_patient_and_the_camera(desk: Desk, where: str) -> None:
    if where == "results":
        await desk.search("becker")
    row = await _row_of(_list(desk, where), desk, THOMAS_BECKER, "Thomas Becker")
    _click_face(_list(desk, where), row)
    assert "Thomas Becker" in desk.banner_name
    assert desk.has_card


async def test_the_dashed_face_of_a_row_opens_the_camera_while_cerbo_is_out_of_reach(desk: Desk) -> None:
    """Of somebody whose album nobody has opened yet."""
    listing = desk.pane.board.list
    await _row_of(listing, desk, HANA_KIM, "Hana Kim")
    desk.clinic.faults.set("*", Fault.OFFLINE)
    desk.press(Qt.Key.Key_F5)
    await desk.strip_says("Offline")
    row = await _row_of(listing, desk, HANA_KIM, "Hana Kim")
    _click_face(listing, row)
    assert "Hana Kim" in desk.banner_name
    assert desk.has_card


async def test_a_press_that_is_let_go_beside_the_face_opens_the_patient_alone(desk: Desk) -> None:
    listing = desk.pane.board.list
    row = await _row_of(listing, desk, THOMAS_BECKER, "Thomas Becker")
    _click_face(listing, row, let_go_at=listing.visualRect(listing.model().index(row, 0)).center())
    assert "Thomas Becker" in desk.banner_name
    assert not desk.has_card


async def test_a_face_in_a_row_opens_the_patient_alone(desk: Desk) -> None:
    listing = desk.pane.board.list
    await until(lambda: desk.pane.faces.picture(str(MARIA_LOPEZ)) is not None)
    _click_face(listing, next(at for at, row in enumerate(rows_of(listing)) if row.startswith("Maria Lopez")))
    assert "Maria Lopez" in desk.banner_name
    assert not desk.has_card


@pytest.mark.parametrize("by_key", [False, True])
async def test_the_dashed_face_of_a_card_opens_the_patient_and_the_camera(desk: Desk, by_key: bool) -> None:
    for photo in desk.clinic.album(OTHER_MARIA_LOPEZ, "personal"):
        desk.clinic.delete_photo(photo)
    await desk.search("lopez, maria")
    faces = desk.workspace.search.namesakes.findChildren(FaceButton)
    await until(lambda: any(face.isVisible() for face in faces))
    assert [face.accessibleName() for face in faces if face.isVisible()] == ["Take ID photo, Maria Lopez, 21 Oct 1981"]
    face = next(face for face in faces if face.isVisible())
    if by_key:
        face.setFocus(Qt.FocusReason.TabFocusReason)
        desk.press(Qt.Key.Key_Return)
    else:
        QTest.mouseClick(face, _LEFT)
    assert "21 October 1981" in desk.banner_name
    assert desk.has_card


async def test_a_dashed_face_asks_about_an_unsent_photo_and_opens_no_camera_for_anybody_else(
    desk: Desk, cameras: list[Camera]
) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: desk.has_card and desk.card.live.has_picture)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    row = await _row_of(desk.pane.board.list, desk, HANA_KIM, "Hana Kim")
    _click_face(desk.pane.board.list, row)
    await until(lambda: desk.is_asked)
    assert "Thomas Becker" in desk.banner_name
    assert [camera.state for camera in cameras if camera.state is CameraState.LIVE] == []
    desk.answer("Send 1")
    await until(lambda: "Hana Kim" in desk.banner_name)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1
