"""The calendar of the practice clinic: yesterday, today around the present time, and tomorrow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import count

from cerbo_desktop.practice import patients

LINDQVIST = 61
OSEI = 62


@dataclass(frozen=True, slots=True)
class PracticeUser:
    """A provider or a resource; `is_active` false means suspended, left out of `/users` unless asked for."""

    id: int
    first_name: str
    last_name: str
    prefix: str = "Dr."
    suffix: str = ""
    is_resource: bool = False
    is_active: bool = True


USERS = (
    PracticeUser(LINDQVIST, "Ingrid", "Lindqvist", suffix="MD"),
    PracticeUser(OSEI, "Kwame", "Osei", suffix="MD"),
    PracticeUser(63, "Ana", "Ruiz", prefix=""),
    PracticeUser(64, "Room", "2", prefix="", is_resource=True),
    PracticeUser(65, "Paul", "Renner", suffix="DO", is_active=False),
)


@dataclass(slots=True)
class Visit:
    """One row of the calendar. `pt_id` is None for a block without a patient; times are aware UTC."""

    id: int
    pt_id: int | None
    status: str
    starts_at: datetime
    length: timedelta
    type_name: str
    provider_ids: tuple[int, ...]
    is_deleted: bool = False


_TODAY = (
    # minutes from the present quarter hour, patient, status, type, provider
    (-105, 9022, "completed", "Follow-up", LINDQVIST),
    (-60, 10777, "Checked Out", "New patient", OSEI),
    (-15, 9021, "Waiting-Labs", "Labs", OSEI),
    (0, patients.DOROTHY_VANCE, "in-room", "Annual skin check", OSEI),
    (15, patients.MARIA_LOPEZ, "checked-in", "Follow-up", LINDQVIST),
    (30, patients.THOMAS_BECKER, "checked-in", "New patient", OSEI),
    (30, 11210, "cancelled", "Follow-up", LINDQVIST),
    (45, patients.PRIYA_RAMAN, "confirmed", "Follow-up", LINDQVIST),
    (60, patients.GRACE_ADEYEMI, "confirmed", "Follow-up", OSEI),
    (75, patients.HANA_KIM, "scheduled", "New patient", LINDQVIST),
    (90, patients.JOSE_NUNEZ, "confirmed", "Procedure", OSEI),
    (105, patients.WALTER_ELLIS, "scheduled", "Follow-up", LINDQVIST),
    (120, patients.SAMUEL_OKAFOR, "scheduled", "New patient", OSEI),
    (135, None, "scheduled", "Team meeting", LINDQVIST),
)
_FIRST, _END = timedelta(minutes=-105), timedelta(minutes=165)
"""Of today's visits, from the present quarter hour: when the first begins and the last ends."""


def calendar(now: datetime, zone: tzinfo | None) -> list[Visit]:
    """Three days of visits. Today's keep inside the local day of `zone` (None: this machine's), near midnight too."""
    local_now = now.astimezone(zone)
    ids = count(3001)
    rows = [*_today(local_now, ids), *_other_days(local_now, ids)]
    rows.append(
        Visit(next(ids), 11211, "scheduled", _quarter(local_now), timedelta(minutes=15), "Follow-up", (OSEI,), True)
    )
    return rows


def _quarter(local_now: datetime) -> datetime:
    """The quarter hour that `local_now` is in; aware UTC."""
    return local_now.replace(minute=local_now.minute // 15 * 15, second=0, microsecond=0).astimezone(UTC)


def _midnight(local_now: datetime, days: int) -> datetime:
    """The start of the local day so many days away; aware UTC. A day may have 23 or 25 hours."""
    day = local_now.date() + timedelta(days=days)
    return datetime.combine(day, time(0), local_now.tzinfo).astimezone(UTC)


def _today(local_now: datetime, ids: Iterator[int]) -> Iterator[Visit]:
    """Near midnight the visits move closer together: whoever is due stays due, and nobody slips into another day."""
    present = _quarter(local_now)
    past = min(1.0, (_midnight(local_now, 0) - present) / _FIRST)
    future = min(1.0, (_midnight(local_now, 1) - present) / _END)
    for minutes, pt_id, status, type_name, provider in _TODAY:
        scale = past if minutes < 0 else future
        starts_at = present + timedelta(minutes=int(minutes * scale))
        length = timedelta(minutes=max(1, int((30 if pt_id is None else 15) * scale)))
        providers = (provider, 64) if type_name == "Procedure" else (provider,)
        yield Visit(next(ids), pt_id, status, starts_at, length, type_name, providers)


def _other_days(local_now: datetime, ids: Iterator[int]) -> Iterator[Visit]:
    for day, status in ((-1, "completed"), (1, "scheduled")):
        for place, pt_id in enumerate((9544, 10444, 10446)):
            starts_at = _midnight(local_now, day) + timedelta(hours=10, minutes=20 * place)
            yield Visit(next(ids), pt_id, status, starts_at, timedelta(minutes=20), "Follow-up", (OSEI,))
