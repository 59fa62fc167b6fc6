"""What a person or a screen reader meets in a widget, and whether each text of it is in one pair of brackets.

One pair for each text. Where independent facts stand in a row (`ui/text/lists.py`) there is a seam before each but the
first, and each is a text of its own. No brackets stand within others. Data have none: names, figures, addresses.
"""

import re
from calendar import day_abbr, month_abbr, month_name
from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QMenu, QWidget

from cerbo_desktop.practice import patients as people
from cerbo_desktop.practice.appointments import USERS, calendar
from cerbo_desktop.ui.kit.keyed_rows import ROW_ROLE
from cerbo_desktop.ui.text.pseudo_language import SEAM, accented
from cerbo_desktop.ui.uploads.model import WORDS_ROLE

_NAMES = "Cerbo Cerbo’s Desktop Riverbend Clinic Windows Linux HEIC JPEG PNG GIF TIFF BMP WebP PEM TOML UTF PC IT"
_UNITS = "KB MB min AM PM"
_INSIDE_SENTENCES = (
    "Ctrl Alt Shift Esc Enter Space Delete Insert Backspace Page Up Down Home End and or No name Shot Pasted photo "
    "Unnamed Secret Service Keychain Windows Credential Manager this session only line more patient patients"
)
"""Words of values that the catalogue marks as such: they have accents, and no brackets of their own."""
_ROW_FIELDS = ("title", "text", "born", "facts", "stage_words")


class Reading:
    """Knows which words are data: those of the practice clinic and a few names and units."""

    def __init__(self, *more: str) -> None:
        """`more`: data of the scene, such as the name of a file."""
        names = [name for each in people.EVERYONE for name in (each.first_name, each.last_name, each.email)]
        doctors = [name for each in USERS for name in (each.prefix, each.first_name, each.last_name)]
        visits = [words for each in calendar(datetime.now(UTC), UTC) for words in (each.status, each.type_name)]
        calendars = (*month_name, *month_abbr, *day_abbr)
        words = (*names, *doctors, *visits, *calendars, _NAMES, _UNITS, accented(_INSIDE_SENTENCES), *more)
        self._data = set(re.findall(r"[^\W\d_]+", " ".join(filter(None, words))))

    def amiss(self, text: str) -> str:
        """What is wrong with the brackets of a text; empty where nothing is."""
        return next(filter(None, map(self._amiss_in_one, _at_seams(text))), "")

    def _amiss_in_one(self, text: str) -> str:
        text = re.sub(r"[^\s\[\]]*(@|://|/)[^\s\[\]]*", " ", text)
        pairs, outside = re.findall(r"\[([^\[\]]*)\]", text), re.sub(r"\[[^\[\]]*\]", " ", text)
        if "[" in outside or "]" in outside:
            return "brackets within brackets, or half a pair"
        if len(pairs) > 1:
            return "two sentences without a seam"
        if strays := self._strays(outside):
            return f"not looked up: {strays}"
        if strays := {word for word in self._strays("".join(pairs)) if re.search(r"[aeiouyAEIOUY]", word)}:
            return f"not looked up within: {strays}"
        return ""

    def _strays(self, text: str) -> set[str]:
        return {word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in self._data}


def _at_seams(text: str) -> list[str]:
    """The parts between seams that stand in no brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if sign == SEAM and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def texts_of(widget: QWidget) -> Iterator[str]:
    """What is shown by this widget alone, told in its tooltip, and read out. What it elides is told in the tooltip."""
    if isinstance(widget, QLabel | QAbstractButton):
        if not (widget.text().endswith("…") and widget.toolTip().startswith(widget.text()[:-1])):
            yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        for row in range(model.rowCount()):
            yield from _texts_of_row(model.index(row, 0))
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())


def _texts_of_row(index: QModelIndex) -> Iterator[str]:
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    yield from (text for role in roles if isinstance(text := index.data(role), str))
    for row in (index.data(ROW_ROLE), index.data(WORDS_ROLE)):
        yield from (text for name in _ROW_FIELDS if isinstance(text := getattr(row, name, ""), str))
