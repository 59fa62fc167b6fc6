"""Making text from outside harmless before a label shows it."""

from __future__ import annotations

import unicodedata

_SHOWN_AS_SPACE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0")
# Joiners shape letters in Persian and Indic names and cannot reorder text, so they stay.
_KEPT_FORMAT = frozenset("\u200c\u200d")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS_IN_A_ROW = 4


def plain(text: str, max_chars: int = 120) -> str:
    """One line of visible text: no control, bidi or private characters, blanks squeezed, cut with an ellipsis.

    Piled-up combining marks are thinned out, since they would paint over the lines above.
    """
    kept: list[str] = []
    marks = 0
    for char in text[: 8 * max_chars]:
        if char in _SHOWN_AS_SPACE:
            char = " "
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if (category not in _DROPPED or char in _KEPT_FORMAT) and marks <= _MARKS_IN_A_ROW:
            kept.append(char)
    line = " ".join("".join(kept).split())
    return line if len(line) <= max_chars else line[: max_chars - 1].rstrip() + "…"
