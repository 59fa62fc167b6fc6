"""How one thumbnail is made: out of the cache where it is there, else out of the photo, the camera's own first."""

from collections.abc import Callable
from functools import partial

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.ports import ImageStudio, ThumbnailCache
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import DynamicUrgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.decoding import decode_best
from cerbo_desktop.services.photos.embedded_thumbnail import EmbeddedThumbnailProbe
from cerbo_desktop.services.photos.wanted import Key

OnFirst = Callable[[Raster], None]
"""Hears of the camera's own small picture while the rest of the photo is on its way."""


class ThumbnailMaker:
    """Makes thumbnails, and keeps them in the cache where there is one."""

    def __init__(
        self, contents: PhotoContentCache, studio: ImageStudio, cache: ThumbnailCache | None, scope: TaskScope
    ) -> None:
        self._contents, self._studio, self._cache, self._scope = contents, studio, cache, scope

    async def make(self, key: Key, edge_px: int, urgency: DynamicUrgency, on_first: OnFirst) -> Raster:
        """The thumbnail of a photo, its longer edge at most `edge_px`. Raises `CannotShow` or `ServerError`."""
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
        if self._cache is not None:
            await self._cache.aclose()
