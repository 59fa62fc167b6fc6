"""The viewer of one photo, a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.ui.part import Context

if TYPE_CHECKING:
    from cerbo_desktop.ui.viewer.page import ViewerPage
    from cerbo_desktop.ui.viewer.presenter import ViewerPresenter


class _Viewer(NamedTuple):
    page: ViewerPage
    presenter: ViewerPresenter


class ViewerPart:
    """Shows one photo large, with its neighbours at hand. The page is built with the first photo, if not before."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._built: _Viewer | None = None

    @property
    def page(self) -> ViewerPage:
        return self.build().page

    @property
    def presenter(self) -> ViewerPresenter:
        return self.build().presenter

    @property
    def widgets(self) -> Sequence[QWidget]:
        return () if self._built is None else (self._built.page,)

    @property
    def is_shown(self) -> bool:
        """A photo takes the whole window."""
        return self._built is not None and self._context.window.is_showing(self._built.page)

    def start(self) -> None:
        """Do nothing: nothing is shown until a photo is opened."""

    def build(self) -> _Viewer:
        """Make the page where there is none yet. A start, which is quicker without it, leaves that for later."""
        if self._built is None:
            self._built = self._made()
        return self._built

    def open(self, patient: Patient, photos: tuple[Photo, ...], photo_id: PhotoId) -> None:
        """Show the page with one of `photos`, given in the album's order."""
        self._context.window.show_page(self.page)
        is_partial = self._context.services.albums.album.latest.is_partial
        self.presenter.open(patient, photos, photo_id, is_partial=is_partial)
        self.page.stage.setFocus()

    def photos_changed(self, photos: tuple[Photo, ...], *, is_partial: bool) -> None:
        """Follow the album's photos, which come newest first; `is_partial`: more are on their way."""
        if self._built is not None:
            self._built.presenter.photos_changed(photos, is_partial=is_partial)

    def try_again(self) -> None:
        """Load what is on show and failed: Cerbo can be reached again."""
        if self._built is not None:
            self._built.presenter.try_again()

    async def aclose(self) -> None:
        """Stop loading, and drop every pixel."""
        if self._built is not None:
            await self._built.presenter.aclose()

    def _take_id_photo(self) -> None:
        """Back on the patient's page, where the card of the ID photo is shown."""
        self.presenter.close()
        self._context.navigator.take_id_photo()

    def _made(self) -> _Viewer:
        from cerbo_desktop.ui.viewer.details_presenter import DetailsPresenter  # deferred: `app/deferred_imports.py`
        from cerbo_desktop.ui.viewer.page import ViewerPage
        from cerbo_desktop.ui.viewer.presenter import ViewerPresenter

        context, services = self._context, self._context.services
        page = ViewerPage()
        presenter = ViewerPresenter(
            page,
            services.viewing,
            services.thumbnails,
            services.faces,
            services.clock,
            navigator=context.navigator,
            scope=context.scope,
            line=services.connection.feed,
            details=DetailsPresenter(
                page.details,
                services.records,
                services.contents,
                services.clock,
                scope=context.scope,
                is_typed_by_list=services.albums.is_typed_by_list,
            ),
        )
        page.retry_chosen.connect(lambda: services.ask_anew())
        page.bar.take_id_photo.clicked.connect(self._take_id_photo)
        context.window.add_page(page)
        return _Viewer(page, presenter)
