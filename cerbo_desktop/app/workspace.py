"""The session of one practice: all parts of the app that show it, from its connection until it is left."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget

from cerbo_desktop.app.app_context import AppContext
from cerbo_desktop.app.chart_link import ChartLink
from cerbo_desktop.app.deferred_imports import load_deferred
from cerbo_desktop.app.navigation import Navigation
from cerbo_desktop.app.photo_shortcuts import PhotoShortcuts
from cerbo_desktop.app.refreshing import Refreshing
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.runtime.closing_stack import ClosingStack
from cerbo_desktop.services.connection import ConnectionState
from cerbo_desktop.services.practice import PracticeServices
from cerbo_desktop.ui.capture.part import CapturePart
from cerbo_desktop.ui.commands.rules import rules_of
from cerbo_desktop.ui.connection.clock_part import ClockPart
from cerbo_desktop.ui.connection.part import ConnectionPart
from cerbo_desktop.ui.gallery.part import GalleryPart
from cerbo_desktop.ui.kit.subscriptions import Subscriptions
from cerbo_desktop.ui.main_page import MainPage
from cerbo_desktop.ui.part import Context, Part
from cerbo_desktop.ui.search.part import SearchPart
from cerbo_desktop.ui.uploads.part import UploadsPart
from cerbo_desktop.ui.viewer.part import ViewerPart

AnyPart = TypeVar("AnyPart", bound=Part)


class Workspace:
    """Made once a practice is connected; `aclose` ends its parts in reverse order, then its services, and takes what
    it showed out of the window."""

    def __init__(
        self,
        app: AppContext,
        services: PracticeServices,
        practice_name: str,
        chart_link: ChartLink,
        *,
        on_setup: Callable[[], None],
        on_patient_changed: Callable[[], None],
    ) -> None:
        self.services, self._window, self._parts = services, app.window, list[Part]()
        self._held = ClosingStack()
        self._held.callback(self._clear_window)
        self._held.hold(services)
        own_scope = self._held.hold(app.scope.child("practice"))
        self._navigation = Navigation(app.window, own_scope, on_setup, on_patient_changed, services.acts.publish)
        context = Context(app.window, services, app.settings, own_scope, self._navigation)
        # Strips stand in the order of their parts. What ends first comes last: photos that were sent are handed over.
        self.connection = self._hold(ConnectionPart(context))
        self.uploads = self._hold(UploadsPart(context))
        self.clock = self._hold(ClockPart(context))
        self.viewer = self._hold(ViewerPart(context))
        self.gallery = self._hold(GalleryPart(context))
        self.search = self._hold(SearchPart(context, practice_name))
        self.main = self._laid_out()
        self._refreshing = self._hold(Refreshing(context, self.main, self.search, self.gallery, self.viewer))
        self._capture = self._hold(CapturePart(context, self.gallery.page, app.make_camera))
        self._navigation.join(
            self.main, self.search, self.gallery, self.viewer, self.uploads, self._capture, self._refreshing
        )
        self._listen_to_keys(context)
        self.search.pane.results.cerbo_wanted.connect(lambda: chart_link.open())
        self.gallery.page.banner.cerbo_chosen.connect(self._open_chart)
        for offering in (self.search.pane.results, self.gallery.page.banner):
            offering.offer_cerbo(chart_link.is_known)
        self._held.callback(self._unlink_charts)
        rules_of(app.window).charts_are_linked = chart_link.is_known
        self._chart_link = chart_link
        self._ahead = self._held.hold(own_scope.child("ahead"))

    def start(self) -> None:
        """Show the main page, ask for today's board, and begin every part. Needs a running loop."""
        self._window.width_changed.emit(self._window.width())  # the parts have begun to listen
        self._window.show_page(self.main)
        self.services.start()
        for part in self._parts:
            part.start()
        self._ahead.start(self._prepare())

    async def _prepare(self) -> None:
        """Have ready what the start deferred, before a person asks for it."""
        await load_deferred(self.services.today.feed)
        self.viewer.build()

    def show(self) -> None:
        """Back from another page of the window."""
        self._window.show_page(self.main)

    def on_reconnected(self, trouble: ConnectionState) -> None:
        """Load what failed because of a trouble of the line, which is over."""
        self._refreshing.on_reconnected(trouble)

    def refresh(self) -> None:
        """Ask Cerbo for whatever may have changed."""
        self._refreshing.refresh()

    def open_first(self) -> None:
        """Open the patient who is first on today's board, for a picture of the window."""
        board = self.services.today.feed.latest
        visits = (*board.here_now, *board.coming_up)
        if visits:
            self._navigation.open_patient(visits[0].patient)

    @property
    def unsent(self) -> tuple[Upload, ...]:
        """Photos that are kept on this PC and not sent yet."""
        return self.services.uploading.unsent

    @property
    def has_unsent_shots(self) -> bool:
        """Photos that were taken and not yet sent lie in an open sheet or card."""
        return self._capture.has_unsent_shots

    async def aclose(self) -> None:
        """Leave the window empty of this practice: parts, requests, photos."""
        await self._held.aclose()

    def _hold(self, part: AnyPart) -> AnyPart:
        self._parts.append(part)
        return self._held.hold(part)

    def _laid_out(self) -> MainPage:
        centre = QStackedWidget()
        for page in (self.search.welcome, self.search.namesakes, self.gallery.page):
            centre.addWidget(page)
        main = MainPage(self.search.pane, centre, self.uploads.tray)
        self._window.add_page(main)
        return main

    def _listen_to_keys(self, context: Context) -> None:
        """The keys that work on every page, until the practice is left."""
        window, capture, keys = self._window, self._capture, Subscriptions()
        self._held.callback(keys.close)
        keys.connect(window.search_wanted, self._navigation.focus_search)
        keys.connect(window.next_pane_wanted, self.main.focus_pane)
        keys.connect(window.cerbo_wanted, self._open_chart)
        keys.connect(window.namesake_wanted, self._navigation.open_namesake)
        keys.connect(window.today_wanted, self._navigation.show_today)
        keys.connect(window.uploads_wanted, self._navigation.show_uploads)
        keys.connect(window.back_wanted, self._navigation.step_back)
        keys.connect(window.leave_wanted, self._navigation.leave)
        keys.connect(rules_of(window).burst_written, self._navigation.write_into_search)
        photo_shortcuts = PhotoShortcuts(window, self.search.pane, context.scope, lambda: capture.patient)
        keys.connect(window.files_wanted, photo_shortcuts.guarded(capture.choose_files))
        keys.connect(window.paste_wanted, photo_shortcuts.guarded(capture.paste))
        keys.connect(
            window.shutter_pressed, photo_shortcuts.guarded(capture.press_shutter, later=capture.turn_to_camera)
        )

    def _open_chart(self) -> None:
        """Of the patient on the page; nothing while nobody's is shown."""
        patient = self._navigation.patient_shown
        if patient is not None:
            self._chart_link.open(patient.id)

    def _unlink_charts(self) -> None:
        rules_of(self._window).charts_are_linked = False

    def _clear_window(self) -> None:
        parts = [widget for part in self._parts for widget in part.widgets]
        for widget in (self.main, *parts):
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
