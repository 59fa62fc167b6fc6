"""What the connection test finds: its checks, how each ended, and why. The words stand in the interface."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cerbo_desktop.domain.errors import TlsFault
from cerbo_desktop.services.photos.trying_photos import PhotoFinding


class Check(Enum):
    """The checks in the order in which they are shown."""

    ADDRESS = "address"
    SECURE = "secure"
    KEY = "key"
    FIND_PATIENTS = "patients"
    SEE_PHOTOS = "photos"
    APPOINTMENTS = "appointments"
    SEND_PHOTOS = "send"


class Outcome(Enum):
    """How one check ended."""

    OK = "ok"
    NOT_ALLOWED = "forbidden"
    FAILED = "failed"
    NOT_TESTED = "untested"


class CheckReason(Enum):
    """Why a check ended as it did, where nothing more is known than that."""

    ON_THIS_PC = "local"
    TRUSTED = "trusted"
    ACCEPTED = "accepted"
    SEARCH_WORKS = "search"
    APPOINTMENTS_WORK = "appointments"
    NO_ANSWER = "silence"
    NOT_CERBO = "stranger"
    BUSY = "busy"
    NO_SENSE = "nonsense"
    FAULT = "fault"
    """The server answers with a fault of its own."""
    NOT_OFFERED = "absent"
    REFUSED = "refused"
    KEY_REFUSED = "key"
    KEY_FORBIDDEN = "network"
    """Refused for whatever it asks: it may be limited to another network address."""
    MAY_NOT_SEARCH = "no-search"
    MAY_NOT_READ_APPOINTMENTS = "no-appointments"
    NOTHING_SENT = "unsent"
    """Nothing is sent to real charts."""
    EARLIER_FAILED = "earlier"


@dataclass(frozen=True, slots=True)
class AnsweredIn:
    """The address answers, after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ValidUntil:
    """The certificate is trusted, until this day."""

    day: date


@dataclass(frozen=True, slots=True)
class NotTrusted:
    """What is wrong with the certificate; `issuer` is its issuer's name where it matters and is known."""

    fault: TlsFault
    issuer: str = ""


Finding = CheckReason | AnsweredIn | ValidUntil | NotTrusted | PhotoFinding


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended, and why."""

    check: Check
    outcome: Outcome
    reason: Finding
