"""Making text from outside harmless before a label shows it."""

import re
import unicodedata

_SHOWN_AS_SPACE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0")
# Joiners shape letters in Persian and Indic names and cannot reorder text, so they stay.
_KEPT_FORMAT = frozenset("\u200c\u200d")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS_IN_A_ROW = 4
LONGEST_FILE_NAME = 255
_FIRST_MARK = "\u0300"


def plain(text: str, max_chars: int = 120) -> str:
    """One line of visible text: no control, bidi or private characters, blanks squeezed, cut with an ellipsis.

    Piled-up combining marks are thinned out, since they would paint over the lines above.
    """
    text = text[: 2 * max_chars]
    # What most names are made of is told at once: a thousand rows of a list are made in one go.
    is_harmless = text.isprintable() and (text.isascii() or max(text) < _FIRST_MARK)
    line = " ".join((text if is_harmless else _without_tricks(text)).split())
    return line if len(line) <= max_chars else line[: max_chars - 1].rstrip() + "…"


def file_name(name: str, max_chars: int = LONGEST_FILE_NAME) -> str:
    """As `plain`, but cut in the middle: what tells two copies of a file apart stands at the end."""
    line = plain(name, LONGEST_FILE_NAME)
    if len(line) <= max_chars:
        return line
    tail = max_chars // 2
    return f"{line[: max_chars - tail - 1].rstrip()}…{line[-tail:].lstrip()}"


def _without_tricks(text: str) -> str:
    shown = text.translate(_SHOWN)
    marks = "".join(sorted(char for char in set(shown) if unicodedata.category(char) in ("Mn", "Me")))
    return re.sub(f"([{marks}]{{{_MARKS_IN_A_ROW}}})[{marks}]+", r"\1", shown) if marks else shown


class _Shown(dict[int, int | None]):
    """What `str.translate` puts in each letter's place, told letter by letter as they come: None for nothing."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        if char in _SHOWN_AS_SPACE:
            self[code] = ord(" ")
        else:
            is_dropped = unicodedata.category(char) in _DROPPED and char not in _KEPT_FORMAT
            self[code] = None if is_dropped else code
        return self[code]


_SHOWN = _Shown()
