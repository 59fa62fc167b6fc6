"""The practice clinic: a made-up Cerbo tenant on this machine, for learning and for tests.

with PracticeClinic(photos_dir) as clinic:
    ...  # clinic.origin, clinic.username, clinic.secret
"""

import ssl
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Self

from cerbo_desktop.practice.albums import MEDICAL, AlbumPhoto
from cerbo_desktop.practice.counters import Counters
from cerbo_desktop.practice.faults import Faults
from cerbo_desktop.practice.listener import HOST, Listener
from cerbo_desktop.practice.patients import PracticePatient
from cerbo_desktop.practice.portal import QueueRequest
from cerbo_desktop.practice.server import Credentials, make_app
from cerbo_desktop.practice.switches import Switches
from cerbo_desktop.practice.tenant import Tenant


def _utc_now() -> datetime:
    return datetime.now(UTC)


class PracticeClinic:
    """A server on 127.0.0.1 that behaves as one practice's Cerbo. Every method may be called from any thread.

    `photos_dir` holds the drawn photos; `now` gives aware time; `zone` is the clinic's (None: this machine's);
    `odd_patients` adds people with names that screens must survive; `tls` is the server's side of https.
    """

    practice_name = "Riverbend Clinic"

    def __init__(
        self,
        photos_dir: Path,
        *,
        now: Callable[[], datetime] = _utc_now,
        zone: tzinfo | None = None,
        odd_patients: bool = False,
        latency_s: float = 0.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._credentials = Credentials.random()
        self._tenant = Tenant(photos_dir, now, zone, odd_patients)
        self._tenant.switches.latency_s = latency_s
        self.crashes: list[Exception] = []
        """Failures of the clinic itself; a test that ends with one here has found a bug of the clinic."""
        self._scheme = "http" if tls is None else "https"
        app = make_app(self._tenant, self._credentials, self.crashes)
        self._listener = Listener(app, self._tenant.counters, tls)

    def start(self) -> None:
        """Start the server on a free port."""
        self._listener.start()
        self._tenant.origin = f"{self._scheme}://{HOST}:{self._listener.port}"

    def stop(self) -> None:
        """End the server within a second, whatever is in flight. May be called twice."""
        self._listener.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if failure is None and self.crashes:
            raise self.crashes[0]

    @property
    def origin(self) -> str:
        """Scheme, host and port, such as `http://127.0.0.1:40123`; empty before the start."""
        return self._tenant.origin

    @property
    def username(self) -> str:
        """The key of the API user."""
        return self._credentials.username

    @property
    def secret(self) -> str:
        """The secret of the API user."""
        return self._credentials.secret

    @property
    def switches(self) -> Switches:
        return self._tenant.switches

    @property
    def faults(self) -> Faults:
        return self._tenant.faults

    @property
    def counters(self) -> Counters:
        return self._tenant.counters

    @property
    def patients(self) -> dict[int, PracticePatient]:
        """Everyone, by id."""
        return self._tenant.patients

    def album(self, pt_id: int, photo_type: str = "") -> list[AlbumPhoto]:
        """What is in a chart now, by rising id; `.content` holds the bytes."""
        return self._tenant.album(pt_id, photo_type)

    def fill_album(
        self, pt_id: int, draws: Sequence[Callable[[], bytes]], photo_type: str = MEDICAL
    ) -> list[AlbumPhoto]:
        """Put these photos, newest first, in place of a patient's album: a dozen a visit, three weeks apart."""
        return self._tenant.fill_album(pt_id, draws, photo_type)

    def delete_photo(self, photo: AlbumPhoto) -> None:
        """Staff delete it from its chart."""
        self._tenant.delete(photo)

    def waiting(self, pt_id: int | None = None) -> list[QueueRequest]:
        """Open entries of the portal queue, oldest first."""
        return self._tenant.open_requests(pt_id)

    def add_request(self, pt_id: int, request_type: str) -> QueueRequest:
        """A patient sends something that is no photo, such as a `message`."""
        return self._tenant.add_request(pt_id, request_type)

    def send_from_another_pc(self, pt_id: int, age: timedelta = timedelta(0)) -> QueueRequest:
        """Another of the clinic's PCs sent a photo, so long ago."""
        return self._tenant.send_from_another_pc(pt_id, age)

    def photos_received(self, pt_id: int | None = None) -> list[QueueRequest]:
        """Every photo ever stored by an upload of this PC, whatever became of it: how tests count lost and doubled."""
        return self._tenant.photos_received(pt_id)

    def accept(self, queue_id: int, photo_type: str = MEDICAL) -> AlbumPhoto:
        """Staff accept a photo: same bytes, a new id, dated now. Raises KeyError where no open photo has this id."""
        return self._tenant.accept(queue_id, photo_type)

    def accept_all(self) -> list[AlbumPhoto]:
        """Staff accept every waiting photo: personal where the patient has no personal photo, else medical."""
        return self._tenant.accept_all()

    def set_visit_status(self, pt_id: int, status: str) -> None:
        """Change a visit of today as the front desk does, such as to `checked-in`. Raises KeyError where there is
        none."""
        self._tenant.set_visit_status(pt_id, status)

    def fill_board(self, count: int) -> None:
        """So many visits of as many people in place of today's."""
        self._tenant.fill_board(count)

    def go_offline(self) -> None:
        """Connections are refused and the open ones are reset until `go_online`."""
        self._listener.go_offline()

    def go_online(self) -> None:
        """Take connections again."""
        self._listener.go_online()

    def break_connections(self) -> None:
        """Reset every open connection, kept-alive ones too."""
        self._listener.break_connections()
