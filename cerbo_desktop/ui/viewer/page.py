"""The viewer: one photo large, with who and what it is above it and the whole set below it."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import lists, viewer
from cerbo_desktop.ui.viewer.bar import ViewerBar
from cerbo_desktop.ui.viewer.captions import FilmEntry, PatientCaption, PhotoCaption
from cerbo_desktop.ui.viewer.film import FilmStrip
from cerbo_desktop.ui.viewer.full_screen import FullScreen
from cerbo_desktop.ui.viewer.page_keys import ViewerKeys
from cerbo_desktop.ui.viewer.photo_details import PhotoDetails
from cerbo_desktop.ui.viewer.photo_failure import OverPicture
from cerbo_desktop.ui.viewer.prepared_photos import PreparedPhotos
from cerbo_desktop.ui.viewer.stage_area import StageArea


class ViewerPage(QWidget):
    """Shows what it is told. Pixels of a photo that is not on show any more are dropped."""

    back_chosen = Signal()
    previous_chosen = Signal()
    next_chosen = Signal()
    first_chosen = Signal()
    last_chosen = Signal()
    photo_chosen = Signal(str)  # PhotoId
    retry_chosen = Signal()
    wanted_changed = Signal(object, object)  # tuple[PhotoId, ...] in view in the film strip, and beside the view

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = ViewerBar()
        self.area = StageArea()
        self.stage = self.area.stage
        self.details = PhotoDetails()
        self.film = FilmStrip()
        self._caption: PhotoCaption | None = None
        self.prepared = PreparedPhotos(self)
        self._turns: dict[PhotoId, int] = {}
        self.full_screen = FullScreen(self, self.bar, self.details, self.film)
        self._lay_out()
        self._connect()
        self._keys = ViewerKeys(self)
        self._order_focus()

    # What it is told.

    def show_patient(self, caption: PatientCaption) -> None:
        """Drop everything of the last patient and show whose photos come now."""
        self.clear()
        self.bar.show_patient(caption)

    def set_film(self, entries: Sequence[FilmEntry]) -> None:
        self.film.set_entries(entries)
        if self._caption is not None:
            self.film.show_chosen(self._caption.photo_id)

    def set_thumbnail(self, photo_id: PhotoId, raster: Raster | None) -> None:
        """Show the film strip's picture of a photo; None says that it could not be loaded."""
        self.film.film.set_thumbnail(photo_id, raster)

    def show_photo(self, caption: PhotoCaption, *, has_previous: bool, has_next: bool) -> None:
        """Show another photo, or the same with a new place in the set. The stage is empty until its pixels come."""
        is_other = self._caption is None or caption.photo_id != self._caption.photo_id
        self._caption = caption
        self.bar.show_photo(caption)
        self.area.set_reach(has_previous=has_previous, has_next=has_next)
        self.film.show_chosen(caption.photo_id)
        if is_other:
            self.area.show_nothing()
            self.bar.set_has_photo(False)
            self.bar.set_usable(True)
            self._show_turn()
        self._name_stage()

    def show_preview(self, photo_id: PhotoId, raster: Raster) -> None:
        """Show the small picture; it may come late, and takes nothing sharper away."""
        if self._is_on_show(photo_id):
            self.area.show_preview(raster)
            self._show_quality(is_full=False)

    def show_growing(self, photo_id: PhotoId, raster: Raster, known_rows: int) -> None:
        """Show what has arrived so far: the top `known_rows` of the raster, over the preview where there is one."""
        if self._is_on_show(photo_id):
            self.area.show_growing(raster, known_rows)
            self._show_quality(is_full=False)

    def show_progress(self, photo_id: PhotoId, done_bytes: int, total_bytes: int | None) -> None:
        if self._is_on_show(photo_id):
            self.area.show_progress(done_bytes, total_bytes)
            self._show_quality(is_full=False)

    def show_full(self, photo_id: PhotoId, raster: Raster) -> None:
        """Show every pixel of the photo. The raster is wrapped, not copied."""
        if self._is_on_show(photo_id):
            self.area.show_full(raster, self.prepared.get(photo_id))

    def show_failure(
        self, photo_id: PhotoId, title: str, text: str, over: OverPicture | None = None, *, may_retry: bool
    ) -> None:
        """Full quality did not come. Where nothing of the photo is shown, title and text take the stage."""
        if self._is_on_show(photo_id):
            over = over or OverPicture(viewer.full_quality_failed(), viewer.upper_part_failed())
            words = self.area.show_failure(title, text, over, may_retry=may_retry)
            self._show_quality(is_full=False)
            self._set_usable(self.stage.has_photo)
            announce(self.stage, words, assertive=True)

    def clear(self) -> None:
        """Drop every pixel and word of the photos shown so far."""
        self._caption = None
        self.prepared.clear()
        self._turns.clear()
        self.stage.fit()
        self.stage.set_turns(0)
        self.area.show_nothing(is_waiting=False)
        self.area.show_turned(False)
        self.bar.set_has_photo(False)
        self.film.set_entries(())
        self.film.film.forget_images()
        self.bar.set_face(None)

    def step_back(self) -> None:
        """Esc: the details first, then out of full screen, then back to the album."""
        if self.details.is_open:
            self.toggle_details()
        else:
            self._leave()

    def _leave(self) -> None:
        if self.full_screen.is_on:
            self.full_screen.toggle()
        else:
            self.back_chosen.emit()

    def toggle_details(self) -> None:
        """Show or hide, beside the photo, what Cerbo says of it. The focus stays at the photo, or comes back to it."""
        if self.details.is_open and self.details.isAncestorOf(self.focusWidget()):
            self.stage.setFocus()
        self.details.set_open(not self.details.is_open)
        self.bar.details.setChecked(self.details.is_open)
        self.full_screen.show_way_back()

    # Qt.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.full_screen.end_for_hidden_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is no shortcut: the window may have one of its own, and two would silence each other."""
        if self._keys.handle(event):
            return
        if event.modifiers() or not self.details.scroll_by_key(event.key()):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(event.rect(), color("win"))
            painter.fillRect(0, self.film.y(), self.width(), 1, color("line"))

    # Within.

    def _is_on_show(self, photo_id: PhotoId) -> bool:
        return self._caption is not None and self._caption.photo_id == photo_id

    def _show_quality(self, *, is_full: bool) -> None:
        self.bar.set_has_photo(self.stage.has_photo)
        if self.stage.has_photo:
            self.bar.set_usable(True)
        self.bar.show_quality(is_full=is_full, flaw=self.area.flaw, is_part=self.area.is_called_part)
        self._name_stage()

    def _set_usable(self, is_usable: bool) -> None:
        """Focus on a control that goes off moves to the stage, where the arrow keys are expected."""
        if not is_usable and any(tool.hasFocus() for tool in self.bar.tools):
            self.stage.setFocus()
        self.bar.set_usable(is_usable)

    def _name_stage(self) -> None:
        if self._caption is not None:
            name = lists.headed(self._caption.spoken, self.area.spoken_quality)
            if name != self.stage.accessibleName():
                self.stage.setAccessibleName(name)

    def _say_full(self) -> None:
        self._show_quality(is_full=True)
        announce(self.stage, self.area.spoken_quality)

    def turn_right(self) -> None:
        if self.stage.has_photo and self._caption is not None:
            self.stage.turn_right()
            self._turns[self._caption.photo_id] = self.stage.turns
            self._show_turn()

    def _show_turn(self) -> None:
        turns = self._turns.get(self._caption.photo_id, 0) if self._caption is not None else 0
        self.stage.set_turns(turns)
        self.area.show_turned(turns != 0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.area, 1)
        body.addWidget(self.details)
        column.addLayout(body, 1)
        column.addWidget(self.film)

    def _connect(self) -> None:
        stage, bar = self.stage, self.bar
        bar.back_chosen.connect(self._leave)
        bar.zoom_in_chosen.connect(lambda: stage.zoom_in())
        bar.zoom_out_chosen.connect(lambda: stage.zoom_out())
        bar.fit_chosen.connect(stage.fit)
        bar.actual_chosen.connect(lambda: stage.zoom_to_actual())
        bar.turn_chosen.connect(self.turn_right)
        bar.details_chosen.connect(self.toggle_details)
        bar.full_screen_chosen.connect(self.full_screen.toggle)
        self.details.close_chosen.connect(self.toggle_details)
        stage.zoom_changed.connect(bar.show_zoom)
        stage.full_shown.connect(self._say_full)
        self.area.previous_chosen.connect(self.previous_chosen)
        self.area.next_chosen.connect(self.next_chosen)
        self.area.retry_chosen.connect(self.retry_chosen)
        self.film.photo_chosen.connect(self.photo_chosen)
        self.film.wanted_changed.connect(self.wanted_changed)

    def _order_focus(self) -> None:
        order = [self.stage, self.area.retry, *self.bar.stops, *self.details.stops, self.film]
        for earlier, later in pairwise(order):
            QWidget.setTabOrder(earlier, later)
