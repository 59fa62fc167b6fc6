"""The faults the clinic can be told to show, by name, per kind of request, for some requests or until cleared."""

import threading
from collections import Counter
from dataclasses import dataclass
from enum import Enum


class Fault(Enum):
    """What goes wrong. The value tells how it looks from the client."""

    # A status instead of the answer; the request's body is read, nothing is stored.
    BAD_REQUEST = "400"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    REQUEST_TIMEOUT = "408"
    CONFLICT = "409"
    TOO_LARGE = "413 with an HTML page"
    UNSUPPORTED_TYPE = "415"
    UNPROCESSABLE = "422"
    TOO_MANY = "429 with Retry-After"
    SERVER_ERROR = "500"
    BAD_GATEWAY_HTML = "502 with an HTML page"
    UNAVAILABLE = "503"
    GATEWAY_TIMEOUT = "504"
    REDIRECT = "302 to another host"
    CAPTIVE_PORTAL = "200 with an HTML page"
    NO_CONTENT = "204"
    RESULT_FALSE = "200 with result false"

    # JSON that is none, or none we can use; nothing is stored.
    MALFORMED_JSON = "200, JSON cut short but of the right length"
    DEEP_JSON = "200, 100,000 brackets"
    BAD_UTF8 = "200, bytes that are not UTF-8"
    NAN_JSON = "200, NaN and a number of 400 digits"
    WRONG_TYPES = "200, a list whose fields have the wrong types"
    NULL_FIELDS = "200, a list whose fields are null"

    # The connection breaks before the request was read or answered; nothing is stored.
    OFFLINE = "closed at once, without a byte"
    RESET = "reset at once"
    HANG = "request read, never answered"
    STOP_READING = "request not read, never answered"
    RESET_MID_UPLOAD = "reset after the first piece of the body"
    TOO_LARGE_EARLY = "413 after the first piece of the body, then closed"
    GARBAGE_STATUS = "not HTTP"
    HEADER_FLOOD = "headers without end (1 MB), then closed"

    # The request is carried out (an upload IS stored), then the answer goes wrong.
    SLOW = "the answer trickles"
    SLOW_HEADER = "the header trickles"
    CUT_MID_BODY = "closed after half of the body"
    RESET_MID_BODY = "reset after half of the body"
    STALL_MID_BODY = "half of the body, then nothing"
    LENGTH_TOO_SMALL = "more bytes than Content-Length says"
    NO_LENGTH = "no Content-Length; the body ends where the connection does"
    TRUNCATED_CHUNK = "chunked, closed inside a chunk"
    TWICE = "the whole answer twice in a row, over a connection that goes on"
    GZIP = "gzip though identity was asked for"
    GZIP_BAD = "says gzip and is not"
    GZIP_BOMB = "a gzip answer of 300 MB when unpacked"
    ANSWER_LOST = "carried out, closed without an answer"
    RESET_AFTER_STORING = "carried out, reset without an answer"
    COMMIT_THEN_ERROR = "carried out, then 500"
    COMMIT_THEN_TOO_MANY = "carried out, then 429 with Retry-After"
    LATE_COMMIT = "closed without an answer; carried out `pace_s` later"


@dataclass(slots=True)
class Plan:
    """One fault as told: `times_left` None means until cleared."""

    fault: Fault
    times_left: int | None
    retry_after: str
    """The header of a 429 or 503: seconds, an HTTP date, or anything else; empty sends none."""
    pace_s: float
    piece_bytes: int
    location: str


class Faults:
    """Told from any thread; asked by the server for each request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plans: dict[str, list[Plan]] = {}
        self._shown: Counter[Fault] = Counter()

    def set(
        self,
        kind: str,
        fault: Fault,
        *,
        times: int | None = None,
        retry_after: str | int = 2,
        pace_s: float = 0.05,
        piece_bytes: int = 2048,
        location: str = "http://other-host.invalid/api/v1/users",
        patient_id: int | None = None,
    ) -> None:
        """Show `fault` on requests of `kind` (`*`: all), in place of any fault that was set for it before.

        With `patient_id` only requests for this patient meet it.
        """
        plan = Plan(fault, times, str(retry_after), pace_s, piece_bytes, location)
        with self._lock:
            self._plans[_of_one(kind, patient_id)] = [plan]

    def then(self, kind: str, fault: Fault, *, times: int | None = None) -> None:
        """Show `fault` after the ones already told for `kind` have run out."""
        with self._lock:
            self._plans.setdefault(kind, []).append(Plan(fault, times, "2", 0.05, 2048, ""))

    def clear(self, kind: str | None = None) -> None:
        """Forget the faults of a kind, or all."""
        with self._lock:
            if kind is None:
                self._plans.clear()
            else:
                self._plans.pop(kind, None)

    def shown(self, fault: Fault) -> int:
        """How many requests met this fault."""
        with self._lock:
            return self._shown[fault]

    def take(self, kind: str, patient_id: int | None = None) -> Plan | None:
        """The fault for a request that has come in; counts it."""
        with self._lock:
            for key in (_of_one(kind, patient_id), kind, "*"):
                plans = self._plans.get(key)
                if plans:
                    return self._counted(plans)
        return None

    def _counted(self, plans: list[Plan]) -> Plan:
        plan = plans[0]
        self._shown[plan.fault] += 1
        if plan.times_left is not None:
            plan.times_left -= 1
            if plan.times_left <= 0:
                plans.pop(0)
        return plan


def _of_one(kind: str, patient_id: int | None) -> str:
    return kind if patient_id is None else f"{kind} of {patient_id}"
