"""How long the interface stands still while a long album opens, fills with pictures and scrolls."""

import sys
import time
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.services.photos.thumbnails import Ready
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.model import Role
from cerbo_desktop.ui.gallery.pixmaps import BUDGET_BYTES
from tests.ui.gallery.made import album, raster, utc
from tests.yardstick import bound_ms

LONGEST_GAP_MS = 50
FRAMES = 240


class Gaps:
    """Each thing done is followed by all the events it causes; the time until then is one gap.

    Counted is the processor time of this thread: what the interface owes, whatever else the machine is doing.
    """

    def __init__(self) -> None:
        self.ms: list[float] = []
        self.longest_wall_ms = 0.0

    def do(self, act: Callable[[], object]) -> None:
        wall_s, own_s = time.perf_counter(), time.thread_time()
        act()
        QApplication.processEvents()
        self.ms.append((time.thread_time() - own_s) * 1000)
        self.longest_wall_ms = max(self.longest_wall_ms, (time.perf_counter() - wall_s) * 1000)

    def at(self, fraction: float) -> float:
        return sorted(self.ms)[min(len(self.ms) - 1, int(len(self.ms) * fraction))]

    def __str__(self) -> str:
        middle, high, longest = self.at(0.5), self.at(0.99), max(self.ms)
        own = f"{len(self.ms)} gaps: median {middle:.1f} ms, p99 {high:.1f} ms, longest {longest:.1f} ms"
        return f"{own} (by the wall clock {self.longest_wall_ms:.1f} ms)"


@pytest.mark.parametrize("count", [1_200, 20_000])
def test_opening_and_scrolling_a_long_album_never_stalls(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    view = AlbumView(utc)
    qtbot.addWidget(view)
    view.resize(1208, 800)
    view.show()
    qtbot.waitExposed(view)
    picture, gaps, asked = Ready(raster()), Gaps(), set[PhotoId]()

    def give(visible: Sequence[PhotoId], near: Sequence[PhotoId]) -> None:
        asked.update(visible, near)
        for photo_id in (*visible, *near):
            view.set_thumbnail(photo_id, picture)

    view.wanted_changed.connect(give)
    photos = album(count)
    gaps.do(lambda: view.set_photos(photos[:100]))
    gaps.do(lambda: view.set_photos(photos))
    qtbot.waitUntil(lambda: bool(asked))
    bar = view.verticalScrollBar()
    step_px = max(40, bar.maximum() // FRAMES)
    for value in range(0, bar.maximum() + step_px, step_px):
        gaps.do(lambda value=value: bar.setValue(value))  # type: ignore[misc]  # a default binds the loop's value
    gaps.do(lambda: bar.setValue(0))
    with capsys.disabled():
        sys.stdout.write(f"\n  {count} photos, {gaps}\n")
    assert view.rows_in_view().start == 0
    in_reach = {photo_id for ids in view.wanted for photo_id in ids}
    shown = [index.data(Role.STATE) for index in map(view.album_model().index, range(count))]
    assert sum(state is not None for state in shown) <= len(in_reach), "pixels far from view are let go"
    assert view.pictures_bytes <= BUDGET_BYTES
    assert gaps.at(0.99) < bound_ms(LONGEST_GAP_MS)
    assert gaps.at(0.5) < bound_ms(LONGEST_GAP_MS / 2)
