"""The whole program in the made-up language, screen by screen, as a person comes to them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cerbo_desktop.app.options import Options
from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.practice import patients as people
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.services.shots import Examining
from cerbo_desktop.ui.capture.model import SHOT_ROLE
from cerbo_desktop.ui.kit.sheet import Sheet, open_sheet
from cerbo_desktop.ui.practice.view import PracticeRibbon
from cerbo_desktop.ui.settings.removal_sheet import ForceSheet
from cerbo_desktop.ui.settings.support_sheet import SupportSheet
from cerbo_desktop.ui.setup.view import SetupPage
from cerbo_desktop.ui.text import closing, common, leaving, practice, removal, settings, setup_checks, tray
from cerbo_desktop.ui.uploads.rail import Rail
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.flows.pseudo.walk import SIZES, Walk
from tests.flows.reading import words_of
from tests.waiting import until

_CONTROL = Qt.KeyboardModifier.ControlModifier
_TYPED = (
    "x",
    "4 mar",
    "31 feb 1981",
    "1 jan 2199",
    "1 jan 1700",
    "+1 555 010 7788",
    "99999",
    "lopezz, maria",
    "maria@q",
)
"""What finds nobody, each for another reason."""


async def test_searching(desk: Desk) -> None:
    walk = Walk("lopezz", "maria", "mar", "an", *_TYPED)
    await desk.board_is_there()
    await walk.see("board", desk.window, desk.window)
    for typed in _TYPED:
        await desk.search(typed)
        await walk.see(f"nobody for {typed}", desk.window, desk.window)
    await desk.search("lopez, mar")
    await walk.see("namesakes", desk.window, desk.window)
    await desk.search("an")
    await walk.see("many", desk.window, desk.window)
    desk.clinic.go_offline()
    await desk.search("okafor")
    await until(lambda: desk.pages.strip.isVisible())
    await walk.see("offline", desk.window, desk.window)
    walk.judge()


async def test_a_patients_page_and_the_viewer(desk: Desk) -> None:
    walk = Walk(desk.clinic.username)
    for patient in (people.MARIA_LOPEZ, people.THOMAS_BECKER, *_WITH_NOTICES):
        await desk.open(patient)
        await walk.see(f"album of {patient}", desk.window, desk.window)
    await desk.open(people.MARIA_LOPEZ)
    await desk.pictures_are_there()
    desk.album.marks.toggle(1)
    await walk.see("marked", desk.window, desk.pages.patient)
    await desk.open_photo(0)
    await until(lambda: desk.pages.viewer.area.is_full, 15.0)
    await walk.see("viewer", desk.window, desk.pages.viewer)
    desk.press(Qt.Key.Key_I)
    await until(lambda: "JPEG" in desk.viewer_words)
    await walk.see("details", desk.window, desk.pages.viewer)
    desk.press(Qt.Key.Key_F1)
    await walk.see("keys", desk.window, _top(desk))
    walk.judge()


_WITH_NOTICES = (people.PETER_HALLOWAY,)


async def test_settings_and_removal(desk: Desk, photo: Path) -> None:
    walk = Walk(photo.name, desk.clinic.username)
    await desk.open(people.GRACE_ADEYEMI)
    desk.clinic.go_offline()
    await _send(desk, photo)
    await until(lambda: desk.pages.strip.isVisible(), 15.0)
    await walk.see("unsent", desk.window, desk.window)
    desk.window.close()
    await until(lambda: desk.is_asked)
    await walk.see("close", desk.window, desk.question)
    desk.answer(closing.keep_open())
    await until(lambda: not desk.is_asked)
    desk.press(Qt.Key.Key_Comma, _CONTROL)
    await until(lambda: settings.waiting(1).text in _words(desk))
    await walk.see("settings", desk.window, _top(desk))
    desk.click(settings.support_file_button())
    await walk.see("support", desk.window, _top(desk))
    desk.click(common.close(), _top(desk))
    await until(lambda: not isinstance(_top(desk), SupportSheet))
    desk.click(settings.remove_my_data())
    await until(lambda: desk.is_asked)
    await walk.see("removal", desk.window, _top(desk))
    desk.answer(removal.delete_anyway())
    await until(lambda: isinstance(open_sheet(desk.window), ForceSheet))
    await walk.see("forced removal", desk.window, _top(desk))
    desk.press(Qt.Key.Key_Escape)
    walk.judge()


async def test_sending_and_what_the_tray_says(desk: Desk, photo: Path, tmp_path: Path) -> None:
    no_photo = tmp_path / "invoice.pdf"
    no_photo.write_bytes(b"%PDF-1.7\n")
    walk = Walk(photo.name, no_photo.name)
    await desk.open(people.GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_O, _CONTROL)
    desk.drop([no_photo])
    await _examined(desk)
    await walk.see("refused file", desk.window, _top(desk))
    desk.drop([photo], onto=desk.sheet)
    await _examined(desk)
    await walk.see("ready file", desk.window, _top(desk))
    desk.press(Qt.Key.Key_Return, _CONTROL)
    await walk.see("consent is asked for", desk.window, _top(desk))
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.is_asked)
    await walk.see("discard", desk.window, _top(desk))
    desk.answer(leaving.stay())
    await until(lambda: not desk.is_asked)
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await until(lambda: desk.clinic.photos_received())
    desk.clinic.faults.set("upload", Fault.UNPROCESSABLE)
    await _send(desk, photo)
    await until(lambda: tray.needs_attention() in desk.tray_words, 15.0)
    desk.widen()
    await walk.see("tray", desk.window, desk.window)
    for rail in desk.window.findChildren(Rail):
        QTest.mouseClick(rail.unfold, Qt.MouseButton.LeftButton)
    await walk.see("open tray", desk.window, desk.pages.tray, sizes=SIZES[1:])
    desk.pages.tray.shift_list_clicked.emit()
    await walk.see("shift list", desk.window, _top(desk))
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
    await walk.see("camera", desk.window, _top(desk))
    desk.press(Qt.Key.Key_Space)
    await until(lambda: desk.sheet.foot.send.isEnabled())
    await walk.see("shot", desk.window, _top(desk))
    walk.judge()


async def test_setting_up(closed_desk: Desk) -> None:
    desk, walk = closed_desk, Walk(closed_desk.clinic.username)
    await desk.start_with(Options())
    (page,) = desk.window.findChildren(SetupPage)
    await walk.see("setup", desk.window, desk.window)
    desk.click(setup_checks.test_connection(), page)
    await walk.see("nothing typed", desk.window, desk.window)
    walk.judge()


async def test_the_practice_clinic(closed_desk: Desk) -> None:
    desk, walk = closed_desk, Walk()
    await desk.start_with(Options(practice=True))
    await desk.board_is_there()
    (ribbon,) = desk.window.findChildren(PracticeRibbon)
    await walk.see("ribbon", desk.window, desk.window)
    desk.click(practice.accept_photos(), ribbon)
    await walk.see("staff accepted", desk.window, desk.window)
    (menu,) = ribbon.findChildren(QMenu)
    desk.click(practice.simulate(), ribbon)
    await until(menu.isVisible)
    await walk.see("problems", desk.window, menu)
    menu.close()
    for action in menu.actions():
        action.trigger()
        await walk.see(f"simulated {action.text()}", desk.window, ribbon)
    walk.judge()


def _top(desk: Desk) -> Sheet:
    found = open_sheet(desk.window)
    assert found is not None
    return found


def _words(desk: Desk) -> list[str]:
    return words_of(_top(desk)).split("\n")


async def _examined(desk: Desk) -> None:
    await until(lambda: bool(desk.added))
    model = desk.sheet.files_tab.files.model()
    shots = (model.index(row, 0).data(SHOT_ROLE) for row in range(model.rowCount()))
    await until(lambda: not any(isinstance(shot.state, Examining) for shot in shots))


async def _send(desk: Desk, photo: Path) -> None:
    desk.drop([photo])
    await _examined(desk)
    desk.agree()
    QTest.mouseClick(desk.sheet.foot.send, Qt.MouseButton.LeftButton)
    await until(lambda: not any(each.isVisible() for each in desk.window.findChildren(Sheet)))
