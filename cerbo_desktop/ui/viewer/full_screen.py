"""Full screen for the viewer: the stage gains the film strip's room and the whole screen."""

from PySide6.QtWidgets import QWidget

from cerbo_desktop.ui.viewer.bar import ViewerBar
from cerbo_desktop.ui.viewer.photo_details import PhotoDetails


class FullScreen:
    """Goes to full screen and back to how the window was before."""

    def __init__(self, page: QWidget, bar: ViewerBar, details: PhotoDetails, film: QWidget) -> None:
        """`film` is hidden while the window of `page` has the whole screen."""
        self._page, self._bar, self._details, self._film = page, bar, details, film
        self._was_maximized = False

    @property
    def is_on(self) -> bool:
        """The window of the page has the whole screen."""
        return self._page.window().isFullScreen()

    def toggle(self) -> None:
        """Go to full screen, or back."""
        window = self._page.window()
        if not window.isFullScreen():
            self._was_maximized = window.isMaximized()
            window.showFullScreen()
        elif self._was_maximized:
            window.showMaximized()
        else:
            window.showNormal()
        self._film.setVisible(not window.isFullScreen())
        self.show_way_back()

    def show_way_back(self) -> None:
        """Have the bar say what its first button does, and whether Esc does the same: open details come first."""
        self._bar.show_way_back(is_full_screen=self.is_on, is_next_step=not self._details.is_open)

    def end_for_hidden_page(self) -> None:
        """Back from full screen, where the page has left the window's centre: another page has no key for it."""
        if not self._page.isVisible() and self._film.isHidden() and self.is_on:
            self.toggle()
