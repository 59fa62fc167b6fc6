"""What Cerbo's own record of one photo says: asked for once, where its row in the list says too little."""

from collections.abc import Callable

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.single_flight import SingleFlight

MAX_KEPT = 2_000
"""More photos than anybody opens in a day; each record is some hundred bytes."""
_Key = tuple[PatientId, PhotoId]


class PhotoRecords:
    """One for each practice. A record that came is kept until the practice is left; a failure is not."""

    def __init__(self, server: CerboServer, *, scope: TaskScope) -> None:
        self._server = server
        self._known: ByteLruCache[_Key, Photo] = ByteLruCache(MAX_KEPT, lambda _: 1)
        self._asked: SingleFlight[_Key, Photo] = SingleFlight(scope.child("records"))
        self._readers: list[Callable[[Photo], None]] = []

    def subscribe(self, reader: Callable[[Photo], None]) -> Callable[[], None]:
        """Tell `reader` of each record that comes. Returns the function that ends it."""
        self._readers.append(reader)
        return lambda: self._readers.remove(reader) if reader in self._readers else None

    def known(self, photo: Photo) -> Photo | None:
        """What is here already, without asking."""
        return self._known.get((photo.patient_id, photo.id))

    def completed(self, row: Photo) -> Photo:
        """The row, and what only the photo's own record says."""
        known = self.known(row)
        return row if known is None else row.completed_by(known)

    async def get(self, photo: Photo, *, urgency: Urgency) -> Photo:
        """The photo's own record; callers of the same photo share one request.

        Raises:
            ServerError: nobody knows; the next call asks again.
        """
        key = photo.patient_id, photo.id
        known = self._known.get(key)
        return known if known is not None else await self._asked.get(key, lambda: self._ask(key, urgency))

    async def aclose(self) -> None:
        self._known.clear()
        await self._asked.aclose()

    async def _ask(self, key: _Key, urgency: Urgency) -> Photo:
        record = await self._server.photo(*key, urgency=urgency)
        self._known.put(key, record)
        for reader in tuple(self._readers):
            reader(record)
        return record
