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
_EARLIEST, _LATEST = timedelta(minutes=105), timedelta(minutes=165)


def calendar(now: datetime, zone: tzinfo | None) -> list[Visit]:
    """Three days of visits. Today's keep inside the local day of `zone` (None: this machine's), near midnight too."""
    anchor = _present_quarter(now.astimezone(zone))
    ids = count(3001)
    rows = [*_today(anchor, ids), *_other_days(anchor, ids)]
    rows.append(Visit(next(ids), 11211, "scheduled", anchor, timedelta(minutes=15), "Follow-up", (OSEI,), True))
    return rows


def _present_quarter(local_now: datetime) -> datetime:
    """The quarter hour of `local_now`, moved so that every visit of today stays inside its day; aware UTC."""
    day_start = datetime.combine(local_now.date(), time(0), local_now.tzinfo).astimezone(UTC)
    quarter = local_now.replace(minute=local_now.minute // 15 * 15, second=0, microsecond=0).astimezone(UTC)
    return min(max(quarter, day_start + _EARLIEST), day_start + timedelta(hours=22) - _LATEST)


def _today(anchor: datetime, ids: Iterator[int]) -> Iterator[Visit]:
    for minutes, pt_id, status, type_name, provider in _TODAY:
        starts_at = anchor + timedelta(minutes=minutes)
        length = timedelta(minutes=30 if pt_id is None else 15)
        providers = (provider, 64) if type_name == "Procedure" else (provider,)
        yield Visit(next(ids), pt_id, status, starts_at, length, type_name, providers)


def _other_days(anchor: datetime, ids: Iterator[int]) -> Iterator[Visit]:
    for day, status in ((-1, "completed"), (1, "scheduled")):
        for place, pt_id in enumerate((9544, 10444, 10446)):
            starts_at = anchor + timedelta(days=day, minutes=20 * place)
            yield Visit(next(ids), pt_id, status, starts_at, timedelta(minutes=20), "Follow-up", (OSEI,))
