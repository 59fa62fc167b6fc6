"""What the end of an exchange says of the line: whether Cerbo can be reached from here, and whether it is Cerbo.

One thing that has a page in its place, or breaks off, says nothing of the line: it may be its own fault. Nor does one
kind of question that is refused as too many. `Stalled` tells the listener to look, and what the look came to is told as
it is.
"""

import time
from collections.abc import Callable

from cerbo_desktop.api import faults
from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.operations import SAY_NOTHING_OF_THE_LINE
from cerbo_desktop.api.restraint import Restraint
from cerbo_desktop.api.rights import Rights
from cerbo_desktop.domain.errors import (
    BadAnswer,
    Forbidden,
    Missing,
    Overloaded,
    ServerError,
    ServerRefused,
    SignedOut,
    Stalled,
    Unreachable,
)

OnContact = Callable[[ServerError | None], None]


class LineNews:
    """`on_contact` hears of each finished exchange: None where Cerbo answered (404, 403 and a refusal are answers),
    else the error."""

    def __init__(self, on_contact: OnContact, rights: Rights, restraint: Restraint) -> None:
        self._on_contact = on_contact
        self._rights, self._restraint = rights, restraint
        self._answered_s = 0.0

    def is_silent_since(self, moment_s: float) -> bool:
        """Whether Cerbo has answered nothing since `moment_s` of `time.monotonic`."""
        return self._answered_s < moment_s

    def note_answer(self) -> None:
        """Cerbo has answered. An answer to a question from before a trouble does not mean that the trouble is over."""
        self._answered_s = time.monotonic()
        self._look_in_doubt()
        if not (self._rights.is_key_refused or self._restraint.is_in_trouble):
            self._on_contact(None)

    def note_error(self, call: Call, error: ServerError, *, is_look: bool) -> None:
        """Tell that one exchange failed. Of a look's questions, only answers are told."""
        is_of_itself = isinstance(error, BadAnswer) and call.operation in SAY_NOTHING_OF_THE_LINE
        is_of_its_kind = isinstance(error, Overloaded) and not self._restraint.is_in_trouble
        if is_of_itself or is_of_its_kind or isinstance(error, SignedOut):
            return
        if isinstance(error, Overloaded) and self._restraint.is_in_doubt:
            self._look_in_doubt()
            return
        if isinstance(error, Missing | Forbidden | ServerRefused):
            self.note_answer()
        elif not is_look:
            self._on_contact(Stalled() if faults.is_other_answering(error) else error)

    def _look_in_doubt(self) -> None:
        """Have the line asked one question where nothing else tells whether Cerbo refuses all, or one kind alone."""
        if self._restraint.needs_question:
            self._on_contact(Stalled())

    def note_look(self, error: ServerError) -> None:
        """Tell that a look ended in `error`, without an answer."""
        is_key = isinstance(error, SignedOut) and self._rights.is_key_refused
        is_busy = isinstance(error, Overloaded) and self._restraint.is_in_trouble
        if is_key or is_busy or isinstance(error, Unreachable) or faults.is_other_answering(error):
            self._on_contact(error)
