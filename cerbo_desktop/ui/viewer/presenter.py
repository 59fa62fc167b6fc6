"""Joins the viewer's page to the services: opens, pages, fills the film strip, keeps the neighbours ready."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import PASSING, ConnectionState, Online
from cerbo_desktop.services.photos import thumbnail_states
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.later_tries import LaterTries
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.services.photos.viewing_steps import Complete, Growing, NotOpened, Preview, Progressed, ViewingStep
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.viewer.bar_face_presenter import BarFacePresenter
from cerbo_desktop.ui.viewer.captions import film_entries, patient_caption, photo_caption
from cerbo_desktop.ui.viewer.details_presenter import DetailsPresenter
from cerbo_desktop.ui.viewer.film_presenter import FilmPresenter
from cerbo_desktop.ui.viewer.photo_failure import PhotoFailure

if TYPE_CHECKING:
    from cerbo_desktop.ui.viewer.page import ViewerPage


class ViewerPresenter:
    """One for each practice. Photos run as in the album: the newest is the first, and stands at the left."""

    def __init__(
        self,
        page: ViewerPage,
        viewing: Viewing,
        thumbnails: Thumbnails,
        faces: Faces | None,
        clock: Clock,
        *,
        navigator: Navigator,
        scope: TaskScope,
        details: DetailsPresenter | None = None,
        line: Feed[ConnectionState] | None = None,
    ) -> None:
        """`line`: whether Cerbo can be reached."""
        self._page, self._details, self._navigator = page, details, navigator
        self._viewing, self._thumbnails, self._clock = viewing, thumbnails, clock
        self._scope = scope.child("viewer")
        self._film = FilmPresenter(page, thumbnails)
        self._face = BarFacePresenter(page.bar, faces, self._scope) if faces is not None else None
        self._line = line or Feed[ConnectionState](Online())
        self._is_in_trouble = False
        self._later = LaterTries(
            self._scope, self._retry_broken, lambda: isinstance(self._line.latest, Online), clock.sleep
        )
        self._patient: Patient | None = None
        self._photos: tuple[Photo, ...] = ()
        self._rows_tell_size = False
        """As Cerbo listed them: records that were read since tell their own photo's size alone."""
        self._is_partial = False
        self._current: PhotoId | None = None
        self._failure: PhotoFailure | None = None
        """Of the photo on show."""
        self._is_going_back = False
        self._ends = (thumbnails.subscribe(self._preview_photo_on_show), self._line.subscribe(self._follow_line))
        self._connect()

    @property
    def current(self) -> PhotoId | None:
        """The photo on show; None while the viewer is closed."""
        return self._current

    def open(self, patient: Patient, photos: tuple[Photo, ...], photo_id: PhotoId, *, is_partial: bool = False) -> None:
        """Show one of `photos`, given in the album's order: newest first. Needs a running loop. `is_partial`: more are
        on their way."""
        self._patient = patient
        self._photos, self._is_partial = photos, is_partial
        self._rows_tell_size = _most_tell_size(photos)
        self._page.show_patient(patient_caption(patient, self._clock.local(self._clock.now()).date()))
        self._page.set_film(film_entries(self._photos, self._clock, is_partial=self._is_partial))
        self._film.open(patient.id)
        if self._face is not None:
            self._face.show(patient.id)
        self._show(photo_id)

    def photos_changed(self, photos: tuple[Photo, ...], *, is_partial: bool = False) -> None:
        """Take in the changed album, newest first. If the photo on show is gone, its neighbour is shown."""
        if self._patient is None or self._current is None:
            return
        if (photos, is_partial) == (self._photos, self._is_partial):
            return
        place = self._place(self._current)
        self._photos, self._is_partial = photos, is_partial
        if not self._photos:
            self.close()
            return
        self._page.set_film(film_entries(self._photos, self._clock, is_partial=self._is_partial))
        if any(photo.id == self._current for photo in self._photos):
            self._show_caption(self._current)
            self._prefetch(self._patient.id, self._current)
        else:
            self._show(self._photos[min(place, len(self._photos) - 1)].id)

    def try_again(self) -> None:
        """Cerbo can be reached again: the photo on show and its details load by themselves where they failed."""
        self._retry()
        if self._details is not None:
            self._details.try_again()

    def close(self) -> None:
        """Leave the viewer: stop all work, drop every pixel, say which photo was on show."""
        left = self._current
        self._scope.cancel_all()
        self._viewing.close()
        self._patient, self._photos = None, ()
        self._current = self._failure = None
        self._film.clear()
        if self._face is not None:
            self._face.clear()
        self._page.clear()
        if self._details is not None:
            self._details.clear()
        if left is not None:
            self._navigator.close_viewer(left)

    async def aclose(self) -> None:
        for end in self._ends:
            end()
        self._film.close()
        self._viewing.close()
        if self._face is not None:
            await self._face.aclose()
        await self._scope.aclose()
        if self._details is not None:
            await self._details.aclose()

    def _connect(self) -> None:
        page = self._page
        page.back_chosen.connect(self.close)
        page.previous_chosen.connect(lambda: self._step(-1))
        page.next_chosen.connect(lambda: self._step(1))
        page.first_chosen.connect(lambda: self._show_at(0))
        page.last_chosen.connect(lambda: self._show_at(len(self._photos) - 1))
        page.photo_chosen.connect(self._choose)
        page.retry_chosen.connect(self._retry)

    def _step(self, by: int) -> None:
        if self._current is not None:
            self._is_going_back = by < 0
            self._show_at(self._place(self._current) + by)

    def _show_at(self, place: int) -> None:
        if 0 <= place < len(self._photos):
            self._choose(self._photos[place].id)

    def _choose(self, photo_id: PhotoId) -> None:
        if self._current is not None and photo_id != self._current:
            self._show(photo_id)

    def _retry_broken(self) -> None:
        if self._failure is not None and self._failure.is_broken_off:
            self._retry()

    def _retry(self) -> None:
        if self._current is not None and self._failure is not None and self._failure.may_retry:
            self._show(self._current)

    def _show(self, photo_id: PhotoId) -> None:
        if self._patient is not None:
            self._current, self._failure = photo_id, None
            self._film.show_photo(photo_id)
            self._scope.start(self._open(self._patient.id, photo_id), key="open")

    async def _open(self, patient_id: PatientId, photo_id: PhotoId) -> None:
        """The first step comes without waiting, so that caption and picture change together."""
        async with aclosing(self._viewing.open(patient_id, photo_id)) as steps:
            is_first = True
            async for step in steps:
                if is_first:
                    self._show_caption(photo_id)
                is_first = False
                self._show_step(photo_id, step)
        self._prefetch(patient_id, photo_id)

    def _show_step(self, photo_id: PhotoId, step: ViewingStep) -> None:
        match step:
            case Preview(raster):
                self._page.show_preview(photo_id, raster)
            case Growing(raster, known_rows):
                self._page.show_growing(photo_id, raster, known_rows)
            case Progressed(done_bytes, total_bytes):
                self._page.show_progress(photo_id, done_bytes, total_bytes)
            case Complete(raster):
                self._later.note_ready()
                self._page.show_full(photo_id, raster)
                if self._details is not None:
                    self._details.show_file(photo_id, raster)
            case NotOpened(error):
                self._show_failure(photo_id, PhotoFailure(error, self._is_in_trouble))
            case _:
                assert_never(step)

    def _show_failure(self, photo_id: PhotoId, failure: PhotoFailure) -> None:
        self._failure = failure
        if failure.is_broken_off:
            self._later.note_failed()
        title, text, *_ = failure.words
        self._page.show_failure(photo_id, title, text, failure.over_picture, may_retry=failure.offers_retry)

    def _follow_line(self, state: ConnectionState) -> None:
        """A photo that failed says whether it is asked for again by itself."""
        before, self._is_in_trouble = self._is_in_trouble, isinstance(state, PASSING)
        if before != self._is_in_trouble and self._failure is not None and self._current is not None:
            self._show_failure(self._current, replace(self._failure, is_in_trouble=self._is_in_trouble))

    def _show_caption(self, photo_id: PhotoId) -> None:
        place, count = self._place(photo_id), len(self._photos)
        caption = photo_caption(self._photos[place], place + 1, count, self._clock, is_partial=self._is_partial)
        self._page.show_photo(caption, has_previous=place > 0, has_next=place < count - 1)
        if self._details is not None:
            self._details.show(self._photos[place], rows_tell_size=self._rows_tell_size)

    def _prefetch(self, patient_id: PatientId, photo_id: PhotoId) -> None:
        """The neighbour in the direction of travel first."""
        place = self._place(photo_id)
        steps = (-1, 1) if self._is_going_back or place == len(self._photos) - 1 else (1, -1)
        ids = [self._photos[place + by].id for by in steps if 0 <= place + by < len(self._photos)]
        self._page.prepared.keep_only({photo_id, *ids})
        self._viewing.prefetch(patient_id, ids, self._page.prepared.prepare)

    def _place(self, photo_id: PhotoId) -> int:
        return next((place for place, photo in enumerate(self._photos) if photo.id == photo_id), 0)

    def _preview_photo_on_show(self, photo_id: PhotoId, state: thumbnail_states.ThumbnailState) -> None:
        """A thumbnail that comes while its photo opens, or after that failed, is shown below whatever is sharper."""
        if not isinstance(state, thumbnail_states.Ready) or photo_id != self._current:
            return
        if self._failure is not None or self._scope.is_running("open"):
            self._page.show_preview(photo_id, state.raster)
        if self._failure is not None:
            self._show_failure(photo_id, self._failure)


def _most_tell_size(photos: Sequence[Photo]) -> bool:
    return 2 * sum(photo.size_bytes is not None for photo in photos) > len(photos)
