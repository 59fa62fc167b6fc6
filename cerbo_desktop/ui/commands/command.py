"""What a person can do by a key: one row of a screen's table, and how a key press finds its row."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from cerbo_desktop.ui.text import keys as names

ON_MAC = sys.platform == "darwin"
Act = Callable[[], object]
Acts = dict[str, Callable[[int], object]]
"""What is done for the rows of a table, by the row's id. Each is told which of the row's keys was pressed, from 0."""
_PAD = Qt.KeyboardModifier.KeypadModifier
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class When(Enum):
    """What has to hold so that a command does something; its screen knows whether it does."""

    ALWAYS = "always"
    """Also while a sheet is open."""
    NO_SHEET = "no sheet"
    """On every page, and not while a sheet is open."""
    NAMESAKES = "namesakes"
    """People with the same name are shown, to choose from."""
    PATIENT = "patient"
    """A patient's page is open."""
    CAMERA = "camera"
    """The camera is shown, not the files."""
    SHOTS = "shots"
    """There is a photo to act on."""
    KEPT = "kept"
    """The ID photo was taken and is to be kept or not."""
    IN_CERBO = "in Cerbo"
    """A row is current whose photo is in Cerbo."""
    LINKED = "linked"
    """A patient's page is open, and it is known where Cerbo shows charts in the browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row of a table."""

    id: str
    """Unique within its table."""
    words: Callable[[], str]
    """What it does, for menus and the help page."""
    keys: tuple[str, ...]
    """In Qt's portable text, such as `Ctrl+F` (on macOS Qt takes Cmd for Ctrl); the first is the one that is shown."""
    mac_keys: tuple[str, ...] = ()
    """On macOS, where they are others."""
    when: When = When.ALWAYS
    is_of_widget: bool = False
    """Whether the list or field that has the focus does it by itself."""
    with_any_modifier: bool = False
    """Whether it is done, too, while a hand still lies on Shift or the like."""

    def keys_here(self, *, on_mac: bool = ON_MAC) -> tuple[str, ...]:
        """Its keys on this system."""
        return self.mac_keys if on_mac and self.mac_keys else self.keys

    def key_name(self, *, on_mac: bool = ON_MAC) -> str:
        """The key to name in a tooltip or a sentence, as it stands on a keyboard."""
        return names.name_of(self.keys_here(on_mac=on_mac)[0], on_mac=on_mac)

    def key_names(self, *, on_mac: bool = ON_MAC, with_singles: bool = True) -> tuple[str, ...]:
        """The names of the command's keys, each once; without `with_singles`, those that can't be switched off."""
        keys = (key for key in self.keys_here(on_mac=on_mac) if with_singles or not is_single(key))
        return tuple(dict.fromkeys(names.name_of(key, on_mac=on_mac) for key in keys))


@dataclass(frozen=True, slots=True)
class Table:
    """The commands of one screen, in the order in which they are shown."""

    id: str
    title: Callable[[], str]
    rows: tuple[Command, ...]

    def __getitem__(self, command_id: str) -> Command:
        return next(row for row in self.rows if row.id == command_id)

    def key(self, command_id: str) -> str:
        """The key of a command, to name in a tooltip, a hint or a sentence."""
        return self[command_id].key_name()

    def row_of(self, event: QKeyEvent) -> Command | None:
        """The command that this key press means here."""
        return next((row for row in self.rows if place_of(row, event) is not None), None)


def place_of(row: Command, event: QKeyEvent) -> int | None:
    """Which of the row's keys was pressed, from 0; None where it was another one.

    A symbol is matched by the text that the press gives, wherever the keyboard has it.
    """
    keys = row.keys_here()
    for place, key in enumerate(keys):
        if is_symbol(key):
            is_pressed = event.text() == key and not event.modifiers() & _COMMANDING
        else:
            is_pressed = _is_pressed(key, event, with_any_modifier=row.with_any_modifier)
        if is_pressed:
            return place
    return None


def is_symbol(key: str) -> bool:
    """Whether this is a sign that keyboards have at different places."""
    return len(key) == 1 and not key.isalnum()


def is_single(key: str) -> bool:
    """Whether the key alone types something: these can be switched off."""
    return len(key) == 1


@cache
def combination(key: str) -> QKeyCombination:
    """Read a key's portable text, such as "Ctrl+F", as Qt's key combination."""
    return QKeyCombination.fromCombined(QKeySequence(key)[0].toCombined())  # type: ignore[index]


def _is_pressed(key: str, event: QKeyEvent, *, with_any_modifier: bool) -> bool:
    wanted = combination(key)
    if event.key() != wanted.key():
        return False
    return with_any_modifier or event.modifiers() & ~_PAD == wanted.keyboardModifiers()
