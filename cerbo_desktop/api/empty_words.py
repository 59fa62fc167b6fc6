"""Words in which an answer without rows says that there are none (ANSWERS 1).

A message counts only where each of its words is known: what else it may say, such as that rows are withheld, has no
end.
"""

import re

from cerbo_desktop.api.name_words import spaced, word_set

MESSAGES = word_set(
    "message messages detail details reason msg warning warnings notice note notes info explanation hint comment"
)
"""In the name of a field that is for people."""
VERDICTS = word_set("status state outcome result code verdict")
RIGHTS = word_set("access visibility availability permission permissions rights")
_NONE = word_set(
    "0 no none nothing zero empty any there is are was were be been have has had exist exists found available returned"
    " retrieved listed stored uploaded added yet for of in on by to show display with from between and or this that the"
    " these a an list lists patient patients patient's chart record records result results row rows item items entry"
    " entries data content object objects match matches matched matching search query criteria filter filters term"
    " date dates day today range period selected specified given requested request requests response image images photo"
    " photos picture pictures photograph photographs personal medical profile document documents appointment"
    " appointments scheduled upcoming visit visits event events people person portal queue enqueued page"
)
_DONE = word_set("200 ok okay success successful successfully succeeded complete completed done")
_ACTS = word_set("fetched loaded processed executed received")
"""What succeeded; without that word they may tell of what did not."""
_STATE = word_set("open active current all valid")
_ALLOWED = word_set("full granted allowed permitted read write public visible available all ok yes")
_PHRASES = re.compile(
    r"\b(does not have|doesn.t have|has not (uploaded|added) any|(do|does|did) not match|did not return|fetched (?=0)"
    r"|your (search|query|request)|no (pending|open|new|active|users))\b"
)
_NO_PATIENT = re.compile(r"\b(no|0|zero) (matching )?patients?( was| were)?( found| match| exist|\W*$)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED_BY_NUMBER = ("patient", "id", "chart")


def says_none(text: str, *, of_patients: bool) -> bool:
    """Whether the text says that there are no rows, or that all is well, or nothing at all.

    That there is no such patient is no word on photos: it counts only with `of_patients`.
    """
    plain = _plain(text)
    if not of_patients and _NO_PATIENT.search(plain):
        return False
    words = _words(_PHRASES.sub(" no ", plain))
    known = _NONE | _DONE | {"id"} | (_ACTS if _DONE & set(words) else frozenset())
    return all(
        word in known or (word.isdecimal() and before in _NAMED_BY_NUMBER)
        for before, word in zip(["", *words], words, strict=False)
    )


def says_done(text: str) -> bool:
    """Whether the text says nothing but that all is well, or that there is nothing."""
    return set(_words(_plain(text))) <= _NONE | _DONE | _STATE


def says_allowed(text: str) -> bool:
    """Whether the text says nothing but that access is granted."""
    return set(_words(_plain(text))) <= _ALLOWED


def _plain(text: str) -> str:
    return spaced(_DAY.sub(" ", text.strip())).lower()


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
