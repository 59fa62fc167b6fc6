"""Whether an answer that came with a good status tells of a failure in its own words (contract 2.3, 2.7).

One reader for all answers: to a photo, to a withdrawal, and around the rows of a list.
"""

import re
from collections.abc import Iterable, Iterator

from cerbo_desktop.api import wire
from cerbo_desktop.api.name_words import spaced
from cerbo_desktop.api.wire import Record

_ERROR_NAME = re.compile(r"error|exception|(?<!de)fault", re.IGNORECASE)
"""In the name of a field: `error_message`, `errorCode`, but not `default_provider`."""
_VERDICT_FIELDS = ("status", "result", "outcome", "state", "code", "object", "type")
_SUCCESS_FIELDS = ("success", "ok", "saved", "stored", "created", "valid", "added", "uploaded", "received")
"""`accepted` is not among them: an entry of the queue is not accepted before staff do so."""
_CODE_FIELDS = ("status", "status_code", "code")
_MESSAGE_FIELDS = ("message", "messages", "detail", "details", "reason", "msg", "warning", "warnings")
_ENVELOPE_FIELDS = ("data", "response", "result", "results", "body", "payload", "meta", "status", "outcome")
"""Where another object or list may speak of the same request. Any other object is about something else."""
_FAILURE = re.compile(
    r"\b(errors?|fail|fails|failed|failure|fault|exception|expired|invalid|denied|refused|rejected|forbidden|aborted"
    r"|unauthori[sz]ed|unable|cannot|can.?t|could not|couldn.?t|timed out|timeout|unavailable|missing|exceeded|quota"
    r"|ignored|skipped|ended|partial|incomplete|too (large|big|long|many)|no space|(sign|log) ?(in|on)"
    r"|not (allowed|permitted|authori[sz]ed|logged|signed|found|valid|saved|stored|accepted|added|supported|processed"
    r"|received|uploaded|created|available))\b",
    re.IGNORECASE,
)
_SIGNED_OUT = re.compile(
    r"\b(session (has |is )?(expired|ended|timed out)|(log|sign) ?in again|unauthori[sz]ed|access denied)\b",
    re.IGNORECASE,
)
"""No request succeeds with these words, whatever else its answer says."""
_WITHHELD = re.compile(
    r"\b(permissions?|privileges?|insufficient|restricted|restrictions?|hidden|withheld|locked|redacted|maintenance"
    r"|(rate|request) limit)\b",
    re.IGNORECASE,
)
"""Rows may be kept back with these words. To a photo that was sent they mean nothing: it may well wait."""
_DEEPEST = 4


def tells_failure(told: Record, *, is_confirmed: bool, may_be_bare: bool) -> bool:
    """Whether `told`, or an object within it that speaks of the same request, tells of a failure.

    `is_confirmed`: it says `result: true`, so that in its message only words of a sign-in that is over count.
    `may_be_bare`: a message and nothing else is a gateway's error.
    """
    return any(_is_failure(each, is_confirmed, may_be_bare) for each in _objects(told, _DEEPEST))


def envelope_tells_failure(envelope: Record) -> bool:
    """Whether what stands around the rows of a list tells of a failure; so does a message in the place of rows.

    `envelope` comes without its rows, or with None in their place. Such a list may not pass for an empty one.
    """
    is_confirmed = wire.flag(envelope.get("result")) is True
    is_bare = envelope.get("data", ()) is None and not is_confirmed and bool(message_of(envelope))
    keeps_back = says_withheld(message_of(envelope))
    return is_bare or keeps_back or tells_failure(envelope, is_confirmed=is_confirmed, may_be_bare=False)


def is_message(name: str) -> bool:
    """Whether a field of this name is meant for people."""
    return name in _MESSAGE_FIELDS


def _objects(value: object, levels: int) -> Iterator[Record]:
    """`value` and what stands in its envelope fields, as far as `levels` of objects and lists."""
    inner: Iterable[object] = value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
        inner = [value.get(name) for name in _ENVELOPE_FIELDS]
    if levels:
        for each in inner:
            yield from _objects(each, levels - 1)


def _is_failure(record: Record, is_confirmed: bool, may_be_bare: bool) -> bool:
    if any(_ERROR_NAME.search(name) and _is_set(value) for name, value in record.items()):
        return True
    if any(wire.flag(record.get(name)) is False for name in _SUCCESS_FIELDS):
        return True
    if any(300 <= (wire.whole_number(record.get(name)) or 0) < 600 for name in _CODE_FIELDS):
        return True
    if any(speaks_of_failure(wire.clean_text(record.get(name))) for name in _VERDICT_FIELDS):
        return True
    message = message_of(record)
    is_gateways = may_be_bare and bool(message) and record.keys() <= set(_MESSAGE_FIELDS)
    if is_confirmed:
        return _SIGNED_OUT.search(message) is not None
    return is_gateways or speaks_of_failure(message)


def _is_set(value: object) -> bool:
    return bool(value) and wire.flag(value) is not False


def speaks_of_failure(text: str) -> bool:
    """Whether the text holds words of a failure."""
    return _FAILURE.search(spaced(text)) is not None


def says_withheld(text: str) -> bool:
    """Whether the text says that something is kept back."""
    return _WITHHELD.search(spaced(text)) is not None


def message_of(record: Record) -> str:
    """All that the record says to people, as one text."""
    return " ".join(texts([record.get(name) for name in _MESSAGE_FIELDS], _DEEPEST))


def texts(value: object, levels: int = _DEEPEST) -> Iterator[str]:
    """Each text in a JSON value, down to `levels`."""
    if isinstance(value, str):
        yield wire.clean_text(value)
    elif levels and isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each, levels - 1)
