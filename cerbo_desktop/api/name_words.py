"""The words in a field's name or a short text: `totalItems`, `total_items` and `TOTAL-ITEMS` are the same two."""

import re

_SEAM = re.compile(r"[_\-.:/]+|(?<=[a-z])(?=[A-Z])")


def spaced(text: str) -> str:
    """The text with spaces where its words meet."""
    return _SEAM.sub(" ", text)


def run_together(name: str) -> str:
    """The name in small letters and without its seams, so that all its spellings are the same."""
    return _SEAM.sub("", name).replace(" ", "").lower()


def words_of(name: str) -> frozenset[str]:
    """The words of a name, in small letters."""
    return word_set(spaced(name).lower())


def word_set(words: str) -> frozenset[str]:
    """The words of a text in which spaces stand between them."""
    return frozenset(words.split())
