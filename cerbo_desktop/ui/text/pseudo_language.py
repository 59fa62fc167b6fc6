"""A made-up language that shows which texts don't come from the catalogue, and where longer ones have no room."""

import re

from PySide6.QtCore import QObject, QTranslator

SEAM = "¦"
"""Stands where independent facts or sentences are put one after another, before each but the first."""
_INSIDE = "inside a sentence"
_ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
_LONGER_BY = 0.4
_PARAMETER = re.compile(r"\{\w*\}|%n")
_LETTER = re.compile(r"[^\W\d_]")


class PseudoTranslator(QTranslator):
    """Makes "Older photos" into "[Óldér phótós ~~~~~]": in one pair of brackets, with accents, 40 % longer.

    What stands inside other sentences, such as the name of a key, has accents alone; its comment says so. A pattern
    without a word, such as "{first}, {rest}", stays as it is but for seams between its parameters.
    """

    def __init__(self, plurals: QTranslator, parent: QObject) -> None:
        """`plurals` knows the English forms of the sentences with a number in them."""
        super().__init__(parent)
        self._plurals = plurals

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, source: str, comment: str | None = None, n: int = -1) -> str:
        english = self._plurals.translate(context, source, comment, n) or source
        if not _LETTER.search(_PARAMETER.sub("", english)):
            return _with_seams(english)
        if (comment or "").startswith(_INSIDE):
            return accented(english)
        return f"[{accented(english)} {'~' * round(_LONGER_BY * len(english))}]"


def accented(text: str) -> str:
    """With accents on every vowel but those in the names of parameters: {name} stays {name}, %n stays %n."""
    words, parameters = _PARAMETER.split(text), _PARAMETER.findall(text)
    accented = [part.translate(_ACCENTS) for part in words]
    return "".join(map("".join, zip(accented, [*parameters, ""], strict=True)))


def _with_seams(pattern: str) -> str:
    """{first}, ¦{rest}"""
    first, *others = pattern.split("{")
    if not others:
        return pattern
    return f"{first}{{" + f"{SEAM}{{".join(others)
