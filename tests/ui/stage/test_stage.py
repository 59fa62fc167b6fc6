"""What the stage paints, and what hands and keys do to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit import motion
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.stage.pyramid import flat, halves
from cerbo_desktop.ui.stage.stage import Stage
from tests.ui.stage.rasters import half_known, noise, plain, quarters
from tests.ui.stage.wheel import turn_wheel

ROOT = Path(__file__).parents[3]
RED, GREEN, BLUE, WHITE = (QColor(name) for name in ("#ff0000", "#00ff00", "#0000ff", "#ffffff"))
MIDDLE = QPointF(400, 300)


@pytest.fixture
def stage(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """800 by 600, nothing moves."""
    monkeypatch.setattr(motion, "duration_ms", lambda _wanted: 0)
    made = Stage()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def shot(stage: Stage) -> QImage:
    return stage.grab().toImage()


def colours_in(image: QImage) -> set[int]:
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    return set(pixels)


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "1.75", "2"])
def test_100_percent_is_one_photo_pixel_on_one_screen_pixel(scale: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.stage.pixel_probe"],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == [str(float(scale)), "True", "True", "True", "True"], done.stderr


def test_fit_leaves_a_margin_of_24(stage: Stage) -> None:
    stage.show_full(plain(1000, 1000, (0, 0, 255)))
    seen = shot(stage)
    assert seen.pixelColor(400, 25) == RED
    assert seen.pixelColor(400, 22) == color("stage")
    assert seen.pixelColor(123, 300) == color("stage")
    assert seen.pixelColor(126, 300) == RED
    assert stage.zoom == pytest.approx(0.552)


@pytest.mark.parametrize(
    ("turns", "corners"),
    [
        (0, (RED, GREEN, BLUE, WHITE)),
        (1, (BLUE, RED, WHITE, GREEN)),
        (2, (WHITE, BLUE, GREEN, RED)),
        (3, (GREEN, WHITE, RED, BLUE)),
    ],
)
@pytest.mark.parametrize("size", [(1000, 1000), (200, 200)])
def test_turning_right_moves_the_corners_clockwise(
    stage: Stage, turns: int, corners: tuple[QColor, ...], size: tuple[int, int]
) -> None:
    stage.show_full(quarters(*size))
    for _ in range(turns):
        stage.turn_right()
    seen = shot(stage)
    places = ((150, 50), (650, 50), (150, 550), (650, 550))
    assert tuple(seen.pixelColor(*place) for place in places) == corners


def test_a_turned_photo_keeps_the_place_in_the_middle(stage: Stage) -> None:
    stage.show_full(noise(1000, 1000), ())
    stage.zoom_to_actual()
    stage.pan(-150, 90)
    x, y = stage.photo_point(MIDDLE)
    stage.turn_right()
    assert stage.photo_point(MIDDLE) == pytest.approx((1 - y, x))


@pytest.mark.parametrize("at", [QPointF(400, 300), QPointF(250, 200), QPointF(620.5, 333)])
@pytest.mark.parametrize("notches", [1, 3, 0.25])
def test_the_wheel_zooms_at_the_pointer(stage: Stage, at: QPointF, notches: float) -> None:
    stage.show_full(noise(1200, 900), ())
    stage.zoom_to_actual(MIDDLE)
    before, zoom = stage.photo_point(at), stage.zoom
    turn_wheel(stage, at, notches)
    assert stage.zoom == pytest.approx(zoom * 2 ** (notches / 4), rel=0.01)
    assert stage.photo_point(at) == pytest.approx(before, abs=1e-6)


def test_the_wheel_stops_at_fit_and_at_800_percent(stage: Stage) -> None:
    stage.show_full(noise(1200, 900), ())
    fit = stage.zoom
    turn_wheel(stage, MIDDLE, 80)
    assert stage.zoom == 8.0
    turn_wheel(stage, MIDDLE, -200)
    assert stage.zoom == pytest.approx(fit)
    assert stage.view_state.zoom is None


def test_a_double_click_goes_to_100_percent_at_that_point_and_back(stage: Stage) -> None:
    stage.show_full(noise(2400, 1800), ())
    at = QPoint(200, 200)
    before = stage.photo_point(QPointF(at))
    QTest.mouseDClick(stage, Qt.MouseButton.LeftButton, pos=at)
    assert stage.zoom == 1.0
    assert stage.photo_point(QPointF(at)) == pytest.approx(before, abs=1e-6)
    QTest.mouseDClick(stage, Qt.MouseButton.LeftButton, pos=at)
    assert stage.view_state.zoom is None


def test_a_drag_moves_the_photo_with_the_hand_and_stops_at_its_edge(stage: Stage) -> None:
    stage.show_full(noise(2400, 1800), ())
    stage.zoom_to_actual()
    grabbed = stage.photo_point(QPointF(300, 300))
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    QTest.mouseMove(stage, QPoint(350, 260))
    assert stage.photo_point(QPointF(350, 260)) == pytest.approx(grabbed, abs=1e-6)
    QTest.mouseMove(stage, QPoint(350, 9000))
    assert stage.photo_point(QPointF(0, 0))[1] == pytest.approx(0, abs=1e-6)
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton)
    QTest.mouseMove(stage, QPoint(10, 10))
    assert stage.photo_point(QPointF(0, 0))[1] == pytest.approx(0, abs=1e-6)


def test_a_photo_that_fits_does_not_move(stage: Stage) -> None:
    stage.show_full(noise(400, 300), ())
    before = stage.photo_point(MIDDLE)
    stage.pan(100, 100)
    assert stage.photo_point(MIDDLE) == before


def test_preview_and_full_lie_at_the_same_place(stage: Stage) -> None:
    stage.show_preview(plain(240, 180, (0, 0, 255), source=(4000, 3000)))
    place, zoom = stage.photo_point(QPointF(10, 10)), stage.zoom
    stage.show_full(plain(4000, 3000, (0, 255, 0)), ())
    assert (stage.photo_point(QPointF(10, 10)), stage.zoom) == (place, zoom)


def test_the_preview_stays_until_the_full_photo_can_be_painted(stage: Stage, qtbot: QtBot) -> None:
    stage.show_preview(plain(240, 180, (0, 0, 255), source=(4000, 3000)))
    stage.show_full(plain(4000, 3000, (0, 255, 0)))
    assert shot(stage).pixelColor(400, 300) == RED
    with qtbot.waitSignal(stage.full_shown, timeout=5_000):
        pass
    assert shot(stage).pixelColor(400, 300) == GREEN


def test_what_was_being_built_for_another_photo_comes_to_nothing(stage: Stage, qtbot: QtBot) -> None:
    shown: list[None] = []
    stage.full_shown.connect(lambda: shown.append(None))
    stage.show_preview(plain(240, 180, (0, 0, 255), source=(4000, 3000)))
    stage.show_full(plain(4000, 3000, (0, 255, 0)))
    stage.clear()
    stage.show_preview(plain(240, 180, (255, 0, 0), source=(4000, 3000)))
    stage.show_full(plain(4000, 3001, (255, 0, 0)))
    with qtbot.waitSignal(stage.full_shown, timeout=5_000):
        pass
    assert shown == [None]
    assert shot(stage).pixelColor(400, 300) == BLUE


def test_the_full_photo_fades_in_over_its_preview(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "duration_ms", lambda wanted: 4 * wanted)
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(800, 600)
    stage.show()
    stage.show_preview(plain(240, 180, (0, 0, 255), source=(400, 300)))
    stage.show_full(plain(400, 300, (0, 255, 0)), ())
    assert shot(stage).pixelColor(400, 300) == RED
    qtbot.waitUntil(lambda: 0 < shot(stage).pixelColor(400, 300).red() < 255, timeout=5_000)
    qtbot.waitUntil(lambda: shot(stage).pixelColor(400, 300) == GREEN, timeout=5_000)


SIDES = {"top": (400, 90), "right": (640, 300), "bottom": (400, 510), "left": (160, 300)}


@pytest.mark.parametrize(
    ("turns", "known", "unknown"),
    [(0, "top", "bottom"), (1, "right", "left"), (2, "bottom", "top"), (3, "left", "right")],
)
def test_the_rows_that_have_come_lie_over_the_preview(stage: Stage, turns: int, known: str, unknown: str) -> None:
    stage.show_preview(plain(240, 240, (0, 0, 255), source=(3000, 3000)))
    stage.set_turns(turns)
    stage.show_growing(*half_known(1000, 1000, (0, 255, 0), source=(3000, 3000)))
    seen = shot(stage)
    assert seen.pixelColor(*SIDES[known]) == GREEN
    assert seen.pixelColor(*SIDES[unknown]) == RED
    assert colours_in(seen) == {GREEN.rgb(), RED.rgb(), color("stage").rgb()}  # nothing of the rows that are not there


def test_a_growing_photo_lies_where_its_preview_and_its_pixels_lie(stage: Stage) -> None:
    full = noise(1000, 800)
    stage.show_preview(plain(240, 192, (0, 0, 255), source=(1000, 800)))
    stage.zoom_to_actual()
    stage.pan(-60, 30)
    place, zoom = stage.photo_point(QPointF(10, 10)), stage.zoom
    stage.show_growing(full, 500)
    grown = shot(stage)
    assert (stage.photo_point(QPointF(10, 10)), stage.zoom) == (place, zoom)
    stage.show_full(full, ())
    assert (stage.photo_point(QPointF(10, 10)), stage.zoom) == (place, zoom)
    top = stage.photo_point(QPointF(0, 0))[1] * 800
    height = round(500 - top)
    assert 0 < height < 600
    assert grown.copy(0, 0, 800, height) == shot(stage).copy(0, 0, 800, height)


def test_more_of_a_growing_photo_takes_the_place_of_less(stage: Stage) -> None:
    stage.show_preview(plain(240, 240, (0, 0, 255), source=(3000, 3000)))
    stage.show_growing(*half_known(1000, 1000, (0, 255, 0), source=(3000, 3000)))
    stage.show_growing(plain(1000, 1000, (255, 0, 0), source=(3000, 3000)), 1000)
    assert colours_in(shot(stage)) == {BLUE.rgb(), color("stage").rgb()}


def test_with_no_preview_a_growing_photo_shows_its_frame(stage: Stage) -> None:
    stage.show_growing(*half_known(1000, 1000, (0, 255, 0), source=(3000, 3000)))
    seen = shot(stage)
    assert stage.has_photo
    assert seen.pixelColor(*SIDES["top"]) == GREEN
    assert seen.pixelColor(*SIDES["bottom"]) == color("line2")
    stage.show_growing(plain(1000, 1000, (0, 255, 0), source=(3000, 3000)), 1000)
    assert shot(stage).pixelColor(*SIDES["bottom"]) == GREEN


def test_a_preview_that_comes_late_goes_below_what_has_grown(stage: Stage) -> None:
    preview = plain(240, 240, (0, 0, 255), source=(3000, 3000))
    stage.show_growing(*half_known(1000, 1000, (0, 255, 0), source=(3000, 3000)))
    for _ in range(2):  # the second stands for a sharper one
        stage.show_preview(preview)
        seen = shot(stage)
        assert seen.pixelColor(*SIDES["top"]) == GREEN
        assert seen.pixelColor(*SIDES["bottom"]) == RED
    stage.show_full(plain(3000, 3000, (255, 0, 0)), ())
    stage.show_preview(preview)
    assert colours_in(shot(stage)) == {BLUE.rgb(), color("stage").rgb()}


def test_every_pixel_gives_no_way_to_less(stage: Stage) -> None:
    stage.show_full(plain(1000, 1000, (255, 0, 0)))
    stage.show_growing(*half_known(1000, 1000, (0, 255, 0)))
    assert colours_in(shot(stage)) == {BLUE.rgb(), color("stage").rgb()}


def test_the_full_photo_fades_in_over_what_has_grown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "duration_ms", lambda _wanted: 600_000)
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(800, 600)
    stage.show()
    stage.show_preview(plain(240, 240, (0, 0, 255), source=(1000, 1000)))
    stage.show_growing(*half_known(1000, 1000, (0, 255, 0)))
    before = shot(stage)
    stage.show_full(plain(1000, 1000, (255, 0, 0)))
    assert shot(stage) == before


def test_a_new_preview_leaves_nothing_of_what_had_grown(stage: Stage) -> None:
    stage.show_preview(plain(240, 240, (0, 0, 255), source=(3000, 3000)))
    stage.show_growing(*half_known(1000, 1000, (0, 255, 0), source=(3000, 3000)))
    stage.clear()
    stage.show_preview(plain(240, 240, (0, 0, 255), source=(3000, 3000)))
    assert colours_in(shot(stage)) == {RED.rgb(), color("stage").rgb()}


def test_a_resting_photo_is_shrunk_to_its_very_size(stage: Stage, qtbot: QtBot) -> None:
    raster = noise(1600, 1200)
    stage.show_full(raster, halves(flat(raster).levels[0]))
    exact = raster_to_qimage(raster).scaled(
        736, 552, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    qtbot.waitUntil(lambda: shot(stage).copy(32, 24, 736, 552).convertToFormat(exact.format()) == exact, timeout=5_000)


def test_a_large_photo_paints_at_800_percent(stage: Stage) -> None:
    stage.show_full(plain(7000, 7000, (0, 255, 0)), ())
    turn_wheel(stage, QPointF(799, 599), 80)
    assert stage.zoom == 8.0
    stage.pan(-1e9, -1e9)
    seen = shot(stage)
    assert seen.pixelColor(0, 0) == GREEN
    assert seen.pixelColor(799, 599) == GREEN


def test_without_a_photo_every_control_is_harmless(stage: Stage) -> None:
    stage.zoom_in()
    stage.zoom_out()
    stage.zoom_to_actual()
    stage.pan(10, 10)
    turn_wheel(stage, MIDDLE, 1)
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton)
    assert stage.zoom == 0.0
    assert shot(stage).pixelColor(400, 300) == color("stage")


def test_a_screen_of_another_scale_is_followed(stage: Stage) -> None:
    stage.show_full(noise(400, 300), ())
    heard: list[float] = []
    stage.zoom_changed.connect(lambda zoom, _fits: heard.append(zoom))
    QApplication.sendEvent(stage, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert heard
