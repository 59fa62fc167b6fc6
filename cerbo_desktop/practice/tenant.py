"""The state of the practice clinic: people, charts, portal queue, calendar. Safe to use from any thread."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import count
from pathlib import Path

from cerbo_desktop.practice.albums import MEDICAL, PERSONAL, AlbumPhoto, Albums
from cerbo_desktop.practice.appointments import LINDQVIST, Visit, calendar
from cerbo_desktop.practice.counters import Counters
from cerbo_desktop.practice.drawing import numbered
from cerbo_desktop.practice.faults import Faults
from cerbo_desktop.practice.overload import Overload
from cerbo_desktop.practice.patients import EVERYONE, GRACE_ADEYEMI, ODD_PATIENTS, PracticePatient
from cerbo_desktop.practice.portal import IMAGE_REQUEST, PortalQueue, QueueRequest
from cerbo_desktop.practice.reencoding import without_marks
from cerbo_desktop.practice.switches import Switches

_SHOTS_A_VISIT = 12
_DAYS_BETWEEN_VISITS = 21
_WAITING_IDS = 880000


class Tenant:
    """One practice's data. `now` gives aware time; `zone` is the clinic's (None: this machine's)."""

    def __init__(self, photos_dir: Path, now: Callable[[], datetime], zone: tzinfo | None, odd_patients: bool) -> None:
        self.now = now
        self.zone = zone
        self.origin = ""
        self.switches = Switches()
        self.faults = Faults()
        self.overload = Overload(self.switches)
        self.counters = Counters()
        people = EVERYONE + (ODD_PATIENTS if odd_patients else ())
        self.patients: dict[int, PracticePatient] = {person.id: person for person in people}
        self._lock = threading.RLock()
        self._photos = {photo.id: photo for photo in Albums(photos_dir, _opening_hours(now(), zone)).build()}
        self._new_photo_ids = count(900001)
        self._chart_numbers: dict[int, dict[int, int]] = {}
        self._queue = PortalQueue()
        self._queue.add(GRACE_ADEYEMI, "questionnaire", self.utc_now(), "", b"")
        self._visits: list[Visit] = []
        self._calendar_day: date | None = None

    def utc_now(self) -> datetime:
        """The present time, in UTC."""
        return self.now().astimezone(UTC).replace(microsecond=0)

    def album(self, pt_id: int, photo_type: str = "") -> list[AlbumPhoto]:
        """A patient's photos by rising id; `photo_type` empty means both."""
        with self._lock:
            photos = [photo for photo in self._photos.values() if photo.pt_id == pt_id]
        return [photo for photo in photos if photo_type in ("", photo.photo_type)]

    def photo(self, pt_id: int, image_id: int) -> AlbumPhoto | None:
        """One photo of a chart; None where there is none."""
        with self._lock:
            if self.switches.photo_ids_by_chart:
                return next((each for each in self.album(pt_id) if self.chart_number(each) == image_id), None)
            waiting = {each.id: each for each in self.waiting_photos(pt_id)}
            photo = self._photos.get(image_id) or waiting.get(image_id)
        return photo if photo is not None and photo.pt_id == pt_id else None

    def waiting_photos(self, pt_id: int) -> list[AlbumPhoto]:
        """Photos that wait in the queue, as the chart's list shows them where the switch says so."""
        if not self.switches.lists_waiting_photos:
            return []
        waiting = [each for each in self.open_requests(pt_id) if each.content]
        status = self.switches.waiting_photo_status
        return [_waiting(each, status) for each in waiting]

    def chart_number(self, photo: AlbumPhoto) -> int:
        """Its place among all photos that its chart ever had."""
        with self._lock:
            numbers = self._chart_numbers.setdefault(photo.pt_id, {})
            if photo.id not in numbers:
                for each in self.album(photo.pt_id):
                    numbers.setdefault(each.id, len(numbers) + 1)
            return numbers[photo.id]

    def delete(self, photo: AlbumPhoto) -> None:
        """Delete a photo from the chart, as staff do in Cerbo."""
        with self._lock:
            del self._photos[photo.id]

    def fill_album(
        self, pt_id: int, draws: Sequence[Callable[[], bytes]], photo_type: str = MEDICAL
    ) -> list[AlbumPhoto]:
        """Photos in place of a patient's album; `draws` from the newest on; the oldest has the lowest id."""
        with self._lock:
            for photo in self.album(pt_id):
                del self._photos[photo.id]
            for place, draw in reversed(list(enumerate(draws))):
                visit, shot = divmod(place, _SHOTS_A_VISIT)
                day = self.utc_now() - timedelta(days=1 + visit * _DAYS_BETWEEN_VISITS, minutes=shot)
                photo = AlbumPhoto(next(self._new_photo_ids), pt_id, photo_type, day, draw)
                self._photos[photo.id] = photo
            return self.album(pt_id)

    def enqueue(self, pt_id: int, mime_type: str, content: bytes) -> QueueRequest:
        """Put a photo that this PC sent into the portal queue."""
        with self._lock:
            return self._queue.add(pt_id, IMAGE_REQUEST, self.utc_now(), mime_type, content)

    def open_requests(self, pt_id: int | None = None) -> list[QueueRequest]:
        with self._lock:
            return self._queue.open_requests(pt_id)

    def photos_received(self, pt_id: int | None = None) -> list[QueueRequest]:
        with self._lock:
            return self._queue.photos_received(pt_id)

    def withdraw(self, pt_id: int, queue_id: int) -> bool:
        """Delete an open entry of this patient; False where there is none."""
        with self._lock:
            request = self._queue.find_open(queue_id)
            if request is None or request.pt_id != pt_id:
                return False
            request.status = "deleted"
            return True

    def add_request(self, pt_id: int, request_type: str) -> QueueRequest:
        with self._lock:
            return self._queue.add(pt_id, request_type, self.utc_now(), "", b"")

    def send_from_another_pc(self, pt_id: int, age: timedelta) -> QueueRequest:
        with self._lock:
            return self._queue.add_of_another_pc(pt_id, self.utc_now() - age, numbered(1))

    def accept(self, queue_id: int, photo_type: str = MEDICAL) -> AlbumPhoto:
        """What staff do in Cerbo: the photo moves to the chart under a new id. Raises KeyError for no open photo."""
        with self._lock:
            request = self._queue.find_open(queue_id)
            if request is None or request.request_type != IMAGE_REQUEST:
                raise KeyError(queue_id)
            photo = self._filed(request, photo_type)
            request.status, request.image_id = "accepted", photo.id
            return photo

    def _filed(self, request: QueueRequest, photo_type: str) -> AlbumPhoto:
        content = without_marks(request.content) if self.switches.accepts_reencoded else request.content
        new_id = next(self._new_photo_ids)
        mime_type = request.mime_type
        photo = AlbumPhoto(new_id, request.pt_id, photo_type, self.utc_now(), lambda: content, mime_type)
        self._photos[photo.id] = photo
        return photo

    def accept_all(self) -> list[AlbumPhoto]:
        """Accept every waiting photo: as personal where the patient has no personal photo, else as medical."""
        with self._lock:
            waiting = [r for r in self._queue.open_requests() if r.request_type == IMAGE_REQUEST]
            return [self.accept(r.id, MEDICAL if self.album(r.pt_id, PERSONAL) else PERSONAL) for r in waiting]

    def visits(self) -> list[Visit]:
        """Three days around today; made anew when the local day changes."""
        with self._lock:
            if self._calendar_day != self._today():
                self._calendar_day = self._today()
                self._visits = calendar(self.now(), self.zone)
            return list(self._visits)

    def fill_board(self, count: int) -> None:
        """So many visits of as many people in place of today's."""
        with self._lock:
            others = [visit for visit in self.visits() if visit.starts_at.astimezone(self.zone).date() != self._today()]
            starts_at, length = self.utc_now(), timedelta(minutes=15)
            people = list(self.patients)[:count]
            todays = [
                Visit(5001 + place, pt_id, "confirmed", starts_at, length, "Follow-up", (LINDQVIST,))
                for place, pt_id in enumerate(people)
            ]
            self._visits = [*others, *todays]

    def _today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def set_visit_status(self, pt_id: int, status: str) -> None:
        """Change the status of a patient's visit of today. Raises KeyError where there is none."""
        with self._lock:
            for visit in self.visits():
                if visit.pt_id == pt_id and visit.starts_at.astimezone(self.zone).date() == self._today():
                    visit.status = status
                    return
        raise KeyError(pt_id)


def _waiting(request: QueueRequest, status: str) -> AlbumPhoto:
    number = _WAITING_IDS + request.id
    return AlbumPhoto(
        number, request.pt_id, MEDICAL, request.created, lambda: request.content, request.mime_type, status
    )


def _opening_hours(now: datetime, zone: tzinfo | None) -> datetime:
    """The time of day at which earlier photos were taken: no clinic takes them all at eleven at night."""
    morning = now.astimezone(zone).replace(hour=10, minute=40)
    return min(now, morning)
