"""Somebody else bears the name of whoever is open: said in time, with a way to them, and without a line too."""

from cerbo_desktop.practice.patients import MARIA_LOPEZ
from tests.flows.desk import Desk
from tests.waiting import until

WARNING = "There is another Maria Lopez, born 21 Oct 1981."


async def test_a_namesake_that_a_search_found_is_warned_of_without_a_line(desk: Desk) -> None:
    desk.widen()
    await desk.search("lopez, maria")
    desk.clinic.go_offline()
    desk.click_row(desk.pane.results.list, 0)
    assert WARNING in desk.page_words, "at once"
    await until(lambda: "There may be others." in desk.page_words)
    assert WARNING in desk.page_words


async def test_a_namesake_nobody_knew_is_warned_of_once_the_line_is_back(desk: Desk) -> None:
    desk.widen()
    await desk.board_is_there()
    desk.clinic.go_offline()
    await desk.open_patient("Maria Lopez")
    await until(lambda: "Couldn’t check for others of this name." in desk.page_words)
    desk.clinic.go_online()
    desk.click("Try now", desk.pages.strip)
    await until(lambda: WARNING in desk.page_words)
    assert "Couldn’t check" not in desk.page_words


async def test_the_other_is_one_click_away_also_after_a_photo_was_opened(desk: Desk) -> None:
    desk.widen()
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    await until(lambda: WARNING in desk.page_words)
    assert WARNING not in desk.banner_words
    await desk.open_photo()
    desk.pages.viewer.back_chosen.emit()
    await until(lambda: desk.pages.patient.isVisible())
    assert WARNING in desk.banner_words
    desk.click("Open the other", desk.pages.patient.banner)
    await until(lambda: "born 21 October 1981" in desk.banner_name)
    await until(lambda: "There is another Maria Lopez, born 4 Mar 1981." in desk.page_words)


async def test_the_opened_tray_makes_way_for_the_cards_of_namesakes(desk: Desk) -> None:
    desk.window.resize(1024, 700)
    await desk.board_is_there()
    tray = desk.pages.tray
    tray.unfold()
    assert tray.shown is not tray, "it lies over the centre"
    await desk.search("lopez, maria")
    await until(desk.pages.namesakes.isVisible)
    assert tray.shown is tray
