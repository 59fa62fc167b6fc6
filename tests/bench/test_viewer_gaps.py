"""How long the interface is deaf while a person zooms and pans a very large photo. Printed with `-s`."""

import os
import sys
import time
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.stage.stage import Stage
from tests.ui.stage.wheel import turn_wheel

SMALL_PX, LARGE_PX = (1_200, 800), (8_660, 5_774)
TRIES = 3
BUDGET_MS = 50.0
_AT = QPointF(400, 500)
_REST_MS = 150


def striped(width_px: int, height_px: int) -> Raster:
    return Raster(width_px, height_px, os.urandom(4 * width_px) * height_px, width_px, height_px)


@dataclass
class Hands:
    """Zoom at the pointer and drag, from the moment that every pixel comes until the photo rests, sharp."""

    stage: Stage
    longest_gap_ms: float = 0.0
    _last_s: float = 0.0

    def work(self, raster: Raster) -> float:
        """The longest time between two turns of the event loop, in milliseconds."""
        shown: list[None] = []
        self.stage.full_shown.connect(lambda: shown.append(None))
        self.stage.show_preview(Raster(3, 2, bytes(24), raster.width_px, raster.height_px))
        self._last_s = time.perf_counter()
        self.stage.show_full(raster)
        beat_count = 0
        while not shown or beat_count < 40:
            turn_wheel(self.stage, _AT, 0.5 if beat_count // 10 % 2 == 0 else -0.5)
            self._turn()
            self.stage.pan(17, -11)
            self._turn()
            beat_count += 1
        self._rest()
        self.stage.clear()
        return self.longest_gap_ms

    def _rest(self) -> None:
        """The photo is shrunk to exactly its size on screen then."""
        self.stage.fit()
        until_s = time.perf_counter() + _REST_MS / 1000
        while time.perf_counter() < until_s:
            self._turn()

    def _turn(self) -> None:
        QApplication.processEvents()
        now_s = time.perf_counter()
        self.longest_gap_ms = max(self.longest_gap_ms, 1000 * (now_s - self._last_s))
        self._last_s = now_s


@pytest.mark.release  # by the clock on the wall: not for a machine that does something else besides
@pytest.mark.parametrize("turns", [0, 1])
def test_zooming_and_panning_fifty_megapixels(qtbot: QtBot, turns: int) -> None:
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(1440, 720)
    stage.set_turns(turns)
    stage.show()
    small, large = striped(*SMALL_PX), striped(*LARGE_PX)
    floors_ms, gaps_ms = [], []
    for _ in range(TRIES):
        floors_ms.append(Hands(stage).work(small))
        gaps_ms.append(Hands(stage).work(large))
    sys.stdout.write(
        f"\nlongest gap of the interface while zooming and panning, turned {90 * turns} degrees: "
        f"50 MP {min(gaps_ms):.1f} ms, floor (1 MP) {min(floors_ms):.1f} ms, budget {BUDGET_MS:.0f} ms\n"
    )
    assert min(gaps_ms) <= BUDGET_MS + min(floors_ms)
