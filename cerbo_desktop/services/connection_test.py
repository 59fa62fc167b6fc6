"""The connection test of the setup page. It asks documented, harmless questions only."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import BadAnswer, Forbidden, Missing, ServerError, ServerRefused
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.services.connection_checks import (
    CheckOutcome,
    CheckReason,
    CheckReport,
    ConnectionCheck,
    address_result,
    photo_result,
    result_of,
    secure_result,
    untested,
)
from cerbo_desktop.services.photos.trying_photos import try_photos

Answer = TypeVar("Answer")

_PROBE_NAME = "a"
_MOST_FOUND = 3
"""One would show that searching works; the others may have a photo to try where nobody has an appointment."""


async def test_connection(
    server: CerboServer,
    origin: Origin,
    today: date,
    *,
    certificate_until: Callable[[], date | None] = lambda: None,
) -> AsyncIterator[CheckReport]:
    """Each check's result, in the order of `ConnectionCheck`, as it becomes known. Raises nothing of `ServerError`.

    `certificate_until` gives the last day of the server's certificate, if it is known once the server has answered.
    """
    questions = _Questions(server, today)
    trouble, took_s = await questions.first_answer()
    answers = address_result(trouble, took_s)
    yield answers
    secure = secure_result(origin, trouble, certificate_until())
    yield secure if answers.outcome is CheckOutcome.OK else untested(ConnectionCheck.SECURE)
    key = untested(ConnectionCheck.KEY)
    if answers.outcome is CheckOutcome.OK and secure.outcome is CheckOutcome.OK:
        key = await questions.try_key(trouble)
    yield key
    if key.outcome is not CheckOutcome.OK:
        for check in (ConnectionCheck.FIND_PATIENTS, ConnectionCheck.SEE_PHOTOS, ConnectionCheck.APPOINTMENTS):
            yield untested(check)
    else:
        yield await questions.try_search()
        visits = await questions.try_visits()  # whose photos may be tried
        yield await questions.try_photos()
        yield visits
    yield CheckReport(ConnectionCheck.SEND_PHOTOS, CheckOutcome.NOT_TESTED, CheckReason.NOTHING_SENT)


class _Questions:
    """What is asked of one server."""

    def __init__(self, server: CerboServer, today: date) -> None:
        nobody: tuple[PatientId, ...] = ()
        self._server = server
        self._users = _Question(server.can_list_users, default=False)
        self._search = _Question(lambda: _some_patients(server), default=nobody)
        self._visits = _Question(lambda: _visits(server, today), default=nobody)

    async def first_answer(self) -> tuple[ServerError | None, float]:
        """What the first answer that tells anything came to, and the seconds that the first one took."""
        loop = asyncio.get_running_loop()
        started_s = loop.time()
        trouble = await self._users.trouble()
        took_s = loop.time() - started_s
        if _says_nothing(trouble):
            trouble = await _first_word(self._search, self._visits)  # a server without users may still be Cerbo
        return trouble, took_s

    async def try_key(self, trouble: ServerError | None) -> CheckReport:
        """Whether the key is accepted, where the first answer came to `trouble`."""
        if isinstance(trouble, Forbidden):
            trouble = await _allowed(self._search, self._visits)
        return result_of(ConnectionCheck.KEY, trouble, CheckReason.ACCEPTED, CheckReason.KEY_FORBIDDEN)

    async def try_search(self) -> CheckReport:
        trouble = await self._search.trouble()
        return result_of(ConnectionCheck.FIND_PATIENTS, trouble, CheckReason.SEARCH_WORKS, CheckReason.MAY_NOT_SEARCH)

    async def try_visits(self) -> CheckReport:
        trouble, good = await self._visits.trouble(), CheckReason.APPOINTMENTS_WORK
        return result_of(ConnectionCheck.APPOINTMENTS, trouble, good, CheckReason.MAY_NOT_READ_APPOINTMENTS)

    async def try_photos(self) -> CheckReport:
        """Of whoever was found: those with an appointment first."""
        patient_ids: Sequence[PatientId] = [*self._visits.answer, *self._search.answer]
        try:
            return photo_result(await try_photos(self._server, patient_ids))
        except ServerError as error:
            return photo_result(error)


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


async def _some_patients(server: CerboServer) -> tuple[PatientId, ...]:
    found = await server.search_patients(PatientQuery(last_name=_PROBE_NAME), limit=_MOST_FOUND)
    return tuple(patient.id for patient in found.items)


async def _visits(server: CerboServer, today: date) -> tuple[PatientId, ...]:
    """Of three days, since it is unknown whose midnight Cerbo means (contract 8.1)."""
    visits = await server.appointments(today - timedelta(days=1), today + timedelta(days=1))
    return tuple(visit.patient.id for visit in visits.items)
