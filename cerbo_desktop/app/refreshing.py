"""Looking again: what a person asks for, what goes on by itself while the album is in view, and after a trouble."""

from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.services.connection import Busy, ConnectionState, Online
from cerbo_desktop.services.photos.album import Looked
from cerbo_desktop.services.photos.album_watch import AlbumWatch
from cerbo_desktop.ui.gallery.part import GalleryPart
from cerbo_desktop.ui.kit.subscriptions import Subscriptions
from cerbo_desktop.ui.main_page import MainPage
from cerbo_desktop.ui.part import Context
from cerbo_desktop.ui.search.part import SearchPart
from cerbo_desktop.ui.viewer.part import ViewerPart


class Refreshing:
    """A part that shows nothing itself."""

    widgets = ()

    def __init__(
        self, context: Context, main: MainPage, search: SearchPart, gallery: GalleryPart, viewer: ViewerPart
    ) -> None:
        services = context.services
        self._window, self._services, self._main = context.window, services, main
        self._search, self._gallery, self._viewer = search, gallery, viewer
        self._watch = AlbumWatch(services.albums, services.clock, context.scope)
        self._subscriptions = Subscriptions()
        self._subscriptions.follow(services.connection.feed, self._follow_line, replay=False)
        self._subscriptions.follow(services.albums.looked, self._follow_looks, replay=False)
        self._subscriptions.connect(context.window.view_changed, self._follow_view)
        self._subscriptions.connect(main.centre.currentChanged, self._follow_view)
        self._subscriptions.connect(context.window.look_again_wanted, self.refresh)

    def start(self) -> None:
        """Whether the album is in view is known from now on."""
        self._follow_view()

    def refresh(self) -> None:
        """Whatever may have changed in Cerbo: the board, the faces in view, the queue, the album, and what could not be
        loaded. Staff may have accepted photos, or allowed more to this key.

        Each joins what is asked for during its look to one more look: a key that is held asks for two.
        """
        self._services.ask_anew()
        self._services.today.look_again()
        self._search.presenter.look_again()
        self._services.uploading.looks.look_now()
        self._gallery.presenter.look_again()

    def on_reconnected(self, trouble: ConnectionState) -> None:
        """Try once more everything that failed because of a trouble of the line, which is over.

        After an overload that is all: photos of the outbox wait as they were told, and lists that are whole need not be
        asked for again.
        """
        self._search.presenter.try_again()
        self._viewer.try_again()
        self._gallery.namesakes.try_again()
        if isinstance(trouble, Busy):
            self._services.today.try_again()
            self._gallery.presenter.try_again()
        else:
            self._services.today.refresh()
            self._services.uploading.resume()
            self._gallery.presenter.refresh()

    async def aclose(self) -> None:
        """Look no more, neither when asked nor from time to time."""
        self._subscriptions.close()
        await self._watch.aclose()

    def _follow_line(self, state: ConnectionState) -> None:
        if not isinstance(state, Online | Busy):
            self._gallery.presenter.forget_look()
        self._follow_view()

    def _follow_view(self, _: object = None) -> None:
        """The album counts as seen behind the viewer too, which shows the photos of the same list."""
        window, main = self._window, self._main
        shows_album = window.is_showing(main) and main.centre.currentWidget() is self._gallery.page
        is_seen = window.is_seen and (shows_album or self._viewer.is_shown)
        self._watch.set_seen(is_seen and isinstance(self._services.connection.feed.latest, Online))

    def _follow_looks(self, looked: Looked | None) -> None:
        """What is new in the chart may be a photo that waited, or a face."""
        if looked is None or not looked.new_photos:
            return
        self._services.uploading.looks.look_for(looked.patient_id, is_chart_new=True)
        if any(photo.photo_type is not PhotoType.MEDICAL for photo in looked.new_photos):
            self._services.faces.forget_face(looked.patient_id)
