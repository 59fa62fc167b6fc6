"""`domain.ports.ImageStudio`: what the rest of the app asks for, answered by worker processes."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.raster import Growth, Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import Accepted, OutgoingPhoto, Refused, Verdict
from cerbo_desktop.imaging.frames import Reply, Request, Task
from cerbo_desktop.imaging.pool import Job, WorkerPool
from cerbo_desktop.imaging.process import worker_command

WORKER_COUNT = 2
"""Four are no faster on two cores (measured)."""
_JOBS_A_WORKER = 500
_DEADLINE_S = 5.0
_LARGE_DEADLINE_S = 10.0
_LARGE_BYTES = 4_000_000

Result = TypeVar("Result")


class WorkerStudio:
    """Starts its workers with the first photo or by `warm_up`. A photo that takes one down is refused as damaged."""

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        worker_count: int = WORKER_COUNT,
        jobs_a_worker: int = _JOBS_A_WORKER,
        deadline_s: float = _DEADLINE_S,
        large_deadline_s: float = _LARGE_DEADLINE_S,
    ) -> None:
        self._pool = WorkerPool(command or worker_command(), worker_count=worker_count, jobs_a_worker=jobs_a_worker)
        self._deadline_s = deadline_s
        self._large_deadline_s = large_deadline_s

    @property
    def process_ids(self) -> list[int]:
        """Of the workers that run now."""
        return self._pool.process_ids

    def warm_up(self) -> None:
        """Start the workers without waiting for them, such as after the first window is painted; safe to call again."""
        self._pool.warm_up()

    async def thumbnail(self, data: bytes, edge_px: int, *, urgency: Urgency = Urgency.VISIBLE) -> Raster:
        """Upright, its longer edge at most `edge_px`. Raises `CannotShow`."""
        return await self._ask(Request(Task.THUMBNAIL, edge_px=edge_px), data, urgency, _raster)

    async def full(self, data: bytes, *, urgency: Urgency = Urgency.NOW) -> Raster:
        """Every pixel, upright. Raises `CannotShow`."""
        return await self._ask(Request(Task.FULL), data, urgency, _raster)

    async def partial(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.NOW) -> Growth:
        """What the first part of a file shows. Raises `CannotShow` where that is nothing useful."""

        def read(reply: Reply, pixels: bytes) -> Growth:
            return Growth(_raster(reply, pixels), reply.known_rows)

        return await self._ask(Request(Task.PARTIAL, edge_px=edge_px), head, urgency, read)

    async def examine(self, data: bytes, file_name: str) -> Verdict:
        """Every gate a photo passes before it may be sent; its bytes are never changed."""

        def read(reply: Reply, pixels: bytes) -> Verdict:
            return _verdict(data, reply, pixels)

        try:
            return await self._ask(Request(Task.EXAMINE, file_name=file_name), data, Urgency.NOW, read)
        except CannotShow as error:
            return Refused(error.reason, size_bytes=len(data))

    async def encode_jpeg(self, raster: Raster) -> bytes:
        """A camera frame as a JPEG of high quality, without metadata. Raises `CannotShow` (OUT_OF_ORDER)."""
        request = Request(Task.ENCODE, width_px=raster.width_px, height_px=raster.height_px)
        return await self._ask(request, raster.pixels, Urgency.NOW, lambda _, jpeg: jpeg)

    async def aclose(self) -> None:
        """End every worker, surely; what is under way is refused as OUT_OF_ORDER."""
        await asyncio.get_running_loop().run_in_executor(None, self._pool.close)

    async def _ask(
        self, request: Request, payload: bytes, urgency: Urgency, read: Callable[[Reply, bytes], Result]
    ) -> Result:
        job = Job(request, payload, self._deadline_for(request, payload), _or_cannot_show(request, read))
        self._pool.submit(job, urgency)
        try:
            outcome: Result | CannotShow = await job.future
        finally:
            job.abandon()
        if isinstance(outcome, CannotShow):
            raise outcome
        return outcome

    def _deadline_for(self, request: Request, payload: bytes) -> float:
        is_large = request.task is not Task.THUMBNAIL and len(payload) > _LARGE_BYTES
        return self._large_deadline_s if is_large else self._deadline_s


def _or_cannot_show(
    request: Request, read: Callable[[Reply, bytes], Result]
) -> Callable[[Reply, bytes], Result | CannotShow]:
    """A refusal in the answer to anything but an examination is an error of the asker's."""

    def reading(reply: Reply, payload: bytes) -> Result | CannotShow:
        if reply.refusal is not None and request.task is not Task.EXAMINE:
            return CannotShow(reply.refusal)
        return read(reply, payload)

    return reading


def _raster(reply: Reply, pixels: bytes) -> Raster:
    return Raster(reply.width_px, reply.height_px, pixels, reply.source_width_px, reply.source_height_px)


def _verdict(data: bytes, reply: Reply, pixels: bytes) -> Verdict:
    """Raises `ValueError` where the worker's answer is none."""
    if reply.refusal is not None:
        return Refused(reply.refusal, reply.found, len(data))
    if reply.media_type is None or not reply.sha256:
        raise ValueError("an accepted photo has a type and a hash")
    photo = OutgoingPhoto(data, reply.media_type, reply.source_width_px, reply.source_height_px, reply.sha256)
    return Accepted(photo, _raster(reply, pixels))
