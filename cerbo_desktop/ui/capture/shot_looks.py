"""How the state of one photo looks: icon and colour beside its words."""

from typing import NamedTuple, assert_never

from cerbo_desktop.domain.verdict import Accepted, Refused
from cerbo_desktop.services.shots import Examining, Shot
from cerbo_desktop.ui.text import shots as words


class ShotLook(NamedTuple):
    """Icon, its colour token, a word, and a second line."""

    icon: str
    ink: str
    title: str
    text: str


def look_of(shot: Shot) -> ShotLook:
    """Icon and colour for the state of a shot."""
    icon, ink = _icon_and_ink(shot)
    is_left_out = isinstance(shot.state, Accepted) and not shot.is_chosen
    return ShotLook(icon, "ink2" if is_left_out else ink, *words.title_and_text(shot))


def _icon_and_ink(shot: Shot) -> tuple[str, str]:
    match shot.state:
        case Examining():
            return "waiting", "ink2"
        case Accepted() if shot.is_being_sent:
            return "waiting", "ink2"
        case Accepted() if shot.repeats is not None:
            return "twins", "ink2"
        case Accepted() if shot.sent_before is not None:
            return "waiting", "ink2"
        case Accepted(preparation=done) if done.is_below_minimum or done.is_fitted or done.is_reduced:
            return "shrink", "warn"
        case Accepted() if shot.has_two_versions:
            return "convert", "accent"
        case Accepted():
            return "done", "ok"
        case Refused():
            return "failed", "bad"
        case _:
            assert_never(shot.state)
