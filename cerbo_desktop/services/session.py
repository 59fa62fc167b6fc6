"""Being connected: with what, and whether it works. The connection test asks documented, harmless questions only."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

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
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import CerboServer, PatientQuery, SecretPlace
from cerbo_desktop.services.check_results import (
    AnsweredIn,
    Check,
    CheckReason,
    CheckResult,
    NotTrusted,
    Outcome,
    ValidUntil,
)
from cerbo_desktop.services.photos.trying_photos import NotTried, PhotoFinding, RouteFinding, TriedRoutes, try_photos

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What it takes to talk to one practice's Cerbo. The secret never shows in a representation."""

    origin: Origin
    username: str
    secret: str = field(repr=False)


class SessionSecrets:
    """`domain.ports.SecretStore` for a PC without a keyring: kept in memory, gone when the app ends."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    async def place(self) -> SecretPlace:
        return SecretPlace.THIS_SESSION

    async def read(self, account: str) -> str | None:
        return self._secrets.get(account)

    async def write(self, account: str, secret: str) -> None:
        self._secrets[account] = secret

    async def erase(self, account: str) -> None:
        self._secrets.pop(account, None)


_PROBE_NAME = "a"
_MOST_FOUND = 3
"""One would show that searching works; the others may have a photo to try where nobody has an appointment."""


async def test_connection(
    server: CerboServer,
    origin: Origin,
    today: date,
    *,
    certificate_until: Callable[[], date | None] = lambda: None,
) -> AsyncIterator[CheckResult]:
    """Each check's result, in the order of `Check`, as it becomes known. Raises nothing of `ServerError`."""
    loop = asyncio.get_running_loop()
    started_s = loop.time()
    users = _Question(server.can_list_users, default=False)
    nobody: tuple[PatientId, ...] = ()
    search = _Question(lambda: _some_patients(server), default=nobody)
    visits = _Question(lambda: _visits(server, today), default=nobody)
    trouble = await users.trouble()
    took_s = loop.time() - started_s
    if _says_nothing(trouble):
        trouble = await _first_word(search, visits)  # a server without users may still be Cerbo
    answers = _address_result(trouble, took_s)
    yield answers
    secure = _secure_result(origin, trouble, certificate_until())
    yield secure if answers.outcome is Outcome.OK else _untested(Check.SECURE)
    is_connected = answers.outcome is Outcome.OK and secure.outcome is Outcome.OK
    if is_connected and isinstance(trouble, Forbidden):
        trouble = await _allowed(search, visits)
    key = (
        _result(Check.KEY, trouble, CheckReason.ACCEPTED, CheckReason.KEY_FORBIDDEN)
        if is_connected
        else _untested(Check.KEY)
    )
    yield key
    if key.outcome is not Outcome.OK:
        for check in (Check.FIND_PATIENTS, Check.SEE_PHOTOS, Check.APPOINTMENTS):
            yield _untested(check)
    else:
        yield _result(Check.FIND_PATIENTS, await search.trouble(), CheckReason.SEARCH_WORKS, CheckReason.MAY_NOT_SEARCH)
        visit_trouble = await visits.trouble()
        yield await _photo_result(server, [*visits.answer, *search.answer])
        yield _result(
            Check.APPOINTMENTS, visit_trouble, CheckReason.APPOINTMENTS_WORK, CheckReason.MAY_NOT_READ_APPOINTMENTS
        )
    yield CheckResult(Check.SEND_PHOTOS, Outcome.NOT_TESTED, CheckReason.NOTHING_SENT)


class _Question(Generic[Answer]):
    """Asked once, however often its end is wanted."""

    def __init__(self, ask: Callable[[], Awaitable[Answer]], *, default: Answer) -> None:
        self._ask = ask
        self._is_asked = False
        self._trouble: ServerError | None = None
        self.answer = default

    async def trouble(self) -> ServerError | None:
        """What went wrong; `Forbidden` too where the question answers False."""
        if not self._is_asked:
            self._is_asked = True
            try:
                self.answer = await self._ask()
            except ServerError as error:
                self._trouble = error
            else:
                self._trouble = Forbidden() if self.answer is False else None
        return self._trouble


async def _first_word(*questions: _Question[Any]) -> ServerError | None:
    """The first end that tells whether Cerbo is there, else the last one."""
    trouble: ServerError | None = None
    for question in questions:
        trouble = await question.trouble()
        if not _says_nothing(trouble):
            break
    return trouble


async def _allowed(*questions: _Question[Any]) -> ServerError | None:
    """None as soon as the key may ask one of them; else what else ails it than that it may not."""
    for question in questions:
        trouble = await question.trouble()
        if not (isinstance(trouble, Forbidden) or _says_nothing(trouble)):
            return trouble
    return Forbidden()


def _says_nothing(trouble: ServerError | None) -> bool:
    """Not at this address, a page in its place, a fault, or an answer that can't be read: another question tells."""
    return isinstance(trouble, BadAnswer | Missing | ServerRefused)


def _untested(check: Check) -> CheckResult:
    return CheckResult(check, Outcome.NOT_TESTED, CheckReason.EARLIER_FAILED)


def _address_result(trouble: ServerError | None, took_s: float) -> CheckResult:
    if isinstance(trouble, Unreachable) and not isinstance(trouble, Untrusted):
        return CheckResult(Check.ADDRESS, Outcome.FAILED, CheckReason.NO_ANSWER)
    if isinstance(trouble, BadAnswer | Missing):
        reason = CheckReason.FAULT if _is_fault(trouble) else CheckReason.NOT_CERBO
        return CheckResult(Check.ADDRESS, Outcome.FAILED, reason)
    return CheckResult(Check.ADDRESS, Outcome.OK, AnsweredIn(took_s))


def _secure_result(origin: Origin, trouble: ServerError | None, until: date | None) -> CheckResult:
    if isinstance(trouble, Untrusted):
        return CheckResult(Check.SECURE, Outcome.FAILED, NotTrusted(trouble.fault, trouble.issuer))
    if not origin.is_encrypted:
        return CheckResult(Check.SECURE, Outcome.OK, CheckReason.ON_THIS_PC)
    return CheckResult(Check.SECURE, Outcome.OK, CheckReason.TRUSTED if until is None else ValidUntil(until))


def _result(check: Check, trouble: ServerError | None, good: CheckReason, forbidden: CheckReason) -> CheckResult:
    if trouble is None:
        return CheckResult(check, Outcome.OK, good)
    if isinstance(trouble, Forbidden):
        return CheckResult(check, Outcome.NOT_ALLOWED, forbidden)
    return CheckResult(check, Outcome.FAILED, _failure_reason(trouble))


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


async def _some_patients(server: CerboServer) -> tuple[PatientId, ...]:
    found = await server.search_patients(PatientQuery(last_name=_PROBE_NAME), limit=_MOST_FOUND)
    return tuple(patient.id for patient in found.items)


async def _visits(server: CerboServer, today: date) -> tuple[PatientId, ...]:
    """Of three days, since it is unknown whose midnight Cerbo means (contract 8.1)."""
    visits = await server.appointments(today - timedelta(days=1), today + timedelta(days=1))
    return tuple(visit.patient.id for visit in visits.items)


async def _photo_result(server: CerboServer, patient_ids: Sequence[PatientId]) -> CheckResult:
    try:
        finding = await try_photos(server, patient_ids)
    except ServerError as error:
        return CheckResult(Check.SEE_PHOTOS, Outcome.FAILED, _failure_reason(error))
    return CheckResult(Check.SEE_PHOTOS, _photo_outcome(finding), finding)


def _photo_outcome(finding: PhotoFinding) -> Outcome:
    if isinstance(finding, TriedRoutes):
        found = {finding.stream, finding.content}
        if RouteFinding.GIVES in found:
            return Outcome.OK
        return Outcome.NOT_ALLOWED if found == {RouteFinding.NOT_ALLOWED} else Outcome.FAILED
    outcomes = {
        NotTried.NO_PATIENT: Outcome.NOT_TESTED,
        NotTried.NO_LIST: Outcome.FAILED,
        NotTried.NO_PHOTO: Outcome.OK,
        NotTried.NOT_ALLOWED_TO_LIST: Outcome.NOT_ALLOWED,
    }
    return outcomes[finding]
