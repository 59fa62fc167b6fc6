"""Somebody in a hurry at the real window: a seed decides each key and click, and how late the server answers.

The person aims at nothing. What must hold whatever they do: a photo goes to the patient who stood on the screen at its
shutter or drop, and a search opens nobody who does not answer the text in the box.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.camera.devices import CameraState
from cerbo_desktop.practice.patients import PracticePatient
from cerbo_desktop.ui.capture.sheet import CaptureSheet
from cerbo_desktop.ui.kit.dialogs import Question
from cerbo_desktop.ui.kit.sheet import open_sheet
from cerbo_desktop.ui.patients.patient_list import PatientListView
from tests.durability.tagged_photos import TaggedPhotos, jpeg, picture
from tests.flows.desk import Desk
from tests.flows.reading import words_of
from tests.ui.capture.desk import FrameSource
from tests.waiting import until

_LEFT, _NO_MODIFIER = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
TEXTS: dict[str, Callable[[PracticePatient], bool]] = {
    "lopez, maria": lambda who: (who.first_name, who.last_name) == ("Maria", "Lopez"),
    "lopez": lambda who: "Lopez" in who.last_name,
    "becker": lambda who: who.last_name == "Becker",
    "vance, dor": lambda who: who.last_name == "Vance",
    "john smith": lambda who: (who.first_name, who.last_name) == ("John", "Smith"),
    "obrien": lambda who: who.last_name in ("O'Brien", "O’Brien"),
    "10233": lambda who: who.id == 10233,
    "10655": lambda who: who.id == 10655,
    "4 mar 1981": lambda who: who.dob == "1981-03-04",
    "oddfiles": lambda _who: False,
    "hana": lambda who: who.first_name == "Hana",
}
"""What is typed, and whom it may open."""
_KEYS = (
    *(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up),
    *(Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_R, Qt.Key.Key_Delete),
)
_LEADS_AWAY = frozenset({"Settings", "Choose files", "Add files", "Full screen", "Open settings"})
"""Buttons that are no part of this: another page, or a dialog of the system."""


class BusyDesk:
    def __init__(self, desk: Desk, seed: int, folder: Path) -> None:
        self._desk, self._folder = desk, folder
        self._random = random.Random(seed)
        self.photos = TaggedPhotos()
        self.did: Counter[str] = Counter()
        self.wrongly_opened: list[tuple[str, int]] = []
        self._seen_id: int | None = None
        self._camera: Camera | None = None
        self._camera_number = 0
        desk.make_camera = self._make_camera
        anywhere = [(3, self._press_held), (4, self._scan), (2, self._change_line), (1, self._change_clinic)]
        self._at_the_desk: list[tuple[int, Callable[[], None]]] = [
            *((14, self._type), (14, self._search), (10, self._press), (6, self._press_alt), (20, self._click_row)),
            *((4, self._click_button), (12, self._drop), (3, self._press_shutter), (4, self._press_space)),
            *((3, self._send), *anywhere),
        ]
        self._in_a_sheet: list[tuple[int, Callable[[], None]]] = [
            *((24, self._send), (8, self._leave), (6, self._press), (5, self._press_space), (6, self._drop)),
            *((5, self._click_button), *anywhere),
        ]

    async def step(self) -> None:
        """One act and a moment: too short for the answer, or long enough."""
        if not self._desk.window.isActiveWindow():  # a dialog was closed, and this platform does not go back by itself
            self._desk.window.activateWindow()
            await until(self._desk.window.isActiveWindow)
        is_in_a_sheet = open_sheet(self._desk.window) is not None
        weights, acts = zip(*(self._in_a_sheet if is_in_a_sheet else self._at_the_desk), strict=True)
        act = self._random.choices(acts, weights)[0]
        act()
        self.did[act.__name__] += 1
        _close_popup()
        self._watch()
        await asyncio.sleep(self._random.choice((0, 0, 0, 0.01, 0.03, 0.1)))
        self._watch()

    def _watch(self) -> None:
        """Whoever has come onto the screen while there was text in the box answers that text."""
        shown, text = self._patient_on_page, self._desk.pane.field.text()
        if shown is not None and shown != self._seen_id:
            self._seen_id = shown
            self.did["patients opened"] += 1
            self.did["patients opened by a search"] += bool(text)
            if text and not _may_open(text, self._desk.clinic.patients[shown]):
                self.wrongly_opened.append((text, shown))

    # Who stands on the screen, read as a person reads it.

    @property
    def _patient_on_page(self) -> int | None:
        return _id_in(self._desk.banner_name) if self._desk.pages.patient.banner.isVisible() else None

    @property
    def _patient_in_front(self) -> int | None:
        match open_sheet(self._desk.window):
            case CaptureSheet() as sheet:
                return _id_in(words_of(sheet.head))
            case None:
                return self._patient_on_page
            case _:
                return None

    # Acts.

    def _type(self) -> None:
        """A text into the box, from anywhere; or only some more letters."""
        if open_sheet(self._desk.window) is not None:
            return
        self._desk.press(Qt.Key.Key_F, _CTRL)
        field = self._desk.pane.field
        if self._random.random() < 0.2 and field.hasFocus():
            QTest.keyClicks(field, self._random.choice("aex"))
        elif field.hasFocus():
            field.selectAll()
            QTest.keyClicks(field, self._random.choice(tuple(TEXTS)))

    def _search(self) -> None:
        """Somebody sure of the name: Enter with the last letter, maybe after Down."""
        self._type()
        if self._random.random() < 0.3:
            self._desk.press(Qt.Key.Key_Down)
        if open_sheet(self._desk.window) is None:
            self._note_shot()
            self._desk.press(Qt.Key.Key_Return)

    def _leave(self) -> None:
        """Out of a sheet; what it holds is asked about."""
        match open_sheet(self._desk.window):
            case Question() as question:
                QTest.mouseClick(self._random.choice(list(question.buttons.values())), _LEFT)
            case None:
                pass
            case _:
                self._desk.press(Qt.Key.Key_Escape)

    def _press(self) -> None:
        """Enter, among others: on a button that takes photos it is a shutter as well."""
        self._note_shot()
        self._desk.press(self._random.choice(_KEYS))

    def _press_held(self) -> None:
        key = self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Space))
        event = QKeyEvent(QEvent.Type.KeyPress, key, _NO_MODIFIER, " ", autorep=True)
        QApplication.sendEvent(QApplication.focusWidget() or self._desk.window, event)

    def _press_alt(self) -> None:
        self._desk.press(self._random.choice((Qt.Key.Key_1, Qt.Key.Key_2)), _ALT)

    def _press_shutter(self) -> None:
        self._note_shot()
        self._desk.press(Qt.Key.Key_F8)

    def _press_space(self) -> None:
        if not self._desk.pane.field.hasFocus():
            self._note_shot()
            self._desk.press(Qt.Key.Key_Space)

    def _scan(self) -> None:
        """A reader's keys go wherever the focus is."""
        focused = QApplication.focusWidget()
        if focused is not None:
            QTest.keyClicks(focused, str(self._random.choice((10482, 11937, 8817, 10233))))
            self._note_shot()
            self._desk.press(Qt.Key.Key_Return)

    def _click_row(self) -> None:
        for listing in (self._desk.pane.results.list, self._desk.pane.board.list):
            if listing.isVisible() and open_sheet(self._desk.window) is None and listing.model().rowCount():
                self._click_in(listing)
                return

    def _click_in(self, listing: PatientListView) -> None:
        self._desk.click_row(listing, self._random.randrange(listing.model().rowCount()))

    def _click_button(self) -> None:
        """Any button that a mouse can reach: a sheet covers those behind it."""
        inside = open_sheet(self._desk.window) or self._desk.window
        buttons = [each for each in inside.findChildren(QAbstractButton) if _can_be_clicked(each)]
        if buttons:
            button = self._random.choice(buttons)
            self._note_shot()
            QTest.mouseClick(button, _LEFT)

    def _send(self) -> None:
        """What somebody does who means it: tick, and Send; Close where all was sent and a refused file is left."""
        sheet = open_sheet(self._desk.window)
        if isinstance(sheet, CaptureSheet) and sheet.foot.is_done:
            QTest.mouseClick(sheet.foot.cancel, _LEFT)
        elif isinstance(sheet, CaptureSheet):
            if not sheet.foot.consent.box.isChecked():
                QTest.mouseClick(sheet.foot.consent.box, _LEFT)
            QTest.mouseClick(sheet.foot.send, _LEFT)
        elif isinstance(sheet, Question):
            QTest.mouseClick(self._random.choice(list(sheet.buttons.values())), _LEFT)
        elif self._desk.has_card and self._desk.card.buttons.send.isVisible():
            QTest.mouseClick(self._desk.card.buttons.send, _LEFT)

    def _drop(self) -> None:
        """A new photo onto the middle of the window."""
        window = self._desk.window
        target: QWidget | None = window.childAt(window.rect().center())
        while target is not None and not target.acceptDrops():
            target = target.parentWidget()
        patient_id = self._patient_in_front
        if target is None or patient_id is None:
            return
        number = self.photos.new_number()
        file = self._folder / f"photo {number}.jpg"
        file.write_bytes(jpeg(number))
        self.photos.note(number, patient_id)
        self._let_go(target, file)

    def _let_go(self, target: QWidget, file: Path) -> None:
        mime, copy = QMimeData(), Qt.DropAction.CopyAction
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        entering = QDragEnterEvent(QPoint(50, 50), copy, mime, _LEFT, _NO_MODIFIER)
        QApplication.sendEvent(target, entering)
        if entering.isAccepted():
            QApplication.sendEvent(target, QDropEvent(QPointF(50, 50), copy, mime, _LEFT, _NO_MODIFIER))

    def _change_line(self) -> None:
        self._desk.clinic.switches.latency_s = self._random.choice((0.0, 0.0, 0.02, 0.1, 0.3))

    def _change_clinic(self) -> None:
        """Staff accept what waits, or the server's search turns out to be of the strict kind."""
        self._desk.clinic.switches.compares_accents = self._random.random() < 0.5
        self._desk.clinic.accept_all()

    def _make_camera(self) -> Camera:
        """Each camera sees a number of its own, so that a photo says at which opening it was taken."""
        camera = Camera()
        self._camera, self._camera_number = camera, self.photos.new_number()
        camera.use_frame_input(FrameSource(picture(self._camera_number), camera).input)
        return camera

    def _note_shot(self) -> None:
        """Should this be a shutter: for whom the photo is."""
        is_on = self._camera is not None and isValid(self._camera) and self._camera.state is CameraState.LIVE
        if is_on and (patient_id := self._patient_in_front) is not None:
            self.photos.note(self._camera_number, patient_id)


def _may_open(text: str, who: PracticePatient) -> bool:
    """By the table; text that is none of it (a letter more, a scan into the middle) by whether a part of it does."""
    rule = TEXTS.get(text)
    return text == str(who.id) if rule is None and text.isdigit() else rule is None or rule(who)


def _close_popup() -> None:
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def _can_be_clicked(button: QAbstractButton) -> bool:
    words = button.text() or button.accessibleName()
    leads_away = any(words.startswith(each) for each in _LEADS_AWAY)
    return button.isVisible() and button.isEnabled() and not leads_away


def _id_in(words: str) -> int | None:
    found = re.search(r"ID\W+(\d+)", words)
    return int(found[1]) if found else None
