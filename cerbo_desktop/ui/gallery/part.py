"""The open patient's page in the centre of the main page."""

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.today import Board
from cerbo_desktop.services.uploads.opening import Closed, Opened, OutboxStatus
from cerbo_desktop.ui.gallery.namesake_lookup import NamesakeLookup
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.presenter import GalleryPresenter
from cerbo_desktop.ui.kit.subscriptions import Subscriptions
from cerbo_desktop.ui.part import Context
from cerbo_desktop.ui.text.closed_outbox import why_closed
from cerbo_desktop.ui.window import COMPACT_UNDER_PX


class GalleryPart:
    """Who is open and what photos there are. `page` is laid out by the main page."""

    widgets = ()

    def __init__(self, context: Context) -> None:
        services = context.services
        self._services = services
        self.page = PatientPage(services.clock.local)
        self.presenter = GalleryPresenter(
            self.page,
            services.albums,
            services.thumbnails,
            services.faces,
            services.uploading.feed,
            services.clock,
            today_visit=services.today.visit_of,
            navigator=context.navigator,
            scope=context.scope,
            line=services.connection.feed,
        )
        self._scope = context.scope.child("namesakes")
        self.namesakes = NamesakeLookup(
            services.searching, services.today, services.clock, self._scope, self.page.namesakes
        )
        self._subscriptions = Subscriptions()
        self._subscriptions.follow(services.opening.feed, self._show_outbox, replay=False)
        self._subscriptions.follow(services.today.feed, self._follow_board, replay=False)
        self._subscriptions.connect(context.window.width_changed, self._fit)
        self._connect_page(context)

    def start(self) -> None:
        """Do nothing: no patient is open yet."""

    def open(self, patient: Patient) -> None:
        """Show this patient, or look again where the patient is open already."""
        presenter, services = self.presenter, self._services
        is_open = presenter.patient is not None and presenter.patient.id == patient.id
        if is_open and services.albums.album.latest.was_listed:
            presenter.look_again()  # what is shown stays: Cerbo may be out of reach
            self.namesakes.try_again()
            services.uploading.looks.album_opened(patient.id)
        elif not (is_open and presenter.is_opening):
            presenter.open(patient, record=services.searching.record_just_read(patient.id))
            services.uploading.looks.album_opened(patient.id)
            self.namesakes.look_for(patient)

    async def aclose(self) -> None:
        """Leave the patient: nothing of them stays on the page."""
        self._subscriptions.close()
        await self.presenter.aclose()
        await self._scope.aclose()

    def _fit(self, window_width_px: int) -> None:
        self.page.banner.set_compact(window_width_px < COMPACT_UNDER_PX)

    def _follow_board(self, _: Board) -> None:
        self.presenter.show_visit()
        self.namesakes.take_board()

    def _show_outbox(self, status: OutboxStatus) -> None:
        if isinstance(status, Closed):
            _, text = why_closed(status.reason, status.waiting_count)
            self.page.taking.turn_off(text)
        elif isinstance(status, Opened):
            self.page.taking.turn_on()

    def _connect_page(self, context: Context) -> None:
        page, navigator, settings = self.page, context.navigator, context.settings
        page.set_tile_px(settings.current.tile_px)
        page.tile_size_changed.connect(lambda tile_px: settings.change(tile_px=tile_px))
        page.photos_chosen.connect(navigator.take_photos)
        page.id_photo_chosen.connect(navigator.take_id_photo)
        page.banner.take_id_photo.clicked.connect(navigator.take_id_photo)
        page.files_chosen.connect(navigator.choose_files)
        page.files_dropped.connect(navigator.add_files)
        page.drops.link_dropped.connect(navigator.tell_of_link)
        page.namesake_chosen.connect(navigator.open_patient)
        page.look_again_wanted.connect(navigator.refresh)
        for asked_again in (page.list_retry_wanted, page.retry_wanted):
            asked_again.connect(lambda *_: context.services.ask_anew())
