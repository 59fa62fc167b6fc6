"""The viewer of one photo, a page of its own."""

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.ui.part import Context
from cerbo_desktop.ui.viewer.details_presenter import DetailsPresenter
from cerbo_desktop.ui.viewer.page import ViewerPage
from cerbo_desktop.ui.viewer.presenter import ViewerPresenter


class ViewerPart:
    """Shows one photo large, with its neighbours at hand."""

    def __init__(self, context: Context) -> None:
        services = context.services
        self._window, self._albums = context.window, services.albums
        self.page = ViewerPage()
        self.widgets = (self.page,)
        self.presenter = ViewerPresenter(
            self.page,
            services.viewing,
            services.thumbnails,
            services.faces,
            services.clock,
            navigator=context.navigator,
            scope=context.scope,
            line=services.connection.feed,
            details=DetailsPresenter(
                self.page.details,
                services.records,
                services.contents,
                services.clock,
                scope=context.scope,
                is_typed_by_list=services.albums.is_typed_by_list,
            ),
        )
        self.page.retry_chosen.connect(lambda: services.ask_anew())
        context.window.add_page(self.page)

    def start(self) -> None:
        """Do nothing: nothing is shown until a photo is opened."""

    def open(self, patient: Patient, photos: tuple[Photo, ...], photo_id: PhotoId) -> None:
        """Show the page with one of `photos`, given in the album's order."""
        self._window.show_page(self.page)
        self.presenter.open(patient, photos, photo_id, is_partial=self._albums.album.latest.is_partial)
        self.page.stage.setFocus()

    async def aclose(self) -> None:
        """Stop loading, and drop every pixel."""
        await self.presenter.aclose()
