"""Every server fault of the list, each once, for a question and its answer."""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

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
    Stalled,
    Unreachable,
)
from cerbo_desktop.domain.ids import PatientId
from tests.fakes.raw_server import Body, Script, answers, raw_server, sends
from tests.unit.api.contacts import Contacts, Opened

PATIENT = {"id": "7", "first_name": "Maria", "last_name": "Lopez"}
HTML = "<!DOCTYPE html><html><body>Sign in to the guest network</body></html>"
OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@dataclass(frozen=True)
class Case:
    name: str
    script: Script
    kind: type[ServerError]
    detail: object = None
    tries: int = 1
    is_answer: bool = False
    """Cerbo itself spoke, though not what was hoped for."""


def bad(name: str, script: Script, kind: BadAnswerKind, tries: int = 1) -> Case:
    return Case(name, script, BadAnswer, kind, tries)


def odd(name: str, answer: Body, kind: BadAnswerKind) -> Case:
    return Case(name, answers(200, answer), BadAnswer, kind, is_answer=True)


def _http_date(seconds_ahead: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds_ahead), usegmt=True)


def _gzip_bomb() -> bytes:
    return gzip.compress(b" " * 4_000_000)


CASES = [
    Case("400", answers(400, {"error": {"message": "x"}}), ServerRefused, ServerRefusal.INVALID),
    Case("401", answers(401), SignedOut, tries=3),  # and two questions that show what it means
    bad("405", answers(405), BadAnswerKind.NOT_OFFERED),
    bad("406", answers(406), BadAnswerKind.NOT_OFFERED),
    bad("501", answers(501), BadAnswerKind.NOT_OFFERED),
    Case("403", answers(403), Forbidden),
    Case("403-html", answers(403, HTML, content_type="text/html"), Forbidden),
    Case("404", answers(404, {"message": "no"}), Missing),
    Case("408", answers(408), Unreachable, tries=3),
    bad("409", answers(409), BadAnswerKind.SERVER_FAULT, 3),
    Case("413", answers(413, HTML), ServerRefused, ServerRefusal.TOO_BIG),
    Case("415", answers(415), ServerRefused, ServerRefusal.WRONG_TYPE),
    Case("422", answers(422), ServerRefused, ServerRefusal.INVALID),
    Case("429", answers(429), Overloaded, 4.0, 4),
    Case("429-seconds", answers(429, retry_after="30"), Overloaded, 30.0),
    Case("429-long", answers(429, retry_after="86400"), Overloaded, 60.0),
    Case("429-date", answers(429, retry_after=_http_date(3000)), Overloaded, 60.0),
    Case("429-past", answers(429, retry_after=_http_date(-30)), Overloaded, 4.0, 4),
    Case("429-garbage", answers(429, retry_after="soon, ½"), Overloaded, 4.0, 4),
    Case("429-reset", answers(429, ratelimit_reset="12"), Overloaded, 12.0),
    Case("429-moment", answers(429, x_ratelimit_reset=str(int(time.time()) + 3000)), Overloaded, 60.0),
    bad("500", answers(500, {"error": "x"}), BadAnswerKind.SERVER_FAULT, 3),
    bad("502-html", answers(502, HTML, content_type="text/html"), BadAnswerKind.SERVER_FAULT, 3),
    Case("503", answers(503, retry_after="10"), Overloaded, 10.0),
    bad("504", answers(504), BadAnswerKind.SERVER_FAULT, 3),
    bad("redirect", answers(302, location="http://evil.example/"), BadAnswerKind.REDIRECT),
    Case("close-after", sends(b""), Unreachable, tries=3),
    Case("rst-after", sends(b"", then="reset"), Unreachable, tries=3),
    bad("rst-mid-body", sends(OK_HEAD + b'Content-Length: 99\r\n\r\n{"id', then="reset"), BadAnswerKind.CUT_OFF, 3),
    bad("truncated-length", sends(OK_HEAD + b'Content-Length: 99\r\n\r\n{"id'), BadAnswerKind.CUT_OFF, 3),
    bad(
        "truncated-chunk",
        sends(OK_HEAD + b'Transfer-Encoding: chunked\r\n\r\n20\r\n{"id'),
        BadAnswerKind.CUT_OFF,
        3,
    ),
    bad("length-too-small", answers(200, PATIENT, content_length="9"), BadAnswerKind.NOT_JSON),
    bad("no-length", sends(OK_HEAD + b'\r\n{"id":'), BadAnswerKind.NOT_JSON),
    bad("garbage-status", sends(b"ICY 200 OK\r\n\r\n"), BadAnswerKind.WRONG_SHAPE),
    bad("header-flood", sends(OK_HEAD + b"X-A: b\r\n" * 40_000 + b"\r\n"), BadAnswerKind.WRONG_SHAPE),
    bad("gzip-bomb", answers(200, _gzip_bomb(), content_encoding="gzip"), BadAnswerKind.COMPRESSED),
    bad("gzip-bad", answers(200, b"\x1f\x8bxx", content_encoding="gzip"), BadAnswerKind.COMPRESSED),
    bad("200-html", answers(200, HTML, content_type="text/html"), BadAnswerKind.WEB_PAGE),
    bad("204", sends(b"HTTP/1.1 204 No Content\r\n\r\n", then="hang"), BadAnswerKind.NOTHING),
    bad("bad-json", answers(200, '{"id": "7",}'), BadAnswerKind.NOT_JSON),
    bad("deep-json", answers(200, "[" * 200_000), BadAnswerKind.NOT_JSON),
    bad("deep-json-closed", answers(200, "[" * 90_000 + "]" * 90_000), BadAnswerKind.NOT_JSON),
    bad("nan", answers(200, '{"id": NaN}'), BadAnswerKind.NOT_JSON),
    odd("big-int", '{"id": 1' + "0" * 400 + "}", BadAnswerKind.WRONG_SHAPE),
    bad("bad-utf8", answers(200, b'{"id": "7", "first_name": "\xff\xfe"}'), BadAnswerKind.NOT_JSON),
    odd("wrong-type", {"id": {"a": 1}}, BadAnswerKind.WRONG_SHAPE),
    odd("missing-id", {"first_name": "A"}, BadAnswerKind.WRONG_SHAPE),
    odd("null-id", {"id": None}, BadAnswerKind.WRONG_SHAPE),
    odd("array", [PATIENT], BadAnswerKind.WRONG_SHAPE),
    odd("other-patient", {**PATIENT, "id": 8}, BadAnswerKind.OTHER_PATIENT),
    bad("too-large", answers(200, b" " * 4_000_001), BadAnswerKind.TOO_LARGE),
    bad("too-large-said", sends(OK_HEAD + b"Content-Length: 36000001\r\n\r\n{", then="hang"), BadAnswerKind.TOO_LARGE),
    Case("result-false", answers(200, {"result": False, "id": 7}), ServerRefused, ServerRefusal.RESULT_FALSE),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_fault_becomes_its_error(case: Case, opened: Opened, contacts: Contacts) -> None:
    async with raw_server(case.script) as server, opened(server.origin()) as client:
        with pytest.raises(case.kind) as caught:
            await client.patient(PatientId("7"))
        assert type(caught.value) is case.kind
        assert _detail(caught.value) == pytest.approx(case.detail, abs=2)
        assert len(server.requests) == case.tries
    reported = contacts[-1]
    is_doubt = case.kind is Overloaded and case.tries == 1
    may_be_of_one_thing = is_doubt or case.detail in (BadAnswerKind.WEB_PAGE, BadAnswerKind.REDIRECT)
    is_answer = case.is_answer or case.kind in (Missing, Forbidden, ServerRefused)
    assert reported is None if is_answer else isinstance(reported, Stalled if may_be_of_one_thing else case.kind)


def _detail(error: ServerError) -> object:
    if isinstance(error, BadAnswer):
        return error.kind
    if isinstance(error, ServerRefused):
        return error.reason
    return error.retry_after_s if isinstance(error, Overloaded) else None


@pytest.mark.parametrize("end", [lambda peer: peer.close(), lambda peer: peer.reset()], ids=["close", "rst"])
async def test_dropped_at_the_door(end: Callable[[object], None], opened: Opened) -> None:
    server = raw_server(answers(200, PATIENT))
    server.on_accept = end
    async with server, opened(server.origin()) as client:
        with pytest.raises(Unreachable):
            await client.patient(PatientId("7"))
        assert server.connections == 3


async def test_nobody_listens(opened: Opened, contacts: Contacts) -> None:
    async with raw_server(answers(200)) as server:
        origin = server.origin()
    async with opened(origin) as client:
        with pytest.raises(Unreachable):
            await client.patient(PatientId("7"))
    assert [type(each) for each in contacts] == [Unreachable] * 3


async def test_a_short_failure_is_healed_by_the_next_try(opened: Opened, contacts: Contacts) -> None:
    async with (
        raw_server(answers(502), sends(b"", then="reset"), answers(200, PATIENT)) as server,
        opened(server.origin()) as client,
    ):
        assert (await client.patient(PatientId("7"))).first_name == "Maria"
    assert contacts[-1] is None


async def test_no_redirect_takes_the_secret_elsewhere(opened: Opened) -> None:
    async with raw_server(answers(200, PATIENT)) as elsewhere:
        hop = answers(307, location=f"{elsewhere.origin().text}/api/v1/patients/7")
        async with raw_server(hop) as server, opened(server.origin()) as client:
            with pytest.raises(BadAnswer):
                await client.patient(PatientId("7"))
        assert elsewhere.connections == 0


async def test_a_connection_that_went_stale_is_not_used_again(opened: Opened) -> None:
    once = sends(OK_HEAD + b'Content-Length: 10\r\n\r\n{"id":"7"}')
    async with raw_server(once) as server, opened(server.origin()) as client:
        for _ in range(3):
            await client.patient(PatientId("7"))
        assert server.connections == 3


async def test_connections_are_kept(opened: Opened) -> None:
    async with raw_server(answers(200, PATIENT)) as server, opened(server.origin()) as client:
        for _ in range(3):
            await client.patient(PatientId("7"))
        assert server.connections == 1


async def test_an_id_that_is_no_id_is_missing_and_nothing_is_sent(opened: Opened, contacts: Contacts) -> None:
    async with raw_server(answers(200, PATIENT)) as server, opened(server.origin()) as client:
        for text in ("..", "../users", "7/images", "a b", "", "7?x=1"):
            with pytest.raises(Missing):
                await client.patient(PatientId(text))
        assert server.connections == 0
    assert contacts == []


async def test_after_closing_nothing_is_sent(opened: Opened, contacts: Contacts) -> None:
    async with raw_server(answers(200, PATIENT)) as server, opened(server.origin()) as client:
        await client.aclose()
        with pytest.raises(Unreachable):
            await client.patient(PatientId("7"))
        assert server.connections == 0
