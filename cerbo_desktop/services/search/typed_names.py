"""The names in a typed or pasted text, and the words beside them: titles, suffixes, degrees, a letter for the sex.

Words beside the names are left out of the questions to Cerbo. Some may be names after all (Do, Ma, Sr), so that the
text is asked for as it stands too, and whoever does not bear them is shown but never opened at once.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cerbo_desktop.domain.patient import Patient, Sex, folded, generation_of

_NO_NAME_SIGNS = frozenset(":=()[]{}|/~^$+&!")
"""Where one of these is left within a name, the text is more than a name."""
_NAME_WITH_DIGITS = re.compile(r"^(?:[a-z]+\d{1,3}|\d(?:st|nd|rd|th))$", re.IGNORECASE)
"""Test2, Louis 3rd"""
_SEX_TITLES = dict.fromkeys(["mr", "senor"], Sex.MALE) | dict.fromkeys(
    ["mrs", "ms", "miss", "sra", "srta", "senora", "senorita"], Sex.FEMALE
)
_SENOR = "Señor"
_TITLES = frozenset(["mx", "dr", "dra", "prof", "sr", *_SEX_TITLES])
"""Before a name. Sr is Señor there; after a name it is Senior."""
_DEGREES = frozenset(["phd", "dds", "dmd", "dvm", "dpm", "rn", "np", "crna", "aprn", "fnp", "lcsw", "mbbs", "pharmd"])
_DEGREES_OR_NAMES = frozenset(["md", "do", "ma", "pa"])
"""Md Rahman, Kim Do, Ma Jun."""
_SEXES = (
    {"f": Sex.FEMALE, "m": Sex.MALE}
    | dict.fromkeys(("female", "femenino", "femenina", "mujer"), Sex.FEMALE)
    | dict.fromkeys(("male", "masculino", "masculina", "hombre"), Sex.MALE)
)
_MAY_BE_NAMES = _DEGREES_OR_NAMES | {"sr", "v", "f", "m"}
"""Words after two names or more that may be one, too. Mrs, Jr and PhD never are."""


@dataclass(frozen=True, slots=True)
class TypedNames:
    """The names in a text, and the words beside them."""

    last: str = ""
    first: str = ""
    either: tuple[str, ...] = ()
    """Names given without a comma: their order is open."""
    left_over: str = ""
    """Figures by themselves, and what stands in brackets."""
    left_out: tuple[str, ...] = ()
    """Words beside the names, as they were typed."""
    to_bear: tuple[str, ...] = ()
    """Those of them that tell people apart: a record without them may be another person's."""
    as_typed: tuple[str, str] | None = None
    """Last and first name with all words, where one was left out that may be a name."""

    @property
    def are_readable(self) -> bool:
        """False where figures or signs are left that no name has: a part of the text would be passed over."""
        words = [word for part in (self.last, self.first, *self.either) for word in part.split()]
        return not self.left_over and all(
            not _NO_NAME_SIGNS & set(word)
            and (not any(map(str.isdigit, word)) or _NAME_WITH_DIGITS.match(word) is not None)
            for word in words
        )

    @property
    def is_long_enough(self) -> bool:
        return any(_is_long_enough(part) for part in (self.last, self.first, *self.either))


def names_in(text: str) -> TypedNames:
    """Last and first name where there is a comma between them, otherwise names in an order that is open."""
    parts = [[_without_brackets(word) for word in part.split()] for part in text.split(",")]
    read = _around_comma(parts[0], parts[1:]) if len(parts) > 1 else _in_any_order(parts[0])
    return replace(read, left_over=" ".join(word for part in parts for word in part if _is_no_name(word)))


def bears(patient: Patient, word: str) -> bool:
    """True when the record has this word of `to_bear`. A letter is an initial or stands for the sex."""
    wanted = folded(_trimmed(word))
    if wanted_generation := generation_of(wanted):
        return patient.generation == wanted_generation or wanted in folded(patient.every_name).split()
    if wanted in _SEX_TITLES and patient.sex in (_SEX_TITLES[wanted], Sex.UNSTATED):
        return True
    if wanted in _SEXES and patient.sex in (_SEXES[wanted], Sex.UNSTATED):
        return True
    if len(wanted) == 1 and wanted not in _SEXES and not patient.middle_name:
        return True
    written = folded(patient.every_name).split()
    return wanted in written if wanted in _SEX_TITLES else any(name.startswith(wanted) for name in written[1:])


@dataclass(frozen=True, slots=True)
class _Read:
    names: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


_IsBeside = Callable[[str, int], bool]
"""Whether a word at the end is none of the names, and how many words stand before it."""


def _around_comma(last: Sequence[str], more: Sequence[Sequence[str]]) -> TypedNames:
    first = [word for part in more for word in part]
    is_all_beside = any(map(_trimmed, first)) and all(_is_beside_a_name(each, 1) or _is_title(each) for each in first)
    is_name_and_degree = len(last) > 1 and bool(first) and all(_is_degree(word) for word in first)
    if any(map(_trimmed, last)) and (is_all_beside or is_name_and_degree):  # Robert Downey, Jr.
        read = _in_any_order(last, behind=tuple(first))
        return replace(read, as_typed=(_joined(last), _joined(first))) if is_name_and_degree else read
    return _in_fields(_read(last, _is_beside_a_name), _read(first, _is_beside_first_names))


def _in_fields(last: _Read, first: _Read) -> TypedNames:
    names = TypedNames(last=_joined(last.names), first=_joined(first.names))
    whole = tuple(_joined((*each.before, *each.names, *each.after)) for each in (last, first))
    return _with_beside(names, (*last.before, *first.before), (*last.after, *first.after), (whole[0], whole[1]))


def _in_any_order(words: Sequence[str], behind: tuple[str, ...] = ()) -> TypedNames:
    words = [word for word in words if _trimmed(word)]
    read = _read(words, _is_beside_full_name)
    names = TypedNames(either=tuple(map(_trimmed, read.names)))
    whole = (_trimmed(words[-1]), _joined(words[:-1])) if words else ("", "")
    return _with_beside(names, read.before, (*read.after, *behind), whole)


def _with_beside(
    names: TypedNames, before: tuple[str, ...], after: tuple[str, ...], as_typed: tuple[str, str]
) -> TypedNames:
    after = tuple(word for word in after if _trimmed(word))
    to_bear = (*map(_as_title, filter(_tells_sex, before)), *filter(_tells_apart, after))
    if len(names.either) > 1:
        is_open = any(folded(_trimmed(word)) in _MAY_BE_NAMES for word in after)
    else:
        is_open = bool(before or to_bear)
    return replace(names, left_out=(*before, *after), to_bear=to_bear, as_typed=as_typed if is_open else None)


def _tells_sex(title: str) -> bool:
    return folded(_trimmed(title)) in _SEX_TITLES or _is_senior_or_senor(title)


def _tells_apart(word: str) -> bool:
    bare = folded(_trimmed(word))
    return bare in _SEX_TITLES or bare not in _DEGREES | (_TITLES - {"sr"})


def _as_title(title: str) -> str:
    """Before a name, Sr is no Senior."""
    return _SENOR if _is_senior_or_senor(title) else title


def _is_senior_or_senor(word: str) -> bool:
    return folded(_trimmed(word)) == "sr"


def _read(words: Sequence[str], is_beside: _IsBeside) -> _Read:
    """Titles off the head and what is beside the names off the end; one name is always left."""
    start, end = 0, len(words)
    while end - start > 1 and _is_title(words[start]):
        start += 1
    while end - start > 1 and is_beside(words[end - 1], end - start - 1):
        end -= 1
    return _Read(tuple(words[start:end]), tuple(words[:start]), tuple(words[end:]))


def _is_beside_a_name(word: str, _others: int) -> bool:
    bare = folded(_trimmed(word))
    return len(bare) > 1 and (bare in _DEGREES or bare in _SEXES or bool(generation_of(bare)))


def _is_beside_full_name(word: str, others: int) -> bool:
    """Kim Do are two names; in Maria Lopez MD and Maria Lopez F either may be meant."""
    bare = folded(_trimmed(word))
    return _is_beside_a_name(word, others) or (others > 1 and (bare in _DEGREES_OR_NAMES or bare in _SEXES))


def _is_beside_first_names(word: str, others: int) -> bool:
    bare = folded(_trimmed(word))
    return _is_beside_a_name(word, others) or bare in _DEGREES_OR_NAMES or len(bare) == 1


def _is_title(word: str) -> bool:
    return folded(_trimmed(word)) in _TITLES


def _is_degree(word: str) -> bool:
    return folded(_trimmed(word)) in _DEGREES | _DEGREES_OR_NAMES


def _without_brackets(word: str) -> str:
    """Lopez, Maria (F). No name stands in brackets, so that one letter there is no initial."""
    inner = word[1:-1]
    if word[:1] + word[-1:] not in ("()", "[]"):
        return word
    if (sex := _SEXES.get(inner.lower())) is not None:
        return sex.value
    return inner if generation_of(inner) else word


def _joined(words: Sequence[str]) -> str:
    return _trimmed(" ".join(words))


def _trimmed(name: str) -> str:
    return " ".join(name.strip(" .;/#()[]&+!|~^{}$").split()) if _has_letter(folded(name)) else ""


def _is_no_name(word: str) -> bool:
    is_figure = any(map(str.isdigit, word)) and not _has_letter(word)
    return is_figure or (word[0] in "([{" and _has_letter(word))


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_long_enough(name: str) -> bool:
    letters = [sign for sign in folded(name) if sign.isalpha()]
    return len(letters) >= 2 or any(unicodedata.east_asian_width(sign) in "WF" for sign in letters)
