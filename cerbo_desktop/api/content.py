"""A photo's bytes out of whatever the server sends: bytes, base64 text, or JSON with base64 in it.

Told apart by what arrives, never by a header (contract 6.3). Each piece is kept as it came and joined once.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence

from cerbo_desktop.api import base64_json, wire
from cerbo_desktop.api.media_types import HEAD_BYTES, media_type_of
from cerbo_desktop.api.tiny_chunks import TinyChunkGuard
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.limits import MAX_DOWNLOAD_BYTES
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import OnArrival


class ArrivingPhoto:
    """`domain.ports.PartialDownload`: the pieces of one answer so far."""

    def __init__(self, total_bytes: int | None, patient_id: PatientId) -> None:
        self._total_bytes = total_bytes
        self._patient_id = patient_id
        self._parts: list[bytes] = []
        self._done_bytes = 0

    @property
    def patient_id(self) -> PatientId:
        return self._patient_id

    @property
    def done_bytes(self) -> int:
        return self._done_bytes

    @property
    def total_bytes(self) -> int | None:
        return self._total_bytes

    def head(self, limit_bytes: int | None = None) -> bytes:
        parts = tuple(self._parts)  # of this moment: this may be another thread than the one that adds
        start = _joined(parts, HEAD_BYTES)
        if media_type_of(start):
            return _joined(parts, limit_bytes)
        if not base64_json.begins_as_text(start):
            return b""
        text_bytes = None if limit_bytes is None else base64_json.text_bytes_for(limit_bytes)
        return base64_json.first_bytes(_joined(parts, text_bytes), limit_bytes, self._patient_id)

    def start(self) -> bytes:
        """The first 32 bytes of the answer, whatever they are."""
        return _joined(self._parts, HEAD_BYTES)

    def add(self, part: bytes) -> None:
        """Take in the next piece."""
        self._parts.append(part)
        self._done_bytes += len(part)

    def whole(self) -> bytes:
        """The answer as one piece, when nothing more will come."""
        data = b"".join(self._parts)
        self._parts = [data]  # shared with whoever gets it from here, not held a second time
        return data


async def read_photo(
    pieces: AsyncIterator[bytes], arriving: ArrivingPhoto, on_arrival: OnArrival | None = None
) -> Content:
    """Collect an answer's body, or the rest of it, under its ceiling, and find the photo in it.

    Raises:
        BadAnswer: no photo, a web page, too large, cut off, or another patient's.
        ServerRefused: JSON with `result: false`.
    """
    await _collect(pieces, arriving, on_arrival)
    data = arriving.whole()
    head = data[:HEAD_BYTES]
    if media_type := media_type_of(head):
        return Content(data, media_type)
    _refuse_web_page(head)
    return await asyncio.to_thread(base64_json.unwrapped, data, arriving.patient_id)


async def _collect(pieces: AsyncIterator[bytes], arriving: ArrivingPhoto, on_arrival: OnArrival | None) -> None:
    ceiling_bytes, guard = None, TinyChunkGuard()
    async for piece in pieces:
        arriving.add(piece)
        await guard.note(piece)
        if ceiling_bytes is None and arriving.done_bytes >= HEAD_BYTES:
            ceiling_bytes = _ceiling_bytes(arriving.start())
        if ceiling_bytes is not None and max(arriving.done_bytes, arriving.total_bytes or 0) > ceiling_bytes:
            raise BadAnswer(BadAnswerKind.TOO_LARGE)
        if on_arrival is not None:
            on_arrival(arriving)


def _ceiling_bytes(head: bytes) -> int:
    """What may be read of an answer that begins like this. Raises `BadAnswer` where none of it is worth reading."""
    if media_type_of(head):
        return MAX_DOWNLOAD_BYTES
    _refuse_web_page(head)
    if base64_json.begins_as_text(head):
        return base64_json.MAX_TEXT_BYTES
    raise BadAnswer(BadAnswerKind.NOT_A_PHOTO)


def _refuse_web_page(head: bytes) -> None:
    if wire.is_web_page(head):
        raise BadAnswer(BadAnswerKind.WEB_PAGE)


def _joined(parts: Sequence[bytes], limit_bytes: int | None) -> bytes:
    """The first bytes of pieces in a row; of all of them without a limit."""
    if limit_bytes is None:
        return b"".join(parts)
    taken: list[bytes] = []
    for part in parts:
        if limit_bytes <= 0:
            break
        taken.append(part[:limit_bytes])
        limit_bytes -= len(part)
    return b"".join(taken)
