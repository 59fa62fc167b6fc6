"""A patient's face, round or rounded, or the dashed outline that says: no ID photo yet."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.keys import ENTER_KEYS
from cerbo_desktop.ui.kit.painting import paint_box, paint_dashed, painting
from cerbo_desktop.ui.kit.theme import color


def paint_face(
    painter: QPainter, rect: QRectF, face: QPixmap | QImage | None, round: bool = True, radius: float = 12
) -> None:
    """Paint a face filling `rect` (cropped to a square about its middle), or the dashed outline for None."""
    corner = rect.width() / 2 if round else radius
    if face is None or face.isNull():
        paint_dashed(painter, rect, corner)
        side = 32 if rect.width() >= 64 else 18
        paint_icon(
            painter, "no-photo", QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side), "ink3"
        )
        return
    paint_picture(painter, rect, face, corner)


def paint_initials(painter: QPainter, rect: QRectF, initials: str, corner: float) -> None:
    """In the place of a face that nobody knows."""
    paint_box(painter, rect, corner, "sunken")
    painter.setFont(fonts.styled(fonts.LABEL_STRONG))
    painter.setPen(color("ink3"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)


def paint_clock(painter: QPainter, badge: QRectF, icon: str = "waiting") -> None:
    """Paint the round sign on a photo that is not in the chart yet."""
    inset = badge.width() / 6
    paint_box(painter, badge, badge.width() / 2, "overlay")
    paint_icon(painter, icon, badge.adjusted(inset, inset, -inset, -inset), "on_overlay")


def initials_of(name: str) -> str:
    """ML, of Maria Lopez"""
    return "".join(word[0] for word in name.split()[:2]).upper()


def paint_picture(painter: QPainter, rect: QRectF, picture: QPixmap | QImage, radius: float) -> None:
    """Paint a picture covering `rect` with rounded corners; what overhangs is cut evenly."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    size = picture.size()
    scale = min(size.width() / rect.width(), size.height() / rect.height())
    width, height = rect.width() * scale, rect.height() * scale
    source = QRectF((size.width() - width) / 2, (size.height() - height) / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    if isinstance(picture, QPixmap):
        painter.drawPixmap(rect, picture, source)
    else:
        painter.drawImage(rect, picture, source)
    painter.restore()


class FaceButton(RingsOnFocus, QPushButton):
    """Lies over a face and takes the photo that is missing: only while the dashed outline is shown."""

    def __init__(self, face: "FaceLabel", accessible_name: str, *, radius: float = 12) -> None:
        super().__init__(face)
        self.ring_radius = radius
        self._face, self._is_offered = face, True
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        face.changed.connect(self._follow)
        face.installEventFilter(self)

    def offer(self, is_offered: bool) -> None:
        """Whether a photo may be taken at all."""
        self._is_offered = is_offered
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER_KEYS and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.underMouse() or self.isDown():
            rect, radius = QRectF(self.rect()), self.ring_radius
            with painting(self) as painter:
                paint_box(painter, rect, radius, "press" if self.isDown() else "hover")
                paint_face(painter, rect, None, round=False, radius=radius)

    def _follow(self) -> None:
        self.setGeometry(self._face.rect())
        self.setVisible(self._is_offered and self._face.is_missing)


class FaceLabel(QLabel):
    """A face `size` pixels square; round, or with `radius` corners. Initials (at most two) serve for staff."""

    changed = Signal()

    def __init__(
        self,
        size: int,
        *,
        round: bool = True,
        radius: int = 12,
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._round, self._radius = round, radius
        self._face: QPixmap | QImage | None = None
        self._initials = ""
        self._is_underway = False
        self.setFixedSize(size, size)
        self.setAccessibleName(accessible_name)

    def set_face(self, face: QPixmap | QImage | None, *, is_underway: bool = False) -> None:
        """Show this picture, with a small clock where it is on its way yet; None shows the dashed outline."""
        self._face, self._initials, self._is_underway = face, "", is_underway
        self.update()
        self.changed.emit()

    @property
    def is_missing(self) -> bool:
        """The dashed outline is shown: there is no ID photo."""
        return not self._initials and (self._face is None or self._face.isNull())

    def set_initials(self, initials: str) -> None:
        """Show initials in place of a face."""
        self._face, self._initials, self._is_underway = None, initials[:2].upper(), False
        self.update()
        self.changed.emit()

    @property
    def has_face(self) -> bool:
        """Whether it shows a picture."""
        return self._face is not None

    def set_size(self, size: int) -> None:
        """Set the edge of the square, in layout pixels."""
        self.setFixedSize(size, size)

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with painting(self) as painter:
            if not self._initials:
                paint_face(painter, rect, self._face, self._round, self._radius)
                if self._is_underway:
                    paint_clock(painter, QRectF(rect.left() + 4, rect.bottom() - 28, 24, 24))
                return
            paint_initials(painter, rect, self._initials, rect.width() / 2 if self._round else self._radius)
