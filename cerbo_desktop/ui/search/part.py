"""The left pane: search box and today's board. In the centre: the welcome, and the cards of people with one name."""

from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import LISTS
from cerbo_desktop.ui.kit.subscriptions import Subscriptions
from cerbo_desktop.ui.part import Context
from cerbo_desktop.ui.search.footer import line_of
from cerbo_desktop.ui.search.namesakes import NamesakesPage
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.search.presenter import SearchPresenter
from cerbo_desktop.ui.search.welcome import WelcomePage
from cerbo_desktop.ui.today.long_waiting import LongWaiting
from cerbo_desktop.ui.today.presenter import WithoutPhotoPresenter
from cerbo_desktop.ui.window import COMPACT_UNDER_PX


class SearchPart:
    """Finds patients. `pane`, `welcome` and `namesakes` are laid out by the main page."""

    widgets = ()

    def __init__(self, context: Context, practice_name: str) -> None:
        services, window = context.services, context.window
        self._window = window
        self.pane = SearchPane()
        self.welcome = WelcomePage(self.pane.faces)
        self.namesakes = NamesakesPage(self.pane.faces)
        self.presenter = SearchPresenter(
            self.pane,
            self.namesakes,
            services.searching,
            services.today,
            services.faces,
            services.uploading.feed,
            services.clock,
            context.scope,
            context.navigator,
            services.connection.feed,
        )
        self.welcome.example_chosen.connect(self.pane.search_for)
        self.welcome.without_photo.visit_opened.connect(self.pane.visit_opened)
        for each in (self.pane.board.list, self.pane.results.list, self.welcome.without_photo.list, self.namesakes):
            each.face_clicked.connect(context.navigator.take_id_photo_of)
        self._without_photo = WithoutPhotoPresenter(
            self.welcome.without_photo.show_rows,
            services.today,
            self.pane.faces,
            services.clock,
            self.pane.faces_wanted.emit,
        )
        self._long_waiting = LongWaiting(
            services.long_waits, self.pane.board.long_wait_note, context.settings, services.clock
        )
        self.pane.footer.set_practice(practice_name)
        self.pane.footer.settings_opened.connect(context.navigator.open_settings)
        for asked_again in (self.pane.results.retry_wanted, self.pane.board.retry_wanted):
            asked_again.connect(lambda: services.ask_anew())
        ScanGuard(self.pane, LISTS)
        self._subscriptions = Subscriptions()
        self._subscriptions.follow(services.connection.feed, lambda state: self.pane.footer.set_line(line_of(state)))
        self._subscriptions.connect(window.width_changed, self._fit)

    def start(self) -> None:
        """Take the focus, and what was typed before there was a box to type into."""
        typed = self._window.end_early_typing()
        self.pane.focus_search()
        if typed is not None:
            self.pane.go_on_typing(typed.text, is_entered=typed.is_entered)

    async def aclose(self) -> None:
        """Stop searching."""
        self._subscriptions.close()
        self._long_waiting.close()
        self._without_photo.close()
        await self.presenter.aclose()

    def _fit(self, window_width_px: int) -> None:
        self.pane.set_compact(window_width_px < COMPACT_UNDER_PX)
