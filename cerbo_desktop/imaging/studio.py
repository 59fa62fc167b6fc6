"""`domain.ports.ImageStudio`: what the rest of the app asks for, answered by worker processes."""

import asyncio
import hashlib
import re
import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.raster import PartialImage, Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import Accepted, OutgoingPhoto, Preparation, RefusalReason, Refused, Verdict
from cerbo_desktop.imaging.frames import EXAMINATIONS, Reply, Request, Task
from cerbo_desktop.imaging.job import Job
from cerbo_desktop.imaging.pool import QUIET_S, WorkerPool
from cerbo_desktop.imaging.process import worker_command
from cerbo_desktop.imaging.sniff import kind_of_name
from cerbo_desktop.imaging.turns import Turns

WORKER_COUNT = 2
"""At most: one, and the second while an album loads. Four are no faster on two cores (measured, 2.2)."""
_JOBS_A_WORKER = 500
_WORK_LIMIT_S = 5.0
_EXAMINING_FACTOR = 4
"""The end of a JPEG that doesn't say where it ends takes a dozen decodes: 4.9 s for a progressive one of 12 megapixels
(measured, 2.5)."""
_LARGE_BYTES = 4_000_000
_CLOCK_FACTOR = 4
"""The limit by the clock is so many times the limit of work: a niced worker on a busy PC gets part of a processor."""
_MOST_LIGHT_PIXELS = 16_000_000
"""A photo of more is examined alone: a JPEG of 50 megapixels takes 110 MB, others up to three times as much."""
_ID_WITHIN_BYTES = 2_048
_HASH, _ID = re.compile("[0-9a-f]{64}"), re.compile("([0-9a-f]{32})?")
_HEAD_BYTES = 65_536
"""An EXIF block, the thumbnail in it, is no longer."""

Result = TypeVar("Result")


class WorkerStudio:
    """`domain.ports.ImageStudio` by worker processes, started with the first photo or by `warm_up`.

    A photo that takes a worker down is refused as damaged, or as too slow; one whose worker something else ended goes
    to another worker, once.

    `work_limit_s` is processor time for one photo: twice as much for a large photo decoded whole, four times as much to
    examine one. `deadline_s` replaces the limit by the clock, which is four times that.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        worker_count: int = WORKER_COUNT,
        jobs_a_worker: int = _JOBS_A_WORKER,
        work_limit_s: float = _WORK_LIMIT_S,
        deadline_s: float | None = None,
        quiet_s: float = QUIET_S,
    ) -> None:
        self._pool = WorkerPool(
            command or worker_command(), worker_count=worker_count, jobs_a_worker=jobs_a_worker, quiet_s=quiet_s
        )
        self._turns = Turns(worker_count)
        self._work_limit_s = work_limit_s
        self._deadline_s = deadline_s

    @property
    def process_ids(self) -> list[int]:
        """The process ids of the workers that run now."""
        return self._pool.process_ids

    def warm_up(self) -> None:
        """Start the first worker without waiting, such as after the first window is painted; safe to call again."""
        self._pool.warm_up()

    async def thumbnail(self, data: bytes, edge_px: int, *, urgency: Urgency = Urgency.VISIBLE) -> Raster:
        """The photo, upright, its longer edge at most `edge_px`. Raises `CannotShow`."""
        return await self._ask(Request(Task.THUMBNAIL, edge_px=edge_px), data, urgency, _raster)

    async def full(self, data: bytes, *, urgency: Urgency = Urgency.NOW) -> Raster:
        """Every pixel, upright. Raises `CannotShow`."""
        return await self._ask(Request(Task.FULL), data, urgency, _raster)

    async def embedded(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.VISIBLE) -> Raster:
        """The thumbnail in the EXIF block of a JPEG, whose first bytes are `head`. Raises `CannotShow`.

        Takes 0.5 ms against 37 for the photo itself (measured, 2.1).
        """
        request = Request(Task.EMBEDDED, edge_px=edge_px)
        return await self._ask(request, head[:_HEAD_BYTES], urgency, _raster)

    async def partial(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.NOW) -> PartialImage:
        """What the first bytes of a JPEG show so far. Raises `CannotShow`."""
        return await self._ask(Request(Task.PARTIAL, edge_px=edge_px), head, urgency, _growth)

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        """Every check that a photo passes before it may be sent.

        Its metadata is taken off, its pixels are not changed.
        """
        request = Request(Task.EXAMINE, named_kind=kind_of_name(file_name), unique_id=uuid.uuid4().hex)
        lightly = msgspec.structs.replace(request, most_pixels=_MOST_LIGHT_PIXELS)

        def read(reply: Reply, payload: bytes) -> Verdict | None:
            return _verdict(data, request.unique_id, reply, payload) if not reply.is_heavy else None

        try:
            async with self._turns.light():
                verdict = await self._ask(lightly, data, Urgency.NOW, read)
            if verdict is None:
                async with self._turns.heavy():
                    verdict = await self._ask(request, data, Urgency.NOW, read)
        except CannotShow as error:
            return Refused(error.reason, size_bytes=len(data))
        return verdict or Refused(RefusalReason.DAMAGED, size_bytes=len(data))

    async def examine_frame(self, frame: Raster) -> Verdict:
        """A camera frame made into a JPEG of high quality, without metadata, which then passes every check."""
        request = Request(Task.FRAME, unique_id=uuid.uuid4().hex, width_px=frame.width_px, height_px=frame.height_px)

        def read(reply: Reply, payload: bytes) -> Verdict:
            return _verdict(b"", request.unique_id, reply, payload)

        try:
            return await self._ask(request, frame.pixels, Urgency.NOW, read)
        except CannotShow as error:
            return Refused(error.reason)

    async def aclose(self) -> None:
        """End every worker, surely; what is under way is refused as OUT_OF_ORDER."""
        await asyncio.get_running_loop().run_in_executor(None, self._pool.close)

    async def _ask(
        self, request: Request, payload: bytes, urgency: Urgency, read: Callable[[Reply, bytes], Result]
    ) -> Result:
        limited = msgspec.structs.replace(request, work_limit_s=self._limit_for(request, payload))
        deadline_s = self._deadline_s or _CLOCK_FACTOR * limited.work_limit_s
        job = Job(limited, payload, deadline_s, _or_cannot_show(request, read))
        self._pool.submit(job, urgency)
        try:
            outcome: Result | CannotShow = await job.future
        finally:
            job.abandon()
        if isinstance(outcome, CannotShow):
            # A new one: raised, `outcome` would hold this frame and be held by it, with the photo's bytes between them.
            raise CannotShow(outcome.reason)
        return outcome

    def _limit_for(self, request: Request, payload: bytes) -> float:
        if request.task in EXAMINATIONS:
            return _EXAMINING_FACTOR * self._work_limit_s
        is_large = request.task is not Task.THUMBNAIL and len(payload) > _LARGE_BYTES
        return 2 * self._work_limit_s if is_large else self._work_limit_s


def _or_cannot_show(
    request: Request, read: Callable[[Reply, bytes], Result]
) -> Callable[[Reply, bytes], Result | CannotShow]:
    """A refusal in the answer to anything but an examination is an error of the asker's."""

    def reading(reply: Reply, payload: bytes) -> Result | CannotShow:
        if reply.refusal is not None and request.task not in EXAMINATIONS:
            return CannotShow(reply.refusal)
        return read(reply, payload)

    return reading


def _raster(reply: Reply, pixels: bytes) -> Raster:
    source_px = reply.source_width_px, reply.source_height_px
    return Raster(reply.width_px, reply.height_px, pixels, *source_px, reply.is_whole)


def _growth(reply: Reply, pixels: bytes) -> PartialImage:
    """Raises `ValueError` where the worker's answer is none."""
    return PartialImage(_raster(reply, pixels), reply.known_rows)


def _verdict(source: bytes, unique_id: str, reply: Reply, payload: bytes) -> Verdict:
    """`source` are the bytes as they came; empty for a camera's frame, which has no twin.

    Raises `ValueError` where the worker's answer is none.
    """
    if reply.refusal is not None:
        return Refused(reply.refusal, reply.found, len(source))
    pixels_bytes = len(payload) - reply.photo_bytes
    prepared = payload[pixels_bytes:]
    if reply.media_type is None or unique_id.encode() not in prepared[:_ID_WITHIN_BYTES]:
        raise ValueError("an accepted photo has a type and carries its id")
    if not _is_plausible(reply.preparation):
        raise ValueError("a hash and an id consist of hex digits")
    size_px = reply.source_width_px, reply.source_height_px
    photo = OutgoingPhoto(prepared, reply.media_type, *size_px, _sha256(prepared), unique_id)
    source_sha256 = _sha256(source) if source else ""
    return Accepted(photo, _raster(reply, payload[:pixels_bytes]), source_sha256, reply.preparation)


def _is_plausible(preparation: Preparation) -> bool:
    hash_of_pixels, id_of_source = preparation.pixels_sha256, preparation.source_unique_id
    return _HASH.fullmatch(hash_of_pixels) is not None and _ID.fullmatch(id_of_source) is not None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
