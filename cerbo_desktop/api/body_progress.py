"""Bytes on their way, each piece of which is progress."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Self

from cerbo_desktop.api.body import PhotoBody
from cerbo_desktop.domain.limits import upload_deadline_s
from cerbo_desktop.runtime.progress_limit import ProgressLimit


class ProgressChunks:
    """The pieces of an answer, each noted as progress. No generator: one that is left half-way has to be ended too."""

    def __init__(self, parts: AsyncIterator[bytes], note: Callable[[int], None]) -> None:
        self._parts = parts
        self._note = note

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        part = await anext(self._parts)
        self._note(len(part))
        return part


async def sending(body: PhotoBody, limit: ProgressLimit) -> AsyncGenerator[bytes, None]:
    """The pieces of an upload, each noted as progress. Once the last has left, only the answer is waited for."""
    body.note_outflow = limit.note
    async with aclosing(body.chunks()) as chunks:
        async for chunk in chunks:
            if body.has_left:
                limit.give(upload_deadline_s(body.size_bytes))
            yield chunk
            limit.note(len(chunk))
