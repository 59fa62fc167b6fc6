"""The one request that is never repeated: before the last byte nothing can be stored, after it only an answer tells."""

import asyncio
import base64
import json
import sys
from dataclasses import dataclass, field

import pytest

from cerbo_desktop.api import body_progress
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import (
    Forbidden,
    MaybeSent,
    Missing,
    Overloaded,
    ServerError,
    ServerRefusal,
    ServerRefused,
    SignedOut,
    TurnedAway,
    Unreachable,
)
from cerbo_desktop.domain.evidence import Answer
from cerbo_desktop.domain.ids import PatientId, QueueId
from cerbo_desktop.domain.portal_queue import Receipt
from cerbo_desktop.runtime import progress_limit
from tests.fakes.lines import Quality, SlowLine
from tests.fakes.raw_server import Peer, Script, answers, raw_server, reads, sends
from tests.unit.api.contacts import Opened, outgoing

SEVEN = PatientId("7")
HTML = "<html><body>Sign in</body></html>"
OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@dataclass
class Gate:
    calls: int = 0
    progress: list[tuple[int, int | None]] = field(default_factory=list)

    async def pass_through(self) -> None:
        self.calls += 1

    def note(self, done: int, total: int | None) -> None:
        self.progress.append((done, total))


def early(status: int, *, then_hang: bool = False) -> Script:
    """Answer after the first bytes of the body and read no more."""

    async def script(peer: Peer) -> None:
        await peer.reader.readexactly(1000)
        await peer.answer(status, HTML, connection="close")
        if then_hang:
            await peer.hang()
        if status == 413:
            peer.reset()
        else:
            peer.close()

    return script


async def test_the_body_is_as_documented(opened: Opened) -> None:
    photo, gate = outgoing(), Gate()
    async with (
        raw_server(answers(201, {"result": True, "portal_queue_id": 41})) as server,
        opened(server.origin()) as client,
    ):
        receipt = await client.create_photo(SEVEN, photo, on_progress=gate.note, on_last_byte=gate.pass_through)
        peer = server.requests[0]
    assert receipt == Receipt(Answer.QUEUE_ID, QueueId("41"))
    assert peer.line == "POST /api/v1/patients/7/images HTTP/1.1"
    assert peer.headers["content-type"] == "application/json"
    assert "transfer-encoding" not in peer.headers
    assert peer.headers["authorization"] == "Basic " + base64.b64encode(b"pk_desk:sk_secret").decode()
    sent = json.loads(peer.body)
    assert sent == {"pt_id": 7, "mime_type": "image/jpeg", "base64_content": base64.b64encode(photo.data).decode()}
    assert gate.calls == 1
    assert gate.progress[-1] == (photo.size_bytes, photo.size_bytes)
    assert gate.progress == sorted(gate.progress)


async def test_an_answer_may_take_longer_than_one_to_a_question(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own deadline ends it, not the time in which a question is answered."""
    monkeypatch.setattr(progress_limit, "QUIET_S", 0.2)

    async def late(peer: Peer) -> None:
        await asyncio.sleep(0.6)
        await peer.answer(200, {"result": True, "portal_queue_id": 41})

    async with raw_server(late) as server, opened(server.origin()) as client:
        assert await client.create_photo(SEVEN, outgoing()) == Receipt(Answer.QUEUE_ID, QueueId("41"))


@pytest.mark.parametrize(("patient_id", "sent"), [("7", 7), ("p-7", "p-7"), ("007", "007")])
async def test_the_patient_id_in_the_body(patient_id: str, sent: object, opened: Opened) -> None:
    async with raw_server(answers(200, {"id": 1})) as server, opened(server.origin()) as client:
        await client.create_photo(PatientId(patient_id), outgoing(100))
        assert json.loads(server.requests[0].body)["pt_id"] == sent


@pytest.mark.parametrize("size_bytes", [1, 2, 3, 98_303, 98_304, 98_305, 1_000_000])
async def test_any_size_arrives_whole(size_bytes: int, opened: Opened) -> None:
    photo = outgoing(size_bytes)
    async with raw_server(answers(200, {"id": 1})) as server, opened(server.origin()) as client:
        await client.create_photo(SEVEN, photo)
        assert base64.b64decode(json.loads(server.requests[0].body)["base64_content"]) == photo.data


@dataclass(frozen=True)
class Case:
    name: str
    script: Script
    kind: type[ServerError]
    has_left: bool = True
    detail: object = None


CASES = [
    Case("400", answers(400), ServerRefused, detail=ServerRefusal.INVALID),
    Case("401", answers(401), SignedOut),
    Case("403", answers(403, HTML), Forbidden),
    Case("404", answers(404), Missing),
    Case("408", answers(408), MaybeSent),
    Case("409", answers(409), MaybeSent),
    Case("413", answers(413, HTML), ServerRefused, detail=ServerRefusal.TOO_BIG),
    Case("415", answers(415), ServerRefused, detail=ServerRefusal.WRONG_TYPE),
    Case("422", answers(422), ServerRefused, detail=ServerRefusal.INVALID),
    Case("429", answers(429, retry_after="7"), Overloaded, detail=7.0),
    Case("500", answers(500), MaybeSent),
    Case("502-html", answers(502, HTML), MaybeSent),
    Case("503", answers(503, retry_after="7"), MaybeSent),
    Case("504", answers(504), MaybeSent),
    Case("redirect", answers(302, location="http://evil.example/"), TurnedAway),
    Case("405", answers(405), ServerRefused, detail=ServerRefusal.NOT_OFFERED),
    Case("406", answers(406), TurnedAway),
    Case("410", answers(410), Missing),
    Case("411", answers(411), MaybeSent),
    Case("501", answers(501), ServerRefused, detail=ServerRefusal.NOT_OFFERED),
    Case("result-false", answers(200, {"result": False}), ServerRefused, detail=ServerRefusal.RESULT_FALSE),
    Case("bad-json", answers(200, "{"), MaybeSent),
    Case("gzip", answers(200, b"\x1f\x8b", content_encoding="gzip"), MaybeSent),
    Case("close-after", sends(b""), MaybeSent),
    Case("rst-after", sends(b"", then="reset"), MaybeSent),
    Case("garbage-status", sends(b"ICY 200\r\n\r\n"), MaybeSent),
    Case("truncated", sends(OK_HEAD + b'Content-Length: 99\r\n\r\n{"id":'), MaybeSent),
    Case("rst-mid-answer", sends(OK_HEAD + b'Content-Length: 99\r\n\r\n{"id":', then="reset"), MaybeSent),
    Case("hang", sends(b"", then="hang"), MaybeSent),
    Case("stop-reading", reads(1000, then="hang"), Unreachable, has_left=False),
    Case("close-mid-upload", reads(1000, then="close"), Unreachable, has_left=False),
    Case("rst-mid-upload", reads(1000, then="reset"), Unreachable, has_left=False),
    Case("413-early", early(413), ServerRefused, has_left=False, detail=ServerRefusal.TOO_BIG),
    Case("413-early-hang", early(413, then_hang=True), ServerRefused, False, ServerRefusal.TOO_BIG),
    Case("401-early", early(401, then_hang=True), SignedOut, has_left=False),
    Case("200-early", early(200, then_hang=True), Unreachable, has_left=False),
    Case("500-early", early(500, then_hang=True), Unreachable, has_left=False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_fault_becomes_its_error(case: Case, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_progress, "upload_deadline_s", lambda size_bytes: 0.7)
    monkeypatch.setattr(progress_limit, "QUIET_S", 0.7)
    gate = Gate()
    async with raw_server(case.script, answers(401)) as server, opened(server.origin()) as client:
        with pytest.raises(ServerError) as caught:
            await client.create_photo(
                SEVEN, outgoing(11_000_000 if not case.has_left else 50_000), on_last_byte=gate.pass_through
            )
        assert [peer.line[:4] for peer in server.requests].count("POST") == 1
    assert type(caught.value) is case.kind
    assert gate.calls == case.has_left
    if isinstance(caught.value, ServerRefused):
        assert caught.value.reason is case.detail
    if isinstance(caught.value, Overloaded):
        assert caught.value.retry_after_s == case.detail


async def test_nobody_listens(opened: Opened) -> None:
    async with raw_server(answers(200)) as server:
        origin = server.origin()
    async with opened(origin) as client:
        with pytest.raises(Unreachable):
            await client.create_photo(SEVEN, outgoing(10))


async def test_the_last_byte_waits_for_the_gate(opened: Opened) -> None:
    """A gate that fails, such as a disk that is full, keeps the server from ever holding the photo."""

    async def refuse() -> None:
        raise OSError("disk full")

    whole = False

    async def script(peer: Peer) -> None:
        nonlocal whole
        await peer.read_body()
        whole = True

    async with raw_server(script) as server, opened(server.origin()) as client:
        with pytest.raises(OSError, match="disk full"):
            await client.create_photo(SEVEN, outgoing(1000), on_last_byte=refuse)
    assert not whole


async def test_cancelled_half_way_the_next_one_goes_through(opened: Opened) -> None:
    async with (
        raw_server(reads(1000, then="hang"), answers(200, {"id": 4})) as server,
        opened(server.origin()) as client,
    ):
        for _ in range(6):
            half = asyncio.ensure_future(client.create_photo(SEVEN, outgoing(8_000_000)))
            while not server.requests:
                await asyncio.sleep(0.01)
            half.cancel()
            with pytest.raises(asyncio.CancelledError):
                await half
            assert (await client.create_photo(SEVEN, outgoing(1000))).named_id == "4"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell what they have not sent yet")
async def test_the_last_byte_waits_until_all_before_it_has_arrived(opened: Opened) -> None:
    """The system takes the whole photo at once; the line needs its time, and the card says so for as long."""
    size_bytes, gate = 900_000, Gate()
    arrived_bytes: list[int] = []

    async with raw_server(answers(200, {"id": 4})) as server:
        with SlowLine(server.port, Quality.named("16 Mbit/s")) as line:

            async def commit() -> None:
                arrived_bytes.append(line.sent_bytes)

            def note(done: int, total: int | None) -> None:
                gate.note(done, total)
                assert done * 4 // 3 < line.sent_bytes + 150_000, "what the line itself holds, and no more"

            async with opened(Origin("http", "127.0.0.1", line.port)) as client:
                await client.create_photo(SEVEN, outgoing(size_bytes), on_progress=note, on_last_byte=commit)
    assert arrived_bytes[0] > size_bytes * 4 // 3 - 150_000
    assert gate.progress[-1] == (size_bytes, size_bytes)
    assert gate.progress == sorted(gate.progress)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell what they have not sent yet")
@pytest.mark.parametrize("then", ["hang", "reset", "close"])
async def test_where_the_rest_never_arrives_nothing_can_be_stored(
    then: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the system took all of it long ago: no doubt, and nobody is asked."""
    monkeypatch.setattr(progress_limit, "QUIET_S", 0.5)
    gate = Gate()

    async def script(peer: Peer) -> None:
        await peer.reader.readexactly(1000)
        await asyncio.sleep(0.2)  # the photo is in the system's hands by then
        await reads(1, then=then)(peer)

    async with raw_server(script) as server, opened(server.origin()) as client:
        with pytest.raises(Unreachable):
            await client.create_photo(SEVEN, outgoing(1_000_000), on_last_byte=gate.pass_through)
    assert gate.calls == 0
