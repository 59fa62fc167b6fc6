"""How one thumbnail is made: out of the cache where it is there, else out of the photo, the camera's own first."""

from collections.abc import Callable
from functools import partial

from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.ports import ImageStudio, ThumbnailCache
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import DynamicUrgency
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.decoding import decode_best
from cerbo_desktop.services.photos.embedded_thumbnail import EmbeddedThumbnailProbe
from cerbo_desktop.services.photos.seen_albums import may_show_last_seen
from cerbo_desktop.services.photos.wanted import Key

SEEN_BYTES = 32_000_000
"""Some 190 pictures of 240 x 180: the first screens of the last ten patients."""
OnFirst = Callable[[Raster], None]
"""Hears of a picture of earlier, or of the camera's own small one, while the photo is on its way."""


class ThumbnailMaker:
    """Makes thumbnails, and keeps them in the cache where there is one."""

    def __init__(
        self, contents: PhotoContentCache, studio: ImageStudio, cache: ThumbnailCache | None, scope: TaskScope
    ) -> None:
        self._contents, self._studio, self._cache, self._scope = contents, studio, cache, scope
        self._seen: ByteLruCache[Key, Raster] = ByteLruCache(SEEN_BYTES, lambda raster: raster.size_bytes)
        """Made earlier, also of patients who were left since. Each is shown until the photo has come, and stands in
        for one that the line doesn't bring."""
        self._stand_ins: set[Key] = set()

    async def make(self, key: Key, edge_px: int, urgency: DynamicUrgency, on_first: OnFirst) -> Raster:
        """The thumbnail of a photo, its longer edge at most `edge_px`. Raises `CannotShow` or `ServerError`."""
        if (seen := self._seen.get(key)) is not None:
            on_first(seen)
        try:
            raster = await self._make(key, edge_px, urgency, on_first)
        except ServerError as error:
            if not may_show_last_seen(error) or seen is None:
                self._seen.discard(key)
                raise
            self._stand_ins.add(key)
            return seen
        self._seen.put(key, raster)
        self._stand_ins.discard(key)
        return raster

    def is_stand_in(self, key: Key) -> bool:
        """Whether what was made last for this photo is a picture of earlier, and perhaps of another size."""
        return key in self._stand_ins

    def take_stand_ins(self) -> frozenset[Key]:
        """The photos that a picture of earlier stands in for, once."""
        taken = frozenset(self._stand_ins)
        self._stand_ins.clear()
        return taken

    def forget_all(self) -> None:
        """Drop every picture: the practice is left."""
        self._seen.clear()
        self._stand_ins.clear()

    async def _make(self, key: Key, edge_px: int, urgency: DynamicUrgency, on_first: OnFirst) -> Raster:
        if self._cache is not None and (kept := await self._cache.get(*key, edge_px)) is not None:
            return kept
        try:
            probe = EmbeddedThumbnailProbe(lambda head: self._start_probe(key, head, edge_px, urgency, on_first))
            content = await self._contents.get(*key, urgency=urgency, on_arrival=probe)
            thumbnail = partial(self._studio.thumbnail, edge_px=edge_px, urgency=urgency.now)
            raster = await decode_best(self._contents, key, content, thumbnail, urgency.now)
        finally:
            self._scope.cancel(("first", key))
        if self._cache is not None:
            self._scope.start(self._cache.put(*key, edge_px, raster))
        return raster

    def _start_probe(self, key: Key, head: bytes, edge_px: int, urgency: DynamicUrgency, on_first: OnFirst) -> None:
        self._scope.start(self._probe(head, edge_px, urgency, on_first), key=("first", key))

    async def _probe(self, head: bytes, edge_px: int, urgency: DynamicUrgency, on_first: OnFirst) -> None:
        try:
            raster = await self._studio.embedded(head, edge_px, urgency=urgency.now)
        except CannotShow:
            return
        on_first(raster)

    async def aclose(self) -> None:
        self.forget_all()
        if self._cache is not None:
            await self._cache.aclose()
