"""An answer stands still while its bytes stay where they are, and goes on without losing one."""

from typing import Protocol

from cerbo_desktop.runtime.progress_limit import ProgressLimit


class Holdable(Protocol):
    """A connection whose socket can be left unread: the window of its peer closes, and the line is free."""

    def hold(self) -> None: ...
    def go_on(self) -> None: ...


class Places(Protocol):
    """Where whoever stands still for another's sake leaves its place, and that of its kind."""

    def step_aside(self) -> None: ...
    def step_back(self) -> None: ...


class Hold:
    """Called with True or False, any number of times, while the answer is being read; `end` after it.

    Standing still is not the server's fault, so the time does not count. Nor does it take up a place: whoever it waits
    for may need that.
    """

    def __init__(self, stream: Holdable, limit: ProgressLimit, places: Places) -> None:
        self._stream, self._limit, self._places = stream, limit, places
        self._is_held = False
        self._has_ended = False

    def __call__(self, is_held: bool) -> None:
        if is_held == self._is_held or self._has_ended:
            return
        self._is_held = is_held
        if is_held:
            self._stream.hold()
            self._limit.pause()
            self._places.step_aside()
        else:
            self._places.step_back()
            self._limit.go_on()
            self._stream.go_on()

    def end(self) -> None:
        """The answer has ended, perhaps with bytes that were here already: the next one over this connection has to be
        read, and the place has to be given back by whoever took it."""
        self(False)
        self._has_ended = True
