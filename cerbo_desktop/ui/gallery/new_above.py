"""Says over the album that photos came above what is in view, and leads there."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Qt

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.layout import STUCK_PX
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.text import album


class NewAbove(QObject):
    """A button in the band of the month's heading, where it covers no tile."""

    def __init__(self, view: AlbumView) -> None:
        super().__init__(view)
        self._view = view
        self._unseen: frozenset[PhotoId] = frozenset()
        self.button = Button("", icon="up", size=32, parent=view)
        self.button.hide()
        view.setTabOrder(view, self.button)
        self.button.clicked.connect(self._lead_there)
        view.verticalScrollBar().valueChanged.connect(self._show)
        view.view_moved.connect(self._place)

    def add(self, new: Collection[PhotoId]) -> None:
        """These came while the album was open. Those in view, or below it, are not told of."""
        before = len(self._unseen)
        self._unseen = self._unseen.union(new)
        self._show()
        if len(self._unseen) > before:
            announce(self._view, self.button.text())

    def forget(self) -> None:
        """Another patient, or other photos of this one."""
        self._unseen = frozenset()
        self._show()

    def _show(self) -> None:
        self._unseen = frozenset(filter(self._is_above, self._unseen))
        if not self._unseen:
            if self.button.hasFocus():
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.button.hide()
            return
        self.button.setText(album.new_photos(len(self._unseen)))
        self._place()
        self.button.show()

    def _place(self) -> None:
        self.button.adjustSize()
        middle = (self._view.viewport().width() - self.button.width()) // 2
        self.button.move(middle, (STUCK_PX - self.button.height()) // 2)

    def _is_above(self, photo_id: PhotoId) -> bool:
        row = self._view.album_model().row_of(photo_id)
        return row >= 0 and self._view.tile_rect(row).center().y() < 0

    def _lead_there(self) -> None:
        """To the newest, which is the first."""
        newest = min(self._unseen, key=self._view.album_model().row_of)
        self._view.show_photo(newest)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
