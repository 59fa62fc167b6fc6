"""Contrast of the token pairs (WCAG 1.4.3 and 1.4.11), live change of theme, and high contrast."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.kit import theme
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.tokens import DARK, LIGHT, Theme, high_contrast

GROUNDS = ("win", "surface", "raised", "sunken", "stage", "tint", "hover", "press")
TEXT_PAIRS = [
    *itertools.product(("ink", "ink2"), GROUNDS),
    *itertools.product(("ink3",), ("win", "surface", "raised", "sunken", "stage")),
    *itertools.product(("accent",), ("win", "surface", "raised", "tint")),
    *itertools.product(("on_accent",), ("accent", "accent_hover", "accent_press")),
    *((tone, ground) for tone in ("ok", "warn", "bad") for ground in (f"{tone}_tint", "win", "surface", "raised")),
    *itertools.product(("ink", "ink2"), ("ok_tint", "warn_tint", "bad_tint")),
]


def luminance(value: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    color = QColor(value)
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_reads_on_every_ground_it_stands_on(tokens: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_that_identify_a_control_stand_out(tokens: Theme) -> None:
    assert contrast(tokens.edge, tokens.surface) >= 3
    assert contrast(tokens.accent, tokens.surface) >= 3
    assert contrast(tokens.accent, tokens.win) >= 3


def test_the_lowest_pair_is_the_one_the_design_names() -> None:
    assert contrast(LIGHT.ink3, LIGHT.stage) == pytest.approx(4.68, abs=0.02)


@pytest.mark.parametrize(("window", "text"), [("#000000", "#FFFFFF"), ("#FFFFFF", "#000000"), ("#2D3236", "#FFFFFF")])
def test_high_contrast_uses_only_the_colours_the_person_chose(window: str, text: str) -> None:
    palette = QPalette(QColor(window))
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Button):
        palette.setColor(role, QColor(window))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#8EE3F0"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#263B50"))
    palette.setColor(QPalette.ColorRole.ButtonText, QColor(text))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor("#A6A6A6"))
    tokens = high_contrast(palette)
    chosen = {QColor(value).name() for value in (window, text, "#8EE3F0", "#263B50", "#A6A6A6")}
    used = {QColor(value).name() for name, value in vars(tokens).items() if isinstance(value, str) and name != "scrim"}
    assert used <= chosen
    assert tokens.off == "#a6a6a6"
    assert contrast(tokens.ink3, tokens.tint) >= 7
    assert tokens.is_dark == (QColor(window).lightness() < 128)


def test_a_painted_button_follows_the_theme_while_it_is_shown(qtbot: QtBot, qapp: QApplication) -> None:
    button = Button("Send", "primary")
    qtbot.addWidget(button)
    button.show()
    heard: list[Theme] = []
    theme.changes.theme_changed.connect(heard.append)
    assert button.grab().toImage().pixelColor(20, 4).name().upper() == LIGHT.accent
    theme.apply_theme(qapp, Qt.ColorScheme.Dark)
    theme.changes.theme_changed.disconnect(heard.append)
    assert heard == [DARK]
    assert button.grab().toImage().pixelColor(20, 4).name().upper() == DARK.accent


def test_the_palette_gives_placeholders_the_readable_grey(qapp: QApplication) -> None:
    placeholder = qapp.palette().color(QPalette.ColorRole.PlaceholderText)
    assert placeholder.name().upper() == LIGHT.ink3
    assert placeholder.alpha() == 255


def test_a_token_with_alpha_keeps_it(qapp: QApplication) -> None:
    assert theme.color("scrim").alphaF() == pytest.approx(0.44, abs=0.005)
    assert theme.color("scrim", 0.5).alphaF() == pytest.approx(0.22, abs=0.005)
    assert theme.color("#123456").name() == "#123456"
