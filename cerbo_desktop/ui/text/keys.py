"""Names of keys, as they stand on a keyboard and in hints."""

from cerbo_desktop.ui.text.catalogue import translate


def escape() -> str:
    return translate("Keys", "Esc")


def enter() -> str:
    return translate("Keys", "Enter")


def space() -> str:
    return translate("Keys", "Space")


def ctrl(letter: str) -> str:
    """Ctrl O"""
    return translate("Keys", "Ctrl {letter}").format(letter=letter)


def alt(letter: str) -> str:
    """Alt 1"""
    return translate("Keys", "Alt {letter}").format(letter=letter)


def hint(keys: str) -> str:
    """Key: Ctrl O, as a reader says it of a button"""
    return translate("Keys", "Key: {keys}").format(keys=keys)
