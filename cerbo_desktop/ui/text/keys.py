"""Names of keys, as they stand on a keyboard and in hints."""

from collections.abc import Callable

from cerbo_desktop.ui.text.catalogue import translate


def name_of(key: str, *, on_mac: bool) -> str:
    """Ctrl F, of Qt's portable text `Ctrl+F`; on macOS ⌘F."""
    before, _, last = key[:-1].rpartition("+")
    last += key[-1]
    modifiers = [each for each in before.split("+") if each]
    named = _NAMES[last]() if last in _NAMES else _SIGNS.get(last, last)
    if on_mac:
        return "".join(_MAC_SIGNS[each] for each in modifiers) + named
    for modifier in reversed(modifiers):
        named = _WITH[modifier](named)
    return named


def hint(keys: str) -> str:
    """Key: Ctrl O, as a reader says it of a button"""
    return translate("Keys", "Key: {keys}").format(keys=keys)


def _escape() -> str:
    return translate("Keys", "Esc", "inside a sentence: a key")


def _enter() -> str:
    return translate("Keys", "Enter", "inside a sentence: a key")


def _space() -> str:
    return translate("Keys", "Space", "inside a sentence: a key")


def _delete() -> str:
    return translate("Keys", "Delete", "inside a sentence: a key")


def _insert() -> str:
    return translate("Keys", "Insert", "inside a sentence: a key")


def _backspace() -> str:
    return translate("Keys", "Backspace", "inside a sentence: a key")


def _page_up() -> str:
    return translate("Keys", "Page Up", "inside a sentence: a key")


def _page_down() -> str:
    return translate("Keys", "Page Down", "inside a sentence: a key")


def _home() -> str:
    return translate("Keys", "Home", "inside a sentence: a key")


def _end() -> str:
    return translate("Keys", "End", "inside a sentence: a key")


def _with_ctrl(key: str) -> str:
    return translate("Keys", "Ctrl {letter}", "inside a sentence: keys").format(letter=key)


def _with_alt(key: str) -> str:
    return translate("Keys", "Alt {letter}", "inside a sentence: keys").format(letter=key)


def _with_shift(key: str) -> str:
    return translate("Keys", "Shift {letter}", "inside a sentence: keys").format(letter=key)


_NAMES: dict[str, Callable[[], str]] = {
    "Esc": _escape,
    "Return": _enter,
    "Enter": _enter,
    "Space": _space,
    "Del": _delete,
    "Ins": _insert,
    "Backspace": _backspace,
    "PgUp": _page_up,
    "PgDown": _page_down,
    "Home": _home,
    "End": _end,
}
_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "-": "−"}
_WITH: dict[str, Callable[[str], str]] = {"Ctrl": _with_ctrl, "Alt": _with_alt, "Shift": _with_shift}
_MAC_SIGNS = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}
"""Qt's Ctrl is the Command key there, and its Meta is Control."""
