"""The whole program in the made-up language: what lies over its main page, and the tray and the camera."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.practice import patients as people
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.services.shots import Examining
from cerbo_desktop.ui.capture.model import SHOT_ROLE
from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.settings.removal_sheet import ForceSheet
from cerbo_desktop.ui.settings.support_sheet import SupportSheet
from cerbo_desktop.ui.text import closing, common, leaving, removal, settings, tray
from cerbo_desktop.ui.uploads.rail import Rail
from tests.fakes.own_photos import own_photo
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.flows.pseudo.walk import SIZES, Walk, top
from tests.flows.reading import words_of
from tests.waiting import until

_CONTROL = Qt.KeyboardModifier.ControlModifier


async def test_settings_and_removal(desk: Desk, photo: Path) -> None:
    walk = Walk(photo.name, desk.clinic.username)
    await desk.open(people.GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await _send(desk, photo)
    await until(lambda: desk.pages.strip.isVisible())
    await walk.see("unsent", desk.window, desk.window)
    desk.window.close()
    await until(lambda: desk.is_asked)
    await walk.see("close", desk.window, desk.question)
    desk.answer(closing.keep_open())
    await until(lambda: not desk.is_asked)
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    await until(lambda: settings.waiting(1).text in _words(desk))
    await walk.see("settings", desk.window, top(desk))
    desk.click(settings.support_file_button())
    await walk.see("support", desk.window, top(desk))
    desk.click(common.close(), top(desk))
    await until(lambda: not isinstance(top(desk), SupportSheet))
    desk.click(settings.remove_my_data())
    await until(lambda: desk.is_asked)
    await walk.see("removal", desk.window, top(desk))
    desk.answer(removal.delete_anyway())
    await until(lambda: isinstance(open_sheet(desk.window), ForceSheet))
    await walk.see("forced removal", desk.window, top(desk))
    desk.press(Qt.Key.Key_Escape)
    walk.judge()


async def test_sending_and_what_the_tray_says(desk: Desk, photo: Path, tmp_path: Path) -> None:
    no_photo = tmp_path / "invoice.pdf"
    no_photo.write_bytes(b"%PDF-1.7\n")
    folder = tmp_path / "Scans"
    folder.mkdir()
    photo, no_photo = photo.rename(folder / photo.name), no_photo.rename(folder / no_photo.name)
    walk = Walk(photo.name, no_photo.name, "scan.bmp", folder.name, tmp_path.name)
    await desk.open(people.GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_O, _CONTROL)
    desk.drop([no_photo])
    await _examined(desk)
    await walk.see("refused file", desk.window, top(desk))
    desk.drop([photo], onto=desk.sheet)
    await _examined(desk)
    await walk.see("ready file", desk.window, top(desk))
    await _see_both(desk, walk, tmp_path / "scan.bmp")
    desk.press(Qt.Key.Key_Return, _CONTROL)
    await walk.see("consent is asked for", desk.window, top(desk))
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    await walk.see("discard", desk.window, top(desk))
    desk.answer(leaving.stay())
    await until(lambda: not desk.is_asked)
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await until(lambda: desk.clinic.photos_received() and desk.sheet.strips.news)
    await walk.see("only the refused file is left", desk.window, top(desk))
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: open_sheet(desk.window) is None)
    desk.clinic.faults.set("upload", Fault.UNPROCESSABLE)
    photo.write_bytes(own_photo(7))  # another photo: the same would be left out
    await _send(desk, photo)
    await until(lambda: tray.needs_attention() in desk.tray_words)
    desk.widen()
    await walk.see("tray", desk.window, desk.window)
    for rail in desk.window.findChildren(Rail):
        QTest.mouseClick(rail.unfold, Qt.MouseButton.LeftButton)
    await walk.see("open tray", desk.window, desk.pages.tray, sizes=SIZES[1:])
    desk.pages.tray.shift_list_clicked.emit()
    await walk.see("shift list", desk.window, top(desk))
    walk.judge()


async def test_the_camera(closed_desk: Desk) -> None:
    desk, cameras, walk = closed_desk, list[Camera](), Walk("Frame", "input")
    desk.make_camera = camera_maker(cameras, [])
    await desk.start()
    await desk.board_is_there()
    desk.click_on_board("[Thomas")
    await until(lambda: desk.has_card and cameras[-1].state is CameraState.LIVE)
    await walk.see("ID card", desk.window, desk.window)
    desk.press(Qt.Key.Key_Space)
    await until(lambda: desk.card.buttons.send.isVisible())
    await walk.see("kept ID photo", desk.window, desk.window)
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: not desk.has_card)
    await walk.see("empty album", desk.window, desk.window)
    desk.press(Qt.Key.Key_F8)
    await until(lambda: open_sheet(desk.window) is not None and cameras[-1].state is CameraState.LIVE)
    await walk.see("camera", desk.window, top(desk))
    desk.press(Qt.Key.Key_Space)
    await until(lambda: desk.sheet.foot.send.isEnabled())
    await walk.see("shot", desk.window, top(desk))
    walk.judge()


async def _see_both(desk: Desk, walk: Walk, file: Path) -> None:
    """Of a file that becomes a JPEG, which is taken out of the list again."""
    file.write_bytes(own_photo(2, "BMP"))
    files = desk.sheet.files_tab.files
    desk.drop([file], onto=desk.sheet)
    await until(lambda: files.model().rowCount() == 3)
    await _examined(desk)
    added = files.model().index(2, 0)
    assert isinstance(added.data(SHOT_ROLE).state, Accepted), added.data(SHOT_ROLE).state
    files.setCurrentIndex(added)
    files.see_both()
    await until(lambda: desk.sheet.see_both.is_shown)
    await walk.see("both versions", desk.window, top(desk))
    desk.press(Qt.Key.Key_Escape)
    for _ in range(2):  # left out, then gone
        QTest.keyClick(files, Qt.Key.Key_Delete)
    await until(lambda: files.model().rowCount() == 2)


def _words(desk: Desk) -> list[str]:
    return words_of(top(desk)).split("\n")


async def _examined(desk: Desk) -> None:
    await until(lambda: bool(desk.added))
    await until(lambda: not any(isinstance(shot.state, Examining) for shot in desk.sheet.files_tab.files.shots.shots))


async def _send(desk: Desk, photo: Path) -> None:
    desk.drop([photo])
    await _examined(desk)
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await until(lambda: not any(each.isVisible() for each in desk.window.findChildren(Sheet)))
