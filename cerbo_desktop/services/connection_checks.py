"""How each check of a connection ended, and why, as values: the words stand in `ui/text/setup_checks.py`."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    Missing,
    Overloaded,
    ServerError,
    ServerRefused,
    SignedOut,
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.services.photos.trying_photos import NotTried, PhotoFinding, RouteFinding, TriedRoutes


class ConnectionCheck(Enum):
    """The checks in the order in which they are shown."""

    ADDRESS = "address"
    SECURE = "secure"
    KEY = "key"
    FIND_PATIENTS = "patients"
    SEE_PHOTOS = "photos"
    APPOINTMENTS = "appointments"
    SEND_PHOTOS = "send"


class CheckOutcome(Enum):
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
class UntrustedCertificate:
    """What is wrong with the certificate; `issuer` is its issuer's name where it matters and is known."""

    fault: TlsFault
    issuer: str = ""


Finding = CheckReason | AnsweredIn | ValidUntil | UntrustedCertificate | PhotoFinding


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How one check ended, and why."""

    check: ConnectionCheck
    outcome: CheckOutcome
    reason: Finding


def untested(check: ConnectionCheck) -> CheckReport:
    """A check that was left out because an earlier one failed."""
    return CheckReport(check, CheckOutcome.NOT_TESTED, CheckReason.EARLIER_FAILED)


def address_result(trouble: ServerError | None, took_s: float) -> CheckReport:
    """Whether Cerbo answers at the address. `took_s`: seconds until the first answer."""
    if isinstance(trouble, Unreachable) and not isinstance(trouble, Untrusted):
        return CheckReport(ConnectionCheck.ADDRESS, CheckOutcome.FAILED, CheckReason.NO_ANSWER)
    if isinstance(trouble, BadAnswer | Missing):
        reason = CheckReason.FAULT if _is_fault(trouble) else CheckReason.NOT_CERBO
        return CheckReport(ConnectionCheck.ADDRESS, CheckOutcome.FAILED, reason)
    return CheckReport(ConnectionCheck.ADDRESS, CheckOutcome.OK, AnsweredIn(took_s))


def secure_result(origin: Origin, trouble: ServerError | None, until: date | None) -> CheckReport:
    """Whether the connection is encrypted, and to the right server. `until`: the certificate's last day, if known."""
    if isinstance(trouble, Untrusted):
        return CheckReport(
            ConnectionCheck.SECURE, CheckOutcome.FAILED, UntrustedCertificate(trouble.fault, trouble.issuer)
        )
    if not origin.is_encrypted:
        return CheckReport(ConnectionCheck.SECURE, CheckOutcome.OK, CheckReason.ON_THIS_PC)
    return CheckReport(
        ConnectionCheck.SECURE, CheckOutcome.OK, CheckReason.TRUSTED if until is None else ValidUntil(until)
    )


def result_of(
    check: ConnectionCheck, trouble: ServerError | None, good: CheckReason, forbidden: CheckReason
) -> CheckReport:
    """How a check ended whose question came to `trouble`. `good` and `forbidden` are the reasons where it was answered,
    and where the key isn't allowed to ask it."""
    if trouble is None:
        return CheckReport(check, CheckOutcome.OK, good)
    if isinstance(trouble, Forbidden):
        return CheckReport(check, CheckOutcome.NOT_ALLOWED, forbidden)
    return CheckReport(check, CheckOutcome.FAILED, _failure_reason(trouble))


def _failure_reason(trouble: ServerError) -> CheckReason:
    if isinstance(trouble, SignedOut):
        return CheckReason.KEY_REFUSED
    if isinstance(trouble, Unreachable):
        return CheckReason.NO_ANSWER
    if isinstance(trouble, Overloaded):
        return CheckReason.BUSY
    if isinstance(trouble, ServerRefused):
        return CheckReason.REFUSED
    if isinstance(trouble, Missing) or (isinstance(trouble, BadAnswer) and trouble.kind is BadAnswerKind.NOT_OFFERED):
        return CheckReason.NOT_OFFERED
    return CheckReason.FAULT if _is_fault(trouble) else CheckReason.NO_SENSE


def _is_fault(trouble: ServerError | None) -> bool:
    return isinstance(trouble, BadAnswer) and trouble.kind is BadAnswerKind.SERVER_FAULT


def _photo_outcome(finding: PhotoFinding) -> CheckOutcome:
    if isinstance(finding, TriedRoutes):
        found = {finding.stream, finding.content}
        if RouteFinding.GIVES in found:
            return CheckOutcome.OK
        return CheckOutcome.NOT_ALLOWED if found == {RouteFinding.NOT_ALLOWED} else CheckOutcome.FAILED
    outcomes = {
        NotTried.NO_PATIENT: CheckOutcome.NOT_TESTED,
        NotTried.NO_LIST: CheckOutcome.FAILED,
        NotTried.NO_PHOTO: CheckOutcome.OK,
        NotTried.NOT_ALLOWED_TO_LIST: CheckOutcome.NOT_ALLOWED,
    }
    return outcomes[finding]


def photo_result(finding: PhotoFinding | ServerError) -> CheckReport:
    """Whether photos can be seen, by what was found, or by what went wrong while trying them."""
    if isinstance(finding, ServerError):
        return CheckReport(ConnectionCheck.SEE_PHOTOS, CheckOutcome.FAILED, _failure_reason(finding))
    return CheckReport(ConnectionCheck.SEE_PHOTOS, _photo_outcome(finding), finding)
