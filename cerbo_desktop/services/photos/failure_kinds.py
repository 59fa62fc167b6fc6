"""Why a small picture is not there, as far as it matters to whoever looks at its tile."""

from enum import Enum

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    CannotShow,
    CerboDesktopError,
    Forbidden,
    Stalled,
    Unreachable,
)
from cerbo_desktop.domain.verdict import RefusalReason


class FailureKind(Enum):
    OFFLINE = "offline"
    BROKEN_OFF = "broken off"
    """Tried again without anybody's doing."""
    CANNOT_SHOW = "cannot show"
    NOT_LOADED = "not loaded"
    NOT_ALLOWED = "not allowed"


def kind_of(error: CerboDesktopError) -> FailureKind:
    if isinstance(error, Stalled) or (isinstance(error, BadAnswer) and error.kind is BadAnswerKind.CUT_OFF):
        return FailureKind.BROKEN_OFF
    if isinstance(error, Unreachable):
        return FailureKind.OFFLINE
    if isinstance(error, Forbidden):
        return FailureKind.NOT_ALLOWED
    if isinstance(error, CannotShow) and error.reason is not RefusalReason.OUT_OF_ORDER:
        return FailureKind.CANNOT_SHOW
    if isinstance(error, BadAnswer) and error.kind is BadAnswerKind.NOT_A_PHOTO:
        return FailureKind.CANNOT_SHOW
    return FailureKind.NOT_LOADED
