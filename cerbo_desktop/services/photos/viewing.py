"""One photo, large: something to see at once, more as it arrives, then every pixel; the neighbours ready beforehand."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Sequence, Set
from contextlib import aclosing
from functools import partial

from cerbo_desktop.domain.acts import PhotoShown, Publish, to_nobody
from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.ports import ImageStudio, PartialDownload
from cerbo_desktop.domain.raster import PartialImage, Raster
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos import growing, thumbnail_states
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.decoding import decode_best
from cerbo_desktop.services.photos.growing import End, Load
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing_steps import (
    Complete,
    Growing,
    NotOpened,
    Preview,
    Progressed,
    ViewingStep,
)

BUDGET_BYTES = 256_000_000
"""Five photos of 12 megapixels: 48 MB each."""
_AT_ONCE_S = 0.15
"""A photo that is here within so long needs no partial picture and no word about its progress."""
_PROGRESS_STEP_S = 0.1
_NEVER_GROWS = frozenset({RefusalReason.UNSUPPORTED_TYPE, RefusalReason.NOT_A_PHOTO})

_Key = tuple[PatientId, PhotoId]


OnNeighbour = Callable[[PhotoId, Raster], None]


class Viewing:
    """The large pictures of one practice. Rasters are kept within a budget in bytes until `close`."""

    def __init__(
        self,
        contents: PhotoContentCache,
        studio: ImageStudio,
        thumbnails: Thumbnails,
        *,
        scope: TaskScope,
        budget_bytes: int = BUDGET_BYTES,
        at_once_s: float = _AT_ONCE_S,
        publish: Publish = to_nobody,
    ) -> None:
        self._contents, self._studio = contents, studio
        self._thumbnails, self._publish = thumbnails, publish
        self._scope = scope.child("viewing")
        self._budget_bytes = budget_bytes
        self._at_once_s = at_once_s
        self._rasters: ByteLruCache[_Key, Raster] = ByteLruCache(budget_bytes, lambda raster: raster.size_bytes)
        self._seen: set[_Key] = set()
        self._wanted: set[_Key] = set()
        self._loads: dict[_Key, Load] = {}

    @property
    def used_bytes(self) -> int:
        return self._rasters.used_bytes

    async def open(
        self, patient_id: PatientId, photo_id: PhotoId, *, beside: Collection[PhotoId] = ()
    ) -> AsyncGenerator[ViewingStep, None]:
        """Steps towards every pixel of one photo, ending with `Complete` or `NotOpened`.

        `beside` are photos of the same patient that stay open together with it, each by a call of its own.

        The first step comes without waiting: `Complete`, `Preview`, or `Progressed(0, None)` where there is nothing
        to show yet. `Growing` comes at most four times, progress at most ten times a second, neither for a photo that
        is here at once. Loads of any other photo are cancelled: nobody waits for them.
        A neighbour's load whose bytes already flow is joined; one still in the queue starts again with more urgency.
        """
        self._publish(PhotoShown(patient_id, photo_id))
        key = patient_id, photo_id
        others = {(patient_id, other) for other in beside} - {key}
        self._wanted = {key} | others
        self._cancel_loads(but=others | {each for each, load in self._loads.items() if each == key and load.has_begun})
        raster = self._rasters.get(key)
        if raster is not None:
            yield Complete(raster)
            return
        first = self._preview(photo_id)
        yield first
        load = self._joined(key) or self._start(key, Urgency.NOW)
        try:
            async with aclosing(self._on_the_way(load, told=first)) as steps:
                async for step in steps:
                    yield step
            if not load.task.cancelled() and (end := load.task.result()) is not None:
                yield _outcome(end)
        finally:
            if not load.task.done():
                self._cancel(key)

    def prefetch(self, patient_id: PatientId, photo_ids: Sequence[PhotoId], on_ready: OnNeighbour) -> None:
        """Bring the neighbours of the photo on show, most likely first, behind everything else.

        `on_ready` hears of each that is there, also of those that are there already; of failures nobody hears, nor of
        one so large that its bytes alone are kept.
        """
        keys = [(patient_id, photo_id) for photo_id in photo_ids]
        self._wanted |= set(keys)
        for key in keys:
            raster = self._rasters.get(key)
            if raster is not None:
                on_ready(key[1], raster)
            elif key not in self._loads:
                load = self._start(key, Urgency.NEAR)
                load.task.add_done_callback(lambda task, key=key: _deliver_neighbour(task, key, on_ready))  # type: ignore[misc]  # mypy does not infer a lambda with a default

    def close(self) -> None:
        """Stop all work and drop every raster: the viewer was left."""
        self._cancel_loads(but=frozenset())
        self._wanted.clear()
        self._seen.clear()
        self._rasters.clear()

    async def aclose(self) -> None:
        self.close()
        await self._scope.aclose()

    def _preview(self, photo_id: PhotoId) -> Preview | Progressed:
        small = self._thumbnails.state(photo_id)
        return Preview(small.raster) if isinstance(small, thumbnail_states.Ready) else Progressed(0, None)

    def _start(self, key: _Key, urgency: Urgency) -> Load:
        load = self._loads[key] = Load(DynamicUrgency(urgency))
        load.task = self._scope.start(self._bring(key, load))
        load.task.add_done_callback(lambda _: self._forget_load(key, load))
        return load

    def _joined(self, key: _Key) -> Load | None:
        """A neighbour's load, from now on as urgent as a person who waits."""
        load = self._loads.get(key)
        if load is None or load.task.done():
            return None
        load.urgency.raise_to(Urgency.NOW)
        return load

    async def _bring(self, key: _Key, load: Load) -> End:
        try:
            content = await self._contents.get(*key, urgency=load.urgency, on_arrival=load.note)
            load.has_every_byte = True
            if load.urgency.now is not Urgency.NOW and not self._has_room_for(key):
                return None
            full = partial(self._studio.full, urgency=load.urgency.now)
            raster = await decode_best(self._contents, key, content, full, load.urgency.now, is_opened=True)
        except (ServerError, CannotShow) as error:
            return error
        self._keep(key, raster)
        return raster

    async def _on_the_way(self, load: Load, told: ViewingStep) -> AsyncGenerator[Growing | Progressed, None]:
        """What can be told until the load has ended; a partial picture still being made then is dropped."""
        look: asyncio.Task[PartialImage | None] | None = None
        wait_s = self._at_once_s
        try:
            while await growing.goes_on(load, look, wait_s):
                wait_s = _PROGRESS_STEP_S
                step: Growing | Progressed | None = None
                if look is not None and look.done():
                    step, look = _seen(look), None
                elif (progress := Progressed(*load.progress)) != told:
                    told = step = progress
                if look is None and (arriving := load.take_look()) is not None:
                    look = self._scope.start(self._look(load, arriving))
                if step is not None:
                    yield step
        finally:
            if look is not None:
                look.cancel()

    async def _look(self, load: Load, arriving: PartialDownload) -> PartialImage | None:
        """None where what has arrived shows nothing useful: the preview then serves on."""
        head = await asyncio.to_thread(arriving.head)
        if not head:
            return None
        try:
            return await self._studio.partial(head, growing.EDGE_PX, urgency=Urgency.NOW)
        except CannotShow as error:
            if error.reason in _NEVER_GROWS:
                load.looks.give_up()
            return None

    def _has_room_for(self, key: _Key) -> bool:
        """Whether this neighbour's pixels, as far as their number is known, fit beside those that are wanted too."""
        thumbnail = self._thumbnails.cached(key[1])
        if thumbnail is None:
            return True
        beside = (self._rasters.get(other) for other in self._wanted - {key})
        used_bytes = sum(raster.size_bytes for raster in beside if raster is not None)
        return used_bytes + 4 * thumbnail.source_width_px * thumbnail.source_height_px <= self._budget_bytes

    def _keep(self, key: _Key, raster: Raster) -> None:
        """Make room by dropping far photos first: very large neighbours must not drive each other out in turn."""
        if self._rasters.used_bytes + raster.size_bytes > self._budget_bytes:
            for far in self._seen - self._wanted:
                self._rasters.discard(far)
            self._seen &= self._wanted
        if self._rasters.used_bytes + raster.size_bytes <= self._budget_bytes:
            self._rasters.put(key, raster)
            self._seen.add(key)

    def _cancel_loads(self, *, but: Set[_Key]) -> None:
        for key in self._loads.keys() - but:
            self._cancel(key)

    def _cancel(self, key: _Key) -> None:
        load = self._loads.pop(key, None)
        if load is not None:
            load.task.cancel()

    def _forget_load(self, key: _Key, load: Load) -> None:
        if self._loads.get(key) is load:
            del self._loads[key]


def _seen(look: asyncio.Task[PartialImage | None]) -> Growing | None:
    growth = None if look.cancelled() or look.exception() is not None else look.result()
    return None if growth is None else Growing(growth.raster, growth.known_rows)


def _outcome(result: Raster | ServerError | CannotShow) -> Complete | NotOpened:
    return Complete(result) if isinstance(result, Raster) else NotOpened(result)


def _deliver_neighbour(task: asyncio.Task[End], key: _Key, on_ready: OnNeighbour) -> None:
    if not task.cancelled() and task.exception() is None and isinstance(raster := task.result(), Raster):
        on_ready(key[1], raster)
