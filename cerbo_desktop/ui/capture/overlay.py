"""What is painted over the camera's picture: pills, thirds, the oval, the shutter."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.painting import key_hint_width, paint_box, paint_key_hint
from cerbo_desktop.ui.kit.theme import color

PILL_HEIGHT_PX = 32
SHUTTER_PX = 72


def pill_width(text: str, icon: str = "", keys: str = "") -> float:
    """Width in pixels of a pill with this text."""
    width = 24 + QFontMetricsF(fonts.font(13, 500)).horizontalAdvance(text)
    return width + (24 if icon else 0) + (8 + key_hint_width(keys) if keys else 0)


def paint_pill(painter: QPainter, at: QPointF, text: str, icon: str, keys: str = "") -> None:
    """Paint a text on a dark ground, legible over any photo, with an icon before it and a key after it."""
    rect = QRectF(at.x(), at.y(), pill_width(text, icon, keys), PILL_HEIGHT_PX)
    paint_box(painter, rect, 8, "overlay")
    x = rect.x() + 12
    if icon:
        paint_icon(painter, icon, QRectF(round(x), rect.y() + 8, 16, 16), "on_overlay")
        x += 24
    painter.setFont(fonts.font(13, 500))
    painter.setPen(color("on_overlay"))
    painter.drawText(rect.adjusted(x - rect.x(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
    if keys:
        right = QPointF(rect.right() - 12 - key_hint_width(keys), rect.center().y())
        paint_key_hint(
            painter, right, keys, "on_overlay", color("on_overlay", 0.7).name(QColor.NameFormat.HexArgb), None
        )


def paint_note(painter: QPainter, rect: QRectF, text: str) -> None:
    """The words in the middle of a picture that shows nothing, wrapped to the room there is."""
    font = fonts.font(14, 500)
    room = QRectF(0, 0, min(rect.width() - 64, 480), 200)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    box = QFontMetricsF(font).boundingRect(room, int(flags), text).adjusted(-16, -12, 16, 12)
    box.moveCenter(rect.center())
    paint_box(painter, box, 8, "overlay")
    painter.setFont(font)
    painter.setPen(color("on_overlay"))
    painter.drawText(box.adjusted(12, 8, -12, -8), flags, text)


def paint_line(painter: QPainter, rect: QRectF, text: str, style: fonts.TypeStyle, ink: str) -> None:
    """Paint one line of text in the centre of `rect`."""
    painter.setFont(fonts.styled(style))
    painter.setPen(color(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def paint_thirds(painter: QPainter, rect: QRectF) -> None:
    """White with a dark side, so that the lines are seen on light and on dark skin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for part in (1, 2):
        x = round(rect.x() + rect.width() * part / 3)
        y = round(rect.y() + rect.height() * part / 3)
        for shift, line in ((-1, "#40000000"), (0, "#B3FFFFFF"), (1, "#40000000")):
            painter.fillRect(QRectF(x + shift, rect.y(), 1, rect.height()), QColor(line))
            painter.fillRect(QRectF(rect.x(), y + shift, rect.width(), 1), QColor(line))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_oval(painter: QPainter, rect: QRectF) -> None:
    """Where the face goes."""
    side = rect.width()
    oval = QRectF(side * 0.215, side * 0.066, side * 0.575, side * 0.756)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(15, 17, 19, 150), 4))
    painter.drawEllipse(oval)
    dashes = QPen(QColor(255, 255, 255), 2.5)
    dashes.setDashPattern([3.2, 2.4])
    dashes.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(dashes)
    painter.drawEllipse(oval)


def paint_shutter(painter: QPainter, centre: QPointF) -> None:
    """Paint the ring of the shutter."""
    painter.setPen(Qt.PenStyle.NoPen)
    for radius, fill in ((36.0, "#C70F1113"), (33.0, "#FFFFFF"), (28.0, "#0F1113"), (25.0, "#FFFFFF")):
        painter.setBrush(QColor(fill))
        painter.drawEllipse(centre, radius, radius)
