"""One name as a pattern with wildcards, for a server that may or may not tell é from e.

A cautious pattern leaves out every letter that names often carry a mark on, so that whoever reads the same is found.
A narrow pattern keeps enough letters to find the person in a large clinic, and may miss a rare spelling.
"""

from dataclasses import dataclass

from cerbo_desktop.domain.patient import folded, squeezed
from cerbo_desktop.domain.patient_query import WILDCARD

ALONE, PAIRED = 3, 2
"""How many letters must stay for a question with one name, and for one with both, to be narrow enough."""
_VOWELS = frozenset("aeiouy")
_MARKED_HEADS = _VOWELS | {"l"}
"""First letters that often carry a mark: Ángel, Łukasz."""
_RARELY_MARKED_HEADS = frozenset("cdsz")
"""Çelik, Đặng, Šimek, Żak: given up only where another name keeps the question narrow."""
_MOST_PIECES = 6

_PLAIN_LETTERS = frozenset("bfghjkmpqrtvwx")
"""Letters that hardly ever carry a mark. The others do: a vowel, ç, đ, ł, ñ, š, ž."""
_PLAIN_HEADS = _PLAIN_LETTERS - {"t"}
"""Țepeș, and Þór, which is folded to Thor."""
_BOTH_HEADS = {"d": ("đ", "d"), "l": ("l", "ł")}
"""First letters with only one other common form, so that both can be asked for; the likelier to be missed first."""
_HEAD_WEIGHT, _RARE_WEIGHT, _COMMON_WEIGHT = 3.5, 2.5, 1.3
_COMMON_LETTERS = frozenset("ghmrt")


@dataclass(frozen=True, slots=True)
class Cautious:
    """Patterns that find everybody whose name begins to read like this one, when all are asked. None: no letter is
    plain enough. `weight` says how narrow they are: one more halves the number of people."""

    patterns: tuple[str, ...] = ()
    weight: float = 0.0


def cautious(name: str, wanted_weight: float) -> Cautious:
    """As few of the plain letters as give `wanted_weight`, or all of them. Marks, spaces, hyphens and apostrophes may
    stand anywhere between them."""
    letters = squeezed(name)
    if not is_simple(letters):
        return Cautious((folded(name),), _HEAD_WEIGHT * len(letters)) if letters else Cautious()
    is_plain_head = letters[0] in _PLAIN_HEADS
    kept, weight = ([letters[0]], _HEAD_WEIGHT) if is_plain_head else ([""], 0.0)
    rest = letters[2:] if letters.startswith("th") else letters[1:]
    for letter in rest:
        if letter in _PLAIN_LETTERS and weight < wanted_weight and len(kept) <= _MOST_PIECES:
            kept.append(letter)
            weight += _COMMON_WEIGHT if letter in _COMMON_LETTERS else _RARE_WEIGHT
    if weight:
        return Cautious((WILDCARD.join(kept),), weight)
    return Cautious(_BOTH_HEADS[letters[0]], _HEAD_WEIGHT) if letters[0] in _BOTH_HEADS else Cautious()


def narrow(name: str, least: int) -> str:
    """`name` as a pattern that keeps at least `least` letters; empty where none would be narrow enough."""
    words = folded(name).split()
    if not words or not all(map(is_simple, words)):
        return ""
    shapes = [_without_vowels(words[0], least), *(_body(word) for word in words[1:])]
    if len(words) == 1 and kept(*shapes) < least:
        shapes = [_of_few_consonants(words[0], least)]
    pattern = joined(WILDCARD.join(shapes))
    return pattern if kept(*shapes) >= least and pattern != " ".join(words) else ""


def is_simple(word: str) -> bool:
    """Latin letters alone."""
    return word.isascii() and word.isalpha()


def kept(*shapes: str) -> int:
    """How many letters the patterns hold, wildcards aside."""
    return sum(sign != WILDCARD for shape in shapes for sign in shape)


def joined(pattern: str) -> str:
    """Each run of wildcards as one, a few of them, and none at the end: every question is a prefix.

    A database may need very long for a pattern of many.
    """
    head, *pieces = pattern.split(WILDCARD)
    return WILDCARD.join([head, *[piece for piece in pieces if piece][:_MOST_PIECES]])


def _without_vowels(word: str, least: int) -> str:
    """The first letter and the consonants after it. A first letter that may carry a mark gives way where it can."""
    head, body = word[0], _body(word[1:])
    heads = _MARKED_HEADS if least >= ALONE else _MARKED_HEADS | _RARELY_MARKED_HEADS
    if head in heads and kept(body) >= least:
        return WILDCARD + body
    return head + WILDCARD + body


def _body(word: str) -> str:
    """Consonants; an n before a vowel may be an ñ."""
    return "".join(WILDCARD if sign in _VOWELS or _may_be_enye(word, at) else sign for at, sign in enumerate(word))


def _may_be_enye(word: str, at: int) -> bool:
    return word[at] == "n" and word[at + 1 : at + 2] in _VOWELS


def _of_few_consonants(word: str, least: int) -> str:
    """Núñez by its end, Peña by its ñ, María by what stands before the accent."""
    last_vowel = max((at for at, sign in enumerate(word) if at and sign in _VOWELS), default=0)
    shapes = (
        word[0] + WILDCARD + word[last_vowel:] if last_vowel > 1 else "",
        _with_enye(word),
        word[: last_vowel + 1].rstrip("aeiouy"),
    )
    return next((shape for shape in shapes if kept(shape) >= least), "")


def _with_enye(word: str) -> str:
    before, n, after = word[1:].rpartition("n")
    may_be = n and after[:1] in ("", *_VOWELS)
    return f"{word[0]}{_body(before)}{WILDCARD}ñ{after}" if may_be else ""
