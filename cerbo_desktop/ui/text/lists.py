"""Independent facts in a row. A sentence is never built this way: it has one source of its own."""

from collections.abc import Sequence
from functools import reduce

from cerbo_desktop.ui.text.catalogue import translate


def spoken(*parts: str) -> str:
    """Maria Lopez, born 4 March 1981, female; empty parts are left out. For names that screen readers say."""
    return _joined(translate("Lists", "{first}, {rest}"), parts)


def between() -> str:
    """What stands between two facts of `spoken`: a comma and a blank."""
    return translate("Lists", "{first}, {rest}").format(first="", rest="")


def sentences(*parts: str) -> str:
    """Whole sentences one after another; empty parts are left out."""
    return _joined(translate("Lists", "{first} {rest}", "two whole sentences"), parts)


def ended(part: str) -> str:
    """A heading as a sentence of its own: with a full stop, where it has no other sign at its end."""
    return part if part.endswith((".", "?", "…", ":")) else translate("Lists", "{sentence}.").format(sentence=part)


def headed(title: str, text: str) -> str:
    """Join a heading and the text below it as a reader says them, such as "Offline since 10:02. Keep working"."""
    if not text:
        return title
    return translate("Lists", "{title}. {text}").format(title=title.rstrip("."), text=text)


def dotted(*parts: str) -> str:
    """44 years · Female · ID 10482; empty parts are left out"""
    return _joined(translate("Lists", "{first} · {rest}"), parts)


def between_dots() -> str:
    """What stands between two facts of `dotted`."""
    return translate("Lists", "{first} · {rest}").format(first="", rest="")


def unbroken(words: str) -> str:
    """The same words, which stay on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def listed(names: Sequence[str]) -> str:
    """Maria Lopez, Hana Kim and Grace Adeyemi; give one name or more"""
    *before, last = names
    return _ended_by(translate("Lists", "{first} and {last}", "inside a sentence: names"), before, last)


def either(names: Sequence[str]) -> str:
    """Alt 1, Alt 2 or Alt 3; give one name or more"""
    *before, last = names
    return _ended_by(translate("Lists", "{first} or {last}", "inside a sentence: dates or keys"), before, last)


def labelled(label: str, value: str) -> str:
    """Size: 2.1 MB; for a label and what stands beside it"""
    return translate("Lists", "{label}: {value}").format(label=label, value=value)


def _ended_by(pattern: str, before: Sequence[str], last: str) -> str:
    return pattern.format(first=spoken(*before), last=last) if before else last


def _joined(pattern: str, parts: Sequence[str]) -> str:
    said = [part for part in parts if part]
    return reduce(lambda first, rest: pattern.format(first=first, rest=rest), said) if said else ""
