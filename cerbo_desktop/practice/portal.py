"""The portal queue: what staff see before a photo is in a chart (contract 6.5, 7)."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count

IMAGE_REQUEST = "image"


@dataclass
class QueueRequest:
    """One entry. `status` is `open`, `accepted` or `deleted`; `created` is aware UTC; other kinds have no content."""

    id: int
    pt_id: int
    request_type: str
    created: datetime
    mime_type: str = ""
    content: bytes = b""
    status: str = "open"
    image_id: int | None = None
    """The id in the chart, once accepted."""
    is_of_another_pc: bool = False


class PortalQueue:
    """Every entry ever made, in order; none is forgotten, so that tests can count. Not thread-safe by itself."""

    def __init__(self) -> None:
        self._ids = count(7001)
        self._requests: dict[int, QueueRequest] = {}

    def add(self, pt_id: int, request_type: str, created: datetime, mime_type: str, content: bytes) -> QueueRequest:
        """Add an open entry."""
        request = QueueRequest(next(self._ids), pt_id, request_type, created, mime_type, content)
        self._requests[request.id] = request
        return request

    def add_of_another_pc(self, pt_id: int, created: datetime, content: bytes) -> QueueRequest:
        """A photo that another of the clinic's PCs sent."""
        request = self.add(pt_id, IMAGE_REQUEST, created, "image/jpeg", content)
        request.is_of_another_pc = True
        return request

    def open_requests(self, pt_id: int | None = None) -> list[QueueRequest]:
        """Open entries of one patient, or of all; oldest first."""
        return [r for r in self._requests.values() if r.status == "open" and pt_id in (None, r.pt_id)]

    def photos_received(self, pt_id: int | None = None) -> list[QueueRequest]:
        """Return every photo that this PC ever sent, of one patient or of all; also those that left the queue."""
        is_photo = [r for r in self._requests.values() if r.request_type == IMAGE_REQUEST]
        return [r for r in is_photo if pt_id in (None, r.pt_id) and not r.is_of_another_pc]

    def find_open(self, queue_id: int) -> QueueRequest | None:
        """An open entry by its number; None where there is none."""
        request = self._requests.get(queue_id)
        return request if request is not None and request.status == "open" else None
