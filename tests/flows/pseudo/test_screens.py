"""The whole program in the made-up language, screen by screen, as a person comes to them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from cerbo_desktop.app.options import Options
from cerbo_desktop.practice import patients as people
from cerbo_desktop.ui.practice.view import PracticeRibbon
from cerbo_desktop.ui.setup.view import SetupPage
from cerbo_desktop.ui.text import practice, setup_checks
from tests.flows.desk import Desk
from tests.flows.pseudo.walk import SIZES, Walk, top
from tests.waiting import until

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
_WITH_NOTICES = (people.PETER_HALLOWAY,)


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
        # A screen that is too small for the window has no room for the album and a notice above it.
        await walk.see(f"album of {patient}", desk.window, desk.window, sizes=(*SIZES,))
    await desk.open(people.MARIA_LOPEZ)
    await desk.pictures_are_there()
    desk.album.marks.toggle(1)
    await walk.see("marked", desk.window, desk.pages.patient, sizes=(*SIZES,))
    await desk.open_photo(0)
    await until(lambda: desk.pages.viewer.area.is_full)
    await walk.see("viewer", desk.window, desk.pages.viewer)
    desk.press(Qt.Key.Key_I)
    await until(lambda: "JPEG" in desk.viewer_words)
    await walk.see("details", desk.window, desk.pages.viewer)
    desk.press(Qt.Key.Key_F1)
    await walk.see("keys", desk.window, top(desk))
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
