"""Fills the tiles of the open patient's album with thumbnails, those in view first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.services.photos.thumbnail_states import Ready, ThumbnailState
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.ui.gallery.layout import thumbnail_edge_px

if TYPE_CHECKING:
    from cerbo_desktop.ui.gallery.page import PatientPage


class TilesPresenter:
    """Of one patient at a time."""

    def __init__(self, page: PatientPage, thumbnails: Thumbnails, on_photo_here: Callable[[PhotoId], object]) -> None:
        """`on_photo_here` gets each photo that has come whole."""
        self._page, self._thumbnails, self._on_photo_here = page, thumbnails, on_photo_here
        self._patient_id: PatientId | None = None
        self._end = thumbnails.subscribe(self._show)
        page.tile_size_changed.connect(lambda _: self._resize())
        page.wanted_changed.connect(self._want)
        page.photo_selected.connect(lambda photo_id: thumbnails.select(PhotoId(photo_id)))
        page.retry_wanted.connect(lambda photo_id: thumbnails.retry(PhotoId(photo_id)))

    def open(self, patient_id: PatientId) -> None:
        """Fill the tiles of this patient from now on."""
        self._patient_id = patient_id
        self._resize()

    def leave(self, coming: PatientId | None) -> None:
        """Drop what is here of the open patient; `coming` is opened next."""
        left, self._patient_id = self._patient_id, None
        if left is not None:
            self._thumbnails.forget(left, is_coming_back=left == coming)

    def close(self) -> None:
        """Follow the thumbnails no more."""
        self._end()

    def _resize(self) -> None:
        self._thumbnails.resize(thumbnail_edge_px(self._page.picture_px))

    def _want(self, visible: Sequence[PhotoId], near: Sequence[PhotoId]) -> None:
        if self._patient_id is not None:
            self._thumbnails.want(self._patient_id, visible, near)

    def _show(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        if self._patient_id is None:
            return
        self._page.set_thumbnail(photo_id, state)
        if isinstance(state, Ready) and state.is_final:
            self._on_photo_here(photo_id)
