"""From the camera to Cerbo's queue: the sheet for any photos, and the card for an ID photo."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, THOMAS_BECKER
from cerbo_desktop.services import handing_over
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.held_input import HeldInput
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.text import capture
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import has_button
from tests.flows.slow_disk import slow_disk_with_room
from tests.ui.capture.desk import FrameSource
from tests.waiting import until


@pytest.fixture
def sources() -> list[FrameSource]:
    """What each camera of `cameras` sees."""
    return []


@pytest.fixture
def cameras(closed_desk: Desk, sources: list[FrameSource]) -> list[Camera]:
    """Every camera that the program opens, each seeing red on the left and blue on the right."""
    made: list[Camera] = []
    closed_desk.make_camera = camera_maker(made, sources)
    return made


_FOR_THOMAS = "1 photo is for Thomas Becker, 2\N{NO-BREAK SPACE}Feb\N{NO-BREAK SPACE}1958."


async def test_space_takes_and_enter_sends_with_the_consent(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: open_sheet(desk.window) is not None)
    await until(lambda: cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Send 1 to Grace Adeyemi, 7 Jul 1986" in desk.sheet.foot.send.text())
    await until(lambda: cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Return)
    assert desk.sheet.foot.consent.box.hasFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.sheet.foot.consent.box.isChecked()
    desk.press(Qt.Key.Key_Return)
    await desk.tray_says("Waiting in Cerbo’s queue")
    (received,) = desk.clinic.photos_received(GRACE_ADEYEMI)
    with Image.open(io.BytesIO(received.content)) as image:
        assert image.size == (1280, 720)
        left, right = image.convert("RGB").getpixel((100, 360)), image.convert("RGB").getpixel((1180, 360))
    assert left[0] > 150 > left[2]  # type: ignore[index]  # a pixel of three
    assert right[2] > 150 > right[0]  # type: ignore[index]  # not mirrored


async def test_a_key_that_comes_while_the_sheet_is_made_is_the_sheets(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: bool(desk.window.findChildren(HeldInput)))
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: bool(desk.window.findChildren(CaptureSheet)))
    await until(lambda: open_sheet(desk.window) is None)
    assert desk.pages.patient.isVisible()


async def test_the_card_opens_by_itself_for_a_new_patient_and_sends_the_face(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: desk.has_card)
    await until(lambda: cameras[-1].state is CameraState.LIVE)
    assert "Ask: “Please tell me your name and date of birth.” Check both above." in desk.page_words
    assert "2 Feb 1958" in desk.banner_words.replace("\u00a0", " ")
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    assert cameras[-1].state is CameraState.OFF
    desk.press(Qt.Key.Key_Return)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert not desk.has_card
    assert "An ID photo is on its way" in desk.page_words
    assert "No photos yet" not in desk.page_words
    assert not has_button(desk.pages.patient, "Take ID photo")
    (received,) = desk.clinic.photos_received(THOMAS_BECKER)
    with Image.open(io.BytesIO(received.content)) as image:
        assert image.width == image.height
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    await until(lambda: desk.filter_words[1] == "Personal, 1")
    assert not desk.has_card


async def test_the_card_says_keep_while_cerbo_takes_no_photos(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: desk.has_card)
    send = desk.card.buttons.send
    assert send.accessibleName() == "Send 1 photo to Thomas Becker, born 2 February 1958"
    desk.clinic.go_offline()
    desk.press(Qt.Key.Key_F5)
    await until(
        lambda: send.accessibleName() == "Keep 1 photo for Thomas Becker, born 2 February 1958, to be sent later"
    )
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.has_card)
    desk.clinic.go_online()
    desk.click("Try now", desk.pages.strip)
    await until(lambda: not desk.pages.strip.isVisible())


async def test_waved_away_the_card_stays_away(desk: Desk, cameras: list[Camera], photo: Path) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: desk.has_card)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.has_card)
    await desk.open_patient("Grace Adeyemi")
    await desk.open_patient("Thomas Becker")
    await until(lambda: "No photos yet" in desk.page_words)
    assert not desk.has_card
    assert all(camera.state is CameraState.OFF for camera in cameras[:1])
    assert not desk.clinic.photos_received()
    await desk.send_file(photo)  # which may be the ID photo
    await until(lambda: "A photo is on its way" in desk.page_words)
    assert_plain(desk.page_words)
    assert "Start with an ID photo" not in desk.page_words
    assert has_button(desk.pages.patient, "Take ID photo")


async def test_a_kept_face_is_not_lost_by_opening_somebody_else(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: bool(cameras) and cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: desk.is_asked)
    assert _FOR_THOMAS in desk.question.windowTitle() + desk.question.accessibleName()
    desk.answer("Send 1")
    await until(lambda: "Grace Adeyemi" in desk.banner_name)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1
    assert not desk.clinic.photos_received(GRACE_ADEYEMI)


async def test_whoever_was_not_opened_for_a_kept_face_is_still_asked_for(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: cameras and cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    await desk.search("vance, dor")
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.is_asked)
    desk.answer("Stay here")
    await until(lambda: not desk.is_asked)
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.is_asked)
    assert desk.question.accessibleName() == "Photos for whom?"


async def test_a_question_about_the_pedal_takes_no_photo(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: cameras and cameras[-1].state is CameraState.LIVE)
    await desk.search("vance, dor")
    desk.press(Qt.Key.Key_F8)
    await until(lambda: desk.is_asked)
    desk.answer("Photos for Thomas Becker")
    await until(lambda: desk.card.isAncestorOf(desk.window.focusWidget()))
    assert cameras[-1].state is CameraState.LIVE
    desk.press(Qt.Key.Key_F8)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)


async def test_sent_and_left_at_once_the_face_is_stored_once(desk: Desk, cameras: list[Camera]) -> None:
    """Send is pressed while the photo is still examined, and then somebody else is opened: nothing is asked."""
    await desk.open_patient("Thomas Becker")
    await until(lambda: bool(cameras) and cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    desk.press(Qt.Key.Key_Return)
    assert not desk.card.buttons.send.isEnabled()
    assert not desk.card.buttons.discard.isEnabled()
    desk.press(Qt.Key.Key_Escape)
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: "Grace Adeyemi" in desk.banner_name)
    assert not desk.is_asked
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1
    assert len(desk.clinic.photos_received()) == 1


async def test_the_same_patient_opened_again_keeps_the_photo(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: bool(cameras) and cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    await desk.open_patient("Thomas Becker")
    assert "Name and date of birth match? Then send." in desk.page_words
    desk.card.first_focus.setFocus()
    desk.press(Qt.Key.Key_Return)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1


async def test_somebody_else_opened_before_the_camera_gave_the_photo(
    desk: Desk, cameras: list[Camera], sources: list[FrameSource]
) -> None:
    """It belongs to whoever was on the screen when the shutter was pressed."""
    await desk.open_patient("Thomas Becker")
    await until(lambda: bool(sources) and desk.has_card and desk.card.live.has_picture)
    sources[-1].be_silent()  # the still will not come by itself
    desk.press(Qt.Key.Key_Space)
    await desk.open_patient("Grace Adeyemi")
    await until(lambda: desk.is_asked)
    assert desk.question.accessibleName() == _FOR_THOMAS
    desk.answer("Send 1")
    await until(lambda: "Grace Adeyemi" in desk.banner_name)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1
    assert not desk.clinic.photos_received(GRACE_ADEYEMI)


async def _open_the_card_while_offline(desk: Desk) -> None:
    """By the dashed face of the banner, before the album was ever loaded."""
    await desk.board_is_there()
    await until(lambda: desk.services.faces.known(PatientId(str(THOMAS_BECKER))) is not None)
    desk.clinic.faults.set("images", Fault.OFFLINE)
    await desk.open_patient("Thomas Becker")
    assert not desk.has_card
    await until(desk.pages.patient.banner.take_id_photo.isVisible)
    QTest.mouseClick(desk.pages.patient.banner.take_id_photo, Qt.MouseButton.LeftButton)
    assert desk.has_card


async def _come_back_online(desk: Desk) -> None:
    desk.clinic.faults.clear()
    desk.workspace.refresh()
    await until(lambda: desk.services.albums.album.latest.has_no_personal_photo)


async def test_a_card_that_a_person_opened_stays_when_the_album_comes(desk: Desk) -> None:
    """This PC has no camera: the card that would come by itself doesn't."""
    await _open_the_card_while_offline(desk)
    card = desk.card
    await _come_back_online(desk)
    assert desk.has_card
    assert desk.card is card


async def test_a_photo_kept_in_a_card_that_a_person_opened_stays_when_the_album_comes(
    desk: Desk, cameras: list[Camera]
) -> None:
    await _open_the_card_while_offline(desk)
    await until(lambda: cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    await _come_back_online(desk)
    assert len(cameras) == 1
    desk.press(Qt.Key.Key_Return)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1


async def test_without_a_camera_the_sheet_turns_to_files(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: open_sheet(desk.window) is not None)
    await until(lambda: desk.sheet.tab == "files")
    assert "No camera found" in desk.sheet.files_tab.reason.accessibleName()
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)


async def test_whom_somebody_wanted_to_open_while_the_disk_was_silent_does_not_come_over_a_later_text(
    desk: Desk, cameras: list[Camera], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _keep_id_photo_of_thomas_becker(desk, cameras)
    with slow_disk_with_room(monkeypatch, 0) as disk:
        desk.press(Qt.Key.Key_Return)
        await until(disk.is_held.is_set)
        desk.click_on_board("Grace Adeyemi")
        desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        desk.type("obrien")
        disk.let_go()
        await until(lambda: not desk.has_card)
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert "Thomas Becker" in desk.banner_words


async def _keep_id_photo_of_thomas_becker(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: desk.has_card and cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)


async def test_whom_somebody_wanted_to_open_while_the_disk_was_silent_does_not_come_over_a_later_choice(
    desk: Desk, cameras: list[Camera], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "SILENT_DISK_AFTER_S", 0.05)
    await _keep_id_photo_of_thomas_becker(desk, cameras)
    with slow_disk_with_room(monkeypatch, 0) as disk:
        desk.press(Qt.Key.Key_Return)
        await until(lambda: capture.disk_is_silent() in desk.page_words)
        desk.click_on_board("Grace Adeyemi")
        desk.click_on_board("Thomas Becker")
        disk.let_go()
        await until(lambda: not desk.has_card)
    assert "Thomas Becker" in desk.banner_words
    await desk.tray_says("Waiting in Cerbo’s queue")
    assert "Thomas Becker" in desk.banner_words
    assert len(desk.clinic.photos_received(THOMAS_BECKER)) == 1


async def test_the_space_of_the_id_card_is_named_while_the_camera_has_the_focus(
    desk: Desk, cameras: list[Camera]
) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: bool(cameras) and cameras[-1].state is CameraState.LIVE)
    desk.card.live.setFocus()
    take = desk.card.buttons.take
    with_key = take.grab().toImage()
    desk.card.buttons.not_now.setFocus(Qt.FocusReason.TabFocusReason)
    assert take.grab().toImage() != with_key, "Space would close the card"
    desk.card.live.setFocus()
    assert take.grab().toImage() == with_key


async def test_the_enter_of_send_is_named_only_while_it_sends(desk: Desk, cameras: list[Camera]) -> None:
    await desk.open_patient("Thomas Becker")
    await until(lambda: bool(cameras) and cameras[-1].state is CameraState.LIVE)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: "Name and date of birth match? Then send." in desk.page_words)
    live, buttons = desk.card.live, desk.card.buttons
    live.setFocus()
    with_key = buttons.send.grab().toImage()
    buttons.retake.setFocus(Qt.FocusReason.TabFocusReason)
    without = buttons.send.grab().toImage()
    assert without != with_key, "Enter would take the photo anew"
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert buttons.send.grab().toImage() == without, "Enter would open a patient"
    live.setFocus()
    assert buttons.send.grab().toImage() == with_key
