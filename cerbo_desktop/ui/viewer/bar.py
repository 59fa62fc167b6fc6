"""The viewer's top bar: the way back, who and what it is, how good the picture is, zoom and turn."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.commands.key_tips import KeyNameUpdater
from cerbo_desktop.ui.commands.rules import KeyRules
from cerbo_desktop.ui.commands.tables import VIEWER
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.faces import FaceButton, FaceLabel, initials_of
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Rule
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.stage.zoom_buttons import ModeButton, ZoomGroup
from cerbo_desktop.ui.text import empty_album, keys, photo_details, viewer
from cerbo_desktop.ui.viewer.bar_lines import about_runs, two_lines
from cerbo_desktop.ui.viewer.captions import Flaw, PatientCaption, PhotoCaption
from cerbo_desktop.ui.viewer.quality_chip import QualityChip
from cerbo_desktop.ui.viewer.squeeze import Squeeze

HEIGHT_PX = 64
_FULL_WIDTH_PX = 1200
_NAME_LINES = 2
"""That many have room in the bar's own height, above the date of birth."""


class ViewerBar(QWidget):
    """64 high. Name, date of birth and the photo's date always stand whole; `Squeeze` says what gives way."""

    back_chosen = Signal()
    zoom_in_chosen = Signal()
    zoom_out_chosen = Signal()
    fit_chosen = Signal()
    actual_chosen = Signal()
    turn_chosen = Signal()
    details_chosen = Signal()
    full_screen_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT_PX)
        self.back = Button(viewer.album_button(), "quiet", "back", VIEWER.key("back"))
        self._back_key: str | None = VIEWER.key("back")
        self._face = FaceLabel(40)
        self.take_id_photo = FaceButton(self._face, empty_album.take_id_photo(), radius=20)
        self._name = Label("", fonts.GROUP)
        self._about = Label("", fonts.SECOND, "ink2")
        self._when = Label("", fonts.NAME)
        self._icon = IconLabel("medical", "ink2", 16)
        self._place = Label("", fonts.SECOND, "ink2", elides=True)
        self.quality = QualityChip()
        self.zoom = ZoomGroup()
        self.fit = ModeButton("fit", viewer.fit())
        self.actual = ModeButton("actual", viewer.actual_size())
        self.turn = IconButton("rotate", viewer.rotate(), size=40)
        self.details = ModeButton("info", photo_details.details())
        self.full_screen = ModeButton("full-screen", viewer.full_screen())
        self._patient: PatientCaption | None = None
        self._lay_out()
        self._connect()
        self.show_way_back(is_full_screen=False, is_next_step=True)
        KeyNameUpdater(self, self._name_keys)

    def show_patient(self, caption: PatientCaption) -> None:
        """Show whose photos these are."""
        self._patient = caption
        self._name.setText(caption.name)
        self._squeeze()

    def set_face(self, face: Raster | None) -> None:
        """Show the patient's ID photo; None where Cerbo has none, or while nobody is shown."""
        self._face.set_face(QPixmap.fromImage(raster_to_qimage(face)) if face is not None else None)

    def show_face_unknown(self) -> None:
        """Show initials: there may be an ID photo, and nobody knows which photo it is."""
        if self._patient is not None:
            self._face.set_initials(initials_of(self._patient.name))

    def show_photo(self, caption: PhotoCaption) -> None:
        """Show which photo this is."""
        self._when.setText(caption.when)
        self._icon.set_icon(caption.icon, "ink2")
        self._place.setText(caption.place)
        self._squeeze()

    def show_zoom(self, zoom: float, is_fit: bool) -> None:
        """zoom: screen pixels for one photo pixel."""
        self.zoom.show_zoom(zoom)
        self.fit.setChecked(is_fit)
        self.actual.setChecked(abs(zoom - 1.0) < 1e-6)

    def set_has_photo(self, has_photo: bool) -> None:
        """Hide quality and zoom while there is no photo."""
        self.quality.setVisible(has_photo)
        if not has_photo:
            self.zoom.percent.setText("")

    def show_quality(self, *, is_full: bool, flaw: Flaw | None, is_part: bool) -> None:
        """Show whether every pixel is in view. `flaw`: what is wrong with it; `is_part`: not all of it has come."""
        self.quality.set_full(is_full, flaw=flaw, is_part=is_part)
        self._squeeze()

    def show_way_back(self, *, is_full_screen: bool, is_next_step: bool) -> None:
        """Say where the first button leads. `is_next_step`: Esc does the same now."""
        self.full_screen.setChecked(is_full_screen)
        self.back.setText(viewer.leave_full_screen() if is_full_screen else viewer.album_button())
        self.back.setAccessibleName(viewer.leave_full_screen() if is_full_screen else viewer.back_to_album())
        self._back_key = VIEWER.key("back") if is_next_step else None
        self.back.setAccessibleDescription(keys.hint(self._back_key) if self._back_key else "")
        self._squeeze()

    @property
    def tools(self) -> tuple[IconButton, ...]:
        """What acts on the photo, in the order of focus."""
        return self.zoom.out, self.zoom.into, self.fit, self.actual, self.turn

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """All buttons, in the order of focus."""
        return self.back, self.take_id_photo, *self.tools, self.details, self.full_screen

    def set_usable(self, is_usable: bool) -> None:
        """Zoom and turn are off only where no photo will come: switching them off while one loads would move focus."""
        for tool in self.tools:
            tool.setEnabled(is_usable)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._squeeze()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), color("surface"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))

    def _name_keys(self, rules: KeyRules) -> None:
        for button, tip, command_id in (
            (self.zoom.out, viewer.zoom_out_tip, "zoom_out"),
            (self.zoom.into, viewer.zoom_in_tip, "zoom_in"),
            (self.fit, viewer.fit_tip, "fit"),
            (self.actual, viewer.actual_size_tip, "actual"),
            (self.turn, viewer.rotate_tip, "rotate"),
            (self.details, photo_details.details_tip, "details"),
            (self.full_screen, viewer.full_screen_tip, "full_screen"),
        ):
            button.setToolTip(tip(rules.key(VIEWER[command_id])))

    def _squeeze(self) -> None:
        """Leave out as little as makes the bar fit its width."""
        least = Squeeze.NOTHING if self.width() >= _FULL_WIDTH_PX else Squeeze.SEX_AND_ID
        for squeeze in tuple(Squeeze)[least:]:
            self._arrange(squeeze)
            if self._least_width() <= self.width():
                break
        self._grow(squeeze)

    def _arrange(self, squeeze: Squeeze) -> None:
        if self._patient is not None:
            self._about.set_runs(about_runs(self._patient, is_short=squeeze >= Squeeze.SEX_AND_ID))
        self.quality.show_word(squeeze < Squeeze.WORD_OF_QUALITY)
        self.back.show_word(squeeze < Squeeze.WORD_OF_WAY_BACK)
        self.back.set_key_hint(self._back_key if squeeze < Squeeze.KEY_OF_WAY_BACK else None)
        self._wrap_name(squeeze)
        self.zoom.setVisible(squeeze < Squeeze.ZOOM)

    def _wrap_name(self, squeeze: Squeeze) -> None:
        is_wrapped = squeeze >= Squeeze.NAME_ON_TWO_LINES
        self._name.set_style(fonts.NAME if is_wrapped else fonts.GROUP)
        self._name.setWordWrap(is_wrapped)
        is_width_known = is_wrapped and squeeze < Squeeze.HEIGHT
        self._name.setMinimumWidth(self._name.width_in_lines(_NAME_LINES) if is_width_known else 0)

    def _grow(self, squeeze: Squeeze) -> None:
        """As high as the name needs, in the width that all else leaves it."""
        height = HEIGHT_PX
        if squeeze is Squeeze.HEIGHT:
            column = max(self._name.minimumSizeHint().width(), self._about.minimumSizeHint().width())
            column += max(0, self.width() - self._least_width())
            self._name.setMinimumWidth(column)
            lines = self._name.heightForWidth(column) // fonts.NAME.line_px
            height += max(0, lines - _NAME_LINES) * fonts.NAME.line_px
        self.setFixedHeight(height)

    def _least_width(self) -> int:
        for layout in self._layouts:
            layout.invalidate()  # one that lies in another learns of a change only when events run
        return self._row.minimumSize().width()

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(8, 0, 16, 1)
        row.setSpacing(0)
        place = QHBoxLayout()
        place.setSpacing(4)
        place.addWidget(self._icon)
        place.addWidget(self._place, 1)
        row.addWidget(self.back)
        row.addSpacing(5)
        row.addWidget(Rule(is_vertical=True))
        row.addSpacing(16)
        row.addWidget(self._face)
        row.addSpacing(12)
        who, which = two_lines(self._name, self._about), two_lines(self._when, place)
        self._layouts = place, who, which, row
        row.addLayout(who)
        row.addSpacing(24)
        divider = Rule(is_vertical=True)
        divider.setFixedSize(1, 40)
        row.addWidget(divider)
        row.addSpacing(24)
        row.addLayout(which)
        row.addStretch(1)
        row.addSpacing(16)
        row.addWidget(self.quality)
        row.addSpacing(16)
        for part in (self.zoom, self.fit, self.actual, self.turn, self.details, self.full_screen):
            row.addSpacing(8)
            row.addWidget(part)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_chosen)
        self.zoom.out.clicked.connect(self.zoom_out_chosen)
        self.zoom.into.clicked.connect(self.zoom_in_chosen)
        self.fit.clicked.connect(self.fit_chosen)
        self.actual.clicked.connect(self.actual_chosen)
        self.turn.clicked.connect(self.turn_chosen)
        self.details.clicked.connect(self.details_chosen)
        self.full_screen.clicked.connect(self.full_screen_chosen)
