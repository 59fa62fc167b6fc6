"""A clinic that is asked too much: so many requests a second and no more, or none at all for a while."""

import threading
import time
from collections import deque
from collections.abc import Callable

from starlette.responses import JSONResponse, Response

from cerbo_desktop.practice.switches import Switches
from cerbo_desktop.practice.wire import error

_WINDOW_S = 1.0


class Overload:
    """Asked once for each request, when it comes. Those that are refused are not carried out, and count for nothing."""

    def __init__(self, switches: Switches, now_s: Callable[[], float] = time.monotonic) -> None:
        self._switches, self._now_s = switches, now_s
        self._lock = threading.Lock()
        self._taken_s: deque[float] = deque()
        self.refused_count = 0

    def refusal(self) -> Response | None:
        """The answer that refuses a request, which has just come; None where it is carried out."""
        with self._lock:
            if not self._is_too_much():
                return None
            self.refused_count += 1
        switches = self._switches
        headers = {"retry-after": switches.retry_after} if switches.retry_after else {}
        told = error("rate_limit_error", "Too many requests.")
        return JSONResponse(told, switches.overload_status, headers)

    def _is_too_much(self) -> bool:
        if self._switches.is_overloaded:
            return True
        most, now_s = self._switches.requests_a_second, self._now_s()
        if not most:
            return False
        while self._taken_s and self._taken_s[0] <= now_s - _WINDOW_S:
            self._taken_s.popleft()
        if len(self._taken_s) >= most:
            return True
        self._taken_s.append(now_s)
        return False
