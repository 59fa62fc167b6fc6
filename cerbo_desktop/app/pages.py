"""The widgets of one practice, laid out in the window's panes and not yet wired."""

from PySide6.QtWidgets import QStackedWidget

from cerbo_desktop.app.services import Services
from cerbo_desktop.ui.connection.clock_strip import ClockStrip
from cerbo_desktop.ui.connection.view import ConnectionStrip
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.main_page import MainPage
from cerbo_desktop.ui.search.namesakes import NamesakesPage
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.search.welcome import WelcomePage
from cerbo_desktop.ui.uploads.closed_strip import ClosedStrip
from cerbo_desktop.ui.uploads.view import UploadTray
from cerbo_desktop.ui.viewer.page import ViewerPage
from cerbo_desktop.ui.window import COMPACT_UNDER_PX, TRAY_FOLDS_UNDER_PX


class Pages:
    def __init__(self, services: Services) -> None:
        self.search = SearchPane()
        self.welcome = WelcomePage()
        self.namesakes = NamesakesPage()
        self.patient = PatientPage(services.clock.local)
        self.tray = UploadTray()
        self.viewer = ViewerPage()
        self.strip = ConnectionStrip()
        self.closed_strip = ClosedStrip()
        self.clock_strip = ClockStrip()
        self.centre = QStackedWidget()
        for page in (self.welcome, self.namesakes, self.patient):
            self.centre.addWidget(page)
        self.main = MainPage(self.search, self.centre, self.tray)

    def fit(self, window_width_px: int) -> None:
        is_compact = window_width_px < COMPACT_UNDER_PX
        self.search.set_compact(is_compact)
        self.patient.set_compact(is_compact)
        self.tray.set_narrow(window_width_px < TRAY_FOLDS_UNDER_PX)
