"""What stands below the head of the patient's page: the album, or what is said in its place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from cerbo_desktop.domain.moments import Local
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.placeholders import EmptyAlbum, LoadingTiles, NoneOfType
from cerbo_desktop.ui.gallery.shown import AlbumShown
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.text import album


class AlbumBody(QStackedWidget):
    """One of: the album, empty tiles while it loads, an empty album, none of the chosen type, nothing below a card."""

    def __init__(self, local: Local) -> None:
        """`local` turns an aware moment into clinic time."""
        super().__init__()
        self.album = AlbumView(local)
        self.loading = LoadingTiles()
        self.empty = EmptyAlbum()
        self.none_of_type = NoneOfType()
        self._below_card = QWidget()
        for body in (self.album, self.loading, self.empty, self.none_of_type, self._below_card):
            self.addWidget(body)
        # It takes what is left and never asks for more: a low window must not be outgrown by a page not even shown.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    @property
    def shows_empty(self) -> bool:
        """The buttons of an empty album are in view."""
        return self.currentWidget() is self.empty

    def arrange(self, shown: AlbumShown, *, has_card: bool) -> None:
        """Show what fits the album. The focus goes from what leaves to what comes."""
        before, body = self.currentWidget(), self._fitting(shown, has_card=has_card)
        was_at_body = _is_within(QApplication.focusWidget(), before)
        self.setCurrentWidget(body)
        if was_at_body and body is not before:
            self.focus()

    def focus(self) -> None:
        """Put the focus where the work goes on: the album, or the first button of what stands in its place.

        While the album is on its way what stands in its place takes the keys: in the search box they would type.
        """
        body = self.currentWidget() or self.album
        target = {self.empty: self.empty.take, self.none_of_type: self.none_of_type.show_all}.get(body, body)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_tile_px(self, tile_px: int) -> None:
        """Set the edge of each tile, of photos and of those that load."""
        self.album.set_tile_px(tile_px)
        self.loading.set_tile_px(tile_px)

    def mark_all(self) -> None:
        """Mark every photo of the album, from wherever the focus is on the page."""
        self.album.marks.mark_all()
        announce(self, album.marked(self.album.marks.count))

    def clear_marks(self) -> bool:
        """Take all marks off; False where there are none."""
        if not self.album.marks.count:
            return False
        self.album.marks.clear()
        announce(self, album.marked(0))
        return True

    def _fitting(self, shown: AlbumShown, *, has_card: bool) -> QWidget:
        if has_card and not shown.photos:
            return self._below_card
        if shown.photos:
            return self.album
        if shown.is_empty:
            return self.empty
        if shown.pending and not shown.is_loading:
            return self.album
        if shown.photo_type is not None and shown.total_count and not shown.is_loading:
            self.none_of_type.show_for(shown.photo_type, shown.total_count, is_whole=shown.is_whole)
            return self.none_of_type
        return self.loading if shown.is_loading else self.album


def _is_within(focused: QWidget | None, body: QWidget | None) -> bool:
    return focused is not None and body is not None and body.isAncestorOf(focused)
