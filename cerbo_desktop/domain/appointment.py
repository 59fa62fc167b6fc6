"""A visit on the practice's calendar."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cerbo_desktop.domain.ids import AppointmentId, UserId
from cerbo_desktop.domain.patient import Patient


class VisitStage(Enum):
    """Where a visit stands. Clinics add statuses of their own: those are OTHER and shown in their own words."""

    CHECKED_IN = "checked-in"
    IN_ROOM = "in-room"
    CONFIRMED = "confirmed"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    DONE = "done"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Provider:
    """One of those whom a visit is with."""

    id: UserId
    name: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """One visit. Times are aware UTC (contract 2.6: checked against a captured calendar)."""

    id: AppointmentId
    patient: Patient
    stage: VisitStage
    status_words: str
    """The clinic's own word for the status, as sent."""
    starts_at: datetime
    ends_at: datetime | None
    type_name: str
    providers: tuple[Provider, ...]
