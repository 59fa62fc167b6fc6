"""What the clinic saw, for tests: requests by kind and by path, how many at once, the last headers."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

REMEMBERED_REQUESTS = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in."""

    kind: str
    method: str
    template: str
    path: str
    query: str


class Counters:
    """Counts from the server's thread, read from any. A "kind" is an `calls.Kind` value such as `content`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: deque[Seen] = deque(maxlen=REMEMBERED_REQUESTS)
        self._count: Counter[str] = Counter()
        self._templates: Counter[tuple[str, str]] = Counter()
        self._now: Counter[str] = Counter()
        self._peak: Counter[str] = Counter()
        self._headers: dict[str, dict[str, str]] = {}
        self.upload_bytes = 0
        """Body bytes of uploads received so far, complete or not."""
        self.uploads_complete = 0
        """Upload requests whose whole body arrived, stored or refused."""
        self.connections = 0
        """Connections accepted since the start."""

    @contextmanager
    def tracked(self, seen: Seen, headers: Mapping[str, str]) -> Iterator[Callable[[], None]]:
        """Count a request as in flight until the block ends, or until the given function is called.

        That is just before the answer's last byte leaves: a client that waits for each answer is then never counted
        twice.
        """
        self._enter(seen, headers)
        leave = partial(self._leave, seen.kind, [True])
        try:
            yield leave
        finally:
            leave()

    def _leave(self, kind: str, is_in: list[bool]) -> None:
        with self._lock:
            if is_in:
                is_in.clear()
                self._now[kind] -= 1
                self._now["*"] -= 1

    def _enter(self, seen: Seen, headers: Mapping[str, str]) -> None:
        with self._lock:
            self._seen.append(seen)
            self._templates[seen.method, seen.template] += 1
            for kind in (seen.kind, "*"):
                self._headers[kind] = dict(headers)
                self._count[kind] += 1
                self._now[kind] += 1
                self._peak[kind] = max(self._peak[kind], self._now[kind])

    def count(self, kind: str = "*") -> int:
        """Requests of a kind so far; `*` counts all."""
        with self._lock:
            return self._count[kind]

    def in_flight(self, kind: str = "*") -> int:
        """Requests of a kind that are in flight now; `*` counts all."""
        with self._lock:
            return self._now[kind]

    def peak(self, kind: str = "*") -> int:
        """The most requests of a kind that were ever in flight together."""
        with self._lock:
            return self._peak[kind]

    def by_template(self) -> dict[tuple[str, str], int]:
        """Requests by method and path template, such as `("GET", "/api/v1/patients/{pt_id}")`."""
        with self._lock:
            return dict(self._templates)

    def last_headers(self, kind: str = "*") -> dict[str, str]:
        """The headers of the last request, names in lower case; empty where none came."""
        with self._lock:
            return dict(self._headers.get(kind, {}))

    def seen(self, kind: str = "*") -> list[Seen]:
        """The requests in the order they came, the last 20,000."""
        with self._lock:
            return [seen for seen in self._seen if kind in ("*", seen.kind)]

    def reset(self) -> None:
        """Forget everything but what is in flight now."""
        with self._lock:
            self._seen.clear()
            self._count.clear()
            self._templates.clear()
            self._headers.clear()
            self._peak = Counter(self._now)
            self.upload_bytes = self.uploads_complete = self.connections = 0
