"""What is kept as a picture: each by itself, with made-up people, at a fixed time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.domain.upload import UploadProblem, UploadState
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed, Loading, Ready, ThumbnailState
from cerbo_desktop.services.today import arranged
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.banner import PatientBanner
from cerbo_desktop.ui.kit.dialogs import Question
from cerbo_desktop.ui.search.pane import SearchPane
from cerbo_desktop.ui.today.rows import board_rows
from cerbo_desktop.ui.uploads.batches import batches_of
from cerbo_desktop.ui.uploads.card_words import SendingConditions
from cerbo_desktop.ui.uploads.cards import UploadCard
from cerbo_desktop.ui.uploads.rows import UploadRows
from cerbo_desktop.ui.viewer.bar import ViewerBar
from cerbo_desktop.ui.viewer.captions import patient_caption, photo_caption
from tests.ui.gallery.made import months, raster, utc
from tests.ui.search.people import MARIA, VISITS, morning_clock
from tests.ui.uploads.test_tray import NOW, upload

_TODAY = date(2025, 11, 12)
_TIME = "10:02"


def _sized(widget: QWidget, width_px: int, height_px: int) -> QWidget:
    """Laid out as in a window that shows it."""
    widget.resize(QSize(width_px, height_px))
    widget.show()
    return widget


def banner() -> QWidget:
    shown = PatientBanner()
    shown.show_patient(MARIA, _TODAY)
    shown.show_visit("10:15 Follow-up, Dr. Lindqvist")
    shown.show_face(None)
    return _sized(shown, 800, 136)


def tiles() -> QWidget:
    """One of each kind: chosen and marked, loading, a thumbnail alone, and the ways to fail."""
    view = AlbumView(utc, now_s=lambda: 0.0)
    _sized(view, 768, 520)
    photos = months(4, 4)
    view.set_photos(photos)
    states: list[ThumbnailState] = [Ready(raster()), Ready(raster(90)), Loading()]
    states.append(Ready(replace(raster(), is_whole=False)))
    failures = FailureKind.NOT_LOADED, FailureKind.OFFLINE, FailureKind.BROKEN_OFF, FailureKind.CANNOT_SHOW
    for photo, state in zip(photos, [*states, *map(Failed, failures)], strict=True):
        view.set_thumbnail(photo.id, state)
    view.setCurrentIndex(view.album_model().index(0))
    view.marks.toggle(1)
    return view


def board() -> QWidget:
    clock = morning_clock()
    pane = SearchPane()
    pane.board.show_rows(board_rows(arranged(VISITS, _TODAY, clock.now()), clock, is_expanded=True))
    return _sized(pane, 320, 640)


def card() -> QWidget:
    return _in_a_column(UploadCard(upload(UploadState.NEEDS_REVIEW, UploadProblem.NO_ANSWER), _TIME, NOW), 304, 240)


def upload_rows() -> QWidget:
    rows = UploadRows("Photos on the way")
    shown = [upload(state, upload_id=str(at)) for at, state in enumerate((UploadState.SENT, UploadState.QUEUED))]
    rows.show_batches(batches_of(shown), {each.id: _TIME for each in shown}, NOW, SendingConditions())
    return _sized(rows, 304, 160)


def question() -> QWidget:
    choices = [("stay", "Keep open", "primary"), ("leave", "Close", "secondary")]
    asked = Question("1 photo is not sent yet.", "It is safe on this PC.", choices, "stay")  # type: ignore[arg-type]
    return _sized(asked, 480, 164)


def viewer_bar() -> QWidget:
    clock = morning_clock()
    bar = ViewerBar()
    _sized(bar, 1280, 64)
    bar.show_patient(patient_caption(MARIA, _TODAY))
    bar.show_photo(photo_caption(months(1)[0], 1, 23, clock))
    bar.show_quality(is_full=True, flaw=None, is_part=False)
    bar.show_zoom(0.33, is_fit=True)
    return bar


def _in_a_column(widget: QWidget, width_px: int, height_px: int) -> QWidget:
    column = QWidget()
    QVBoxLayout(column).addWidget(widget)
    return _sized(column, width_px, height_px)


SUBJECTS: dict[str, Callable[[], QWidget]] = {
    made.__name__.replace("_", "-"): made for made in (banner, tiles, board, card, upload_rows, question, viewer_bar)
}
WITH_FOCUS = frozenset({"tiles"})
