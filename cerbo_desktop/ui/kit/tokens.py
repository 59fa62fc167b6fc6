"""The colour tokens, light and dark, and the palette-only set for high contrast. Values: the design's token table."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True)
class Theme:
    """Every colour of the app as a string QColor and QSS both read: #RRGGBB, or #AARRGGBB where it is see-through."""

    is_dark: bool
    is_high_contrast: bool
    win: str
    surface: str
    raised: str
    sunken: str
    stage: str
    line: str
    line2: str
    edge: str
    btn_line: str
    hover: str
    press: str
    ink: str
    ink2: str
    ink3: str
    off: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    tint: str
    tint_line: str
    ok: str
    ok_tint: str
    ok_line: str
    warn: str
    warn_tint: str
    warn_line: str
    bad: str
    bad_tint: str
    bad_line: str
    skeleton: str
    skeleton2: str
    overlay: str
    on_overlay: str
    scrim: str


LIGHT = Theme(
    is_dark=False,
    is_high_contrast=False,
    win="#F3F4F5",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#ECEEF0",
    stage="#E3E5E7",
    line="#E2E5E8",
    line2="#D2D6DA",
    edge="#828A93",
    btn_line="#C2C7CD",
    hover="#F0F2F4",
    press="#E2E5E8",
    ink="#15191D",
    ink2="#474F58",
    ink3="#5D656E",
    off="#5D656E",
    accent="#0B6187",
    accent_hover="#09506F",
    accent_press="#07425C",
    on_accent="#FFFFFF",
    tint="#E3F0F6",
    tint_line="#A5CADB",
    ok="#1B6743",
    ok_tint="#E4F2EA",
    ok_line="#A9D3BC",
    warn="#774800",
    warn_tint="#FCF1DE",
    warn_line="#E6CB98",
    bad="#A02A21",
    bad_tint="#FBEAE8",
    bad_line="#E9BDB8",
    skeleton="#E6E8EA",
    skeleton2="#F0F1F3",
    overlay="#C70F1113",
    on_overlay="#FFFFFF",
    scrim="#7014181C",
)

DARK = Theme(
    is_dark=True,
    is_high_contrast=False,
    win="#191B1D",
    surface="#1F2123",
    raised="#282B2E",
    sunken="#141517",
    stage="#0D0E0F",
    line="#303337",
    line2="#3C4045",
    edge="#818991",
    btn_line="#4C5157",
    hover="#31353A",
    press="#3C4147",
    ink="#ECEEF0",
    ink2="#B9C0C7",
    ink3="#9BA3AB",
    off="#9BA3AB",
    accent="#6FBCDD",
    accent_hover="#8ACAE6",
    accent_press="#A6D8EE",
    on_accent="#06222F",
    tint="#17303C",
    tint_line="#31586B",
    ok="#7FCBA2",
    ok_tint="#1A2F26",
    ok_line="#335A47",
    warn="#EABB6E",
    warn_tint="#33291A",
    warn_line="#5C4A2A",
    bad="#F3A198",
    bad_tint="#3A2321",
    bad_line="#66403C",
    skeleton="#2A2D30",
    skeleton2="#25282B",
    overlay="#C70F1113",
    on_overlay="#FFFFFF",
    scrim="#9E040506",
)


def high_contrast(palette: QPalette) -> Theme:
    """The theme for a system in high contrast: only the colours the person chose, by palette role."""
    role = QPalette.ColorRole
    window, text = palette.color(role.Window).name(), palette.color(role.WindowText).name()
    button, button_text = palette.color(role.Button).name(), palette.color(role.ButtonText).name()
    chosen, on_chosen = palette.color(role.Highlight).name(), palette.color(role.HighlightedText).name()
    grey = palette.color(QPalette.ColorGroup.Disabled, role.WindowText).name()
    return Theme(
        is_dark=QColor(window).lightness() < 128,
        is_high_contrast=True,
        **dict.fromkeys(("win", "surface", "sunken", "stage", "skeleton", "skeleton2"), window),
        **dict.fromkeys(("tint", "ok_tint", "warn_tint", "bad_tint", "on_overlay"), window),
        **dict.fromkeys(("line", "line2", "edge", "ink", "ink2", "ink3", "overlay"), text),
        **dict.fromkeys(("ok", "ok_line", "warn", "warn_line", "bad", "bad_line"), text),
        **dict.fromkeys(("raised", "hover", "press"), button),
        btn_line=button_text,
        **dict.fromkeys(("accent", "accent_hover", "accent_press", "tint_line"), chosen),
        on_accent=on_chosen,
        off=grey,
        scrim="#9E000000",
    )
