"""The tray's room: what scrolls keeps its place and its width."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.upload import UploadProblem, UploadState
from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.kit.theme import LIGHT, apply_theme, changes
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.uploads.view import UploadTray
from tests.ui.uploads.test_tray import show, upload

_HIGH_PX, _LOW_PX = 868, 300


@pytest.fixture
def tray(qtbot: QtBot, qapp: QApplication) -> UploadTray:
    """As the app wears it: the width of a scroll bar is the theme's."""
    if not changes.is_dressed or changes.theme != LIGHT:
        apply_theme(qapp, Qt.ColorScheme.Light)
    tray = UploadTray()
    qtbot.addWidget(tray)
    tray.resize(TRAY_WIDTH_PX, _HIGH_PX)
    tray.show()
    return tray


def _sides(tray: UploadTray) -> dict[QWidget, tuple[int, int]]:
    """Where each card and each list of cards begins and ends, across the tray."""
    shown: list[QWidget] = [*tray.findChildren(UploadCard), *tray.findChildren(UploadRows)]
    return {each: (each.mapTo(tray, QPoint()).x(), each.width()) for each in shown if each.isVisible()}


def test_cards_keep_their_width_when_the_scroll_bar_appears(qtbot: QtBot, tray: UploadTray) -> None:
    refused = upload(UploadState.REFUSED, UploadProblem.REFUSED, upload_id="r")
    show(tray, [refused], [upload(UploadState.SENDING, upload_id="s")], [upload(UploadState.QUEUED)])
    bar = tray.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() == 0
    before = _sides(tray)
    assert len(before) == 3
    tray.resize(TRAY_WIDTH_PX, _LOW_PX)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert _sides(tray) == before
    assert all(bar.mapTo(tray, QPoint()).x() >= x + width for card, (x, width) in before.items() if _is_card(card))


def test_the_scroll_bar_is_seen_only_where_there_is_something_to_scroll(qtbot: QtBot, tray: UploadTray) -> None:
    bar = tray.findChildren(QScrollArea)[0].verticalScrollBar()
    show(tray, [upload(UploadState.REFUSED, UploadProblem.REFUSED)], [], [])
    assert len(_colors_of(tray, bar)) == 1
    tray.resize(TRAY_WIDTH_PX, _LOW_PX - 100)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert len(_colors_of(tray, bar)) > 1


def _is_card(widget: QWidget) -> bool:
    return isinstance(widget, UploadCard)


def _colors_of(tray: UploadTray, bar: QScrollBar) -> set[int]:
    place = QRect(bar.mapTo(tray, QPoint()), bar.size()).adjusted(1, 8, -1, -8)
    seen = tray.grab(place).toImage()
    return {QColor(seen.pixel(x, y)).rgb() for x in range(seen.width()) for y in range(seen.height())}
