"""The ways in which Cerbo may spell a name that was typed, as few questions with wildcards.

Whether Cerbo tells é from e, or O'Brien from OBrien, is unknown (contract 5.1). A wildcard stands for the letters that
may carry a mark and for an apostrophe or a space that may be missing. The answers are compared by `folded` afterwards,
so that a wildcard brings no strangers.
"""

from dataclasses import dataclass

from cerbo_desktop.domain.patient import folded, split_generation
from cerbo_desktop.domain.patient_query import WILDCARD, PatientQuery
from cerbo_desktop.services.search.name_patterns import (
    ALONE,
    PAIRED,
    Cautious,
    cautious,
    is_simple,
    joined,
    kept,
    narrow,
)

MAX_QUESTIONS = 4
"""For one search: more would be unkind to the server."""
_ENOUGH_FOR_TWO, _LEAST_FOR_TWO, _ENOUGH_FOR_ONE, _NARROW_ALONE = 10.0, 8.0, 8.0, 5.0
"""Weights of cautious patterns: a hundred rows are enough in a clinic of 10,000; worth asking without narrow ones."""
_PARTICLES = frozenset(
    ["d", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "l", "la", "le", "los", "mac", "mc", "o"]
)
"""Words that begin a last name rather than being a name: de la Cruz, Mc Donald, O Brien."""


@dataclass(frozen=True, slots=True)
class Round:
    """Questions that are asked together, and what is asked after them; `MAX_QUESTIONS` in all."""

    questions: tuple[PatientQuery, ...]
    if_cut: tuple[PatientQuery, ...] = ()
    """Narrow questions: Cerbo did not give every row of an answer."""
    if_nobody: tuple[PatientQuery, ...] = ()
    """Plain questions: nobody fits, or the server takes a wildcard within a name for a letter."""
    finds_everybody: bool = True
    """Answers that were not cut hold everybody whose name reads as it was typed."""
    rules_out: bool = True
    """Where nobody is found, nobody is there: also no one whose typed first name is the second."""
    hints: tuple[PatientQuery, ...] = ()
    """Those of `questions` that others make good: where somebody is found, a cut answer to these means nothing."""


_Questions = tuple[PatientQuery, ...]


def spelled_as_it_stands(last: str, first: str) -> _Questions:
    """Ask for the names exactly as typed, even where the words are most likely no names. Other names may stand before
    the last name."""
    patterns = _cautious_pairs(last, first.split()[0]) if first else (PatientQuery(folded(last)),)
    return tuple(map(_after_others, patterns[:2]))


def spelled_alone(name: str, also: _Questions = ()) -> Round:
    """One name that may be the last or the first. `also`: questions that must be among them."""
    plain, bare = _either(name), folded(name)
    if not is_simple(bare.replace(" ", "")):
        return _asked(*plain, *_either(bare), *also)
    last, first = _either(_wide(name))
    patterns = cautious(name, _ENOUGH_FOR_ONE).patterns
    if len(patterns) == 1:
        second_part = PatientQuery(_after_any(last.last_name))
        questions = (*_either(patterns[0]), *also, second_part)
        return _asked(*questions, if_cut=(last, first), nobody=(plain[0],), hints=(second_part,))
    if patterns:
        return _asked(*_either(bare), *also, *map(PatientQuery, patterns), finds_everybody=False)
    return _asked(*plain, *also, last, first, *_either(bare[:1]), finds_everybody=False)


def spelled_in_fields(last: str, first: str, also: _Questions = ()) -> Round:
    """Names whose fields are known, one of which may be empty."""
    as_typed = PatientQuery(last, first)
    near = _pair(last, first) if last and first else PatientQuery(_wide(last), _wide(first))
    pairs = _cautious_pairs(last, first)
    if not pairs:
        bare = PatientQuery(folded(last), folded(first))
        return _asked(as_typed, near, *also, bare, nobody=(_after_others(near),), finds_everybody=False)
    second_part = tuple(map(_after_others, pairs))
    if last and first:
        return _asked(as_typed, *second_part, *also, if_cut=(near,), nobody=(_after_others(near),))
    return _asked(as_typed, *pairs, *also, *second_part, if_cut=(near,), hints=second_part)


def spelled_in_any_order(words: tuple[str, ...], also: _Questions = ()) -> Round:
    """Two or more words: first names then last names, the reverse, or all of them in one of the two fields."""
    head, tail = words[0], words[-1]
    near = (_pair(tail, head), _pair(head, tail))
    in_order, reverse = _cautious_pairs(tail, head), _cautious_pairs(head, tail)
    if len(words) > 2:
        near = (_after_others(near[0]), _before_others(near[1]))
        in_order, reverse = tuple(map(_after_others, in_order)), tuple(map(_before_others, reverse))
    else:
        in_order, reverse = tuple(map(_after_others, in_order)), tuple(map(_after_others, reverse))
    weight = _weight(tail, head)
    if has_room := weight >= _ENOUGH_FOR_TWO:
        in_order, reverse = tuple(map(_before_others, in_order)), tuple(map(_before_others, reverse))
    name = " ".join(words)
    whole = _either(_wide(name))
    if head in _PARTICLES:
        return _of_particle(name, near, whole[0])
    plain_head = PatientQuery(first_name=head)
    if not in_order:
        return _asked(*near, *also, whole[0], plain_head, hints=(plain_head,), finds_everybody=False)
    if len(in_order) > 1:
        if weight < _LEAST_FOR_TWO:
            return _asked(*near, in_order[0], reverse[0], finds_everybody=False)
        return _asked(*in_order, *reverse, *also, rules_out=False)
    if weight < _LEAST_FOR_TWO:
        return _asked(*in_order, *reverse, *also, if_cut=near, nobody=(plain_head, whole[0]), rules_out=False)
    return _asked(*in_order, *reverse, *also, whole[0], plain_head, hints=(plain_head,), rules_out=has_room)


def _of_particle(name: str, near: tuple[PatientQuery, PatientQuery], whole: PatientQuery) -> Round:
    """All of it is most likely one last name. As first and last name it is asked for without every spelling."""
    patterns = cautious(name, _ENOUGH_FOR_ONE).patterns
    return _asked(*map(PatientQuery, patterns[:1]), whole, *near, finds_everybody=False)


def spelled_as_namesake(last: str, first: str) -> Round:
    """Questions for other people of this name: as it stands, and however it is spelled or divided.

    The name as a whole finds its bearers where a hundred others have names that only begin so.
    """
    last, first = split_generation(last)[0], split_generation(first)[0]
    same = _spelled_as_given(last, first)
    words = tuple(folded(f"{first} {last}").split())
    if not (last and first) or len(words) < 2:
        return same
    divided = tuple(map(_after_others, _cautious_pairs(words[-1], words[0]))) if len(words) > 2 else ()
    questions = (PatientQuery(last, first, is_whole=True), *same.questions[1:], *divided)
    finds_everybody = same.finds_everybody and (bool(divided) or len(words) == 2)
    return _asked(*questions, if_cut=same.if_cut, finds_everybody=finds_everybody)


def _spelled_as_given(last: str, first: str) -> Round:
    """Without what may stand before the last name: then the name is another one."""
    near = _pair(last, first) if last and first else PatientQuery(_wide(last), _wide(first))
    pairs = _cautious_pairs(last, first)
    if pairs:
        return _asked(PatientQuery(last, first), *pairs, if_cut=(near,))
    bare = PatientQuery(folded(last), folded(first))
    return _asked(PatientQuery(last, first), near, bare, finds_everybody=False)


def with_typed(asked: Round, last: str, first: str) -> Round:
    """Marks that were typed are asked for as they stand where no question is sure to find every spelling."""
    if asked.finds_everybody or folded(f"{last} {first}") == f"{last} {first}".casefold():
        return asked
    return _asked(PatientQuery(last, first), *asked.questions, hints=asked.hints, finds_everybody=False)


def _asked(
    *questions: PatientQuery,
    if_cut: tuple[PatientQuery, ...] = (),
    nobody: tuple[PatientQuery, ...] = (),
    finds_everybody: bool = True,
    rules_out: bool = True,
    hints: tuple[PatientQuery, ...] = (),
) -> Round:
    once = _once(questions)
    together = once[:MAX_QUESTIONS]
    left = MAX_QUESTIONS - len(together)
    later_if_cut = tuple(each for each in _once(if_cut) if each not in together)[:left]
    later_if_nobody = tuple(each for each in _once(nobody) if each not in together)[:left]
    is_whole = finds_everybody and len(once) == len(together)
    return Round(together, later_if_cut, later_if_nobody, is_whole, rules_out, hints)


def _once(queries: tuple[PatientQuery, ...]) -> tuple[PatientQuery, ...]:
    """Each once: Cerbo does not mind the case."""
    given = [each for each in queries if each.last_name or each.first_name]
    once = {(each.last_name.casefold(), each.first_name.casefold(), each.is_whole): each for each in reversed(given)}
    return tuple(reversed(once.values()))


def _either(name: str) -> tuple[PatientQuery, PatientQuery]:
    return PatientQuery(name), PatientQuery(first_name=name)


def _cautious_pairs(last: str, first: str) -> tuple[PatientQuery, ...]:
    """Everybody of this last and first name, in one question or two. Empty where every letter may carry a mark."""
    a, b = _cautious_two(last, first)
    if len(a.patterns) > 1 and len(b.patterns) > 1:
        b = Cautious()
    if len(a.patterns) > 1 and b.weight >= _NARROW_ALONE:
        a = Cautious()
    if len(b.patterns) > 1 and a.weight >= _NARROW_ALONE:
        b = Cautious()
    pairs = [PatientQuery(each, other) for each in a.patterns or ("",) for other in b.patterns or ("",)]
    return tuple(pair for pair in pairs if pair.last_name or pair.first_name)


def _cautious_two(last: str, first: str) -> tuple[Cautious, Cautious]:
    """The fewest letters of both that are narrow enough."""
    a, b = cautious(last, 0.1), cautious(first, 0.1)
    if a.weight + b.weight < _ENOUGH_FOR_TWO:
        a = cautious(last, _ENOUGH_FOR_TWO - b.weight)
    if a.weight + b.weight < _ENOUGH_FOR_TWO:
        b = cautious(first, _ENOUGH_FOR_TWO - a.weight)
    return a, b


def _weight(last: str, first: str) -> float:
    return sum(each.weight for each in _cautious_two(last, first))


def _pair(last: str, first: str) -> PatientQuery:
    """Both names with wildcards; one that is narrow by itself lets the other keep a single letter."""
    wide_last, wide_first = _wide(last, PAIRED), _wide(first, PAIRED)
    if kept(wide_last) >= ALONE:
        return PatientQuery(wide_last, _wide(first, 1))
    if kept(wide_first) >= ALONE:
        return PatientQuery(_wide(last, 1), wide_first)
    return PatientQuery(wide_last, wide_first)


def _wide(name: str, least: int = ALONE) -> str:
    return narrow(name, least) or folded(name)


def _after_others(query: PatientQuery) -> PatientQuery:
    """Other names may stand before the last name, in its field."""
    return PatientQuery(_after_any(query.last_name), query.first_name)


def _before_others(query: PatientQuery) -> PatientQuery:
    return PatientQuery(query.last_name, _after_any(query.first_name))


def _after_any(pattern: str) -> str:
    return joined(WILDCARD + pattern) if pattern else ""
