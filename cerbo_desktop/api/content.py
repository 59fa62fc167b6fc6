"""A photo's bytes out of whatever the server sends: bytes, base64 text, or JSON with base64 in it.

Told apart by what arrives, never by a header (contract 6.3). Text is unwrapped in a thread and in small pieces: one
call over 16 MB would hold the interpreter, and with it the interface, for longer than a frame.
"""

import asyncio
import binascii
import re
from collections.abc import AsyncIterator

from cerbo_desktop.api import wire
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_DOWNLOAD_BYTES
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import OnArrival

_MAX_TEXT_BYTES = MAX_DOWNLOAD_BYTES * 4 // 3 + MAX_DOWNLOAD_BYTES // 15
"""The same photo in base64, with line breaks or escapes and the JSON around it."""
_HEAD_BYTES = 32
_PIECE_BYTES = 256 * 1024
_FIELDS = (b"base64_content", b"content", b"data", b"image")
_BASE64_HEADS = (b"/9j/", b"\\/9j", b"iVBOR", b"R0lGOD", b"UklGR", b"Qk", b"SUkq", b"TU0A", b"AAAA", b"data:")
_UNICODE_ESCAPE = re.compile(rb"\\u00([0-9a-fA-F]{2})")
_SPACES = b" \t\r\n"
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def media_type_of(head: bytes) -> str:
    """The picture type that the first bytes (32 are enough) stand for, such as `image/png`; empty for none."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "image/bmp"
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return "image/tiff"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in _HEIF_BRANDS else ""
    return ""


async def read_photo(
    pieces: AsyncIterator[bytes],
    total_bytes: int | None,
    patient_id: PatientId,
    on_arrival: OnArrival | None = None,
) -> Content:
    """Collect an answer's body, under its ceiling, and find the photo in it.

    Raises:
        BadAnswer: no photo, a web page, too large, cut off, or another patient's.
        ServerRefused: JSON with `result: false`.
    """
    data = await _collected(pieces, total_bytes, on_arrival)
    media_type = media_type_of(data[:_HEAD_BYTES])
    if media_type:
        return Content(data, media_type)
    return await asyncio.to_thread(_unwrapped, data, patient_id)


class _Body:
    """`domain.ports.Arriving` for bytes that are the photo itself; of any other form it shows nothing."""

    def __init__(self, total_bytes: int | None) -> None:
        self.done_bytes = 0
        self.total_bytes = total_bytes
        self._parts: list[bytes] = []

    def add(self, piece: bytes) -> None:
        self._parts.append(piece)
        self.done_bytes += len(piece)

    def joined(self) -> bytes:
        return b"".join(self._parts)

    def head(self, limit_bytes: int | None = None) -> bytes:
        whole = self.joined()
        return whole[:limit_bytes] if media_type_of(whole[:_HEAD_BYTES]) else b""


async def _collected(pieces: AsyncIterator[bytes], total_bytes: int | None, on_arrival: OnArrival | None) -> bytes:
    body = _Body(total_bytes)
    ceiling_bytes = None
    async for piece in pieces:
        body.add(piece)
        if ceiling_bytes is None and body.done_bytes >= _HEAD_BYTES:
            ceiling_bytes = _ceiling_bytes(body.joined()[:_HEAD_BYTES])
        if ceiling_bytes is not None and max(body.done_bytes, total_bytes or 0) > ceiling_bytes:
            raise BadAnswer(BadAnswerKind.TOO_LARGE)
        if on_arrival is not None:
            on_arrival(body)
    return body.joined()


def _ceiling_bytes(head: bytes) -> int:
    """What may be read of an answer that begins like this. Raises `BadAnswer` where none of it is worth reading."""
    if media_type_of(head):
        return MAX_DOWNLOAD_BYTES
    if wire.is_web_page(head):
        raise BadAnswer(BadAnswerKind.WEB_PAGE)
    if _begins_json(head) or _begins_base64(head):
        return _MAX_TEXT_BYTES
    raise BadAnswer(BadAnswerKind.NOT_A_PHOTO)


def _bare_head(head: bytes) -> bytes:
    return head.lstrip(b"\xef\xbb\xbf" + _SPACES)


def _begins_json(head: bytes) -> bool:
    return _bare_head(head).startswith((b"{", b"[", b'"'))


def _begins_base64(head: bytes) -> bool:
    return _bare_head(head).startswith(_BASE64_HEADS)


def _unwrapped(text: bytes, patient_id: PatientId) -> Content:
    head = text[:_HEAD_BYTES]
    if wire.is_web_page(head):
        raise BadAnswer(BadAnswerKind.WEB_PAGE)
    if _begins_json(head):
        return _from_json(text, patient_id)
    photo = _from_base64(text, 0, len(text)) if _begins_base64(head) else None
    if photo is None:
        raise BadAnswer(BadAnswerKind.NOT_A_PHOTO)
    return photo


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


def _text_starts(text: bytes) -> list[int]:
    """Where the texts begin that may be the photo, the likeliest first."""
    bare = _bare_head(text[:_HEAD_BYTES])
    if bare.startswith(b'"'):
        return [text.index(b'"') + 1]
    starts = (_field_start(text, name) for name in _FIELDS)
    return [start for start in starts if start >= 0]


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
    if not isinstance(answer, dict):
        return
    record = wire.record_of(answer)
    if any(wire.names_other_patient(each, patient_id) for each in (answer, record)):
        raise BadAnswer(BadAnswerKind.OTHER_PATIENT)


def _from_base64(text: bytes, start: int, end: int) -> Content | None:
    """The photo that base64 text stands for; None where it is no base64 or no photo."""
    if text.startswith(b"data:", start):
        start = text.find(b",", start, min(end, start + 200)) + 1 or end
    parts: list[bytes] = []
    held = b""
    for at in range(start, end, _PIECE_BYTES):
        bare, held = _bare_base64(held + text[at : min(end, at + _PIECE_BYTES)], is_last=at + _PIECE_BYTES >= end)
        try:
            parts.append(binascii.a2b_base64(bare, strict_mode=True))
        except binascii.Error:
            return None
        if len(parts) == 1 and not media_type_of(parts[0][:_HEAD_BYTES]):
            return None
    data = b"".join(parts)
    if len(data) > MAX_DOWNLOAD_BYTES:
        raise BadAnswer(BadAnswerKind.TOO_LARGE)
    return Content(data, media_type_of(data[:_HEAD_BYTES])) if data else None


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


_ALPHABET = bytes.maketrans(b"-_", b"+/")
