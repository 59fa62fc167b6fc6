"""How each kind of button looks, in tokens of the theme."""

from typing import NamedTuple


class ButtonLook(NamedTuple):
    """Tokens of one state; an empty fill or line is not painted."""

    fill: str
    line: str
    ink: str


BUTTON_LOOKS: dict[str, tuple[ButtonLook, ButtonLook, ButtonLook, ButtonLook]] = {
    "primary": (
        ButtonLook("accent", "accent", "on_accent"),
        ButtonLook("accent_hover", "accent_hover", "on_accent"),
        ButtonLook("accent_press", "accent_press", "on_accent"),
        ButtonLook("sunken", "", "off"),
    ),
    "secondary": (
        ButtonLook("raised", "btn_line", "ink"),
        ButtonLook("hover", "btn_line", "ink"),
        ButtonLook("press", "btn_line", "ink"),
        ButtonLook("raised", "line", "off"),
    ),
    "quiet": (
        ButtonLook("", "", "ink2"),
        ButtonLook("hover", "", "ink"),
        ButtonLook("press", "", "ink"),
        ButtonLook("", "", "off"),
    ),
    "danger": (
        ButtonLook("raised", "bad_line", "bad"),
        ButtonLook("bad_tint", "bad_line", "bad"),
        ButtonLook("bad_tint", "bad", "bad"),
        ButtonLook("raised", "line", "off"),
    ),
    "checked": (
        ButtonLook("tint", "tint_line", "accent"),
        ButtonLook("tint", "accent", "accent"),
        ButtonLook("press", "accent", "accent"),
        ButtonLook("sunken", "line", "off"),
    ),
}
"""Each kind at rest, hovered, pressed and off."""
