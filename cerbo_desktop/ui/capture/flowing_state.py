"""The verdict on a file in a narrow row: its reason goes on behind its title, so that both take two lines."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout

from cerbo_desktop.ui.capture.shot_looks import ShotLook
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.fonts import TypeStyle
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.kit.typesetting import place_lines, with_units_kept
from cerbo_desktop.ui.text.titles import titled

_LINE_PX = 20


def paint_flowing(painter: QPainter, room: QRectF, state: ShotLook) -> float:
    """Paint title and reason in the middle of `room`, and return where the first line begins. As many lines as it
    takes: the reason says what to do, and nothing else on the screen does."""
    text = with_units_kept(titled(state.title, state.text))
    layout = QTextLayout(text, fonts.styled(fonts.SECOND))
    title_end = text.find(with_units_kept(state.title)) + len(state.title)
    layout.setFormats(
        [_look(0, title_end, fonts.NAME, state.ink), _look(title_end, len(text) - title_end, fonts.SECOND, "ink2")]
    )
    place_lines(layout, room.width(), _LINE_PX, QFontMetricsF(fonts.styled(fonts.SECOND)))
    top = room.center().y() - layout.lineCount() * _LINE_PX / 2
    layout.draw(painter, QPointF(room.x(), top))
    return top


def _look(start: int, length: int, style: TypeStyle, ink: str) -> QTextLayout.FormatRange:
    made, look = QTextLayout.FormatRange(), QTextCharFormat()
    look.setFont(fonts.styled(style))
    look.setForeground(color(ink))
    made.start, made.length, made.format = start, length, look
    return made
