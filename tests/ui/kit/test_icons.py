"""Every drawn icon can be rendered, tinted and sharp."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from cerbo_desktop.runtime.paths import icons_dir
from cerbo_desktop.ui.kit import icons
from cerbo_desktop.ui.kit.tokens import LIGHT

NAMES = sorted(
    name
    for sheet in ("icons.svg", "icons-more.svg")
    for name in re.findall(r'id="icon-([\w-]+)"', (icons_dir() / sheet).read_text(encoding="utf-8"))
)


def colours(image: QImage) -> set[str]:
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}


def test_the_sheets_hold_the_whole_set() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_takes_the_tint(name: str) -> None:
    image = icons.icon_pixmap(name, 48, "accent").toImage()
    assert LIGHT.accent in colours(image)
    if name not in icons.TWO_COLOURED:
        assert colours(image) == {LIGHT.accent}


def test_the_two_coloured_icon_keeps_its_tick() -> None:
    assert {LIGHT.ink, LIGHT.surface} <= colours(icons.icon_pixmap("full", 48, "ink").toImage())


@pytest.mark.parametrize("dpr", [1.0, 1.25, 1.5, 2.0])
def test_a_pixmap_has_the_pixels_of_its_screen(dpr: float) -> None:
    pixmap = icons.icon_pixmap("search", 20, "ink2", dpr)
    assert pixmap.size() == QSize(round(20 * dpr), round(20 * dpr))
    assert pixmap.deviceIndependentSize().width() == pytest.approx(20)


def test_an_unknown_icon_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(KeyError):
        icons.icon_pixmap("no-such-icon", 16)


def test_the_app_icon_has_a_drawing_for_every_size() -> None:
    icon = icons.app_icon()
    assert {size.width() for size in icon.availableSizes()} >= {16, 20, 24, 32, 48, 256}
    assert len(colours(icon.pixmap(16, 16).toImage())) > 1
