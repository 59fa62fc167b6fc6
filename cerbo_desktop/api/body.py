"""The body of an upload: JSON around base64, made piece by piece, with a gate before its last byte.

Whether the server can hold the photo is decided by that byte alone: without it the JSON is incomplete. The HTTP
library's exceptions do not tell on which side of it a connection broke (measured, 3.4; no upstream report
was found); this object does.
"""

import asyncio
import binascii
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable

import httpx

from cerbo_desktop.api.outflow import Outflow
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import LastByteGate, Progress
from cerbo_desktop.domain.verdict import OutgoingPhoto

_RAW_CHUNK_BYTES = 96 * 1024
"""Divisible by three, so that no piece ends in padding; 128 KB of base64."""


class PhotoBody:
    """The body of one upload: `pt_id`, `mime_type` and `base64_content`, nothing else (contract 6.5). Can be sent
    once."""

    def __init__(
        self,
        patient_id: PatientId,
        photo: OutgoingPhoto,
        on_progress: Progress | None = None,
        on_last_byte: LastByteGate | None = None,
    ) -> None:
        self._photo = photo
        self._on_progress = on_progress
        self._on_last_byte = on_last_byte
        self._told_bytes = 0
        self._opening = (
            f'{{"pt_id":{_json_id(patient_id)},"mime_type":"{photo.media_type.value}","base64_content":"'
        ).encode("ascii")
        self.outflow = Outflow()
        self.note_outflow: Callable[[int], None] = lambda _: None
        """Hears of what arrives while nothing is handed over any more."""
        self.has_left = False
        """True from the moment the last byte may have left."""

    @property
    def size_bytes(self) -> int:
        """Exactly what `chunks` will give, for Content-Length."""
        return len(self._opening) + 4 * -(-self._photo.size_bytes // 3) + len('"}')

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """The pieces of the body; before the last byte leaves, the gate is awaited."""
        yield self._opening
        view = memoryview(self._photo.data)
        for start in range(0, len(view), _RAW_CHUNK_BYTES):
            yield binascii.b2a_base64(view[start : start + _RAW_CHUNK_BYTES], newline=False)
            self._report_progress(min(start + _RAW_CHUNK_BYTES, len(view)))
        yield b'"'
        await self.outflow.drain(self._note_drained)
        self._report_progress(len(view))
        await asyncio.sleep(0)  # lets the news of a broken connection in, before it becomes a doubt
        self.outflow.refuse_vain()
        if self._on_last_byte is not None:
            await self._on_last_byte()
        self.has_left = True
        yield b"}"

    def _note_drained(self, size_bytes: int) -> None:
        self.note_outflow(size_bytes)
        self._report_progress(self._photo.size_bytes)

    def _report_progress(self, handed_bytes: int) -> None:
        """Of the photo's own bytes: those that have arrived, as far as that is known."""
        if self._on_progress is not None:
            arrived_bytes = handed_bytes - self.outflow.left_bytes * 3 // 4
            self._told_bytes = min(handed_bytes, max(self._told_bytes, arrived_bytes))
            self._on_progress(self._told_bytes, self._photo.size_bytes)


def _json_id(patient_id: PatientId) -> str:
    """A JSON integer as documented (contract 2.4); text where the id is no plain number."""
    is_plain = patient_id.isascii() and patient_id.isdecimal() and str(int(patient_id)) == patient_id
    return patient_id if is_plain else json.dumps(patient_id)


class BodyStream(httpx.AsyncByteStream):
    """A body for httpx from a generator that somebody else makes, and ends."""

    def __init__(self, chunks: AsyncGenerator[bytes, None]) -> None:
        self._chunks = chunks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks


def headers_of(body: PhotoBody | None) -> dict[str, str]:
    """The headers that go with a body; none without one."""
    if body is None:
        return {}
    return {"Content-Type": "application/json", "Content-Length": str(body.size_bytes)}
