"""The words in a field's name or a short text: `totalItems`, `total_items` and `TOTAL-ITEMS` are the same two."""

import re

_SEAM = re.compile(r"[_\-.:/]+|(?<=[a-z])(?=[A-Z])")


def spaced(text: str) -> str:
    """With spaces where its words meet."""
    return _SEAM.sub(" ", text)


def run_together(name: str) -> str:
    """In small letters without its seams, so that each spelling of a name is the same."""
    return _SEAM.sub("", name).replace(" ", "").lower()


def words_of(name: str) -> frozenset[str]:
    return word_set(spaced(name).lower())


def word_set(words: str) -> frozenset[str]:
    """Of words with spaces between them."""
    return frozenset(words.split())
