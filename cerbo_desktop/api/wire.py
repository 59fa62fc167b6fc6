"""What Cerbo's JSON may look like, read tolerantly into plain values.

Forms that were seen or are plausible: contract 2, 15. Everything here either gives a strict value or the
value's "nothing"; only an answer that is no answer raises.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefusal, ServerRefused
from cerbo_desktop.domain.limits import MAX_JSON_COMMAS

Answer = TypeVar("Answer")
Record = Mapping[str, object]

_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.:~-]{0,63}")
_WHOLE = re.compile(r"(\d+)\.0+")
_NO_ID_WORDS = frozenset({"null", "none", "nil", "nan", "undefined", "false", "true"})
"""What programs write as text where they have no id."""
_EXACT_FLOATS = 2**53
_CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029]")
_DECEIVING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Characters that turn the reading direction, and halves of characters."""
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
"""An escape in JSON's text; in the group where it is one half of a pair without the other."""
SPACES = b" \t\r\n"
_MAX_TEXT = 300


def decoded(body: bytes) -> object:
    """The JSON of an answer. Raises like `decoded_as`."""
    return decoded_as(body, msgspec.json.decode)


def decoded_as(body: bytes, read: Callable[[bytes], Answer]) -> Answer:
    """What `read` makes of an answer's JSON. Half a character in one text does not spoil the rest.

    Raises:
        BadAnswer: a web page, no JSON, nested past all sense, or with more in it than any list of Cerbo's has.
    """
    if body.count(b",") > MAX_JSON_COMMAS:
        raise BadAnswer(BadAnswerKind.TOO_LARGE)
    bare = body.removeprefix(b"\xef\xbb\xbf")
    try:
        try:
            return read(bare)
        except msgspec.DecodeError:
            if (mended := _without_half_characters(bare)) == bare:
                raise
            return read(mended)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        kind = BadAnswerKind.WEB_PAGE if is_web_page(body) else BadAnswerKind.NOT_JSON
        raise BadAnswer(kind) from None


def _without_half_characters(text: bytes) -> bytes:
    """With a mark that something is missing in place of each lone surrogate."""
    return _ESCAPE.sub(lambda found: found[0] if found[1] is None else b"\\ufffd", text)


def is_web_page(body: bytes) -> bool:
    """Whether the body is a web page."""
    return body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def record_of(answer: object) -> Record:
    """The one object of an answer, bare or in `{"data": {...}}` (contract 2.2).

    Raises:
        ServerRefused: `result` is false, which a status of 200 may come with (contract 2.3).
        BadAnswer: there is no object.
    """
    if not isinstance(answer, dict):
        raise BadAnswer(BadAnswerKind.WRONG_SHAPE)
    refuse_false_result(answer)
    inner = answer.get("data")
    return inner if isinstance(inner, dict) and not id_text(answer.get("id")) else answer


def refuse_false_result(answer: Record) -> None:
    """Raise `ServerRefused` for `result: false`."""
    if flag(answer.get("result")) is False:
        raise ServerRefused(ServerRefusal.RESULT_FALSE)


def id_text(value: object) -> str:
    """An id as trimmed text from text or whole number (contract 2.4); empty where it is none that fits a path.

    A whole number may come as 5401.0 from a server that counts in floating point.
    """
    if isinstance(value, float):
        value = int(value) if value.is_integer() and abs(value) < _EXACT_FLOATS else None
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    text = text.strip() if isinstance(text, str) else ""
    if whole := _WHOLE.fullmatch(text):
        text = whole[1]
    return text if _ID.fullmatch(text) and text.lower() not in _NO_ID_WORDS else ""


def first_id(record: Record, *names: str) -> str:
    """The first of these fields that holds an id; empty where none does."""
    return next((found for name in names if (found := id_text(record.get(name)))), "")


def same_id(one: str, other: str) -> bool:
    """True for equal ids; leading zeros of numbers do not count."""
    if one.isdecimal() and other.isdecimal():
        return one.lstrip("0") == other.lstrip("0")
    return one == other


def clean_text(value: object, max_letters: int = _MAX_TEXT) -> str:
    """Text fit to be shown: one line, no control or direction-turning characters, capped."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else ""
    if not isinstance(value, str):
        return ""
    plain = _DECEIVING.sub("", _CONTROL.sub(" ", value[: 4 * max_letters]))
    return " ".join(plain.split())[:max_letters].rstrip()


def first_text(record: Record, *names: str) -> str:
    """The first of these fields that holds a text; empty where none does."""
    return next((found for name in names if (found := clean_text(record.get(name)))), "")


def flag(value: object) -> bool | None:
    """A boolean from true, 1, "1", "true" and their opposites (contract 2.5); None for anything else."""
    if isinstance(value, str):
        value = value.strip().lower()
    if value in (True, 1, "1", "true"):
        return True
    return False if value in (False, 0, "0", "false") else None


def whole_number(value: object) -> int | None:
    """A count from a number or digits; None where it is none or negative."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal():
        value = int(value.strip()[:18])
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18
    return value if is_count and isinstance(value, int) else None
