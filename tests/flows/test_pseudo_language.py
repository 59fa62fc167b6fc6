"""The window in a made-up language: what stands in no brackets isn't looked up, and longer sentences have room."""

import asyncio
import re
from calendar import day_abbr, month_abbr, month_name
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView, QWidget

from cerbo_desktop.practice import patients as people
from cerbo_desktop.practice.appointments import USERS, calendar
from cerbo_desktop.ui.kit.keyed_rows import ROW_ROLE
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.text.catalogue import PSEUDO, install_language
from tests.flows.desk import Desk
from tests.waiting import until

_DATA = frozenset({*month_name, *month_abbr, *day_abbr, "KB", "MB", "JPEG", "Cerbo", "Riverbend", "Clinic"})
"""Words that are no sentence: names of days and months, units, proper names. Those of people come with the clinic."""


@pytest.fixture
def pseudo_language(qapp: QApplication) -> Iterator[None]:
    before = set(qapp.findChildren(QTranslator))
    install_language(qapp, PSEUDO)
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def _outside_brackets(text: str) -> str:
    """What is left of a text without its bracketed parts, which may hold others or be elided, and e-mail addresses."""
    text = re.sub(r"\S+@\S+", " ", text)
    while (shorter := re.sub(r"\[[^\[\]]*(\]|…$)", " ", text)) != text:
        text = shorter
    return text


def _texts_of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, QListView):
        for row in range(widget.model().rowCount()):
            yield from _texts_of_row(widget.model().index(row, 0))


def _texts_of_row(index: QModelIndex) -> Iterator[str]:
    yield str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
    row = index.data(ROW_ROLE)
    yield from (getattr(row, name) for name in ("title", "text", "born", "facts", "stage_words") if hasattr(row, name))


def _visible(part: QWidget) -> list[QWidget]:
    return [each for each in (part, *part.findChildren(QWidget)) if each.isVisible()]


class Reading:
    """Looks at parts of the window, and knows which words are data."""

    def __init__(self, desk: Desk) -> None:
        names = [name for each in people.EVERYONE for name in (each.first_name, each.last_name)]
        doctors = [name for each in USERS for name in (each.prefix, each.first_name, each.last_name)]
        visits = [words for each in calendar(datetime.now(UTC), UTC) for words in (each.status, each.type_name)]
        self._data = _DATA | set(re.findall(r"\w+", " ".join((*names, *doctors, *visits))))

    async def check(self, *parts: QWidget) -> None:
        """Every visible and spoken text of these parts is looked up, or is data, and none is cut."""
        await asyncio.sleep(0.0)  # what was shown last is laid out
        self.assert_translated(*parts)
        assert_none_is_cut(*parts)

    def assert_translated(self, *parts: QWidget) -> None:
        strays = {
            text
            for part in parts
            for widget in _visible(part)
            for text in _texts_of(widget)
            if {word for word in re.findall(r"[^\W\d_]{2,}", _outside_brackets(text)) if word not in self._data}
        }
        assert not strays


def _is_cut(widget: QWidget) -> bool:
    """Whether a text that neither wraps nor elides has less room than it needs; a wrapped one, too few lines."""
    if not isinstance(widget, Label | QAbstractButton) or not widget.text():
        return False
    if widget.hasHeightForWidth():
        return widget.height() + 1 < widget.heightForWidth(widget.width())
    padding = widget.height() if isinstance(widget, QAbstractButton) else 1  # a button's may give way
    return widget.width() + padding < widget.minimumSizeHint().width()


def assert_none_is_cut(*parts: QWidget) -> None:
    cut = [widget for part in parts for widget in _visible(part) if _is_cut(widget)]
    assert not [(widget.text(), widget.size()) for widget in cut if isinstance(widget, Label | QAbstractButton)]


async def test_every_text_is_looked_up_and_has_room(pseudo_language: None, desk: Desk) -> None:
    reading = Reading(desk)
    desk.widen()
    await desk.board_is_there()
    await reading.check(desk.pane)
    await desk.search("lopez, mar")
    await reading.check(desk.pane, desk.pages.namesakes)
    await desk.search("lopezz, maria")
    await reading.check(desk.pane)
    await desk.open(people.MARIA_LOPEZ)
    await desk.pictures_are_there()
    await until(lambda: desk.pages.patient.notices.texts)
    await reading.check(desk.pages.patient)
    await desk.open_photo(0)
    await until(lambda: desk.pages.viewer.area.is_full, 15.0)
    desk.press(Qt.Key.Key_I)
    await until(lambda: "JPEG" in desk.viewer_words)
    await reading.check(desk.pages.viewer)
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    desk.clinic.go_offline()
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.pages.strip.isVisible())
    await reading.check(desk.pages.strip, desk.pane)


async def test_an_empty_chart_is_told_in_the_language(pseudo_language: None, desk: Desk) -> None:
    desk.widen()
    await desk.open(people.THOMAS_BECKER)
    await until(lambda: desk.pages.patient.empty.isVisible())
    await Reading(desk).check(desk.pages.patient)
