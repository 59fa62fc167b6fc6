"""Made-up people, visits and a clock for the tests of the left pane."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cerbo_desktop.domain.appointment import Appointment, Provider, VisitStage
from cerbo_desktop.domain.ids import AppointmentId, PatientId, UserId
from cerbo_desktop.domain.patient import Patient, PatientStatus, Sex
from tests.fakes.hand_clock import HandClock

ZONE = ZoneInfo("America/New_York")
LINDQVIST, OKORO = Provider(UserId("61"), "Dr. Lindqvist"), Provider(UserId("62"), "Dr. Okoro")


def morning_clock() -> HandClock:
    """Wed 12 Nov 2025, 10:12 at the clinic."""
    return HandClock(datetime(2025, 11, 12, 10, 12, tzinfo=ZONE).astimezone(UTC), ZONE)


def person(number: int, first: str, last: str, born: date, *, email: str = "", phone: str = "") -> Patient:
    return Patient(
        PatientId(str(number)), first, last, "", born, Sex.FEMALE, PatientStatus.ACTIVE, email=email, phone=phone
    )


MARIA = person(10482, "Maria", "Lopez", date(1981, 3, 4), email="maria.lopez@example.com", phone="555-0142")
OTHER_MARIA = person(11937, "María", "López", date(1981, 10, 21), email="lopez.m@example.org", phone="555-0107")
MARISOL = person(9310, "Marisol", "Lopez-Vega", date(1996, 1, 9))
THOMAS = person(8817, "Thomas", "Becker", date(1958, 2, 2))
JOHN = person(11210, "John", "Smith", date(1965, 4, 11))
OTHER_JOHN = person(11211, "John", "Smith", date(1965, 11, 4))
EVERYONE = (MARIA, OTHER_MARIA, MARISOL, THOMAS, JOHN, OTHER_JOHN)


def visit(
    number: int, patient: Patient, hour: int, minute: int, stage: VisitStage, provider: Provider = LINDQVIST
) -> Appointment:
    starts = datetime(2025, 11, 12, hour, minute, tzinfo=ZONE).astimezone(UTC)
    return Appointment(AppointmentId(str(number)), patient, stage, stage.value, starts, None, "Visit", (provider,))


VISITS = (
    visit(1, MARIA, 10, 15, VisitStage.CHECKED_IN),
    visit(2, THOMAS, 10, 30, VisitStage.CHECKED_IN, OKORO),
    visit(3, MARISOL, 11, 0, VisitStage.SCHEDULED),
    visit(4, JOHN, 8, 0, VisitStage.DONE),
)
