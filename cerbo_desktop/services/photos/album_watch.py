"""Looks into the open album once a minute, for what another PC sent and staff accepted."""

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.albums import Albums

EACH_S = 60.0


class AlbumWatch:
    """The minute begins with each listing, whoever asked for it. Nobody sees the album: nobody asks for it."""

    def __init__(self, albums: Albums, clock: Clock, scope: TaskScope) -> None:
        self._albums, self._clock = albums, clock
        self._scope = scope.child("album watch")
        self._patient_id: PatientId | None = None
        self._is_seen = False
        self._listed_s = clock.elapsed_s()
        self._ends = (
            albums.album.subscribe(self._follow, replay=False),
            albums.looked.subscribe(lambda _: self._note_listed(), replay=False),
        )

    def set_seen(self, is_seen: bool) -> None:
        """Whether a person can see the album, and Cerbo can be reached. Back after more than a minute it looks at
        once."""
        if is_seen != self._is_seen:
            self._is_seen = is_seen
            self._start_or_stop()

    async def aclose(self) -> None:
        for end in self._ends:
            end()
        await self._scope.aclose()

    def _follow(self, album: Album) -> None:
        self._note_listed()
        if album.patient_id != self._patient_id:
            self._patient_id = album.patient_id
            self._start_or_stop()

    def _note_listed(self) -> None:
        self._listed_s = self._clock.elapsed_s()

    def _start_or_stop(self) -> None:
        self._scope.cancel("watch")
        if self._patient_id is not None and self._is_seen and not self._scope.is_closed:
            self._scope.start(self._watch(), key="watch")

    async def _watch(self) -> None:
        while True:
            wait_s = self._listed_s + EACH_S - self._clock.elapsed_s()
            if wait_s > 0:
                await self._clock.sleep(wait_s)
                continue
            self._note_listed()
            self._albums.glance()
