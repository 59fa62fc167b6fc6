"""What is to be said about the list of photos itself, above the first month."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.limits import MAX_ALBUM_PHOTOS
from cerbo_desktop.ui.gallery.notices import NoticeRow, QuietNote
from cerbo_desktop.ui.gallery.shown import AlbumShown
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.text import album_notes, common
from cerbo_desktop.ui.text.failures import Sentence


class ListNotes(QWidget):
    """Notes above the album about its list. Takes no room while there is nothing to say."""

    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble: Sentence | None = None
        self._row: NoticeRow | None = None
        self._retry: Button | None = None
        self._incomplete = QuietNote("info", "")
        self._undated = QuietNote("info", "")
        self._waiting = QuietNote("waiting", "")
        self._old = QuietNote("calendar", "")
        self._notes = (self._old, self._incomplete, self._undated, self._waiting)
        self._column = QVBoxLayout(self)
        self._gives_way = False
        self._column.setContentsMargins(24, 16, 24, 0)
        self._column.setSpacing(8)
        for note in self._notes:
            self._column.addWidget(note)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the notes, top down."""
        row = (self._row.accessibleName(),) if self._row else ()
        return (*row, *(note.text for note in self._notes if note.text))

    @property
    def retry(self) -> Button | None:
        """Asks for the list again; None where that cannot help, or the strip of the connection has the button."""
        return self._retry

    def show_trouble(self, trouble: Sentence | None) -> None:
        """Show a failure until the list is read; a reader hears it once."""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        if self._row is not None:
            self._column.removeWidget(self._row)
            self._row.hide()
            self._row.deleteLater()
            self._row = self._retry = None
        if trouble is not None:
            button = self._retry = self._retry_button() if trouble.may_retry else None
            self._row = (
                NoticeRow("warn", trouble.title, trouble.text, button, icon="waiting")
                if trouble.is_told_above
                else NoticeRow("bad", trouble.title, trouble.text, button)
            )
            self._column.insertWidget(0, self._row)
            announce(self, self._row.accessibleName(), assertive=not trouble.is_told_above)
        self._show_or_hide()

    def _retry_button(self) -> Button:
        button = Button(common.try_again(), icon="retry", size=32)
        button.clicked.connect(self.retry_wanted)
        return button

    def show_incomplete(self, shown: AlbumShown) -> None:
        """Say which photos may be missing from the list, if any."""
        self._incomplete.set_text(_what_is_missing(shown) if shown.may_miss_photos else "")
        self._undated.set_text(album_notes.no_dates() if shown.has_no_dates else "")
        self._old.set_text(shown.old_note)
        self._show_or_hide()

    def show_waiting(self, text: str) -> None:
        """Say which photos wait in Cerbo's queue; empty says nothing."""
        self._waiting.set_text(text)
        self._show_or_hide()

    def give_way(self, gives_way: bool) -> None:
        """Leave the room to something that is needed more, and come back after it."""
        self._gives_way = gives_way
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self.texts) and not self._gives_way)


def _what_is_missing(shown: AlbumShown) -> str:
    if shown.total_count >= MAX_ALBUM_PHOTOS:
        return album_notes.only_the_first_shown(MAX_ALBUM_PHOTOS)
    unreadable_count = shown.unreadable_count
    return album_notes.photos_not_read(unreadable_count) if unreadable_count else album_notes.some_photos_missing()
