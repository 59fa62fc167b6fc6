"""Full screen for the viewer: the stage gains the film strip's room and the whole screen."""

from PySide6.QtWidgets import QWidget


class FullScreen:
    """Goes to full screen and back to how the window was before."""

    def __init__(self, page: QWidget, film: QWidget) -> None:
        """`film` is hidden while the window of `page` has the whole screen."""
        self._page, self._film = page, film
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

    def end_for_hidden_page(self) -> None:
        """Back from full screen, where the page has left the window's centre: another page has no key for it."""
        if not self._page.isVisible() and self._film.isHidden() and self.is_on:
            self.toggle()
