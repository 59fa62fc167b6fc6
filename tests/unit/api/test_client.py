"""What is asked, how lists are paged, how many at once, and how an end is made to what never ends."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cerbo_desktop.api import wire
from cerbo_desktop.api.auth import OriginAuth
from cerbo_desktop.api.calls import Call
from cerbo_desktop.api.http_session import HttpSession
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.api.paging import MAX_PAGES
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import BadAnswer, Missing, Overloaded, ServerError, ServerRefused, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.limits import MAX_CONCURRENT_REQUESTS
from cerbo_desktop.domain.page import Page
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.domain.urgency import Urgency
from tests.fakes.raw_server import Peer, RawServer, Script, answers, raw_server
from tests.unit.api.contacts import Contacts, Opened, jpeg_like
from tests.waiting import until

SEVEN, FIVE = PatientId("7"), PhotoId("5")
EMPTY = {"data": [], "has_more": False}


def _asked(peer: Peer) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(peer.path)
    return parts.path, parse_qs(parts.query)


async def test_it_is_the_port(opened: Opened) -> None:
    async with opened(Origin("http", "127.0.0.1", 1)) as client:
        server: CerboServer = client
        await server.aclose()


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        (PatientQuery(last_name="Lo pez", first_name="é"), {"last_name": ["Lo pez%"], "first_name": ["é%"]}),
        (PatientQuery(email="m+a@example.com"), {"email": ["m+a@example.com%"]}),
        (PatientQuery(born=date(1981, 3, 4)), {"dob": ["1981-03-04"]}),
        (PatientQuery(last_name="%k%sz"), {"last_name": ["%k%sz%"]}),
        (PatientQuery(last_name="lo%", first_name="%"), {"last_name": ["lo%"]}),
    ],
)
async def test_searches(query: PatientQuery, sent: dict[str, list[str]], opened: Opened) -> None:
    rows = {"data": [{"id": 1}, {"id": "1"}, {"no": 2}], "has_more": True}
    async with raw_server(answers(200, rows)) as server, opened(server.origin()) as client:
        found = await client.search_patients(query, limit=50)
        assert _asked(server.requests[0]) == ("/api/v1/patients/search", {**sent, "limit": ["50"]})
        assert "%40" not in server.requests[0].path
    assert [patient.id for patient in found.items] == ["1"]
    assert not found.is_complete


async def test_an_empty_search_is_never_sent(opened: Opened) -> None:
    async with raw_server(answers(200, EMPTY)) as server, opened(server.origin()) as client:
        for query in (PatientQuery(), PatientQuery(last_name=" % ")):
            assert (await client.search_patients(query)).items == ()
        assert server.connections == 0


async def test_appointments_leave_the_cancelled_flag_out(opened: Opened) -> None:
    async with raw_server(answers(200, EMPTY)) as server, opened(server.origin()) as client:
        await client.appointments(date(2025, 11, 4), date(2025, 11, 6))
        path, params = _asked(server.requests[0])
    assert path == "/api/v1/appointments"
    assert params == {"start_date": ["2025-11-04"], "end_date": ["2025-11-06"], "limit": ["100"], "offset": ["0"]}


async def test_the_other_questions(opened: Opened) -> None:
    entries = {"data": [{"queue_request_id": 3, "type": "image", "created": "2025-01-01 00:00:00"}]}
    async with (
        raw_server(
            answers(200, entries),
            answers(200, {"result": True, "id": 3}),
            answers(204, content_length="", content_type=""),
            answers(200, {"id": 5, "pt_id": 7}),
            answers(200, [{"id": "61"}]),
            answers(403),
        ) as server,
        opened(server.origin()) as client,
    ):
        queue = await client.enqueued(SEVEN)
        assert [(entry.id, entry.kind) for entry in queue.items] == [("3", "image")]
        assert queue.is_complete
        await client.withdraw(SEVEN, QueueId("3"))
        await client.withdraw(SEVEN, QueueId("4"))
        assert (await client.photo(SEVEN, FIVE)).id == "5"
        assert await client.can_list_users()
        assert not await client.can_list_users()
        assert [peer.line.rsplit(" ", 1)[0] for peer in server.requests] == [
            "GET /api/v1/patients/7/portal/enqueued",
            "DELETE /api/v1/patients/7/portal/enqueued/3",
            "DELETE /api/v1/patients/7/portal/enqueued/4",
            "GET /api/v1/patients/7/images/5",
            "GET /api/v1/users?limit=1",
            "GET /api/v1/users?limit=1",
        ]


@pytest.mark.parametrize(
    ("script", "kind"),
    [(answers(404), Missing), (answers(200, {"result": False}), ServerRefused), (answers(502), BadAnswer)],
)
async def test_a_withdrawal_is_never_repeated(script: Script, kind: type[ServerError], opened: Opened) -> None:
    async with raw_server(script) as server, opened(server.origin()) as client:
        with pytest.raises(kind):
            await client.withdraw(SEVEN, QueueId("3"))
        assert len(server.requests) == 1


def paged(rows_at: Callable[[int], list[int]], has_more_at: Callable[[int], object]) -> Script:
    """An album that answers by offset."""

    async def script(peer: Peer) -> None:
        offset = int(_asked(peer)[1]["offset"][0])
        answer: dict[str, object] = {"data": [{"id": number} for number in rows_at(offset)]}
        if has_more_at(offset) is not None:
            answer["has_more"] = has_more_at(offset)
        await peer.answer(200, answer)

    return script


async def _album(opened: Opened, script: Script) -> tuple[list[Page[Photo]], int]:
    async with raw_server(script) as server, opened(server.origin()) as client:
        return [page async for page in client.photo_pages(SEVEN, PhotoType.MEDICAL)], len(server.requests)


def _ids(pages: list[Page[Photo]]) -> list[int]:
    return [int(photo.id) for page in pages for photo in page.items]


async def test_pages_follow_one_another(opened: Opened) -> None:
    script = paged(lambda at: list(range(at, min(at + 100, 250))), lambda at: at + 100 < 250)
    pages, asked = await _album(opened, script)
    assert _ids(pages) == list(range(250))
    assert asked == 3
    assert [(page.has_more, page.cut_short) for page in pages] == [(True, False), (True, False), (False, False)]


async def test_without_a_word_on_more_a_page_with_nothing_new_ends_the_list(opened: Opened) -> None:
    pages, asked = await _album(opened, paged(lambda at: list(range(at, min(at + 100, 130))), lambda at: None))
    assert len(_ids(pages)) == 130
    assert asked == 3
    assert not pages[-1].cut_short


async def test_rows_that_shift_while_paging_are_not_doubled(opened: Opened) -> None:
    pages, _ = await _album(opened, paged(lambda at: list(range(max(0, at - 3), at + 100)), lambda at: at < 100))
    assert len(_ids(pages)) == len(set(_ids(pages)))
    assert not pages[-1].cut_short


async def test_a_server_with_smaller_pages_loses_nothing(opened: Opened) -> None:
    pages, _ = await _album(opened, paged(lambda at: list(range(at, min(at + 40, 100))), lambda at: at < 60))
    assert _ids(pages) == list(range(100))


@pytest.mark.parametrize(
    ("script", "asked"),
    [
        (paged(lambda at: list(range(100)), lambda at: True), 3),  # the third tells that no offset was rounded
        (paged(lambda at: [] if at else list(range(100)), lambda at: True), 2),
        (paged(lambda at: [at], lambda at: True), MAX_PAGES),
    ],
    ids=["repeated", "empty", "endless"],
)
async def test_a_list_that_lies_is_cut_short_and_says_so(script: Script, asked: int, opened: Opened) -> None:
    pages, requests = await _album(opened, script)
    assert requests == asked
    assert pages[-1].cut_short
    assert not pages[-1].has_more


async def test_faces_are_one_request(opened: Opened) -> None:
    async with raw_server(answers(200, [{"id": 1}])) as server, opened(server.origin()) as client:
        listing = await client.photos(SEVEN, PhotoType.PERSONAL, limit=1)
        assert _asked(server.requests[0])[1] == {"photo_type": ["personal"], "limit": ["1"], "offset": ["0"]}
    assert [photo.id for photo in listing.items] == ["1"]


async def test_so_many_at_once_and_a_person_first(opened: Opened) -> None:
    arrived: list[str] = []
    door = asyncio.Event()

    async def hold(peer: Peer) -> None:
        arrived.append(peer.path)
        if "images" in peer.path:
            await door.wait()
        await peer.answer(200, {"id": "7"} if "images" not in peer.path else [{"id": 1}])

    async with raw_server(hold) as server, opened(server.origin()) as client:
        async with asyncio.TaskGroup() as group:
            for _ in range(12):
                group.create_task(client.photos(SEVEN, PhotoType.PERSONAL, limit=1, urgency=Urgency.VISIBLE))
            await until(lambda: len(arrived) == MAX_CONCURRENT_REQUESTS)
            assert (await client.patient(SEVEN)).id == "7"
            assert len(arrived) == MAX_CONCURRENT_REQUESTS + 1
            door.set()
        assert server.connections <= MAX_CONCURRENT_REQUESTS + 1


def _has_begun(server: RawServer, count: int) -> bool:
    return len(server.requests) > count


async def test_cancelling_streams_over_and_over_leaves_the_pool_healthy(opened: Opened) -> None:
    async def half(peer: Peer) -> None:
        if peer.path.endswith("/content"):
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + jpeg_like(200_000))
            await peer.hang()
        await peer.answer(200, {"id": "7"})

    async with raw_server(half) as server, opened(server.origin()) as client:
        for _ in range(5):
            begun = len(server.requests)
            tasks = [asyncio.ensure_future(client.content(SEVEN, PhotoId(str(number)))) for number in range(12)]
            await until(partial(_has_begun, server, begun + 3))
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(result, asyncio.CancelledError) for result in results)
            async with asyncio.timeout(20):  # far sooner than a place in the pool that never comes free
                assert (await client.patient(SEVEN)).id == "7"


@pytest.mark.parametrize("phase", ["head", "body", "nothing", "endless"])
async def test_a_trickle_ends_at_the_deadline(phase: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"

    async def trickle(peer: Peer) -> None:
        if phase == "nothing":
            await peer.hang()
        if phase == "body":
            await peer.send(head)
        if phase == "endless":
            await peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
        await peer.trickle(head + b" " * 5000 if phase == "head" else b" " * 5000)

    contacts: Contacts = []
    async with raw_server(trickle) as server:
        exchange = HttpSession(server.origin(), "pk_a", "b", contacts.append, lambda *_: None)
        started_s = asyncio.get_running_loop().time()
        with pytest.raises(Unreachable):
            await exchange.get_read(Call(Operation.LIST_USERS, window_s=0.3), wire.decoded)
        assert asyncio.get_running_loop().time() - started_s < 2.5
        await exchange.aclose()
    assert isinstance(contacts[-1], Unreachable)


async def test_a_long_answer_that_gets_on_is_read_to_its_end() -> None:
    """However long it takes: three times the time within which it may not creep."""
    body = b" " * 299_999 + b"7"

    async def serve(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n")
        for at in range(0, len(body), 10_000):
            await peer.send(body[at : at + 10_000])
            await asyncio.sleep(0.05)

    async with raw_server(serve) as server:
        exchange = HttpSession(server.origin(), "pk_a", "b", lambda _: None, lambda *_: None)
        assert await exchange.get_read(Call(Operation.LIST_USERS, window_s=0.5), wire.decoded) == 7
        await exchange.aclose()


async def test_a_server_that_asks_for_less_gets_less(opened: Opened) -> None:
    async with raw_server(answers(429, retry_after="9")) as server, opened(server.origin()) as client:
        with pytest.raises(Overloaded) as caught:
            await client.patient(SEVEN)
        assert caught.value.retry_after_s == 9
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/a", "http://riverbend.md-hq.com/a", "https://riverbend.md-hq.com:8443/a"],
)
async def test_the_secret_is_for_one_origin(url: str) -> None:
    auth = OriginAuth(Origin("https", "riverbend.md-hq.com", 443), "pk_a", "b")
    foreign = next(auth.auth_flow(httpx.Request("GET", url)))
    assert "authorization" not in foreign.headers
    own = next(auth.auth_flow(httpx.Request("GET", "https://riverbend.md-hq.com/a")))
    assert own.headers["authorization"] == "Basic cGtfYTpi"


async def test_a_relay_below_a_path_is_asked_there_with_the_secret(opened: Opened) -> None:
    async with raw_server(answers(200, {"id": "7"})) as server, opened(replace(server.origin(), path="/x")) as client:
        await client.patient(SEVEN)
        assert server.requests[0].path == "/x/api/v1/patients/7"
        assert "authorization" in server.requests[0].headers


async def test_cookies_are_not_kept(opened: Opened) -> None:
    async with (
        raw_server(answers(200, {"id": "7"}, set_cookie="session=1; Path=/")) as server,
        opened(server.origin()) as client,
    ):
        await client.patient(SEVEN)
        await client.patient(SEVEN)
        assert "cookie" not in server.requests[1].headers


async def test_nothing_of_a_patient_is_logged_or_told(opened: Opened, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    query = PatientQuery(last_name="Lopezcanary", born=date(1981, 3, 4))
    async with raw_server(answers(500, "Lopezcanary")) as server, opened(server.origin()) as client:
        with pytest.raises(ServerError) as caught:
            await client.search_patients(query)
    told = caplog.text + repr(caught.value) + "".join(traceback.format_exception(caught.value))
    for canary in ("Lopezcanary", "1981", "sk_secret", "patients/search", "127.0.0.1"):
        assert canary not in told


def test_only_listed_operations_exist() -> None:
    assert {(each.method, each.value[1]) for each in Operation if each.method != "GET"} == {
        ("POST", "/patients/{}/images"),
        ("DELETE", "/patients/{}/portal/enqueued/{}"),
    }
