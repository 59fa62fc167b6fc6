"""The settings, as a sheet: with whom the app talks, the camera, what is on this PC, and the ways out of trouble."""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.camera.devices import CameraInfo, usable
from cerbo_desktop.config.effective import SetBy
from cerbo_desktop.config.policy_keys import CAMERA, SINGLE_LETTER_KEYS, TAKEN_PHOTO_DAYS, THUMBNAIL_CACHE
from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.fields import Select
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.labels import Label, Rule
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.sheet import Sheet
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.kit.toggles import Switch
from cerbo_desktop.ui.settings.facts import SettingsFacts
from cerbo_desktop.ui.settings.sections import SettingRow, SettingsSection
from cerbo_desktop.ui.text import common, policy, practice, settings as words
from cerbo_desktop.ui.text.help import close_by_key

_SIZE_PX = QSize(744, 816)
_HEAD_PX = 72
_EDGE_PX = 32
_AIR_PX = 24
_BAR_PX = 12
"""The scroll bar's, which lies in the margin."""


class SettingsSheet(Sheet):
    """Shows `facts`; what takes time to find out comes by the `show_...` calls."""

    setup_wanted = Signal()
    camera_chosen = Signal(str)  # The device's id; empty for the first that is found
    letters_switched = Signal(bool)  # Whether single letters are to be commands
    support_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, facts: SettingsFacts) -> None:
        super().__init__(words.settings(), _SIZE_PX)
        self._facts, self._camera_id = facts, facts.camera_id
        self.close_button = IconButton("close", common.close(), close_by_key(MAIN.key("back")))
        self.close_button.clicked.connect(self.dismiss)
        self._set_up = Button(words.set_up_again() if facts.username else words.set_up(), icon="key")
        self._camera = Select(words.camera())
        self._waiting = SettingRow("lock", words.waiting_title(), words.counting())
        self._practice_waiting = SettingRow("lock", practice.photos_waiting_title(), words.counting())
        self._scroll = self.first_focus = _scrolling(self._content())
        self._set_up.clicked.connect(self.setup_wanted)
        self._camera.activated.connect(self._choose_camera)
        self.show_cameras(())
        self._lay_out()

    def show_waiting(self, number: int | None) -> None:
        """Photos of every account of this person that Cerbo does not certainly have; None where the disk does not
        say."""
        entry = words.waiting(number)
        self._waiting.show_words(entry.text, entry.value)

    def show_practice_waiting(self, number: int | None) -> None:
        """Photos that the practice clinic does not have yet; None where the disk does not say."""
        entry = practice.photos_waiting(number)
        self._practice_waiting.show_words(entry.text, entry.value)

    def show_place(self, text: str) -> None:
        """Say where setup has kept the secret."""
        self._key.show_words(text, plain(self._facts.username))

    def show_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        """Show the cameras of this PC, with the chosen one selected."""
        self._camera.clear()
        self._camera.addItem(words.first_camera(), "")
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
        head.addWidget(Label(words.settings(), fonts.PANE_TITLE), 1, Qt.AlignmentFlag.AlignVCenter)
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
        for part in (*self._notices(), *self._sections()):
            column.addWidget(part)
        column.addStretch(1)
        return content

    def _sections(self) -> tuple[SettingsSection, ...]:
        return self._connection(), self._camera_section(), self._keyboard(), self._on_this_pc(), self._about()

    def _notices(self) -> list[QWidget]:
        reading = self._facts.effective.reading
        notices: list[QWidget] = []
        if reading.fault is not None:
            notices.append(Notice("warn", policy.not_used(), policy.fault_note(reading.fault)))
        if reading.unknown_keys:
            notices.append(Notice("warn", policy.unknown_title(), policy.unknown_keys(reading.unknown_keys)))
        return notices

    def _connection(self) -> SettingsSection:
        facts = self._facts
        lock = "" if facts.is_practice else policy.address_lock(facts.effective.address_set_by)
        shown = words.practice_is_here() if facts.is_practice else ""
        address = plain(facts.address, 200) or words.not_set_up()
        secret = words.practice_key() if facts.is_practice else words.given_key() if facts.is_given else ""
        self._key = SettingRow("key", words.key(), secret, plain(facts.username) or words.not_set_up())
        change = SettingRow("switch", *words.change_connection(), control=self._set_up)
        title = words.practice_clinic() if facts.is_practice else words.practice_address()
        return SettingsSection(
            words.connection(), (SettingRow("globe", title, shown, address, lock=lock), self._key, change)
        )

    def _camera_section(self) -> SettingsSection:
        if self._facts.effective.allows_camera:
            row = SettingRow("camera", *words.camera_on(), control=self._camera)
            self._camera.setFixedWidth(264)
        else:
            row = SettingRow("camera", *words.camera_off(), lock=policy.lock(self._facts.effective.set_by(CAMERA)))
        return SettingsSection(words.taking_photos(), (row,))

    def _keyboard(self) -> SettingsSection:
        effective, title = self._facts.effective, words.single_letters().title
        if effective.set_by(SINGLE_LETTER_KEYS) is not SetBy.PERSON:
            lock, are_on = policy.lock(effective.policy_set_by), effective.single_letter_keys
            row = SettingRow("info", *words.single_letters_set(are_on=are_on), lock=lock)
        else:
            switch = Switch(title)
            switch.setChecked(effective.single_letter_keys)
            switch.toggled.connect(self.letters_switched)
            row = SettingRow("info", *words.single_letters(), control=switch)
        return SettingsSection(words.working_by_keys(), (row,))

    def _on_this_pc(self) -> SettingsSection:
        effective = self._facts.effective
        kept = words.thumbnails(are_kept=effective.keeps_thumbnails)
        remove = Button(words.remove_my_data(), "danger", icon="trash")
        remove.clicked.connect(self.removal_wanted)
        rows = [
            *([self._practice_waiting] if self._facts.is_practice else []),
            self._waiting,
            SettingRow("photos", *kept, lock=policy.lock(effective.set_by(THUMBNAIL_CACHE))),
            *self._governed(),
            SettingRow("trash", *words.leaving(), control=remove),
        ]
        return SettingsSection(words.on_this_pc(), rows)

    def _governed(self) -> list[QWidget]:
        """What the policy sets and a person can't; also what this version doesn't have, said as it is."""
        effective = self._facts.effective
        found: list[QWidget] = []
        lock = policy.lock(effective.policy_set_by)
        if effective.copy_save_print is not None:
            found.append(SettingRow("file", *words.copying(is_allowed=effective.copy_save_print), lock=lock))
        if effective.idle_lock_minutes is not None:
            found.append(SettingRow("scheduled", *words.locking(effective.idle_lock_minutes), lock=lock))
        if not effective.allows_practice:
            found.append(SettingRow("person", *words.practice_is_off(), lock=lock))
        if effective.set_by(TAKEN_PHOTO_DAYS) is not SetBy.PERSON:
            found.append(SettingRow("waiting", *words.taken_photos(effective.keeps_taken_for.days), lock=lock))
        return found

    def _about(self) -> SettingsSection:
        facts = self._facts
        support = Button(words.support_file_button(), icon="file")
        support.clicked.connect(self.support_wanted)
        notice, reading = words.update_notice(facts.effective), facts.effective.reading
        lock = policy.lock(facts.effective.policy_set_by) if notice else ""
        return SettingsSection(
            words.about(),
            (
                SettingRow("info", *words.version(facts.version, notice), lock=lock),
                SettingRow("shield", words.policy_title(), policy.in_use(reading.places)),
                SettingRow("mail", *words.support(), control=support),
            ),
        )


class _Body(RingsOnFocus, QScrollArea):
    """Has the focus at first: nothing is pressed by accident, and the arrow keys scroll."""

    ring_radius = 8.0
    ring_inset = QMargins(8, 8, 8, 8)
    """The ring lies within the sheet, whose corners are round."""


def _scrolling(content: QWidget) -> QScrollArea:
    scroll = _Body()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setAccessibleName(words.settings())
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(content)
    scroll.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return scroll
