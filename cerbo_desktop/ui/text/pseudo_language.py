"""A made-up language that shows which texts don't come from the catalogue, and where longer ones have no room."""

from PySide6.QtCore import QObject, QTranslator

_ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
_LONGER_BY = 0.4


class PseudoTranslator(QTranslator):
    """Makes "Older photos" into "[Óldér phótós ~~~~~]": in one pair of brackets, with accents, 40 % longer."""

    def __init__(self, plurals: QTranslator, parent: QObject) -> None:
        """`plurals` knows the English forms of the sentences with a number in them."""
        super().__init__(parent)
        self._plurals = plurals

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, source: str, comment: str | None = None, n: int = -1) -> str:
        english = self._plurals.translate(context, source, comment, n) or source
        return f"[{_accented(english)} {'~' * round(_LONGER_BY * len(english))}]"


def _accented(text: str) -> str:
    """With accents on every vowel but those in the names of parameters: {name} stays {name}, %n stays %n."""
    parts: list[str] = []
    for at, part in enumerate(text.replace("%n", "{%n}").split("{")):
        name, closing, rest = part.partition("}") if at else ("", "", part)
        parts.append(f"{{{name}{closing}" if at else "")
        parts.append(rest.translate(_ACCENTS))
    return "".join(parts).replace("{%n}", "%n")
