"""The settings, as a sheet: with whom the app talks, the camera, what is on this PC, and the ways out of trouble."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.camera.devices import CameraInfo, usable
from cerbo_desktop.config.effective import SetBy
from cerbo_desktop.config.policy_keys import TAKEN_PHOTO_DAYS, THUMBNAIL_CACHE
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.fields import Select
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.settings import words
from cerbo_desktop.ui.settings.facts import SettingsFacts
from cerbo_desktop.ui.settings.parts import Row, Section

_SIZE_PX = QSize(744, 816)
_HEAD_PX = 72
_EDGE_PX = 32
_AIR_PX = 24
_BAR_PX = 12
"""The scroll bar's, which lies in the margin."""


class SettingsSheet(Sheet):
    """Shows `facts`; what takes time to find out comes by the `show_...` calls."""

    setup_wanted = Signal()
    camera_chosen = Signal(str)
    """The device's id; empty for the first that is found."""
    support_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, facts: SettingsFacts) -> None:
        super().__init__("Settings", _SIZE_PX)
        self._facts, self._camera_id = facts, facts.camera_id
        self.close_button = IconButton("close", "Close", "Close (Esc)")
        self.close_button.clicked.connect(self.dismiss)
        self._set_up = Button("Set up again" if facts.username else "Set up", icon="key")
        self._camera = Select("Camera")
        self._waiting = Row("lock", words.waiting(0).title, words.COUNTING)
        self._scroll = _scrolling(self._content())
        self._set_up.clicked.connect(self.setup_wanted)
        self._camera.activated.connect(self._choose_camera)
        self.show_cameras(())
        self._lay_out()

    def show_waiting(self, number: int | None) -> None:
        """Photos of every account of this person that Cerbo does not certainly have; None where the disk does not
        say."""
        entry = words.waiting(number)
        self._waiting.show_words(entry.text, entry.value)

    def show_place(self, text: str) -> None:
        """Where the secret is that set-up has kept."""
        self._key.show_words(text, plain(self._facts.username))

    def show_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        """The cameras of this PC, with the chosen one selected."""
        self._camera.clear()
        self._camera.addItem(words.FIRST_CAMERA, "")
        for camera in usable(cameras):
            self._camera.addItem(plain(camera.name, 60), camera.id)
        self._camera.setCurrentIndex(max(0, self._camera.findData(self._camera_id)))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round as in every sheet, and what has the focus is in view."""
        moved = super().focusNextPrevChild(next)
        focused = QApplication.focusWidget()
        if focused is not None and self._scroll.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, _AIR_PX)
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reading on by keys, where no row takes the focus."""
        bar = self._scroll.verticalScrollBar()
        goals = {
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(),
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        if (goal := goals.get(Qt.Key(event.key()))) is not None:
            bar.setValue(goal)
        else:
            super().keyPressEvent(event)

    def _choose_camera(self) -> None:
        self._camera_id = str(self._camera.currentData())
        self.camera_chosen.emit(self._camera_id)

    # Laying out.

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE_PX, 0, 20, 0)
        head.addWidget(Label("Settings", fonts.PANE_TITLE), 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        top = QWidget()
        top.setFixedHeight(_HEAD_PX)
        top.setLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(Rule())
        column.addWidget(self._scroll, 1)

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_EDGE_PX, _AIR_PX, _EDGE_PX - _BAR_PX, _EDGE_PX)
        column.setSpacing(_AIR_PX)
        for part in (*self._notices(), self._connection(), self._photographing(), self._on_this_pc(), self._about()):
            column.addWidget(part)
        column.addStretch(1)
        return content

    def _notices(self) -> list[QWidget]:
        reading = self._facts.effective.reading
        notices: list[QWidget] = []
        if reading.fault is not None:
            notices.append(Notice("warn", words.POLICY_FAULT_TITLE, words.policy_fault_note(reading.fault)))
        if reading.unknown_keys:
            notices.append(
                Notice("warn", "Part of the policy is not understood", words.unknown_keys(reading.unknown_keys))
            )
        return notices

    def _connection(self) -> Section:
        facts = self._facts
        lock = "" if facts.is_practice else words.address_lock(facts.effective.address_set_by)
        shown = "On this PC; nobody there is real." if facts.is_practice else ""
        address = plain(facts.address, 200) or words.NOT_SET_UP
        secret = words.PRACTICE_KEY_NOTE if facts.is_practice else words.GIVEN_NOTE if facts.is_given else ""
        self._key = Row("key", "Key", secret, plain(facts.username) or words.NOT_SET_UP)
        change = Row(
            "switch", "Another address or key", "Tests the connection before it is used.", control=self._set_up
        )
        title = "Practice clinic" if facts.is_practice else "Practice address"
        return Section("Connection", (Row("globe", title, shown, address, lock=lock), self._key, change))

    def _photographing(self) -> Section:
        if self._facts.effective.allows_camera:
            row = Row("camera", "Camera", "For ID photos and the photo sheet.", control=self._camera)
            self._camera.setFixedWidth(264)
        else:
            row = Row("camera", "Camera", words.CAMERA_OFF, "Off", lock=words.LOCKED)
        return Section("Taking photos", (row,))

    def _on_this_pc(self) -> Section:
        effective = self._facts.effective
        kept = words.thumbnails(are_kept=effective.keeps_thumbnails)
        lock = words.lock(effective.policy_set_by)
        rows = [self._waiting, Row("photos", *kept, lock=words.lock(effective.set_by(THUMBNAIL_CACHE)))]
        icons = {"Copy, save and print": "file", "Lock when idle": "scheduled", "Practice clinic": "person"}
        rows += [Row(icons[entry.title], *entry, lock=lock) for entry in words.governed_without_feature(effective)]
        if effective.set_by(TAKEN_PHOTO_DAYS) is not SetBy.PERSON:
            rows.append(Row("waiting", *words.taken_photos(effective.keeps_taken_for.days), lock=lock))
        remove = Button("Remove my data from this PC…", "danger", icon="trash")
        remove.clicked.connect(self.removal_wanted)
        rows.append(Row("trash", "Leaving this PC?", "Only when no photo waits.", control=remove))
        return Section("On this PC", rows)

    def _about(self) -> Section:
        facts = self._facts
        support = Button("Support file…", icon="file")
        support.clicked.connect(self.support_wanted)
        notice, reading = words.update_notice(facts.effective), facts.effective.reading
        lock = words.LOCKED if notice else ""
        return Section(
            "About",
            (
                Row("info", "Version", notice or "Your clinic’s IT brings new versions.", facts.version, lock=lock),
                Row("shield", "Policy file", "", words.policy_in_use(reading.file if reading.is_there else None)),
                Row("mail", "Something does not work?", "You see all of it before it is saved.", control=support),
            ),
        )


def _scrolling(content: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(content)
    scroll.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return scroll
