"""See both: one file as it came and as it will be sent, at the same place and the same zoom."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.services.shots import Shot, ShotId
from cerbo_desktop.services.versions import NoOriginal
from cerbo_desktop.ui.capture.linked_stages import LinkedStages
from cerbo_desktop.ui.capture.see_both_foot import SeeBothFoot
from cerbo_desktop.ui.capture.see_both_head import SeeBothHead, row_of
from cerbo_desktop.ui.capture.see_both_keys import SeeBothKeys
from cerbo_desktop.ui.capture.shot_looks import look_of
from cerbo_desktop.ui.capture.version import Version
from cerbo_desktop.ui.commands.key_tips import KeyNameUpdater
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.keys import tell_of_news
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Rule
from cerbo_desktop.ui.stage.geometry import ViewState
from cerbo_desktop.ui.text import see_both as words, shots

_AT_FIRST = ViewState(zoom=1.0)
"""Every pixel of what is sent: what fitting has cost can be seen only there."""

_LOW_UNDER_PX, _VERY_LOW_UNDER_PX, _ONLY_FOOT_UNDER_PX = 280, 200, 160
"""The buttons at the foot then need the room of the line above them, of the captions, and of all the rest."""


class SeeBoth(QWidget):
    """Stands in the place of the list while a file is looked at. The zoom counts pixels of the version to be sent."""

    use_pressed = Signal()
    leave_out_pressed = Signal()
    """Of one that is left out already: take it out of the list."""
    keep_out_pressed = Signal()
    next_pressed = Signal()
    previous_pressed = Signal()
    back_pressed = Signal()
    came = Signal()
    left = Signal(int)  # ShotId of the file that was shown last

    def __init__(self, original: Version, sent: Version) -> None:
        super().__init__()
        self.setAccessibleName(words.see_both())
        self._shot_id: ShotId | None = None
        self.head = SeeBothHead()
        self.original, self.sent = original, sent
        self.stages = LinkedStages(sent.stage, original.stage)
        self._above, self._rule_row, self._rule = QWidget(), QWidget(), Label("", fonts.SECOND, "ink2", wraps=True)
        self._rule_icon = IconLabel("done", "ink2", 16)
        self._shot: Shot | None = None
        self.foot = SeeBothFoot()
        self._lay_out()
        self._connect()
        self._keys = SeeBothKeys(self)
        KeyNameUpdater(self, self.head.name_keys)
        self.hide()

    @property
    def first_focus(self) -> QWidget:
        """The stage of what is sent."""
        return self.sent.stage

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the focus, in the order of Tab."""
        return *self.head.stops, self.original.stage, self.sent.stage, *self.foot.buttons

    @property
    def is_shown(self) -> bool:
        """From the first file until it is left."""
        return self._shot_id is not None

    def show_file(self, shot: Shot, number: int, count: int, *, has_next: bool) -> None:
        """Show both versions of an accepted file by its preview: the `number`th of `count`."""
        if not isinstance(shot.state, Accepted):
            return
        is_first, self._shot_id = self._shot_id is None, shot.id
        self.head.name.setText(shots.name(shot.name))
        self.show_number(number, count, has_next=has_next)
        self._show_facts(shot.state)
        self.show_choice(shot)
        self.stages.show_at(_AT_FIRST)
        self.original.show_preview(shot.state.preview, words.opening_original())
        self.sent.show_preview(shot.state.preview, words.opening_sent())
        if is_first:
            self.show()
            self.came.emit()
        if is_first or self.foot.use.hasFocus():  # Enter on it would choose this file too
            self.first_focus.setFocus(Qt.FocusReason.TabFocusReason)  # which shows the ring
        tell_of_news(self.window())
        announce(self, words.file_spoken(shot, number, count))

    def show_number(self, number: int, count: int, *, has_next: bool) -> None:
        """Say which of the files this is, and whether there is another one to look at."""
        self.head.number.setText(words.number_of(number, count))
        self.foot.next.setVisible(has_next)

    def show_choice(self, shot: Shot) -> None:
        """Say whether the file is to be sent: of one that is left out, Enter only goes on."""
        if not isinstance(shot.state, Accepted):
            return
        self._shot = shot
        self.sent.show_title(words.to_be_sent() if shot.is_chosen else words.left_out())
        look = look_of(shot)
        self._rule_icon.set_icon(*((look.icon, look.ink) if shot.needs_a_word else ("done", "ink2")))
        self._rule.setText(words.state_and_rule(shot, shot.state, are_linked=self.stages.are_linked))
        self.foot.show_choice(shot)

    def link(self, are_linked: bool) -> None:
        """Move both versions together, or each alone."""
        self.stages.link(are_linked)
        if self._shot is not None:
            self.show_choice(self._shot)

    def go_on(self) -> None:
        """Enter: use the file, or leave it out as it is."""
        is_chosen = self._shot is not None and self._shot.is_chosen
        (self.use_pressed if is_chosen else self.keep_out_pressed).emit()

    def show_sent(self, raster: Raster) -> None:
        """Show every pixel of what will be sent."""
        self.sent.stage.show_full(raster)

    def show_only_preview(self) -> None:
        """Say that what will be sent could not be opened in full."""
        self.sent.place.show_warning(words.only_preview())

    def show_original(self, raster: Raster, sent_px: tuple[int, int]) -> None:
        """Show every pixel of the original, measured in pixels of the version to be sent, whose size is `sent_px`: one
        zoom and one place then hold for both."""
        self.original.stage.show_full(replace(raster, source_width_px=sent_px[0], source_height_px=sent_px[1]))

    def show_no_original(self, why: NoOriginal) -> None:
        """Say in place of the original why it can't be shown."""
        self.original.show_nothing(*words.no_original(why))

    def leave(self) -> None:
        """Give way to the list; nothing happens where no file is shown."""
        if self._shot_id is None:
            return
        shot_id, self._shot_id = self._shot_id, None
        self.left.emit(shot_id)
        self.hide()
        for version in (self.original, self.sent):
            version.stage.clear()  # each holds up to 200 MB

    # Qt.

    def event(self, event: QEvent) -> bool:
        """Enter, with any modifier, is not the sheet's shortcut that sends."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._keys.is_use(event):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._above.setVisible(self.height() >= _ONLY_FOOT_UNDER_PX)
        self._rule_row.setVisible(self.height() >= _LOW_UNDER_PX)
        for version in (self.original, self.sent):
            version.caption.setVisible(self.height() >= _VERY_LOW_UNDER_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # its parts give way before the buttons at its foot do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._keys.handle(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    # Within.

    def _show_facts(self, accepted: Accepted) -> None:
        source_bytes = accepted.preparation.source_bytes
        self.original.show_facts(words.original_pixels(accepted), source_bytes, words.not_changed())
        self.sent.show_facts(shots.pixels(accepted), accepted.photo.size_bytes, words.how_it_is_sent(accepted))

    def _connect(self) -> None:
        head = self.head
        self.stages.zoom_changed.connect(head.show_zoom)
        for button, told in (
            (head.back, self.back_pressed),
            (self.foot.next, self.next_pressed),
            (self.foot.leave_out, self.leave_out_pressed),
            (self.foot.keep_out, self.keep_out_pressed),
            (self.foot.use, self.use_pressed),
        ):
            button.clicked.connect(told)
        head.zoom.out.clicked.connect(lambda: self.stages.acted_on.zoom_out())
        head.zoom.into.clicked.connect(lambda: self.stages.acted_on.zoom_in())
        head.fit.clicked.connect(lambda: self.stages.acted_on.fit())
        head.link.toggled.connect(self.link)

    def _lay_out(self) -> None:
        self._lay_out_above()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above, 1)
        column.addWidget(self.foot)

    def _lay_out_above(self) -> None:
        column = QVBoxLayout(self._above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(12)
        stages = QHBoxLayout()
        stages.setContentsMargins(24, 0, 24, 0)
        stages.setSpacing(24)
        stages.addWidget(self.original, 1)
        stages.addWidget(self.sent, 1)
        column.addLayout(stages, 1)
        self._rule_row.setLayout(row_of(self._rule_icon, self._rule, spacing_px=8, top_px=16))
        column.addWidget(self._rule_row)
        column.addSpacing(16)
        column.addWidget(Rule())
