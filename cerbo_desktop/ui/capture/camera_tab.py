"""The camera tab: live view, side column, and the strip of shots taken so far."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.delegates import CARD_HEIGHT_PX, LOW_CARD_HEIGHT_PX
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.lists import ShotStrip
from cerbo_desktop.ui.capture.side_column import WIDTH_PX, SideColumn
from cerbo_desktop.ui.capture.viewfinder import Viewfinder
from cerbo_desktop.ui.commands.key_tips import KeyHintVisibility, takes_space
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.fitting_row import FittingRow
from cerbo_desktop.ui.kit.key_hint import KeyHint
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import paint_dashed, painting
from cerbo_desktop.ui.text import camera, capture as words

_MARGIN_PX = 24
_BOTTOM_PX = 14
_LOW_UNDER_PX = 640
"""Height of the tab under which the cards become lower."""
_LIVE_FLOOR_PX = QSize(480, 270)
_LIVE_BESIDE_OPENED_PX = QSize(240, 135)
"""The least beside a side column that a person opened in a narrow tab."""
_SIDE_BEHIND_BUTTON_UNDER_PX = 960
_COUNT_PX, _OPEN_SIDE_PX = 20, 32
"""Height of the line below the live view: with words alone, and with the button."""


class _NoShots(QWidget):
    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)
        row.addWidget(Label(words.shots_show_here(), fonts.BODY, "ink2", wraps=True), 1, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_dashed(painter, QRectF(self.rect()), 8, "btn_line")


class CameraTab(QScrollArea):
    """The live view, the shots taken below it, and the camera's settings beside it, behind a button where the tab is
    narrow. Scrolls in a low window."""

    def __init__(self, viewfinder: Viewfinder, side: SideColumn, *, shows_grid: bool, mirrors: bool) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewfinder, self.side = viewfinder, side
        self.viewfinder.live.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.open_side = Button(camera.settings(), "quiet", icon="settings", size=32)
        self.open_side.setCheckable(True)
        self.open_side.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open_side.hide()
        self.strip = ShotStrip()
        self._count = Label(words.no_shots_yet(), fonts.SECOND_STRONG)
        self._no_shots = _NoShots()
        self._hints = self._hint_row()
        self._has_shots = False
        KeyHintVisibility(self.viewfinder.live, CAPTURE, takes_space)
        self.viewfinder.live.set_grid(shows_grid)
        self.viewfinder.live.set_mirrored(mirrors)
        self.side.grid_switched.connect(self.viewfinder.live.set_grid)
        self.side.mirror_switched.connect(self.viewfinder.live.set_mirrored)
        self.open_side.toggled.connect(self._fit)
        self._lay_out()

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show the shots that were taken by the camera."""
        if not shots and not self._has_shots:
            return  # each change of a file comes here, too
        self._has_shots = bool(shots)
        self.strip.set_shots(shots)
        self._count.setText(words.shots_chosen(shots))
        self._below.setCurrentWidget(self.strip if shots else self._no_shots)
        self._show_hints()

    def show_camera(self, facts: CameraFacts) -> None:
        """Show the state of the camera, and what there is to choose."""
        self.viewfinder.show_state(facts.state, facts.current, has_shots=self._has_shots)
        self.viewfinder.live.set_note(facts.note if facts.state.has_picture else "")
        self.side.show_facts(facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < _SIDE_BEHIND_BUTTON_UNDER_PX
        self.open_side.setVisible(is_narrow)
        self.side.setVisible(not is_narrow or self.open_side.isChecked())
        self._show_hints()
        self._fit_live(is_narrow=is_narrow, has_side=self.side.isVisibleTo(self))

    def _show_hints(self) -> None:
        """Not beside an opened side column: they need the width that it takes."""
        has_room = self.open_side.isHidden() or not self.open_side.isChecked()
        self._hints.setVisible(has_room and self._has_shots and rules_of(self).letters_are_on)

    def _fit_live(self, *, is_narrow: bool, has_side: bool) -> None:
        is_low = self.height() < _LOW_UNDER_PX
        card_px = LOW_CARD_HEIGHT_PX if is_low else CARD_HEIGHT_PX
        self.strip.set_card_height(card_px)
        self._no_shots.setFixedHeight(card_px)
        self._shots.setFixedHeight(card_px)
        below_px = 16 + (_OPEN_SIDE_PX if is_narrow else _COUNT_PX) + 12 + card_px + _BOTTOM_PX
        floor = _LIVE_BESIDE_OPENED_PX if is_narrow and has_side else _LIVE_FLOOR_PX
        width = self.width() - self._bar_px(_MARGIN_PX + floor.height() + below_px, has_side=has_side)
        beside_px = _MARGIN_PX + WIDTH_PX if has_side else 0
        room = QSize(width - 2 * _MARGIN_PX - beside_px, self.height() - _MARGIN_PX - below_px)
        size = QSize(16, 9).scaled(room.expandedTo(floor), Qt.AspectRatioMode.KeepAspectRatio)
        self.viewfinder.setFixedSize(size)
        self.strip.setFixedWidth(room.width())
        self._below.update()  # a strip that is not shown tells nobody of its new size

    def _bar_px(self, least_px: int, *, has_side: bool) -> int:
        """Of the scroll bar, where there will be one. It is not asked: it comes and goes by what is decided here."""
        side_px = _MARGIN_PX + self.side.minimumSizeHint().height() + _BOTTOM_PX if has_side else 0
        return self.verticalScrollBar().sizeHint().width() if max(least_px, side_px) > self.height() else 0

    def _lay_out(self) -> None:
        self._shots = QWidget()
        self._below = QStackedLayout(self._shots)
        self._below.addWidget(self._no_shots)
        self._below.addWidget(self.strip)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.viewfinder, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addSpacing(16)
        left.addWidget(FittingRow((self._count, self._hints, self.open_side), spacing_px=_MARGIN_PX))
        left.addSpacing(12)
        left.addWidget(self._shots)
        left.addStretch(1)
        content = QWidget()
        content.setProperty("pane", "clear")
        row = QHBoxLayout(content)
        row.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _BOTTOM_PX)
        row.setSpacing(_MARGIN_PX)
        row.addLayout(left, 1)
        row.addWidget(self.side)
        self.setWidget(content)

    def _hint_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for at, (keys, text) in enumerate(_hints()):
            if at:
                row.addSpacing(8)
            row.addWidget(KeyHint(keys))
            row.addWidget(Label(text, fonts.SECOND, "ink3"))
        return made


def _hints() -> tuple[tuple[str, str], ...]:
    retake, choose = CAPTURE.key("retake"), CAPTURE["choose"].key_names()
    return (retake, words.retake_last()), (f"{choose[0]}–{choose[-1]}", words.choose_or_leave_out())
