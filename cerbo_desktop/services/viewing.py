"""One photo, large: something to see at once, then every pixel; the neighbours ready before they are asked for."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.ports import Arriving, ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.budget import ByteBudget
from cerbo_desktop.runtime.scope import Failed as OnFailure, TaskScope
from cerbo_desktop.services.contents import Contents
from cerbo_desktop.services.thumbnails import Thumbnails

BUDGET_BYTES = 256_000_000
"""Five photos of 12 megapixels: 48 MB each."""
_PROGRESS_STEP_S = 0.1

_Key = tuple[PatientId, PhotoId]


@dataclass(frozen=True, slots=True)
class Preview:
    """The thumbnail; its raster names the size of the whole photo."""

    raster: Raster


@dataclass(frozen=True, slots=True)
class Progressed:
    done_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class Ready:
    """Every pixel."""

    raster: Raster


@dataclass(frozen=True, slots=True)
class Failed:
    error: ServerError | CannotShow


ViewingStep = Preview | Progressed | Ready | Failed
OnNeighbour = Callable[[PhotoId, Raster], None]


@dataclass(slots=True)
class _Load:
    """A photo on its way. What it ends in is a value: failing is nothing unusual here."""

    task: asyncio.Task[Raster | ServerError | CannotShow]
    done_bytes: int = 0
    total_bytes: int | None = None

    @property
    def progress(self) -> tuple[int, int | None]:
        return self.done_bytes, self.total_bytes

    @property
    def has_begun(self) -> bool:
        return self.done_bytes > 0


class Viewing:
    """The large pictures of one practice. Rasters are kept within a budget in bytes until `close`."""

    def __init__(
        self,
        contents: Contents,
        studio: ImageStudio,
        thumbnails: Thumbnails,
        *,
        on_failure: OnFailure,
        budget_bytes: int = BUDGET_BYTES,
    ) -> None:
        self._contents = contents
        self._studio = studio
        self._thumbnails = thumbnails
        self._scope = TaskScope("viewing", on_failure)
        self._budget_bytes = budget_bytes
        self._rasters: ByteBudget[_Key, Raster] = ByteBudget(budget_bytes, lambda raster: raster.size_bytes)
        self._seen: set[_Key] = set()
        self._wanted: set[_Key] = set()
        self._loads: dict[_Key, _Load] = {}

    @property
    def used_bytes(self) -> int:
        return self._rasters.used_bytes

    async def open(self, patient_id: PatientId, photo_id: PhotoId) -> AsyncGenerator[ViewingStep, None]:
        """Steps towards every pixel of one photo, ending with `Ready` or `Failed`.

        The first step comes without waiting: `Ready`, `Preview`, or `Progressed(0, None)` where nothing can be shown
        yet. Progress comes at most ten times a second. Other loads are cancelled: this photo alone is waited for.
        A neighbour's load whose bytes already flow is joined; one still in the queue starts again with more urgency.
        """
        key = patient_id, photo_id
        self._wanted = {key}
        self._cancel_loads(but=key)
        raster = self._rasters.get(key)
        if raster is not None:
            yield Ready(raster)
            return
        preview = self._thumbnails.cached(photo_id)
        yield Progressed(0, None) if preview is None else Preview(preview)
        load = self._loads.get(key) or self._start(key, Urgency.NOW)
        try:
            async for done_bytes, total_bytes in _progress(load):
                yield Progressed(done_bytes, total_bytes)
            if not load.task.cancelled():
                yield _outcome(load.task.result())
        finally:
            if not load.task.done():
                self._cancel(key)

    def prefetch(self, patient_id: PatientId, photo_ids: Sequence[PhotoId], on_ready: OnNeighbour) -> None:
        """Bring the neighbours of the photo on show, most likely first, behind everything else.

        `on_ready` hears of each that is there, also of those that are there already; of failures nobody hears.
        """
        keys = [(patient_id, photo_id) for photo_id in photo_ids]
        self._wanted |= set(keys)
        for key in keys:
            raster = self._rasters.get(key)
            if raster is not None:
                on_ready(key[1], raster)
            elif key not in self._loads:
                load = self._start(key, Urgency.NEAR)
                load.task.add_done_callback(lambda task, key=key: _tell_neighbour(task, key, on_ready))  # type: ignore[misc]  # mypy does not infer a lambda with a default

    def close(self) -> None:
        """The viewer was left: stop all work and drop every raster."""
        self._cancel_loads(but=None)
        self._wanted.clear()
        self._seen.clear()
        self._rasters.clear()

    async def aclose(self) -> None:
        self.close()
        await self._scope.aclose()

    def _start(self, key: _Key, urgency: Urgency) -> _Load:
        load = self._loads[key] = _Load(self._scope.start(self._bring(key, urgency)))
        load.task.add_done_callback(lambda _: self._forget_load(key, load))
        return load

    async def _bring(self, key: _Key, urgency: Urgency) -> Raster | ServerError | CannotShow:
        def note(arriving: Arriving) -> None:
            load = self._loads.get(key)
            if load is not None:
                load.done_bytes, load.total_bytes = arriving.done_bytes, arriving.total_bytes

        try:
            content = await self._contents.get(*key, urgency=urgency, on_arrival=note)
            raster = await self._studio.full(content.data, urgency=urgency)
        except (ServerError, CannotShow) as error:
            return error
        self._keep(key, raster)
        return raster

    def _keep(self, key: _Key, raster: Raster) -> None:
        """Make room by dropping far photos first: very large neighbours must not drive each other out in turn."""
        if self._rasters.used_bytes + raster.size_bytes > self._budget_bytes:
            for far in self._seen - self._wanted:
                self._rasters.discard(far)
            self._seen &= self._wanted
        if self._rasters.used_bytes + raster.size_bytes <= self._budget_bytes:
            self._rasters.put(key, raster)
            self._seen.add(key)

    def _cancel_loads(self, *, but: _Key | None) -> None:
        for key, load in tuple(self._loads.items()):
            if key != but or not load.has_begun:
                self._cancel(key)

    def _cancel(self, key: _Key) -> None:
        load = self._loads.pop(key, None)
        if load is not None:
            load.task.cancel()

    def _forget_load(self, key: _Key, load: _Load) -> None:
        if self._loads.get(key) is load:
            del self._loads[key]


async def _progress(load: _Load) -> AsyncGenerator[tuple[int, int | None], None]:
    """What has arrived, whenever that changed, at most ten times a second, until the load has ended."""
    told: tuple[int, int | None] = (0, None)
    while not load.task.done():
        await asyncio.wait({load.task}, timeout=_PROGRESS_STEP_S)
        if not load.task.done() and load.progress != told:
            told = load.progress
            yield told


def _outcome(result: Raster | ServerError | CannotShow) -> Ready | Failed:
    return Ready(result) if isinstance(result, Raster) else Failed(result)


def _tell_neighbour(task: asyncio.Task[Raster | ServerError | CannotShow], key: _Key, on_ready: OnNeighbour) -> None:
    if not task.cancelled() and task.exception() is None and isinstance(raster := task.result(), Raster):
        on_ready(key[1], raster)
