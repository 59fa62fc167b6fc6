"""The encoded bytes of photos: fetched once, by the route that works, and kept for a while."""

from collections.abc import Awaitable, Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import CerboServer, OnArrival, PartialDownload
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.single_flight import SingleFlight
from cerbo_desktop.services.photos.kept_bytes import LIMIT_BYTES, KeptBytes, Key
from cerbo_desktop.services.photos.routes import Ask, Route, Routes
from cerbo_desktop.services.photos.withheld_photos import WithheldPhotos

Picture = TypeVar("Picture")


@dataclass(slots=True)
class _UnderWay:
    """One fetch and those who wait for it."""

    urgency: DynamicUrgency
    """Of the most urgent of those who wait."""
    callers: list[DynamicUrgency] = field(default_factory=list)
    listeners: list[OnArrival] = field(default_factory=list)

    @contextmanager
    def joined(self, urgency: DynamicUrgency, on_arrival: OnArrival | None) -> Iterator[None]:
        """Somebody waits, for as long as the block runs."""
        listeners = [] if on_arrival is None else [on_arrival]
        self.callers.append(urgency)
        self.listeners += listeners
        try:
            with urgency.notifying(lambda _: self._weigh()):
                self._weigh()
                yield
        finally:
            self.callers.remove(urgency)
            for listener in listeners:
                self.listeners.remove(listener)
            self._weigh()

    def _weigh(self) -> None:
        if self.callers:
            self.urgency.become(min(caller.now for caller in self.callers))

    def tell(self, arriving: PartialDownload) -> None:
        for listener in tuple(self.listeners):
            listener(arriving)


class ContentFlaw(Enum):
    """Why what one route gave is not all that the photo is."""

    UNSHOWN = "unshown"
    """It is of a type that can't be shown."""
    SMALL = "small"
    """It is Cerbo's small copy."""
    DAMAGED = "damaged"
    """A part of it is missing."""


class PhotoContentCache:
    """One for each practice. Opening a photo whose thumbnail was just made costs no second download.

    `is_stream_first` and `on_route_found` are for `Routes`.
    """

    def __init__(
        self,
        server: CerboServer,
        *,
        scope: TaskScope,
        budget_bytes: int = LIMIT_BYTES,
        is_stream_first: bool = False,
        on_route_found: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._server = server
        self._kept = KeptBytes(budget_bytes)
        self._fetches: SingleFlight[Key, Content] = SingleFlight(scope.child("contents"))
        self._under_way: dict[Key, _UnderWay] = {}
        self._routes = Routes(is_stream_first=is_stream_first, on_found=on_route_found)
        self._withheld = WithheldPhotos()
        self._came_by: dict[Key, Route] = {}
        self._same_by_both: set[str] = set()
        """Types that the other route gave no other form of."""
        self._no_better: set[tuple[Key, ContentFlaw]] = set()
        """Photos of which the other route gives no more."""

    @property
    def used_bytes(self) -> int:
        return self._kept.used_bytes

    def cached(self, patient_id: PatientId, photo_id: PhotoId) -> Content | None:
        """What is here already, without asking the server."""
        return self._kept.get((patient_id, photo_id))

    def has(self, patient_id: PatientId, photo_id: PhotoId) -> bool:
        return (patient_id, photo_id) in self._kept

    def of_patient(self, patient_id: PatientId) -> dict[PhotoId, Content]:
        """What is here already of one patient's photos, without asking the server."""
        return self._kept.of_patient(patient_id)

    def prefer(self, patient_id: PatientId, photo_ids: Sequence[PhotoId]) -> None:
        """Keep the bytes of these photos before all others, the most important first; see `KeptBytes`."""
        self._kept.prefer(patient_id, photo_ids)

    def has_room_for(self, patient_id: PatientId, photo_id: PhotoId, arriving_count: int) -> bool:
        """Whether its bytes would be kept once they have come, beside `arriving_count` others on their way."""
        return self._kept.has_room_for((patient_id, photo_id), arriving_count)

    def forget(self, patient_id: PatientId) -> None:
        """Drop the bytes of one patient; fetches for them are their callers' to end."""
        self._kept.forget(patient_id)
        self._withheld.forget(patient_id)
        self._server.forget_parts(patient_id)

    async def get(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency | DynamicUrgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
    ) -> Content:
        """The bytes. Callers of the same photo share one fetch, at each moment as urgent as the most urgent of them who
        still waits, and each of their `on_arrival` hears of every piece from then on; none where the bytes are here
        already.

        Raises:
            ServerError: whatever both routes ended in.
        """
        key = patient_id, photo_id
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        own = urgency if isinstance(urgency, DynamicUrgency) else DynamicUrgency(urgency)
        fetch = self._under_way.setdefault(key, _UnderWay(DynamicUrgency(own.now)))
        try:
            with fetch.joined(own, on_arrival):
                return await self._fetches.get(key, lambda: self._fetch(key, fetch))
        finally:
            if not fetch.callers and self._under_way.get(key) is fetch:
                del self._under_way[key]

    def clear(self) -> None:
        """Drop every byte and end every fetch; which route works stays known."""
        self._kept.clear()
        self._came_by.clear()
        self._no_better.clear()
        self._fetches.cancel_all()

    async def aclose(self) -> None:
        self._kept.clear()
        await self._fetches.aclose()

    async def improved(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        given: Content,
        flaw: ContentFlaw,
        improve: Callable[[Content], Awaitable[Picture | None]],
        *,
        urgency: Urgency,
    ) -> Picture | None:
        """What `improve` makes of the photo by the other route, where that one gives more of it than `get` gave; its
        bytes are kept from then on. None where it gives no more, or `improve` makes nothing of it.

        Raises:
            ServerError: the other route gives nothing.
        """
        key = patient_id, photo_id
        came_by = self._came_by.get(key)
        if came_by is None or (key, flaw) in self._no_better or _has(self._same_by_both, given, flaw):
            return None
        other = await self._ask_for(key, _UnderWay(DynamicUrgency(urgency)))(came_by.other, True)
        picture = await improve(other) if _gives_more(other, given, flaw) else None
        if picture is None:
            self._came_by[key] = came_by
            self._no_better.add((key, flaw))
            if flaw is ContentFlaw.UNSHOWN and other.media_type == given.media_type:
                self._same_by_both.add(given.media_type)
            return None
        if flaw is not ContentFlaw.SMALL:  # which serves for tiles
            self._routes.note_unshown(came_by)
        self._kept.put(key, other)
        return picture

    async def _fetch(self, key: Key, fetch: _UnderWay) -> Content:
        wanted = Route.STREAM if fetch.urgency.now is Urgency.NOW else Route.CONTENT
        try:
            content = await self._routes.fetch(self._ask_for(key, fetch), wanted)
        except ServerError as error:
            raise self._withheld.judged(*key, error) from None
        self._withheld.note_given(key[0])
        self._kept.put(key, content)
        return content

    def _ask_for(self, key: Key, fetch: _UnderWay) -> Ask:
        def ask(route: Route, has_other_way: bool) -> Awaitable[Content]:
            self._came_by[key] = route  # of those that are asked in turn the last one gives the photo
            by_route = self._server.stream if route is Route.STREAM else self._server.content
            return by_route(*key, urgency=fetch.urgency, on_arrival=fetch.tell, has_other_way=has_other_way)

        return ask


def _has(same_by_both: Set[str], given: Content, flaw: ContentFlaw) -> bool:
    return flaw is ContentFlaw.UNSHOWN and given.media_type in same_by_both


def _gives_more(other: Content, given: Content, flaw: ContentFlaw) -> bool:
    if flaw is ContentFlaw.UNSHOWN:
        return other.media_type != given.media_type
    return len(other.data) > len(given.data)
