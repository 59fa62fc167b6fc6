"""Keeps at hand what a person may open with the next press: the bytes of photos in view, and of the selected one."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache

_SETTLED_S = 0.1
"""A selection that moves on within so long, as under an arrow key that is held, fetches nothing."""


class Prefetching:
    """Tells `PhotoContentCache` whose bytes matter most.

    Photos in view come first, nearest to the selection before others, then what is near the view.
    """

    def __init__(self, contents: PhotoContentCache, scope: TaskScope, *, settled_s: float = _SETTLED_S) -> None:
        self._contents = contents
        self._settled_s = settled_s
        self._scope = scope.child("prefetching")
        self._patient_id: PatientId | None = None
        self._in_view: Sequence[PhotoId] = ()
        self._near: Sequence[PhotoId] = ()
        self._centre: PhotoId | None = None

    def show(self, patient_id: PatientId, in_view: Sequence[PhotoId], near: Sequence[PhotoId]) -> None:
        """Say which photos are in view now, in their order on the screen, and which are near them, nearest first."""
        if patient_id != self._patient_id:
            self.leave()
            self._patient_id = patient_id
        self._in_view, self._near = in_view, near
        self._prefer()

    def centre_on(self, photo_id: PhotoId) -> None:
        """Prefer the photos beside the one that is selected or on show."""
        self._centre = photo_id
        self._prefer()

    def fetch_selected(self, photo_id: PhotoId) -> None:
        """Prefer as `centre_on` does, and fetch at once what is missing of a photo that may be opened next.

        The bytes may be missing where its small picture came from the disk, or where others needed the room.
        """
        self.centre_on(photo_id)
        if self._patient_id is not None and not self._contents.has(self._patient_id, photo_id):
            self._scope.start(self._fetch(self._patient_id, photo_id), key="selected")
        else:
            self._scope.cancel("selected")

    def leave(self) -> None:
        """Fetch and prefer nothing any more for the patient who was left."""
        self._scope.cancel_all()
        self._patient_id, self._centre = None, None
        self._in_view, self._near = (), ()

    async def aclose(self) -> None:
        self.leave()
        await self._scope.aclose()

    async def _fetch(self, patient_id: PatientId, photo_id: PhotoId) -> None:
        await asyncio.sleep(self._settled_s)
        with suppress(ServerError):  # whoever opens it is told
            await self._contents.get(patient_id, photo_id, urgency=Urgency.VISIBLE)

    def _prefer(self) -> None:
        if self._patient_id is not None:
            self._contents.prefer(self._patient_id, (*_nearest_first(self._in_view, self._centre), *self._near))


def _nearest_first(in_view: Sequence[PhotoId], centre: PhotoId | None) -> Sequence[PhotoId]:
    """As they are where the centre is out of view."""
    if centre not in in_view:
        return in_view
    at = in_view.index(centre)
    return [photo_id for _, photo_id in sorted(enumerate(in_view), key=lambda place: abs(place[0] - at))]
