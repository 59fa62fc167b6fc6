"""Scroll bars are quieter than what they scroll, until somebody reaches for one."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHoverEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit.theme import apply_theme, color


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_a_scroll_bar_is_thin_and_light_and_dark_under_the_mouse(
    qapp: QApplication, qtbot: QtBot, scheme: Qt.ColorScheme
) -> None:
    apply_theme(qapp, scheme)
    area, inside = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    inside.setFixedSize(100, 1000)
    area.setWidget(inside)
    area.resize(200, 300)
    area.show()
    bar = area.verticalScrollBar()
    assert bar.width() == 12, "what can be hit is wider than what is painted"
    assert _painted_px(bar, "btn_line") == 4
    bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # the window system's part
    over = QPointF(bar.width() / 2, 20)
    QApplication.sendEvent(bar, QHoverEvent(QEvent.Type.HoverEnter, over, over, QPointF(-1, -1)))
    assert _painted_px(bar, "ink3") == 6


def _painted_px(bar: QScrollBar, ink: str) -> int:
    """How much of a line across the handle has this colour."""
    picture = bar.grab().toImage()
    ratio, middle = picture.devicePixelRatio(), QPoint(0, 20)
    row = [picture.pixelColor(int(x * ratio), int(middle.y() * ratio)) for x in range(bar.width())]
    return row.count(color(ink))
