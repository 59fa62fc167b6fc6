"""Looking again: what a person asks for, and what goes on by itself while the album is in view."""

from collections.abc import Callable

from cerbo_desktop.app.pages import Pages
from cerbo_desktop.app.services import Services
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import Busy, ConnectionState, Online
from cerbo_desktop.services.photos.album import Looked
from cerbo_desktop.services.photos.album_watch import AlbumWatch
from cerbo_desktop.ui.gallery.presenter import GalleryPresenter
from cerbo_desktop.ui.search.presenter import SearchPresenter
from cerbo_desktop.ui.window import MainWindow


class Refreshing:
    def __init__(
        self,
        window: MainWindow,
        pages: Pages,
        services: Services,
        gallery: GalleryPresenter,
        search: SearchPresenter,
        scope: TaskScope,
    ) -> None:
        self._window, self._pages, self._services = window, pages, services
        self._gallery, self._search = gallery, search
        self._watch = AlbumWatch(services.albums, services.clock, scope)
        self._ends: list[Callable[[], object]] = [
            services.connection.feed.subscribe(self._follow_line, replay=False),
            services.albums.looked.subscribe(self._follow_looks, replay=False),
        ]
        for signal in (window.view_changed, pages.centre.currentChanged):
            signal.connect(self._follow_view)
            self._ends.append(lambda signal=signal: signal.disconnect(self._follow_view))  # type: ignore[misc]
        self._follow_view()

    def look_again(self) -> None:
        """Whatever may have changed in Cerbo: the board, the faces in view, the queue, the album, and what could not be
        loaded.

        Each joins what is asked for during its look to one more look: a key that is held asks for two.
        """
        self._services.today.look_again()
        self._search.look_again()
        self._services.uploading.look_now()
        self._gallery.look_again()

    async def aclose(self) -> None:
        for end in self._ends:
            end()
        await self._watch.aclose()

    def _follow_line(self, state: ConnectionState) -> None:
        if not isinstance(state, Online | Busy):
            self._gallery.forget_look()
        self._follow_view()

    def _follow_view(self, _: object = None) -> None:
        """The album counts as seen behind the viewer too, which shows the photos of the same list."""
        window, pages = self._window, self._pages
        shows_album = window.is_showing(pages.main) and pages.centre.currentWidget() is pages.patient
        is_seen = window.is_seen and (shows_album or window.is_showing(pages.viewer))
        self._watch.set_seen(is_seen and isinstance(self._services.connection.feed.latest, Online))

    def _follow_looks(self, looked: Looked | None) -> None:
        """What is new in the chart may be a photo that waited, or a face."""
        if looked is None or not looked.new_photos:
            return
        self._services.uploading.look_for(looked.patient_id, is_chart_new=True)
        if any(photo.photo_type is not PhotoType.MEDICAL for photo in looked.new_photos):
            self._search.forget_face(looked.patient_id)
            self._gallery.show_face_again()
