"""A person's look into the open patient's album: that it goes on, and what it found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle
from cerbo_desktop.services.photos.album import Looked
from cerbo_desktop.ui.text import album_filter

if TYPE_CHECKING:
    from cerbo_desktop.ui.gallery.filter_bar import FilterBar


class LookPresenter:
    """What a person asked for is told in any case; what the app looked for by itself only where it is new."""

    def __init__(
        self,
        bar: FilterBar,
        looked: Feed[Looked | None],
        clock: Clock,
        refresh: Callable[[], Awaitable[None]],
        scope: TaskScope,
    ) -> None:
        """`refresh` lists the album of the open patient, and ends with that."""
        self._bar, self._clock, self._refresh = bar, clock, refresh
        self._patient_id: PatientId | None = None
        self._is_looking = False
        """A person asked for a look, which isn't over."""
        self._looks = Throttle(scope, self._look)
        self._end = looked.subscribe(self._show, replay=False)

    def open(self, patient_id: PatientId) -> None:
        """Looks are into the album of this patient from now on."""
        self._patient_id = patient_id

    def leave(self) -> None:
        """Forget the open patient: nobody is open any more."""
        self._patient_id, self._is_looking = None, False

    def close(self) -> None:
        """Follow the looks no more."""
        self._end()

    def ask(self) -> None:
        """Look for a person. Asked again meanwhile, one more look follows this one."""
        if self._patient_id is not None:
            self._looks.ask()

    def forget(self) -> None:
        """Take away what the last look found: the line is lost, and it no longer holds. A look under way tells by
        itself how it ended."""
        if not self._is_looking:
            self._bar.show_looked("")

    def end(self, text: str = "") -> None:
        """End the look and say what came of it."""
        self._is_looking = False
        self._bar.show_looked(text)

    async def _look(self) -> None:
        if self._patient_id is not None:
            self._is_looking = True
            self._bar.show_looked(album_filter.looking())
            await self._refresh()

    def _show(self, looked: Looked | None) -> None:
        if looked is None or looked.patient_id != self._patient_id:
            return
        if looked.new_photos is None:
            self.end()
        elif self._is_looking or looked.new_photos:
            self.end(album_filter.looked_again(self._clock.local(looked.at), len(looked.new_photos)))
