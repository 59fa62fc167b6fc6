"""Every trouble that the practice clinic can simulate, met at the desk in the middle of a morning's work."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from cerbo_desktop.app.options import Options
from cerbo_desktop.app.practice_mode import SimulatedFault
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.patients import DOROTHY_VANCE, GRACE_ADEYEMI, MARIA_LOPEZ, THOMAS_BECKER
from cerbo_desktop.ui.practice.view import PracticeRibbon
from cerbo_desktop.ui.text import tray
from tests.flows.desk import Desk
from tests.flows.troubles.truths import untruths
from tests.waiting import until

pytestmark = pytest.mark.timeout(180)


class Morning:
    """Somebody at work in the practice clinic; `truth` is the same clinic, in which nothing ever goes wrong."""

    def __init__(self, desk: Desk, truth: PracticeClinic) -> None:
        self.desk = desk
        self.truth = truth
        self._opened = 0
        self._untrue = list[str]()

    async def begin(self) -> None:
        await self.desk.start_with(Options(practice=True))
        self.desk.widen()
        await self.desk.board_is_there()

    def simulate(self, fault: SimulatedFault) -> None:
        """Choose a line of the menu "Simulate a problem"."""
        (ribbon,) = self.desk.window.findChildren(PracticeRibbon)
        (menu,) = ribbon.findChildren(QMenu)
        menu.actions()[list(SimulatedFault).index(fault)].trigger()

    async def open(self, name: str, patient_id: int) -> None:
        """From the board, and look."""
        self._opened = patient_id
        if self.desk.pane.results.isVisible():
            self.desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
            self.desk.press(Qt.Key.Key_Escape)
        self.desk.click_on_board(name)
        self.look(f"{name} is being opened")
        await self.desk.album_is_known()
        self.look(f"{name} is open")

    async def search(self, text: str) -> None:
        await self.desk.search(text)
        self.look(f"{text!r} was searched")

    async def look_again(self) -> None:
        self.desk.press(Qt.Key.Key_F5)
        self.look("F5 was pressed")
        await self.desk.album_is_known()
        self.look("what F5 asked for has come, or has not")

    async def send(self, photo: Path) -> None:
        await self.desk.send_file(photo)
        self.look("a photo was sent")

    def look(self, moment: str) -> None:
        found: Iterator[str] = untruths(self.desk, self.truth, self._opened)
        self._untrue.extend(f"{moment}: {each}" for each in found)

    def judge(self) -> None:
        """Fails with everything that was untrue at any moment."""
        assert not self._untrue, "\n".join(dict.fromkeys(self._untrue))


_IN_CERBO = ("Waiting in Cerbo’s queue", "Cerbo took it")
"""The second where its queue could not be read before it was sent."""
_NEEDING_A_PERSON = (SimulatedFault.ANSWER_LOST, SimulatedFault.REFUSED)


@pytest.mark.parametrize("fault", SimulatedFault, ids=lambda fault: fault.value)
async def test_nothing_untrue_is_shown(closed_desk: Desk, photo: Path, fault: SimulatedFault) -> None:
    desk = closed_desk
    morning = Morning(desk, desk.clinic)
    await morning.begin()
    await morning.open("Grace Adeyemi", GRACE_ADEYEMI)
    await desk.pictures_are_there()
    morning.simulate(fault)
    await morning.look_again()
    await morning.open("Dorothy Vance", DOROTHY_VANCE)
    await morning.open("Thomas Becker", THOMAS_BECKER)
    await morning.search("lopez, maria")
    await morning.open("Grace Adeyemi", GRACE_ADEYEMI)
    await morning.send(photo)
    await until(lambda: "Grace Adeyemi" in desk.tray_words)
    morning.look("the photo is in the tray")
    await morning.open("Maria Lopez", MARIA_LOPEZ)
    if fault in _NEEDING_A_PERSON:
        await desk.tray_says(tray.needs_attention())
        morning.look("a person is asked for")
    morning.simulate(SimulatedFault.NONE)
    if fault is SimulatedFault.KEY_REFUSED:
        await morning.look_again()  # no key is tried once more until a person says so
    await until(lambda: not desk.pages.strip.isVisible(), 60.0)
    await desk.album_is_known()
    morning.look("the trouble is over")
    if fault in _NEEDING_A_PERSON:
        assert tray.needs_attention() in desk.tray_words
    else:
        await until(lambda: any(words in desk.tray_words for words in _IN_CERBO), 60.0)
        assert tray.needs_attention() not in desk.tray_words
    morning.look("all is done")
    morning.judge()
