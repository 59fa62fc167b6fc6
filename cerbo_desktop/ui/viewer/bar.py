"""The viewer's top bar: the way back, who and what it is, how good the picture is, zoom and turn."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button, IconButton, Look
from cerbo_desktop.ui.kit.faces import FaceLabel, initials_of
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.labels import Label, Rule, Run
from cerbo_desktop.ui.kit.notice import IconLabel
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import cerbo
from cerbo_desktop.ui.viewer.captions import Flaw, PatientCaption, PhotoCaption

HEIGHT_PX = 64
_FULL_WIDTH_PX = 1200
_TIGHTEST = 3


class QualityChip(QLabel):
    """Preview, full quality, or what it lacks: a shape and a word, 32 high."""

    def __init__(self) -> None:
        super().__init__("Preview")
        self._is_full = False
        self._flaw: Flaw | None = None
        self.setFont(fonts.font(13, 500))
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_full(self, is_full: bool, *, flaw: Flaw | None = None, is_part: bool = False) -> None:
        """`is_part`: only the top of the photo is shown so far, and no preview of the rest."""
        self._is_full, self._flaw = is_full, flaw
        full = "Full quality" if flaw is None else flaw.word
        self.setText(full if is_full else cerbo.IN_PART if is_part else "Preview")
        self.updateGeometry()
        self.update()

    @property
    def _look(self) -> tuple[str, str, str]:
        if not self._is_full:
            return "sunken", "ink2", "half"
        return ("ok_tint", "ok", "done") if self._flaw is None else ("warn_tint", "warn", "warn")

    def sizeHint(self) -> QSize:
        return QSize(32 + self.fontMetrics().horizontalAdvance(self.text()) + 13, 32)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, ink, icon = self._look
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 16, fill)
            paint_icon(painter, icon, QRectF(8, 6, 20, 20), ink)
            painter.setPen(color(ink))
            painter.setFont(self.font())
            painter.drawText(QRectF(32, 0, self.width() - 32, 32), Qt.AlignmentFlag.AlignVCenter, self.text())


class ModeButton(IconButton):
    """A button for a way of seeing that shows itself chosen without colour: the photo is the only colourful thing."""

    def __init__(self, icon: str, accessible_name: str, tooltip: str) -> None:
        super().__init__(icon, accessible_name, tooltip, size=40)
        self.setCheckable(True)

    def look(self) -> Look:
        return (
            Look("press" if self.isDown() else "hover", "edge", "ink")
            if self.isChecked() and self.isEnabled()
            else super().look()
        )


class ZoomGroup(QWidget):
    """Minus, the zoom in percent, plus, in one box."""

    def __init__(self) -> None:
        super().__init__()
        self.out = IconButton("minus", "Zoom out", "Zoom out (−)")
        self.into = IconButton("plus", "Zoom in", "Zoom in (+)")
        self.percent = Label("", fonts.SECOND_STRONG)
        self.percent.setFixedWidth(52)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(1)
        for part in (self.out, self.percent, self.into):
            row.addWidget(part)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 8, None, "line2")


class ViewerBar(QWidget):
    """64 high. With less room sex and id leave first, then the key hint; the name and date of birth never do."""

    back_chosen = Signal()
    zoom_in_chosen = Signal()
    zoom_out_chosen = Signal()
    fit_chosen = Signal()
    actual_chosen = Signal()
    turn_chosen = Signal()
    details_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT_PX)
        self.back = Button("Album", "quiet", "back", "Esc")
        self.back.setAccessibleName("Back to album")
        self._face = FaceLabel(40)
        self._name = Label("", fonts.GROUP)
        self._about = Label("", fonts.SECOND, "ink2")
        self._when = Label("", fonts.NAME)
        self._icon = IconLabel("medical", "ink2", 16)
        self._place = Label("", fonts.SECOND, "ink2")
        self.quality = QualityChip()
        self.zoom = ZoomGroup()
        self.fit = ModeButton("fit", "Fit", "Fit (0)")
        self.actual = ModeButton("actual", "100 percent", "100 % (Z)")
        self.turn = IconButton("rotate", "Turn right", "Turn right (R)", size=40)
        self.details = ModeButton("info", cerbo.DETAILS, cerbo.DETAILS_KEY)
        self._patient: PatientCaption | None = None
        self._lay_out()
        self._connect()

    def show_patient(self, caption: PatientCaption) -> None:
        self._patient = caption
        self._name.setText(caption.name)
        self._squeeze()

    def set_face(self, face: QPixmap | None) -> None:
        self._face.set_face(face)

    def show_face_unknown(self) -> None:
        """The initials: there may be an ID photo, and nobody knows which photo it is."""
        if self._patient is not None:
            self._face.set_initials(initials_of(self._patient.name))

    def show_photo(self, caption: PhotoCaption) -> None:
        self._when.setText(caption.when)
        self._icon.set_icon(caption.icon, "ink2")
        self._place.setText(caption.place)
        self._squeeze()

    def show_zoom(self, zoom: float, is_fit: bool) -> None:
        """zoom: screen pixels for one photo pixel."""
        self.zoom.percent.setText(f"{round(zoom * 100)}%")
        self.fit.setChecked(is_fit)
        self.actual.setChecked(abs(zoom - 1.0) < 1e-6)

    def set_has_photo(self, has_photo: bool) -> None:
        """Without a photo there is no zoom to tell and nothing to call a preview."""
        self.quality.setVisible(has_photo)
        if not has_photo:
            self.zoom.percent.setText("")

    @property
    def tools(self) -> tuple[IconButton, ...]:
        """What acts on the photo, in the order of focus."""
        return self.zoom.out, self.zoom.into, self.fit, self.actual, self.turn

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
            painter.fillRect(0, HEIGHT_PX - 1, self.width(), 1, color("line"))

    def _squeeze(self) -> None:
        """Leave out as little as makes the bar fit its width."""
        for tightness in range(0 if self.width() >= _FULL_WIDTH_PX else 1, _TIGHTEST + 1):
            self._tighten(tightness)
            layout = self.layout()
            if layout is None or layout.minimumSize().width() <= self.width():
                return

    def _tighten(self, tightness: int) -> None:
        if self._patient is not None:
            self._about.set_runs(_about_runs(self._patient, is_short=tightness >= 1))
        self.back.set_key_hint("Esc" if tightness < 2 else None)
        is_wrapped = tightness >= _TIGHTEST
        self._name.setFont(fonts.styled(fonts.NAME if is_wrapped else fonts.GROUP))
        self._name.setWordWrap(is_wrapped)
        for part in (self._name, self._about, self.back):
            part.updateGeometry()
        layout = self.layout()
        if layout is not None:
            layout.invalidate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
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
        row.addLayout(_two_lines(self._name, self._about))
        row.addSpacing(24)
        divider = Rule(is_vertical=True)
        divider.setFixedSize(1, 40)
        row.addWidget(divider)
        row.addSpacing(24)
        row.addLayout(_two_lines(self._when, place))
        row.addStretch(1)
        row.addSpacing(16)
        row.addWidget(self.quality)
        row.addSpacing(16)
        for part in (self.zoom, self.fit, self.actual, self.turn, self.details):
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


def _two_lines(upper: QWidget, lower: QWidget | QLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(upper)
    column.addLayout(lower) if isinstance(lower, QLayout) else column.addWidget(lower)
    column.addStretch(1)
    return column


def _about_runs(caption: PatientCaption, *, is_short: bool) -> list[Run]:
    runs = [Run(caption.born, "ink", 600)]
    runs += [Run(f" · {part}") for part in ((caption.age,) if is_short else (caption.age, caption.sex)) if part]
    if not is_short:
        runs += [Run(" · ID "), Run(caption.patient_id, for_id=True)]
    return runs
