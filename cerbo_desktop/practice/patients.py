"""The made-up people of the practice clinic. Nobody here is real: e-mails are example.com or .org, phones 555."""

from collections.abc import Iterator
from dataclasses import dataclass

from cerbo_desktop.domain.patient import folded

MARIA_LOPEZ = 10482
OTHER_MARIA_LOPEZ = 11937
MARISOL_LOPEZ_VEGA = 9310
THOMAS_BECKER = 8817
DOROTHY_VANCE = 10071
PRIYA_RAMAN = 10655
GRACE_ADEYEMI = 10233
HANA_KIM = 11502
JOSE_NUNEZ = 10918
WALTER_ELLIS = 7345
SAMUEL_OKAFOR = 12044
EVELYN_LONGACRE = 10300
"""1,200 numbered photos."""
PETER_HALLOWAY = 10310
"""One photo of every file kind, sound and broken."""
RUTH_CALLOWAY = 10320
"""One photo of 12 MP with a thumbnail in its EXIF block, and one without."""
ROBIN_ASHGROVE = 11888
"""Cerbo gives no status."""
MARGARET_ELLISON = 8120
"""Inactive."""
HAROLD_WHITCOMBE = 7002
"""Deceased."""

STATUS_MISSING = ""


@dataclass(frozen=True, slots=True)
class PracticePatient:
    """One made-up person. `dob` is `YYYY-MM-DD` or empty; `sex` is `F`, `M` or `?` (contract 5.4)."""

    id: int
    first_name: str
    last_name: str
    dob: str
    sex: str = "F"
    status: str = "active"
    middle_name: str = ""
    email: str = ""
    phone: str = ""
    suffix: str = ""

    @property
    def email1(self) -> str:
        return self.email or f"{_mailbox(self.first_name)}.{_mailbox(self.last_name)}{self.id}@example.com"

    @property
    def primary_phone(self) -> str:
        return self.phone or f"555-01{self.id % 100:02d}"


def _mailbox(name: str) -> str:
    return "".join(letter for letter in folded(name) if letter.isascii() and letter.isalnum())[:20]


def _of_the_pictures() -> Iterator[PracticePatient]:
    """The people of the design pictures."""
    person = PracticePatient
    yield person(MARIA_LOPEZ, "Maria", "Lopez", "1981-03-04", email="maria.lopez@example.com", phone="555-0142")
    yield person(OTHER_MARIA_LOPEZ, "Maria", "Lopez", "1981-10-21", email="lopez.m@example.org", phone="555-0107")
    yield person(MARISOL_LOPEZ_VEGA, "Marisol", "Lopez-Vega", "1996-01-09")
    yield person(THOMAS_BECKER, "Thomas", "Becker", "1958-02-02", "M")
    yield person(DOROTHY_VANCE, "Dorothy", "Vance", "1947-09-23")
    yield person(PRIYA_RAMAN, "Priya", "Raman", "1990-08-19")
    yield person(GRACE_ADEYEMI, "Grace", "Adeyemi", "1986-07-07")
    yield person(HANA_KIM, "Hana", "Kim", "2001-12-25")
    yield person(JOSE_NUNEZ, "José Ángel", "Núñez", "1979-05-08", "M")
    yield person(WALTER_ELLIS, "Walter", "Ellis", "1939-01-30", "M")
    yield person(SAMUEL_OKAFOR, "Samuel", "Okafor", "2016-06-30", "M", "prospective")


def _with_odd_names() -> Iterator[PracticePatient]:
    """Apostrophes, two surnames, accents, letters that do not decompose, short and long names."""
    person = PracticePatient
    yield person(9021, "James", "O'Brien", "1972-05-17", "M")
    yield person(9022, "Bridget", "O’Brien", "1975-08-02")
    yield person(10777, "Lucia", "D'Angelo", "1968-12-09")
    yield person(9544, "María Fernanda", "García Márquez", "1993-06-14")
    yield person(9545, "Carlos", "García Márquez", "1990-02-27", "M")
    yield person(10444, "Zoë", "Müller-Öztürk", "1999-11-30")
    yield person(10445, "Siobhán", "Ní Fhloinn", "1984-03-17")
    yield person(10446, "Łukasz", "Kowalczyk", "1977-09-05", "M")
    yield person(10447, "Åsa", "Lindström", "1953-05-21")
    yield person(10448, "Thị Hồng", "Nguyễn", "1988-01-12")
    yield person(10449, "Anne-Marie", "Dubois", "1962-07-19")
    yield person(10450, "Li", "Wu", "1994-10-01", "M")


def _alike() -> Iterator[PracticePatient]:
    """Namesakes, twins, and birth dates that read alike when day and month change places."""
    person = PracticePatient
    yield person(11210, "John", "Smith", "1965-04-11", "M")
    yield person(11211, "John", "Smith", "1965-11-04", "M")
    yield person(11212, "Jon", "Smyth", "1965-04-11", "M")
    yield person(11301, "Emma", "Hartley", "2004-02-29")
    yield person(11302, "Ella", "Hartley", "2004-02-29")
    yield person(9701, "Robert", "Pine", "1949-08-08", "M", middle_name="Senior")
    yield person(9702, "Robert", "Pine", "1976-08-08", "M", middle_name="Junior")


def _with_odd_facts() -> Iterator[PracticePatient]:
    """Statuses, a minor, missing facts."""
    person = PracticePatient
    yield person(MARGARET_ELLISON, "Margaret", "Ellison", "1955-10-10", status="inactive")
    yield person(HAROLD_WHITCOMBE, "Harold", "Whitcombe", "1931-04-04", "M", "deceased")
    yield person(12101, "Nora", "Castellano", "1991-09-09", status="prospective")
    yield person(ROBIN_ASHGROVE, "Robin", "Ashgrove", "1983-05-05", "?", STATUS_MISSING)
    yield person(11777, "Olivia", "Tran", "2012-03-22")
    yield person(11778, "Jordan", "Marsh", "", "?")


def _with_albums() -> Iterator[PracticePatient]:
    """People with albums for looking and testing."""
    person = PracticePatient
    yield person(EVELYN_LONGACRE, "Evelyn", "Longacre", "1950-06-01")
    yield person(PETER_HALLOWAY, "Peter", "Halloway", "1970-01-01", "M")
    yield person(RUTH_CALLOWAY, "Ruth", "Calloway", "1966-02-11")
    yield person(9888, "Imani", "Brooks", "1997-07-27")


EVERYONE = (*_of_the_pictures(), *_with_odd_names(), *_alike(), *_with_odd_facts(), *_with_albums())

LONG_NAME = 90001
RIGHT_TO_LEFT_NAME = 90002
MARKUP_NAME = 90003
CONTROL_NAME = 90004
NO_NAME = 90005

ODD_PATIENTS = (
    PracticePatient(LONG_NAME, "Wilhelmina", "Featherstonehaugh-" * 16 + "Featherstone", "1980-01-01"),
    PracticePatient(RIGHT_TO_LEFT_NAME, "Ann\u202eeeL", "\u200fCarter\u2066", "1980-01-02"),
    PracticePatient(MARKUP_NAME, "<b>Bold</b>", '<a href="http://example.com">Link</a>', "1980-01-03"),
    PracticePatient(CONTROL_NAME, "Tab\tBreak\n", "Bell\x07Null\x00", "1980-01-04"),
    PracticePatient(NO_NAME, "", "", "0000-00-00", "", STATUS_MISSING),
)
"""Names a screen must survive: very long, direction marks, markup, control characters, none at all."""
