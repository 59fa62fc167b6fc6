"""A photo out of text: base64, or JSON with base64 in it. Whole, or as much of it as has arrived.

Works in small pieces: one call over 16 MB would hold the interpreter, and with it the interface, for longer than a
frame.
"""

import binascii
import re
from collections.abc import Iterator

from cerbo_desktop.api import whose, wire
from cerbo_desktop.api.media_types import HEAD_BYTES, media_type_of
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, ServerRefused
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_DOWNLOAD_BYTES
from cerbo_desktop.domain.photo import Content

MAX_TEXT_BYTES = MAX_DOWNLOAD_BYTES * 4 // 3 + MAX_DOWNLOAD_BYTES // 15
"""The largest photo in base64, with line breaks or escapes and the JSON around it."""
_PIECE_BYTES = 256 * 1024
_FIELDS = (b"base64_content", b"content", b"data", b"image")
_BASE64_HEADS = (b"/9j/", b"_9j_", b"\\/9j", b"iVBOR", b"R0lGOD", b"UklGR", b"Qk", b"SUkq", b"TU0A", b"AAAA", b"data:")
_UNICODE_ESCAPE = re.compile(rb"\\u00([0-9a-fA-F]{2})")
_SPACES = b" \t\r\n"
_MARKS = (b"\xef\xbb\xbf", b"\\ufeff", b"\\uFEFF")
_ALPHABET = bytes.maketrans(b"-_", b"+/")
_MOST_LEVELS = 4
"""Of JSON around the photo: an envelope, a record, and two to spare."""


def begins_as_text(head: bytes) -> bool:
    """Whether a photo may be in text that begins like this."""
    return _begins_json(head) or _begins_base64(head)


def unwrapped(text: bytes, patient_id: PatientId) -> Content:
    """The photo in the whole of an answer. Slow for a large one: call it in a thread.

    Raises:
        BadAnswer: no photo, too large, cut off, or another patient's.
        ServerRefused: JSON with `result: false`.
    """
    head = text[:HEAD_BYTES]
    if _begins_json(head):
        return _from_json(text, patient_id)
    photo = _from_base64(text, 0, len(text)) if _begins_base64(head) else None
    if photo is None:
        raise BadAnswer(BadAnswerKind.NOT_A_PHOTO)
    return photo


def text_bytes_for(photo_bytes: int) -> int:
    """Return how many bytes of an answer's text are enough to hold the first `photo_bytes` bytes of the photo: base64
    takes a third more, and line breaks, escapes and the fields before the photo take room too."""
    return photo_bytes * 5 // 3 + 1024


def first_bytes(text: bytes, limit_bytes: int | None, patient_id: PatientId) -> bytes:
    """Decode the first bytes of a photo, at most `limit_bytes` (None: all), from the beginning of an answer's text.

    Returns no bytes where it finds no photo, or where the fields before the photo name another patient.
    """
    is_json = _begins_json(text[:HEAD_BYTES])
    for start in _text_starts(text) if is_json else (0,):
        end = _find(text, b'"', start) if is_json else -1
        found = _begun(text, start, end, limit_bytes)
        if found:
            return found if not is_json or _is_of(text[:start], patient_id) else b""
    return b""


def _begun(text: bytes, start: int, end: int, limit_bytes: int | None) -> bytes:
    """The first bytes of the photo that base64 text stands for; empty where it is no photo. `end` -1: not known yet."""
    parts: list[bytes] = []
    size_bytes = 0
    try:
        for part in _decoded(text, start, len(text) if end < 0 else end, is_whole=end >= 0):
            parts.append(part)
            size_bytes += len(part)
            if not media_type_of(parts[0][:HEAD_BYTES]):
                return b""
            if limit_bytes is not None and size_bytes >= limit_bytes:
                break
    except binascii.Error:
        return b""
    return b"".join(parts)[:limit_bytes]


def _is_of(before: bytes, patient_id: PatientId) -> bool:
    """Whether the JSON in front of the photo's text can be read and names no other patient."""
    for level in range(_MOST_LEVELS + 1):
        try:
            _check_rest(before + b'"' + b"}" * level, patient_id)
        except BadAnswer as error:
            if error.kind is BadAnswerKind.NOT_JSON:
                continue  # not all of the open levels were closed
            return False
        except ServerRefused:
            return False
        return True
    return False


def _bare_head(head: bytes) -> bytes:
    return head.lstrip(b"\xef\xbb\xbf" + _SPACES)


def _begins_json(head: bytes) -> bool:
    return _bare_head(head).startswith((b"{", b"[", b'"'))


def _begins_base64(head: bytes) -> bool:
    return _bare_head(head).startswith(_BASE64_HEADS)


def _from_json(text: bytes, patient_id: PatientId) -> Content:
    """Lift the long text out and read the rest as JSON: decoding 16 MB of it in one call would hold everything up."""
    for start in _text_starts(text):
        end = _find(text, b'"', start)
        if end < 0:
            raise BadAnswer(BadAnswerKind.CUT_OFF)
        photo = _from_base64(text, start, end)
        if photo is not None:
            _check_rest(text[:start] + text[end:], patient_id)
            return photo
    _check_rest(text, patient_id)
    raise BadAnswer(BadAnswerKind.NOT_A_PHOTO)


def _text_starts(text: bytes) -> Iterator[int]:
    """Where the texts begin that may be the photo, the likeliest first."""
    bare = _bare_head(text[:HEAD_BYTES])
    if bare.startswith(b'"'):
        yield text.index(b'"') + 1
        return
    for name in _FIELDS:
        start = _field_start(text, name)
        if start >= 0:
            yield start


def _field_start(text: bytes, name: bytes) -> int:
    """Where the text of a field begins; -1 where no field of this name holds a text."""
    at, key = 0, b'"' + name + b'"'
    while (at := _find(text, key, at)) >= 0:
        at += len(key)
        opening = re.compile(rb'\s{0,20}:\s{0,20}"').match(text, at)
        if opening is not None:
            return opening.end()
    return -1


def _find(text: bytes, needle: bytes, start: int) -> int:
    """`bytes.find` in pieces."""
    for at in range(start, len(text), _PIECE_BYTES):
        found = text.find(needle, at, at + _PIECE_BYTES + len(needle) - 1)
        if found >= 0:
            return found
    return -1


def _check_rest(rest: bytes, patient_id: PatientId) -> None:
    answer = wire.decoded(rest)
    if isinstance(answer, dict):
        wire.refuse_false_result(answer)
    if whose.tells_of_other(answer, patient_id):
        raise BadAnswer(BadAnswerKind.OTHER_PATIENT)


def _from_base64(text: bytes, start: int, end: int) -> Content | None:
    """The photo that base64 text stands for; None where it is no base64 or no photo."""
    parts: list[bytes] = []
    try:
        for part in _decoded(text, start, end, is_whole=True):
            parts.append(part)
            if not media_type_of(parts[0][:HEAD_BYTES]):
                return None
    except binascii.Error:
        return None
    data = b"".join(parts)
    if len(data) > MAX_DOWNLOAD_BYTES:
        raise BadAnswer(BadAnswerKind.TOO_LARGE)
    return Content(data, media_type_of(data[:HEAD_BYTES])) if data else None


def _decoded(text: bytes, start: int, end: int, *, is_whole: bool) -> Iterator[bytes]:
    """What base64 text stands for, in pieces. Raises `binascii.Error`."""
    start = _past_byte_order_mark(text, start)
    if text.startswith(b"data:", start):
        start = text.find(b",", start, min(end, start + 200)) + 1 or end
    held = b""
    for at in range(start, end, _PIECE_BYTES):
        is_last = is_whole and at + _PIECE_BYTES >= end
        bare, held = _bare_base64(held + text[at : min(end, at + _PIECE_BYTES)], is_last=is_last)
        yield binascii.a2b_base64(bare, strict_mode=True)


def _past_byte_order_mark(text: bytes, start: int) -> int:
    """Some servers begin a text with one, raw or as JSON writes it."""
    return next((start + len(mark) for mark in _MARKS if text.startswith(mark, start)), start)


def _bare_base64(raw: bytes, *, is_last: bool) -> tuple[bytes, bytes]:
    """Whole groups of four out of a piece, without escapes and spaces, and what has to wait for the next piece."""
    held = b""
    escape_at = raw.rfind(b"\\", len(raw) - 5) if len(raw) >= 5 else -1
    if escape_at >= 0 and not is_last:
        raw, held = raw[:escape_at], raw[escape_at:]
    if b"\\" in raw:
        raw = _UNICODE_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), raw)
        raw = raw.replace(b"\\/", b"/").replace(b"\\n", b"").replace(b"\\r", b"")
    raw = raw.translate(_ALPHABET, _SPACES)
    if is_last:
        return raw + b"=" * (-len(raw) % 4), b""
    whole = len(raw) - len(raw) % 4
    return raw[:whole], raw[whole:] + held
