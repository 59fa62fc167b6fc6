"""The ways in which Cerbo may spell a name that was typed, as few questions with wildcards.

Whether Cerbo tells é from e, or O'Brien from OBrien, is unknown (contract 5.1). A wildcard stands for the letters that
may carry an accent and for an apostrophe that may be missing. The answers are compared by `folded` afterwards, so that
a wildcard brings no strangers.
"""

from dataclasses import replace

from cerbo_desktop.domain.patient import folded
from cerbo_desktop.domain.ports import WILDCARD, PatientQuery

MAX_QUESTIONS = 4
"""For one search: more would be unkind to the server."""
_VOWELS = frozenset("aeiouy")
_MARKED_HEADS = _VOWELS | {"l"}
"""First letters that often carry a mark: Ángel, Łukasz."""
_RARELY_MARKED_HEADS = frozenset("cdsz")
"""Çelik, Đặng, Šimek, Żak: given up only where another name keeps the question narrow."""
_MOST_PIECES = 6
_ALONE, _PAIRED = 3, 2
"""How many letters must stay for a question with one name, and for one with both, to be narrow enough."""


def spelled_alone(name: str) -> tuple[PatientQuery, ...]:
    """One name that may be the last or the first: as typed, and with wildcards."""
    last, first = _wide(name, _ALONE, is_last=True), _wide(name, _ALONE)
    if not last:
        return _asked(*_either(name), *_either(folded(name)))
    if (marked := _wide(name, _ALONE + 1)) != last and marked.startswith(WILDCARD):
        return _asked(PatientQuery(name), PatientQuery(last), PatientQuery(marked), PatientQuery(first_name=first))
    return _asked(*_either(name), PatientQuery(last), PatientQuery(first_name=first))


def spelled_in_fields(last: str, first: str) -> tuple[PatientQuery, ...]:
    """Names whose fields are known, one of which may be empty."""
    if last and first:
        return _asked(PatientQuery(last, first), _pair(last, first))
    wide = PatientQuery(_wide(last, _ALONE, is_last=True), _wide(first, _ALONE))
    is_wide = bool(wide.last_name or wide.first_name)
    return _asked(PatientQuery(last, first), wide if is_wide else PatientQuery(folded(last), folded(first)))


def spelled_in_any_order(words: tuple[str, ...]) -> tuple[PatientQuery, ...]:
    """Two or more words: first names then last names, the reverse, or all of them in one of the two fields."""
    head, tail, whole = words[0], words[-1], " ".join(words)
    first_to_last, last_to_first = _pair(tail, head), _pair(head, tail)
    if len(words) > 2:  # the other words stand before the tail, in the same field or not
        first_to_last = replace(first_to_last, last_name=_joined(WILDCARD + first_to_last.last_name))
        last_to_first = replace(last_to_first, first_name=_joined(WILDCARD + last_to_first.first_name))
    return _asked(
        first_to_last,
        last_to_first,
        PatientQuery(_wide(whole, _ALONE, is_last=True) or whole),
        PatientQuery(first_name=_wide(whole, _ALONE) or whole),
    )


def spelled_as_namesake(last: str, first: str) -> tuple[PatientQuery, ...]:
    """Questions for other people of this name: as it stands, and however else it is spelled or divided."""
    words = tuple(folded(f"{first} {last}").split())
    if not (last and first) or len(words) < 2:
        return spelled_in_fields(last, first)
    divided = _pair(words[-1], words[0])
    divided = replace(divided, last_name=_joined(WILDCARD + divided.last_name))
    return _asked(*spelled_in_fields(last, first), divided)


def _either(name: str) -> tuple[PatientQuery, PatientQuery]:
    return PatientQuery(name), PatientQuery(first_name=name)


def _pair(last: str, first: str) -> PatientQuery:
    """Both names with wildcards; one that is narrow by itself lets the other keep a single letter."""
    wide_last, wide_first = _or_typed(last, _PAIRED, is_last=True), _or_typed(first, _PAIRED)
    if _kept([wide_last]) >= _ALONE:
        return PatientQuery(wide_last, _or_typed(first, 1))
    if _kept([wide_first]) >= _ALONE:
        return PatientQuery(_or_typed(last, 1, is_last=True), wide_first)
    return PatientQuery(wide_last, wide_first)


def _asked(*queries: PatientQuery) -> tuple[PatientQuery, ...]:
    """Each once: Cerbo does not mind the case."""
    given = (each for each in queries if each.last_name or each.first_name)
    once = {(each.last_name.casefold(), each.first_name.casefold()): each for each in reversed(list(given))}
    return tuple(reversed(once.values()))[:MAX_QUESTIONS]


def _or_typed(name: str, least: int, *, is_last: bool = False) -> str:
    return _wide(name, least, is_last=is_last) or folded(name)


def _wide(name: str, least: int, *, is_last: bool = False) -> str:
    """`name` as a pattern that keeps at least `least` letters; empty where none would be narrow enough."""
    words = folded(name).split()
    if not words or not all(word.isascii() and word.isalpha() for word in words):
        return ""
    shapes = [_without_vowels(words[0], least, is_last=is_last), *(_body(word) for word in words[1:])]
    if len(words) == 1 and is_last and least == _ALONE and _may_be_vietnamese(words[0]):
        shapes = [f"đ{WILDCARD}{_body(words[0][1:])}"]
    elif len(words) == 1 and _kept(shapes) < least:
        shapes = [_of_few_consonants(words[0], least)]
    pattern = _joined(WILDCARD.join(shapes))
    return pattern if _kept(shapes) >= least and pattern != " ".join(words) else ""


def _without_vowels(word: str, least: int, *, is_last: bool) -> str:
    """The first letter and the consonants after it. A first letter that may carry a mark gives way where it can."""
    head, body = word[0], _body(word[1:])
    may_have_apostrophe = is_last and head == "o"
    heads = _MARKED_HEADS if least >= _ALONE else _MARKED_HEADS | _RARELY_MARKED_HEADS
    if head in heads and not may_have_apostrophe and _kept([body]) >= least:
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
    return next((shape for shape in shapes if _kept([shape]) >= least), "")


def _with_enye(word: str) -> str:
    before, n, after = word[1:].rpartition("n")
    may_be = n and after[:1] in ("", *_VOWELS)
    return f"{word[0]}{_body(before)}{WILDCARD}ñ{after}" if may_be else ""


def _may_be_vietnamese(word: str) -> bool:
    """Dang, Do, Dinh: one syllable that begins with what may be a đ."""
    ending = word[1:].lstrip("aeiouy")
    return word[0] == "d" and word[1:2] in _VOWELS and ending in ("", "ng", "nh", "c", "ch", "t", "p", "m", "n")


def _kept(shapes: list[str]) -> int:
    return sum(sign != WILDCARD for shape in shapes for sign in shape)


def _joined(pattern: str) -> str:
    """Each run of wildcards as one, a few of them, and none at the end: every question is a prefix.

    A database may need very long for a pattern of many.
    """
    head, *pieces = pattern.split(WILDCARD)
    return WILDCARD.join([head, *[piece for piece in pieces if piece][:_MOST_PIECES]])
