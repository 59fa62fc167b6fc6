"""One look for the whole app: Fusion, the palette and one style sheet from the tokens, following the system live.

A proxy style written in Python would run for every primitive of every widget; the kit's widgets paint themselves
from `current()` instead, so Fusion stays as it is and only lends its behaviour.
"""

from dataclasses import asdict
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.tokens import DARK, LIGHT, Theme, high_contrast

__all__ = ["DARK", "LIGHT", "Theme", "apply_theme", "changes", "color", "current"]


class ThemeChanges(QObject):
    """Tells painted views that hold something made from the tokens (a cached pixmap) that the tokens changed."""

    theme_changed = Signal(object)  # Theme

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.is_dressed = self.has_fonts = False
        self.fixed_scheme: Qt.ColorScheme | None = None
        self.is_following = False


changes = ThemeChanges()


def current() -> Theme:
    """The theme in use. Read it in paintEvent: a palette change repaints every widget."""
    return changes.theme


def color(token: str, alpha: float = 1.0) -> QColor:
    """A token ("ink2") or a literal "#RRGGBB" as QColor; `alpha` 0..1 multiplies the token's own."""
    found = QColor(token if token.startswith("#") else getattr(changes.theme, token))
    if alpha < 1.0:
        found.setAlphaF(found.alphaF() * alpha)
    return found


def apply_theme(app: QApplication, scheme: Qt.ColorScheme | None = None, *, is_early: bool = False) -> None:
    """Give the app its fonts, palette and style sheet. `scheme` None follows the system while the app runs.

    `is_early` leaves out the fonts and the style (5 and 7 ms; measured, 4.4): enough for a window without a word,
    and to be called again before there is one.
    """
    if not is_early:
        _dress(app)
    changes.fixed_scheme = scheme
    _follow(app)
    _use(app, _theme_for(app))


def wear(app: QApplication, theme: Theme) -> None:
    """Look as another process of this app does. `theme` is what was `current` there."""
    _dress(app)
    _use(app, theme)


def _dress(app: QApplication) -> None:
    if not changes.is_dressed:
        changes.is_dressed = True
        app.setStyle(QStyleFactory.create("Fusion"))
    if not changes.has_fonts:
        changes.has_fonts = True
        fonts.load_fonts()
        app.setFont(fonts.font(*fonts.BODY.face))


def _follow(app: QApplication) -> None:
    if changes.is_following:
        return
    changes.is_following = True
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(_refresh)
    hints.accessibility().contrastPreferenceChanged.connect(_refresh)


def _refresh() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _use(app, _theme_for(app))


def _theme_for(app: QApplication) -> Theme:
    hints = app.styleHints()
    wants_contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if wants_contrast:
        app.setPalette(QPalette())  # the system's own again, to read the colours the person chose
        return high_contrast(app.palette())
    scheme = hints.colorScheme() if changes.fixed_scheme is None else changes.fixed_scheme
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def _use(app: QApplication, theme: Theme) -> None:
    changes.theme = theme
    app.setPalette(palette_of(theme))
    app.setStyleSheet(_style_sheet(theme))
    changes.theme_changed.emit(theme)


def _style_sheet(theme: Theme) -> str:
    template = (resources_dir() / "qss" / "app.qss").read_text(encoding="utf-8")
    return Template(template).substitute({name: str(value) for name, value in asdict(theme).items()})


def palette_of(theme: Theme) -> QPalette:
    """The palette stock widgets read. The placeholder is ink3: Qt's own is half-transparent and fails AA."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, token in {
        role.Window: theme.win,
        role.WindowText: theme.ink,
        role.Base: theme.surface,
        role.AlternateBase: theme.win,
        role.Text: theme.ink,
        role.PlaceholderText: theme.ink3,
        role.Button: theme.raised,
        role.ButtonText: theme.ink,
        role.BrightText: theme.bad,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.ink,
        role.Light: theme.raised,
        role.Midlight: theme.line,
        role.Mid: theme.line2,
        role.Dark: theme.edge,
        role.Shadow: theme.stage,
    }.items():
        palette.setColor(which, QColor(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.off))
    return palette
