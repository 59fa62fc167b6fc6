"""The thumbnails of an album: what is in view is made first, what has left the view not at all."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from cerbo_desktop.domain.errors import CerboDesktopError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.ports import ImageStudio, ThumbnailCache
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.failed_thumbnails import FailedThumbnails
from cerbo_desktop.services.photos.failure_kinds import FailureKind, kind_of
from cerbo_desktop.services.photos.prefetching import Prefetching
from cerbo_desktop.services.photos.thumbnail_maker import ThumbnailMaker
from cerbo_desktop.services.photos.thumbnail_states import Loading, Ready, ThumbnailState
from cerbo_desktop.services.photos.wanted import Key, Wanted

EDGE_PX = 240
BUDGET_BYTES = 96_000_000
"""550 pictures of 240 x 180: with the painted tiles (64 MB) below the 260 MB that a long album may cost."""
IN_FLIGHT = 6
"""Two more than the server takes at once, so that decoding and fetching overlap."""


ThumbnailReader = Callable[[PhotoId, ThumbnailState], None]
ALBUM = "album"
"""The place that photos are wanted for unless another one is named."""


@dataclass(slots=True)
class _Load:
    """A picture in the making."""

    urgency: DynamicUrgency
    first: Ready | None = None
    """The camera's own small picture."""


class Thumbnails:
    """Works for one patient at a time, the one whom `want` named last.

    Several places of the screen can want photos of that patient at the same time, each a set of its own. A photo that
    failed stays so until a person asks for it again, or the line recovers.
    """

    def __init__(
        self,
        contents: PhotoContentCache,
        studio: ImageStudio,
        *,
        scope: TaskScope,
        cache: ThumbnailCache | None = None,
        edge_px: int = EDGE_PX,
        budget_bytes: int = BUDGET_BYTES,
        in_flight: int = IN_FLIGHT,
        may_try: Callable[[], bool] = lambda: True,
    ) -> None:
        """`may_try`: whether Cerbo can be reached, as far as is known."""
        self._contents = contents
        self._prefetching = Prefetching(contents, scope)
        self._scope = scope.child("thumbnails")
        self._maker = ThumbnailMaker(contents, studio, cache, self._scope)
        self._edge_px = edge_px
        self._in_flight = in_flight
        self._rasters: ByteLruCache[Key, Raster] = ByteLruCache(budget_bytes, lambda raster: raster.size_bytes)
        self._wanted = Wanted()
        self._running: dict[Key, _Load] = {}
        self._delivered: set[Key] = set()
        """Since the last `want`: a picture that the budget could not keep is not made again and again."""
        self._readers: list[ThumbnailReader] = []
        self._failed = FailedThumbnails(self._scope, may_try, self._publish, self._pump)

    @property
    def used_bytes(self) -> int:
        return self._rasters.used_bytes

    def subscribe(self, reader: ThumbnailReader) -> Callable[[], None]:
        """Tell `reader` of each state of a wanted photo from now on. Returns the function that ends it."""
        self._readers.append(reader)
        return lambda: self._readers.remove(reader) if reader in self._readers else None

    def want(
        self,
        patient_id: PatientId,
        ordered_ids: Sequence[PhotoId],
        near: Sequence[PhotoId] = (),
        *,
        place: str = ALBUM,
    ) -> None:
        """Declare what is in view at one place, most important first, and what is near it.

        Whatever no place wants is no longer worked for, nor is another patient. Readers are told at once of the state
        of each photo that was not wanted before.
        """
        before = self._wanted.all
        self._wanted.put(place, patient_id, ordered_ids, near)
        self._prefetching.show(patient_id, ordered_ids, near)
        self._follow_wants(before)

    def leave(self, place: str) -> None:
        """Drop what this place wanted: it shows no photos any more."""
        before = self._wanted.all
        self._wanted.leave(place)
        self._follow_wants(before)

    def _follow_wants(self, before: Mapping[Key, Urgency]) -> None:
        self._delivered.clear()
        self._stop(self._running.keys() - self._wanted.all.keys())
        self._press()
        for key in [key for key in self._wanted.all if key not in before]:
            self._publish(key, self._state(key))
        self._pump()

    def centre_on(self, photo_id: PhotoId) -> None:
        """Keep the bytes of the photos beside this one, which is on show, longer than all others."""
        self._prefetching.centre_on(photo_id)

    def select(self, photo_id: PhotoId) -> None:
        """Fetch the bytes of a photo that a person may open next."""
        if (self._wanted.patient_id, photo_id) not in self._failed:
            self._prefetching.fetch_selected(photo_id)

    def cached(self, photo_id: PhotoId) -> Raster | None:
        """What is here already of the patient wanted last."""
        return self._rasters.get((self._wanted.patient_id, photo_id)) if self._wanted.patient_id is not None else None

    def state(self, photo_id: PhotoId) -> ThumbnailState:
        """The state of this photo's thumbnail; `Loading` where nobody has wanted it yet."""
        return self._state((self._wanted.patient_id, photo_id)) if self._wanted.patient_id is not None else Loading()

    def retry(self, photo_id: PhotoId) -> None:
        """Try a failed one again, as soon as it is wanted."""
        if self._wanted.patient_id is not None:
            self._failed.retry([(self._wanted.patient_id, photo_id)])

    def retry_failed(self) -> None:
        """Try again whatever another try may help, such as when the connection is back."""
        for key in self._maker.take_stand_ins():
            self._rasters.discard(key)
            self._delivered.discard(key)
        self._failed.retry_all()
        self._pump()

    def note_trouble(self, is_passing: bool) -> None:
        """Whether Cerbo can't be reached for now, or is overloaded: what fails meanwhile is tried again after it."""
        self._failed.note_trouble(is_passing)

    def resize(self, edge_px: int) -> None:
        """Make pictures of another size from now on; those in view again at once, mostly without a download."""
        if edge_px == self._edge_px:
            return
        self._edge_px = edge_px
        self._stop(frozenset(self._running))
        self._delivered.clear()
        self._rasters.clear()
        self._pump()

    def forget(self, patient_id: PatientId, *, is_coming_back: bool = False) -> None:
        """Drop what is here of one patient, and their work. Their bytes stay where they are opened again at once."""
        if patient_id == self._wanted.patient_id:
            self._stop(frozenset(self._running))
            self._prefetching.leave()
            self._wanted.clear()
        self._failed.forget(patient_id)
        self._rasters.discard_where(lambda key: key[0] == patient_id)
        if not is_coming_back:
            self._contents.forget(patient_id)

    def clear(self) -> None:
        """Drop everything and end all work."""
        self._stop(frozenset(self._running))
        self._prefetching.leave()
        self._wanted.clear()
        self._failed.clear()
        self._rasters.clear()
        self._maker.forget_all()

    async def aclose(self) -> None:
        self.clear()
        await self._prefetching.aclose()
        await self._scope.aclose()
        await self._maker.aclose()

    def _stop(self, keys: Set[Key]) -> None:
        for key in keys:
            del self._running[key]
            self._scope.cancel(key)

    def _press(self) -> None:
        """What came from near into view while it is fetched goes on with more urgency."""
        for key, load in self._running.items():
            load.urgency.raise_to(self._wanted.all[key])

    def _state(self, key: Key) -> ThumbnailState:
        raster = self._rasters.get(key)
        if raster is not None:
            return Ready(raster)
        load = self._running.get(key)
        return load.first if load is not None and load.first is not None else self._failed.state(key)

    def _pump(self) -> None:
        """Start what is wanted, in order, while there is room; what is near only where its bytes can stay."""
        busy = Counter(load.urgency.now for load in self._running.values())
        for key, urgency in self._wanted.all.items():
            if sum(busy[each] for each in busy if each <= urgency) >= self._in_flight or self._scope.is_closed:
                return
            if not (key in self._rasters or key in self._failed or key in self._running or key in self._delivered):
                if urgency is Urgency.NEAR and not self._contents.has_room_for(*key, arriving_count=len(self._running)):
                    return
                busy[urgency] += 1
                load = self._running[key] = _Load(DynamicUrgency(urgency))
                self._scope.start(self._load(key, load), key=key).add_done_callback(partial(self._end, key, load))

    async def _load(self, key: Key, load: _Load) -> None:
        try:
            raster = await self._maker.make(key, self._edge_px, load.urgency, partial(self._show_first, key, load))
        except CerboDesktopError as error:
            self._failed.note(key, kind_of(error))
        else:
            self._rasters.put(key, raster)
            self._delivered.add(key)
            if not self._maker.is_stand_in(key):
                self._failed.note_ready()
            self._publish(key, Ready(raster))

    def _show_first(self, key: Key, load: _Load, raster: Raster) -> None:
        load.first = Ready(raster, is_final=False)
        self._publish(key, load.first)

    def _end(self, key: Key, load: _Load, task: asyncio.Task[None]) -> None:
        """Make room for the next; not for one that was stopped here, which has left `_running` already."""
        if self._running.get(key) is not load:
            return
        del self._running[key]
        if task.cancelled():
            return  # its bytes were dropped under it: what is still wanted will be named again
        if task.exception() is not None:
            self._failed.note(key, FailureKind.NOT_LOADED)  # a defect, which the scope reports; never tried in a circle
        self._pump()

    def _publish(self, key: Key, state: ThumbnailState) -> None:
        if key in self._wanted.all:
            for reader in tuple(self._readers):
                reader(key[1], state)
