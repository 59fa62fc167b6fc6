"""The log: a closed set of events with a closed set of fields, so that no name, id, URL or secret can get in.

Other libraries' loggers are kept at WARNING and their records reduced to logger and level: an INFO line of the HTTP
library holds the searched name and birth date (measured, 3.4).
"""

import logging
import time
from collections import deque
from concurrent.futures import Future, wait
from enum import Enum
from pathlib import Path

from cerbo_desktop.runtime.threads import DaemonThreads

_LOG = logging.getLogger("cerbo_desktop")
_RECENT_COUNT = 200
_recent: deque[tuple[float, str]] = deque(maxlen=_RECENT_COUNT)
"""When, and the line."""
WRITTEN_WITHIN_S = 0.02
_CLOSED_WITHIN_S = 1.0
_MOST_UNWRITTEN = 1_000


class Event(Enum):
    """What can be logged; the value is what stands in the log."""

    STARTED = "started"
    PAINTED = "window painted"
    """For the first time: what a start is measured by."""
    STOPPED = "stopped"
    CONNECTED = "connected"
    REQUEST_FAILED = "request failed"
    UPLOAD_MOVED = "upload moved"
    ACT = "act"
    """Something was done: `what` is the kind of act."""
    DECIDED = "decided"
    OUTCOME_KNOWN = "outcome known"
    PHOTO_REFUSED = "photo refused"
    DECODER_RESTARTED = "decoder restarted"
    DECODER_CONFINED = "decoder confined"
    CAMERA = "camera"
    SETTINGS_UNREADABLE = "settings unreadable"
    KEYRING = "keyring"
    POLICY = "policy"
    FAILURE = "failure"
    CRASHED = "crashed before"
    """The last start ended in a native crash; one frame a line."""
    QT_MESSAGE = "qt message"


def event(
    kind: Event,
    *,
    what: Enum | type | None = None,
    operation: str = "",
    status: int | None = None,
    count: int | None = None,
    took_ms: int | None = None,
    is_warning: bool = False,
) -> None:
    """Log one event. `what` is an enum's member or a class, such as an act's or an exception's; `operation` is a name
    from our own code."""
    fields = {
        "what": _name_of(what),
        "operation": operation,
        "status": status,
        "count": count,
        "took_ms": took_ms,
    }
    text = " ".join(f"{key}={value}" for key, value in fields.items() if value not in (None, ""))
    _recent.append((time.time(), f"{'WARNING' if is_warning else 'INFO'} {kind.value} {text}".rstrip()))
    _LOG.log(logging.WARNING if is_warning else logging.INFO, "%s %s", kind.value, text)


def recent_events() -> tuple[str, ...]:
    """The last 200 events of this process, oldest first, whether a log could be written or not."""
    from datetime import UTC, datetime  # not needed for a first painting, and events come before it

    moments = [(datetime.fromtimestamp(at_s, UTC).astimezone(), line) for at_s, line in tuple(_recent)]
    return tuple(f"{moment.isoformat(timespec='milliseconds')} {line}" for moment, line in moments)


def _name_of(what: Enum | type | None) -> str:
    if isinstance(what, Enum):
        return f"{type(what).__name__}.{what.name}"
    return what.__name__ if what is not None else ""


class _Redacted(logging.Filter):
    """Lets our own events through; of any other record only its origin."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name != _LOG.name:
            record.msg, record.args = f"a message of {record.name} was withheld", ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True


class _Holding(logging.Handler):
    """Keeps records for the file that is opened later."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class _FromThread(logging.Handler):
    """Writes a file from a thread, so that a disk that hangs holds up nobody."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._path = file
        self._file: logging.Handler | None = None
        self._thread = DaemonThreads("log", 1)
        self._unwritten: deque[Future[None]] = deque()

    def emit(self, record: logging.LogRecord) -> None:
        while self._unwritten and self._unwritten[0].done():
            self._unwritten.popleft()
        is_behind, is_lost = bool(self._unwritten), len(self._unwritten) >= _MOST_UNWRITTEN
        if is_lost:
            return
        self._unwritten.append(self._thread.submit(self._write, record))
        if not is_behind:
            wait(self._unwritten, WRITTEN_WITHIN_S)

    def close(self) -> None:
        wait((self._thread.submit(self._end),), _CLOSED_WITHIN_S)
        self._thread.shutdown()
        super().close()

    def _write(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(self._path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
            self._file.setFormatter(self.formatter)
        self._file.handle(record)

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()


def hold_events() -> None:
    """Keep events until `start_logging`: its imports, 6 ms (measured, 5.2), would delay the first painting."""
    # Neither may print: a record of another library, or a failure to write one, on a terminal.
    logging.lastResort = None
    logging.raiseExceptions = False
    _LOG.setLevel(logging.INFO)
    _LOG.addHandler(_Holding())


def start_logging(file: Path | None) -> None:
    """Send events to `file` (1 MB, two older ones kept), those held first; to nowhere when it is None."""
    handler: logging.Handler = logging.NullHandler()
    if file is not None:
        handler = _FromThread(file)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(_Redacted())
    root = logging.getLogger()
    stop_logging()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    _LOG.setLevel(logging.INFO)
    for holding in [each for each in _LOG.handlers if isinstance(each, _Holding)]:
        _LOG.removeHandler(holding)
        for record in holding.records:
            handler.handle(record)


def stop_logging() -> None:
    """Close what `start_logging` opened."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if any(isinstance(f, _Redacted) for f in each.filters)]:
        root.removeHandler(handler)
        handler.close()
