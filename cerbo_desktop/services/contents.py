"""The encoded bytes of photos: fetched once, by the route that works, and kept for a while."""

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import Arriving, CerboServer, OnArrival
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.budget import ByteBudget
from cerbo_desktop.runtime.scope import Failed
from cerbo_desktop.runtime.sharing import Sharing

BUDGET_BYTES = 48_000_000
_OTHER_ROUTE_MAY_WORK = frozenset(
    {
        *(BadAnswerKind.NOT_A_PHOTO, BadAnswerKind.WEB_PAGE, BadAnswerKind.NOT_JSON, BadAnswerKind.WRONG_SHAPE),
        *(BadAnswerKind.REDIRECT, BadAnswerKind.COMPRESSED),
    }
)
_Key = tuple[PatientId, PhotoId]


class Contents:
    """One for each practice. Opening a photo whose thumbnail was just made costs no second download."""

    def __init__(self, server: CerboServer, *, on_failure: Failed, budget_bytes: int = BUDGET_BYTES) -> None:
        self._server = server
        self._kept: ByteBudget[_Key, Content] = ByteBudget(budget_bytes, lambda content: len(content.data))
        self._fetches: Sharing[_Key, Content] = Sharing("contents", on_failure)
        self._listeners: dict[_Key, list[OnArrival]] = {}
        self._is_stream_first = False

    @property
    def used_bytes(self) -> int:
        return self._kept.used_bytes

    def cached(self, patient_id: PatientId, photo_id: PhotoId) -> Content | None:
        """What is here already, without asking the server."""
        return self._kept.get((patient_id, photo_id))

    async def get(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
    ) -> Content:
        """The bytes; callers of the same photo share one fetch, of the urgency that its first caller had.

        Raises:
            ServerError: whatever both routes ended in.
        """
        key = patient_id, photo_id
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        listeners = self._listeners.setdefault(key, [])
        if on_arrival is not None:
            listeners.append(on_arrival)
        try:
            return await self._fetches.get(key, lambda: self._fetch(key, urgency))
        finally:
            if on_arrival is not None:
                listeners.remove(on_arrival)
            if not listeners and self._listeners.get(key) is listeners:
                del self._listeners[key]

    def clear(self) -> None:
        """Drop every byte and end every fetch; which route works stays known."""
        self._kept.clear()
        self._fetches.cancel_all()

    async def aclose(self) -> None:
        self._kept.clear()
        await self._fetches.aclose()

    async def _fetch(self, key: _Key, urgency: Urgency) -> Content:
        """By the route that worked last, then by the other (contract 6.3, steps 5 and 6)."""
        is_stream = self._is_stream_first
        try:
            content = await self._by_route(key, urgency, is_stream=is_stream)
        except (BadAnswer, Missing) as first:
            if not _other_route_may_work(first):
                raise
            content = await self._by_other_route(key, urgency, first, is_stream=not is_stream)
        self._kept.put(key, content)
        return content

    async def _by_other_route(self, key: _Key, urgency: Urgency, first: ServerError, *, is_stream: bool) -> Content:
        try:
            content = await self._by_route(key, urgency, is_stream=is_stream)
        except (BadAnswer, Missing) as second:
            # "There is no such photo" says the least: it may only mean that there is no such route.
            raise second if isinstance(first, Missing) else first from None
        self._is_stream_first = is_stream
        return content

    async def _by_route(self, key: _Key, urgency: Urgency, *, is_stream: bool) -> Content:
        fetch = self._server.stream if is_stream else self._server.content
        return await fetch(*key, urgency=urgency, on_arrival=lambda arriving: self._tell(key, arriving))

    def _tell(self, key: _Key, arriving: Arriving) -> None:
        for listener in tuple(self._listeners.get(key, ())):
            listener(arriving)


def _other_route_may_work(error: ServerError) -> bool:
    return isinstance(error, Missing) or (isinstance(error, BadAnswer) and error.kind in _OTHER_ROUTE_MAY_WORK)
