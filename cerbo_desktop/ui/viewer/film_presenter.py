"""Fills the strip of thumbnails under an opened photo: those in view first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.services.photos.thumbnail_states import Failed, Loading, Ready, ThumbnailState
from cerbo_desktop.services.photos.thumbnails import Thumbnails

if TYPE_CHECKING:
    from cerbo_desktop.ui.viewer.page import ViewerPage


class FilmPresenter:
    """Asks for the thumbnails of one patient at a time."""

    def __init__(self, page: ViewerPage, thumbnails: Thumbnails) -> None:
        self._page, self._thumbnails = page, thumbnails
        self._patient_id: PatientId | None = None
        self._on_show: PhotoId | None = None
        self._end = thumbnails.subscribe(self._show)
        page.wanted_changed.connect(self._want)
        page.retry_chosen.connect(thumbnails.retry_failed)
        page.stage.full_shown.connect(self._take_photo)

    def open(self, patient_id: PatientId) -> None:
        """Let the strip show photos of this patient from now on."""
        self._patient_id = patient_id

    def show_photo(self, photo_id: PhotoId) -> None:
        """This photo is on show from now on."""
        self._on_show = photo_id
        self._thumbnails.centre_on(photo_id)

    def clear(self) -> None:
        """Ask for nothing more and drop what comes late: the viewer is closed."""
        self._patient_id = self._on_show = None

    def close(self) -> None:
        """Follow the thumbnails no more."""
        self._end()

    def _take_photo(self) -> None:
        """The photo on show is here whole: a thumbnail of it that failed can be made."""
        if self._on_show is not None:
            self._thumbnails.retry(self._on_show)

    def _want(self, visible: Sequence[PhotoId], near: Sequence[PhotoId]) -> None:
        if self._patient_id is None:
            return
        for photo_id in (*visible, *near):
            if (raster := self._thumbnails.cached(photo_id)) is not None:
                self._page.set_thumbnail(photo_id, raster)
        self._thumbnails.want(self._patient_id, visible, near)

    def _show(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        if self._patient_id is None:
            return
        match state:
            case Ready(raster):
                self._page.set_thumbnail(photo_id, raster)
            case Failed():
                self._page.set_thumbnail(photo_id, None)
            case Loading():
                self._page.film.film.set_loading(photo_id)
            case _:
                assert_never(state)
