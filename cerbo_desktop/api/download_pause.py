"""Makes an answer stand still and go on later, without losing a byte."""

from typing import Protocol

from cerbo_desktop.runtime.progress_limit import ProgressLimit


class Pausable(Protocol):
    """A connection whose socket can be left unread: the window of its peer closes, and the line is free."""

    def hold(self) -> None: ...
    def go_on(self) -> None: ...


class Places(Protocol):
    """The slot that a request gives up while it stands still, and takes back."""

    def step_aside(self) -> None: ...
    def step_back(self) -> None: ...


class DownloadPause:
    """Stops the answer that is being read, with True, and lets it go on, with False; any number of times, until `end`.

    Standing still is not the fault of the server, so the time does not count. Nor does it keep its slot: the request
    that it waits for may need that.
    """

    def __init__(self, stream: Pausable, limit: ProgressLimit, places: Places) -> None:
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
        """Note that the answer has ended, perhaps with bytes that were here already.

        The connection is read again, for the next answer, and the slot counts as taken again, for whoever gives it
        back.
        """
        self(False)
        self._has_ended = True
