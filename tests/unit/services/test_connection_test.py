"""The connection test, check by check, against a Cerbo in memory that allows, refuses and fails as told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.appointment import Appointment, VisitStage
from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Forbidden,
    Missing,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    SignedOut,
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.ids import AppointmentId, PatientId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.domain.ports import SecretPlace
from cerbo_desktop.services import connection_test
from cerbo_desktop.services.connection_checks import (
    AnsweredIn,
    CheckOutcome,
    CheckReason,
    CheckReport,
    ConnectionCheck,
    Finding,
    UntrustedCertificate,
    ValidUntil,
)
from cerbo_desktop.services.credentials import Credentials, SessionSecrets
from cerbo_desktop.services.photos.trying_photos import NotTried, RouteFinding, TriedRoutes
from tests.fakes.cerbo_server import FakeCerboServer

ORIGIN = Origin("https", "riverbend.md-hq.com", 443)
HERE = Origin("http", "127.0.0.1", 8000)
TODAY = date(2025, 11, 5)
MARIA = Patient(PatientId("7"), "Maria", "Abel")
OK, NOT_ALLOWED = CheckOutcome.OK, CheckOutcome.NOT_ALLOWED
FAILED, NOT_TESTED = CheckOutcome.FAILED, CheckOutcome.NOT_TESTED


@pytest.fixture
def server() -> FakeCerboServer:
    fake = FakeCerboServer()
    fake.add_patient(MARIA)
    fake.add_photo(MARIA.id, b"\xff\xd8\xff", photo_type=PhotoType.PERSONAL)
    at = datetime(2025, 11, 5, 14, tzinfo=UTC)
    fake.visits.append(
        Appointment(AppointmentId("1"), MARIA, VisitStage.CHECKED_IN, "checked-in", at, None, "Visit", ())
    )
    return fake


async def _results(server: FakeCerboServer, origin: Origin = ORIGIN) -> list[CheckReport]:
    found = connection_test.test_connection(server, origin, TODAY, certificate_until=lambda: date(2026, 8, 3))
    results = [result async for result in found]
    assert [result.check for result in results] == list(ConnectionCheck)
    assert all(result.reason for result in results)
    return results


def _outcomes(results: list[CheckReport]) -> list[CheckOutcome]:
    return [result.outcome for result in results]


async def test_everything_works(server: FakeCerboServer) -> None:
    results = await _results(server)
    assert _outcomes(results) == [OK, OK, OK, OK, OK, OK, NOT_TESTED]
    answered, *others = [result.reason for result in results]
    assert isinstance(answered, AnsweredIn)
    assert answered.seconds < 0.15
    assert others == [
        ValidUntil(date(2026, 8, 3)),
        CheckReason.ACCEPTED,
        CheckReason.SEARCH_WORKS,
        TriedRoutes(RouteFinding.GIVES, RouteFinding.GIVES),
        CheckReason.APPOINTMENTS_WORK,
        CheckReason.NOTHING_SENT,
    ]


async def test_nothing_is_ever_sent(server: FakeCerboServer) -> None:
    await _results(server)
    assert server.count("create_photo") == 0
    assert server.count("withdraw") == 0


async def test_a_server_on_this_pc(server: FakeCerboServer) -> None:
    secure = (await _results(server, HERE))[1]
    assert (secure.outcome, secure.reason) == (OK, CheckReason.ON_THIS_PC)


@pytest.mark.parametrize(
    ("error", "outcomes", "check", "reason"),
    [
        (Unreachable(), [FAILED] + [NOT_TESTED] * 6, 0, CheckReason.NO_ANSWER),
        (
            Untrusted(TlsFault.UNKNOWN_ISSUER, "Nosy Proxy"),
            [OK, FAILED] + [NOT_TESTED] * 5,
            1,
            UntrustedCertificate(TlsFault.UNKNOWN_ISSUER, "Nosy Proxy"),
        ),
        (
            Untrusted(TlsFault.EXPIRED),
            [OK, FAILED] + [NOT_TESTED] * 5,
            1,
            UntrustedCertificate(TlsFault.EXPIRED),
        ),
        (SignedOut(), [OK, OK, FAILED] + [NOT_TESTED] * 4, 2, CheckReason.KEY_REFUSED),
        (Overloaded(9), [OK, OK, FAILED] + [NOT_TESTED] * 4, 2, CheckReason.BUSY),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, ServerError) else None,
)
async def test_a_first_answer_that_fails(
    error: ServerError, outcomes: list[CheckOutcome], check: int, reason: Finding, server: FakeCerboServer
) -> None:
    server.fail("can_list_users", error)
    results = await _results(server)
    assert _outcomes(results) == outcomes
    assert results[check].reason == reason
    assert server.count("search_patients") == 0


async def test_a_key_without_users_is_tried_by_searching(server: FakeCerboServer) -> None:
    server.may_list_users = False
    assert _outcomes(await _results(server)) == [OK, OK, OK, OK, OK, OK, NOT_TESTED]


async def test_a_key_that_may_do_nothing(server: FakeCerboServer) -> None:
    server.may_list_users = False
    server.fail("search_patients", Forbidden())
    server.fail("appointments", Forbidden())
    results = await _results(server)
    assert _outcomes(results) == [OK, OK, NOT_ALLOWED] + [NOT_TESTED] * 4
    assert results[2].reason == CheckReason.KEY_FORBIDDEN


async def test_appointments_that_may_not_be_read(server: FakeCerboServer) -> None:
    server.fail("appointments", Forbidden())
    results = await _results(server)
    assert _outcomes(results) == [OK, OK, OK, OK, OK, NOT_ALLOWED, NOT_TESTED]  # somebody who was found had a photo
    assert results[5].reason is CheckReason.MAY_NOT_READ_APPOINTMENTS


@pytest.mark.parametrize(
    "users",
    [
        Missing(),
        BadAnswer(BadAnswerKind.NOT_OFFERED),
        BadAnswer(BadAnswerKind.NOT_JSON),
        BadAnswer(BadAnswerKind.WEB_PAGE),
        BadAnswer(BadAnswerKind.REDIRECT),
        BadAnswer(BadAnswerKind.SERVER_FAULT),
    ],
)
async def test_a_server_without_users_is_judged_by_searching(server: FakeCerboServer, users: ServerError) -> None:
    server.fail("can_list_users", users)
    assert _outcomes(await _results(server)) == [OK, OK, OK, OK, OK, OK, NOT_TESTED]
    server.fail("search_patients", SignedOut(), times=1)
    refused = await _results(server)
    assert _outcomes(refused) == [OK, OK, FAILED] + [NOT_TESTED] * 4
    assert refused[2].reason == CheckReason.KEY_REFUSED
    server.fail("search_patients", Missing())
    without_search = await _results(server)
    assert _outcomes(without_search) == [OK, OK, OK, FAILED, OK, OK, NOT_TESTED]  # whose appointments are read is known
    assert without_search[3].reason == CheckReason.NOT_OFFERED


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Missing(), CheckReason.NOT_CERBO),
        (BadAnswer(BadAnswerKind.WEB_PAGE), CheckReason.NOT_CERBO),
        (BadAnswer(BadAnswerKind.WRONG_SHAPE), CheckReason.NOT_CERBO),
        (BadAnswer(BadAnswerKind.SERVER_FAULT), CheckReason.FAULT),
    ],
)
async def test_a_server_that_answers_no_question(
    server: FakeCerboServer, error: ServerError, reason: CheckReason
) -> None:
    for question in ("can_list_users", "search_patients", "appointments"):
        server.fail(question, error)
    results = await _results(server)
    assert _outcomes(results) == [FAILED] + [NOT_TESTED] * 6
    assert results[0].reason == reason
    assert [server.count(each) for each in ("can_list_users", "search_patients", "appointments")] == [1, 1, 1]


async def test_a_key_that_may_read_appointments_alone_is_accepted(server: FakeCerboServer) -> None:
    server.may_list_users = False
    server.fail("search_patients", Forbidden())
    results = await _results(server)
    assert _outcomes(results) == [OK, OK, OK, NOT_ALLOWED, OK, OK, NOT_TESTED]
    assert server.count("search_patients") == server.count("appointments") == 1


NOT_A_PHOTO = BadAnswer(BadAnswerKind.NOT_A_PHOTO)
GIVES, WITHHELD, NO_PHOTO = RouteFinding.GIVES, RouteFinding.NOT_ALLOWED, RouteFinding.NO_PHOTO


@pytest.mark.parametrize(
    ("stream", "content", "outcome", "finding"),
    [
        (Forbidden(), None, OK, TriedRoutes(WITHHELD, GIVES)),
        (None, NOT_A_PHOTO, OK, TriedRoutes(GIVES, NO_PHOTO)),
        (Forbidden(), Forbidden(), NOT_ALLOWED, TriedRoutes(WITHHELD, WITHHELD)),
        (Missing(), NOT_A_PHOTO, FAILED, TriedRoutes(NO_PHOTO, NO_PHOTO)),
        (None, Unreachable(), FAILED, CheckReason.NO_ANSWER),
    ],
)
async def test_both_routes_to_a_photo_are_tried(
    server: FakeCerboServer,
    stream: ServerError | None,
    content: ServerError | None,
    outcome: CheckOutcome,
    finding: object,
) -> None:
    for operation, error in (("stream", stream), ("content", content)):
        if error is not None:
            server.fail(operation, error)
    photos = (await _results(server))[4]
    assert (photos.outcome, photos.reason) == (outcome, finding)


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (Forbidden(), NOT_ALLOWED, NotTried.NOT_ALLOWED_TO_LIST),
        (Missing(), FAILED, NotTried.NO_LIST),
        (Unreachable(), FAILED, CheckReason.NO_ANSWER),
        (Overloaded(9), FAILED, CheckReason.BUSY),
        (ServerRefused(ServerRefusal.INVALID), FAILED, CheckReason.REFUSED),
        (BadAnswer(BadAnswerKind.NOT_OFFERED), FAILED, CheckReason.NOT_OFFERED),
        (BadAnswer(BadAnswerKind.SERVER_FAULT), FAILED, CheckReason.FAULT),
        (BadAnswer(BadAnswerKind.WRONG_SHAPE), FAILED, CheckReason.NO_SENSE),
    ],
)
async def test_photos_that_cannot_be_listed(
    error: ServerError, outcome: CheckOutcome, reason: object, server: FakeCerboServer
) -> None:
    server.fail("photos", error)
    photos = (await _results(server))[4]
    assert (photos.outcome, photos.reason) == (outcome, reason)


async def test_the_first_list_that_holds_a_photo_is_tried(server: FakeCerboServer) -> None:
    """One chart may be closed to this key, and one empty."""
    closed, empty = (Patient(PatientId(number), "Bo", "Zahl") for number in ("8", "9"))
    server.visits = [replace(server.visits[0], patient=each) for each in (closed, empty)]
    server.add_patient(empty)
    server.fail("photos", Forbidden(), subject=closed.id)
    photos = (await _results(server))[4]
    assert photos.reason == TriedRoutes(GIVES, GIVES)
    assert server.subjects("photos") == [closed.id, empty.id, MARIA.id]
    server.patients.pop(MARIA.id)
    assert (await _results(server))[4].reason is NotTried.NO_PHOTO
    server.visits = []
    server.patients.clear()
    assert (await _results(server))[4].reason is NotTried.NO_PATIENT


def test_a_secret_does_not_show() -> None:
    assert "sk_secret" not in repr(Credentials(ORIGIN, "pk_desk", "sk_secret"))


async def test_secrets_for_this_session() -> None:
    secrets = SessionSecrets()
    assert await secrets.place() is SecretPlace.THIS_SESSION
    assert await secrets.read("a") is None
    await secrets.write("a", "b")
    assert await secrets.read("a") == "b"
    assert await SessionSecrets().read("a") is None
    await secrets.erase("a")
    await secrets.erase("a")
    assert await secrets.read("a") is None
