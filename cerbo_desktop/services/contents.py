"""The encoded bytes of photos: fetched once, by the route that works, and kept for a while."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import Arriving, CerboServer, OnArrival
from cerbo_desktop.domain.urgency import RisingUrgency, Urgency
from cerbo_desktop.runtime.scope import Failed
from cerbo_desktop.runtime.sharing import Sharing
from cerbo_desktop.services.kept_bytes import LIMIT_BYTES, KeptBytes, Key

_OTHER_ROUTE_MAY_WORK = frozenset(
    {
        *(BadAnswerKind.NOT_A_PHOTO, BadAnswerKind.WEB_PAGE, BadAnswerKind.NOT_JSON, BadAnswerKind.WRONG_SHAPE),
        *(BadAnswerKind.REDIRECT, BadAnswerKind.COMPRESSED),
    }
)


@dataclass(slots=True)
class _UnderWay:
    """One fetch and those who wait for it."""

    urgency: RisingUrgency
    caller_count: int = 0
    listeners: list[OnArrival] = field(default_factory=list)

    def tell(self, arriving: Arriving) -> None:
        for listener in tuple(self.listeners):
            listener(arriving)


class Contents:
    """One for each practice. Opening a photo whose thumbnail was just made costs no second download.

    `on_route_found` hears when the other of the two routes turns out to be the one that works: True for `/stream`.
    """

    def __init__(
        self,
        server: CerboServer,
        *,
        on_failure: Failed,
        budget_bytes: int = LIMIT_BYTES,
        is_stream_first: bool = False,
        on_route_found: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._server = server
        self._kept = KeptBytes(budget_bytes)
        self._fetches: Sharing[Key, Content] = Sharing("contents", on_failure)
        self._under_way: dict[Key, _UnderWay] = {}
        self._is_stream_first = is_stream_first
        self._on_route_found = on_route_found

    @property
    def used_bytes(self) -> int:
        return self._kept.used_bytes

    def cached(self, patient_id: PatientId, photo_id: PhotoId) -> Content | None:
        """What is here already, without asking the server."""
        return self._kept.get((patient_id, photo_id))

    def has(self, patient_id: PatientId, photo_id: PhotoId) -> bool:
        return (patient_id, photo_id) in self._kept

    def prefer(self, patient_id: PatientId, photo_ids: Sequence[PhotoId]) -> None:
        """Whose bytes to keep before all others, the most important first; see `KeptBytes`."""
        self._kept.prefer(patient_id, photo_ids)

    def has_room_for(self, patient_id: PatientId, photo_id: PhotoId, arriving_count: int) -> bool:
        """Whether its bytes would be kept once they have come, beside `arriving_count` others on their way."""
        return self._kept.has_room_for((patient_id, photo_id), arriving_count)

    def forget(self, patient_id: PatientId) -> None:
        """Drop the bytes of one patient; fetches for them are their callers' to end."""
        self._kept.forget(patient_id)

    async def get(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
    ) -> Content:
        """The bytes. Callers of the same photo share one fetch, as urgent as the most urgent of them, and each of their
        `on_arrival` hears of every piece from then on; none where the bytes are here already.

        Raises:
            ServerError: whatever both routes ended in.
        """
        key = patient_id, photo_id
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        fetch = self._under_way.setdefault(key, _UnderWay(RisingUrgency(urgency)))
        fetch.urgency.rise_to(urgency)
        listeners = [] if on_arrival is None else [on_arrival]
        fetch.caller_count += 1
        fetch.listeners += listeners
        try:
            return await self._fetches.get(key, lambda: self._fetch(key, fetch))
        finally:
            fetch.caller_count -= 1
            for listener in listeners:
                fetch.listeners.remove(listener)
            if not fetch.caller_count and self._under_way.get(key) is fetch:
                del self._under_way[key]

    def press(self, patient_id: PatientId, photo_id: PhotoId, urgency: Urgency) -> None:
        """Raise the urgency of a fetch that is under way; nothing happens where there is none."""
        fetch = self._under_way.get((patient_id, photo_id))
        if fetch is not None:
            fetch.urgency.rise_to(urgency)

    def clear(self) -> None:
        """Drop every byte and end every fetch; which route works stays known."""
        self._kept.clear()
        self._fetches.cancel_all()

    async def aclose(self) -> None:
        self._kept.clear()
        await self._fetches.aclose()

    async def _fetch(self, key: Key, fetch: _UnderWay) -> Content:
        """By the route that worked last, then by the other (contract 6.3, steps 5 and 6)."""
        is_stream = self._is_stream_first
        try:
            content = await self._by_route(key, fetch, is_stream=is_stream)
        except (BadAnswer, Missing) as first:
            if not _other_route_may_work(first):
                raise
            content = await self._by_other_route(key, fetch, first, is_stream=not is_stream)
        self._kept.put(key, content)
        return content

    async def _by_other_route(self, key: Key, fetch: _UnderWay, first: ServerError, *, is_stream: bool) -> Content:
        try:
            content = await self._by_route(key, fetch, is_stream=is_stream)
        except (BadAnswer, Missing) as second:
            # "There is no such photo" says the least: it may only mean that there is no such route.
            raise second if isinstance(first, Missing) else first from None
        if self._is_stream_first != is_stream:
            self._is_stream_first = is_stream
            self._on_route_found(is_stream)
        return content

    async def _by_route(self, key: Key, fetch: _UnderWay, *, is_stream: bool) -> Content:
        ask = self._server.stream if is_stream else self._server.content
        return await ask(*key, urgency=fetch.urgency, on_arrival=fetch.tell)


def _other_route_may_work(error: ServerError) -> bool:
    return isinstance(error, Missing) or (isinstance(error, BadAnswer) and error.kind in _OTHER_ROUTE_MAY_WORK)
