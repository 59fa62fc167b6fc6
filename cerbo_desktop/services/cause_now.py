"""Why something that failed can't be had now: another cause than at its own try may have come since."""

from typing import TypeVar

from cerbo_desktop.domain.errors import BadAnswer, CerboDesktopError, Overloaded, SignedOut, Unreachable
from cerbo_desktop.services.connection import ConnectionState, KeyRefused

_Failure = TypeVar("_Failure", bound=CerboDesktopError | None)


def cause_now(failure: _Failure, state: ConnectionState) -> _Failure | SignedOut:
    """A failure of the line is over once Cerbo answers that it refuses the key: that alone is in the way then. None
    stays None."""
    is_of_the_line = isinstance(failure, Unreachable | Overloaded | BadAnswer)
    return SignedOut() if is_of_the_line and isinstance(state, KeyRefused) else failure
