"""What the relay passes on, to whom, with whose key, and what of it stays behind."""

import asyncio
import re
import ssl
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.api.operations import Operation
from cerbo_desktop.domain.errors import BadAnswer, ServerRefusal, ServerRefused, SignedOut
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId
from cerbo_desktop.domain.patient_query import PatientQuery
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.services import connection_test
from cerbo_desktop.services.connection_checks import CheckOutcome
from tests.fakes.raw_server import Peer, answers, raw_server
from tests.relay.conftest import PRACTICE_KEY, RelayTo, basic, tls_of
from tests.relay.running import SHIPPED, Key, RunningRelay, ask, say
from tests.unit.api.contacts import outgoing

NOW = datetime.now(UTC)
TODAY = NOW.date()
ODD_IDS = ("1", "10482", "9" * 64, "a-b_c.d:e~f", "-x")
EMPTY_LIST = {"object": "list", "has_more": False, "data": []}


def client_of(relay: RunningRelay, key: Key) -> CerboClient:
    return CerboClient(relay.origin, key.username, key.secret)


async def test_everything_the_app_asks_goes_through(relay: RunningRelay, clinic: PracticeClinic, desk_key: Key) -> None:
    pt_id = max(clinic.patients, key=lambda each: len(clinic.album(each)))
    patient_id, stored = PatientId(str(pt_id)), clinic.album(pt_id)[0]
    photo_id, last_name = PhotoId(str(stored.id)), clinic.patients[pt_id].last_name
    client = client_of(relay, desk_key)
    assert await client.can_list_users()
    found = await client.search_patients(PatientQuery(last_name=last_name[:3], email=""))
    assert patient_id in {patient.id for patient in found.items}
    assert (await client.patient(patient_id)).last_name == last_name
    assert (await client.photos(patient_id, PhotoType.MEDICAL, limit=5)).items
    assert (await client.photo(patient_id, photo_id)).id == photo_id
    assert (await client.content(patient_id, photo_id)).data == stored.content
    assert (await client.stream(patient_id, photo_id)).data == stored.content
    queue_id = (await client.create_photo(patient_id, outgoing())).named_id
    assert queue_id is not None
    assert queue_id in {entry.id for entry in (await client.enqueued(patient_id)).items}
    await client.withdraw(patient_id, queue_id)
    assert (await client.appointments(TODAY, TODAY)).is_complete
    await client.aclose()
    assert {line["operation"] for line in relay.log} == {operation.name for operation in Operation}
    assert {(line["status"], line["cerbo"], line["workstation"]) for line in relay.log} == {
        (200, "200", "pk_front-desk-1")
    }


async def test_the_connection_test_of_the_set_up_page(relay: RunningRelay, desk_key: Key) -> None:
    client = client_of(relay, desk_key)
    results = [each async for each in connection_test.test_connection(client, relay.origin, TODAY)]
    await client.aclose()
    assert [each.outcome for each in results] == [CheckOutcome.OK] * 6 + [CheckOutcome.NOT_TESTED]


async def test_the_list_is_the_apps_own(relay_to: RelayTo, cerbo_tls: ssl.SSLContext) -> None:
    """Each operation, with every form of id, is let through under its own name; nothing else stands in the list."""
    template = (SHIPPED / "nginx.conf.in").read_text()
    (listed,) = re.findall(r"\$operation \{(.*?)\n    \}", template, re.DOTALL)
    names = re.findall(r"(\w+);$", listed, re.MULTILINE)
    assert sorted(names) == sorted(operation.name for operation in Operation)
    async with raw_server(answers(200, EMPTY_LIST), tls=cerbo_tls) as server:
        relay = relay_to(server.port)
        key = basic(relay.add("desk"))
        for operation in Operation:
            slots = operation.value[1].count("{}")
            for odd in ODD_IDS if slots else ("",):
                path = "/api/v1" + operation.path(*(odd,) * slots)
                assert (await ask(relay, operation.method, path, key)).status == 200, path
                assert server.requests[-1].line == f"{operation.method} {path} HTTP/1.1"
                assert relay.log[-1]["operation"] == operation.name


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "COPY")
OTHERS = [
    ("GET", "/"),
    ("GET", "/api/v1"),
    ("GET", "/api/v1/"),
    ("GET", "/api/v1/patients"),
    ("GET", "/api/v1/users/61"),
    ("POST", "/api/v1/users/validate_credentials"),
    ("POST", "/api/v1/patients/1/portal/invite"),
    ("GET", "/api/v1/patients/1/documents"),
    ("GET", "/api/v1/patients/1/extended_details"),
    ("GET", "/api/v1/delta/patients?start_date=2026-11-01&end_date=2026-11-02"),
    ("GET", "/api/v2/users"),
    ("GET", "/API/V1/users"),
    ("GET", "//api/v1/users"),
    ("GET", "/api/v1/users/"),
    ("GET", "/api/v1/patients/../users"),
    ("GET", "/api/v1/patients/.."),
    ("GET", "/api/v1/patients/%2e%2e/images"),
    ("GET", "/api/v1/patients/1%2Fimages"),
    ("GET", "/api/v1/patients/1/images/2/content/../../../documents"),
    ("GET", "/api/v1/patients/1/images/2/content?size=1"),
    ("POST", "/api/v1/patients/1/images?_method=DELETE"),
    ("DELETE", "/api/v1/patients/1/portal/enqueued/2?_method=PUT"),
    ("DELETE", "/api/v1/patients/1/portal/enqueued"),
    ("DELETE", "/api/v1/patients/1"),
    ("GET", "/api/v1/patients/1;x=/images"),
    ("GET", "/api/v1/users?a=<b>"),
    ("GET", f"/api/v1/patients/{'1' * 65}"),
]


def _refused_requests() -> list[tuple[str, str]]:
    """The others, and every known path with each method that it is not asked by."""
    paths: dict[str, set[str]] = {}
    for operation in Operation:
        path = "/api/v1" + operation.path(*["7"] * operation.value[1].count("{}"))
        paths.setdefault(path, set()).add(operation.method)
    return OTHERS + [(method, path) for path, known in paths.items() for method in METHODS if method not in known]


async def test_everything_else_is_refused_and_reaches_nobody(
    relay: RunningRelay, clinic: PracticeClinic, desk_key: Key
) -> None:
    refused = _refused_requests()
    for method, target in refused:
        told = await ask(relay, method, target, basic(desk_key))
        assert told.status in (400, 403, 405), (method, target)
    assert (clinic.counters.count(), clinic.counters.connections) == (0, 0)
    assert {line["operation"] for line in relay.log} == {""}
    assert len(relay.log) == len(refused)


async def test_without_a_workstations_key_there_is_no_way(
    relay: RunningRelay, clinic: PracticeClinic, desk_key: Key
) -> None:
    strangers = [
        "",
        basic(Key(desk_key.username, "sk_wrong")),
        basic(Key("pk_nobody", desk_key.secret)),
        basic(relay.practice_key),
        basic(Key(desk_key.username, "")),
        "Bearer " + desk_key.secret,
        "Basic !!!",
    ]
    for stranger in strangers:
        for method, path in (("GET", "/api/v1/users?limit=1"), ("POST", "/api/v1/patients/1/images")):
            told = await ask(relay, method, path, stranger, Content_Length="0")
            assert told.status == 401, stranger
    client = client_of(relay, Key(desk_key.username, "sk_wrong"))
    with pytest.raises(SignedOut):
        await client.create_photo(PatientId("1"), outgoing(3_000_000))
    await client.aclose()
    assert (clinic.counters.count(), clinic.counters.connections) == (0, 0)


async def test_a_revoked_workstation_is_out_at_once_and_it_alone(
    relay: RunningRelay, clinic: PracticeClinic, desk_key: Key
) -> None:
    """Also on the connection that it had open, and without a reload."""
    other = relay.add("room-2")
    client, staying = client_of(relay, desk_key), client_of(relay, other)
    assert await client.can_list_users()
    assert await staying.can_list_users()
    before = clinic.counters.count()
    relay.tool("remove", "front-desk-1")
    with pytest.raises(SignedOut):
        await client.can_list_users()
    assert clinic.counters.count() == before
    assert await staying.can_list_users()
    again = relay.add("front-desk-1")
    assert again.secret != desk_key.secret
    with pytest.raises(SignedOut):
        await client.can_list_users()
    await client.aclose()
    await staying.aclose()


async def test_each_side_sees_its_own_key_and_no_header_too_many(relay_to: RelayTo, cerbo_tls: ssl.SSLContext) -> None:
    hostile = {
        "set_cookie": "session=1",
        "x_accel_redirect": "/api/v1/users",
        "x_accel_limit_rate": "1",
        "alt_svc": 'h3=":443"',
        "link": "<https://elsewhere.example/>; rel=preload",
        "x_powered_by": "PHP",
        "retry_after": "7",
    }
    async with raw_server(answers(200, EMPTY_LIST, **hostile), tls=cerbo_tls) as server:
        relay = relay_to(server.port)
        desk = relay.add("desk")
        told = await ask(
            relay,
            "GET",
            "/api/v1/users?limit=1",
            basic(desk),
            Cookie="session=2",
            X_HTTP_Method_Override="DELETE",
            X_Forwarded_For="10.0.0.9",
            Origin="https://elsewhere.example",
            Accept="application/json",
        )
        assert set(told.headers) == {"server", "date", "content-type", "content-length", "connection", "retry-after"}
        assert told.headers["server"] == "nginx"
        got = server.requests[0].headers
        assert got["authorization"] == basic(PRACTICE_KEY)
        assert got["host"] == "localhost"
        assert set(got) == {"authorization", "host", "accept", "accept-encoding", "user-agent"}
        client = client_of(relay, desk)
        with pytest.raises(BadAnswer):
            await client.patient(PatientId("7"))
        await client.create_photo(PatientId("7"), outgoing())
        await client.aclose()
        got = server.requests[-1].headers
        assert set(got) == {
            *("authorization", "host", "accept", "accept-encoding", "user-agent"),
            *("content-type", "content-length"),
        }
        assert desk.secret not in str([peer.headers for peer in server.requests])
        assert basic(desk) not in str([peer.headers for peer in server.requests])
        assert PRACTICE_KEY.secret.encode() not in told.raw
        assert basic(PRACTICE_KEY).split()[1].encode() not in told.raw


async def test_one_file_holds_the_secret_and_no_workstations_secret_is_kept(relay: RunningRelay, desk_key: Key) -> None:
    practice = relay.practice_key
    marks = [practice.secret.encode(), basic(practice).split()[1].encode()]
    holding = [file for file in relay.files if any(mark in file.read_bytes() for mark in marks)]
    assert [file.name for file in holding] == ["cerbo-authorization.conf"]
    assert holding[0].stat().st_mode & 0o777 == 0o600
    assert not [file for file in relay.files if desk_key.secret.encode() in file.read_bytes()]
    assert (relay.folder / "workstations").stat().st_mode & 0o777 == 0o640


async def test_the_logs_hold_no_query_no_id_and_nothing_that_was_typed(
    relay: RunningRelay, clinic: PracticeClinic, desk_key: Key
) -> None:
    """Also where something goes wrong: nginx itself would write the whole request beside each error."""
    name, search = "Birdsong", "/api/v1/patients/search?last_name=Birdsong%25"
    client = client_of(relay, desk_key)
    await client.search_patients(PatientQuery(last_name=name))
    await client.aclose()
    assert (await ask(relay, "GET", search, basic(Key(name, name)))).status == 401
    assert (await ask(relay, "GET", f"/{name}?{name}", basic(desk_key), Referer=name, User_Agent=name)).status == 403
    assert (await ask(relay, "BIRDSONG", search)).status in (400, 403, 405)
    await say(relay, b"GET /Birdsong Birdsong\r\n\r\n")
    clinic.go_offline()
    assert (await ask(relay, "GET", search, basic(desk_key))).status == 502
    assert (await ask(relay, "GET", "/api/v1/patients/Birdsong", basic(desk_key))).status == 502
    assert [line["status"] for line in relay.log[-2:]] == [502, 502]
    written = b"".join(file.read_bytes() for file in relay.logs.iterdir())
    assert b"birdsong" not in written.lower()
    assert set(relay.log[0]) == {
        *("time", "from", "workstation", "operation", "status", "cerbo", "took_s", "connect_s"),
        *("received_bytes", "sent_on_bytes", "sent_back_bytes"),
    }


@pytest.mark.parametrize("fault", ["name", "authority", "expired"])
async def test_a_cerbo_that_cannot_be_trusted_is_told_nothing(
    fault: str, relay_to: RelayTo, authority: trustme.CA
) -> None:
    shown = {
        "name": lambda: authority.issue_cert("other.example"),
        "authority": lambda: trustme.CA(organization_name="Nosy Proxy").issue_cert("localhost"),
        "expired": lambda: authority.issue_cert(
            "localhost", not_before=NOW - timedelta(9), not_after=NOW - timedelta(1)
        ),
    }[fault]()
    async with raw_server(answers(200, EMPTY_LIST), tls=tls_of(shown)) as server:
        relay = relay_to(server.port)
        key = basic(relay.add("desk"))
        assert (await ask(relay, "GET", "/api/v1/users", key)).status == 502
        assert (await ask(relay, "DELETE", "/api/v1/patients/1/portal/enqueued/2", key)).status == 502
        assert (server.received_bytes, server.requests) == (0, [])


async def test_too_much_at_once_is_429_and_is_not_passed_on(relay: RunningRelay, clinic: PracticeClinic) -> None:
    """600 requests without a key in one breath: the limit counts before the key does."""
    one = b"GET /api/v1/users HTTP/1.1\r\nHost: x\r\n\r\n"
    raw = await say(relay, one * 600 + one.replace(b"Host: x", b"Host: x\r\nConnection: close"))
    statuses = re.findall(rb"HTTP/1\.1 (\d+) ", raw)
    assert statuses[:120] == [b"401"] * 120
    assert statuses.count(b"429") == raw.count(b"\r\nRetry-After: 2\r\n") > 0
    assert clinic.counters.count() == 0


async def test_a_photo_that_is_too_big_ends_here(relay: RunningRelay, clinic: PracticeClinic, desk_key: Key) -> None:
    client = client_of(relay, desk_key)
    with pytest.raises(ServerRefused) as caught:
        await client.create_photo(PatientId("1"), outgoing(13_500_000))
    await client.aclose()
    assert caught.value.reason is ServerRefusal.TOO_BIG
    assert clinic.counters.count() == 0


async def test_an_answer_streams(relay_to: RelayTo, cerbo_tls: ssl.SSLContext) -> None:
    """The first bytes are with the app before the last have left Cerbo."""
    photo, has_begun = bytes(outgoing(400_000).data), asyncio.Event()

    async def in_two_pieces(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 400000\r\n\r\n" + photo[:1000])
        await has_begun.wait()
        await peer.send(photo[1000:])

    async with raw_server(in_two_pieces, tls=cerbo_tls) as server:
        relay = relay_to(server.port)
        client = client_of(relay, relay.add("desk"))
        got = await client.content(PatientId("7"), PhotoId("8"), on_arrival=lambda _: has_begun.set())
        await client.aclose()
        assert got.data == photo


async def test_a_change_never_rides_on_a_kept_connection(relay_to: RelayTo, cerbo_tls: ssl.SSLContext) -> None:
    """Cerbo closes each kept connection just when the next request comes: a photo then would be in doubt."""
    seen: dict[object, list[str]] = {}

    async def note(peer: Peer) -> None:
        seen.setdefault(peer.writer, []).append(peer.line.split()[0])
        await peer.read_body()
        await peer.answer(200, {"id": 3, **EMPTY_LIST})

    async with raw_server(note, tls=cerbo_tls) as server:
        relay = relay_to(server.port)
        client = client_of(relay, relay.add("desk"))
        for _ in range(3):
            await client.enqueued(PatientId("7"))
            await client.create_photo(PatientId("7"), outgoing(1000))
            await client.withdraw(PatientId("7"), QueueId("3"))
        await client.aclose()
    assert sorted(seen.values()) == [["DELETE"]] * 3 + [["GET"] * 3] + [["POST"]] * 3
