"""Each way in which a server can fail an upload, by name, through the whole queue over a real socket.

Each ends in the right state, with the right words, after the right number of requests that carried the photo.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from cerbo_desktop.api import body_progress
from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import Accepted, MediaType, OutgoingPhoto
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.runtime import progress_limit
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.ui.uploads.card_words import card_words
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.durability.desk import KEY, QuickClock, patient_of
from tests.fakes.raw_server import Body, Peer, RawServer, Script, answers, sends
from tests.waiting import until

S = UploadState
HTML = "<html><body>Sign in</body></html>"
OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
STORED: Body = {"result": True, "portal_queue_id": 41}
BIG_INT = 123_456_789_012_345_678_901_234_567_890
LARGE_BYTES = 11_000_000
"""More than the sockets hold, so that it is not through before the server does something."""

WAITING = "Waiting in Cerbo’s queue"
MAY_HAVE = "May have arrived"
NOT_SENT = "Not sent"


@dataclass
class Cerbo:
    """Lists what was stored; answers the first photo by the fault under test, those after it well."""

    fault: Script
    is_stored: bool
    list_fault: Script | None = None
    queue_fault: Script | None = None
    albums_fault: Script | None = None
    """For as long as it runs: the patient's record is answered all the same."""
    first_queue_id: int = 41
    posts: int = 0
    stored: list[bytes] = field(default_factory=list)

    async def serve(self, peer: Peer) -> None:
        if peer.line.startswith("POST"):
            self.posts += 1
            await (self.fault if self.posts == 1 else answers(200, STORED))(peer)
            if peer.body and len(peer.body) == peer.length_bytes and (self.is_stored or self.posts > 1):
                self.stored.append(peer.body)
        elif self.queue_fault is not None and "enqueued" in peer.path:
            await self.queue_fault(peer)
        elif self.albums_fault is not None and "enqueued" not in peer.path:
            is_album = "/images" in peer.path
            await (self.albums_fault if is_album else answers(200, {"id": patient_of(0).id, "object": "patient"}))(peer)
        elif self.list_fault is not None and "enqueued" not in peer.path:
            fault, self.list_fault = self.list_fault, None
            await fault(peer)
        else:
            rows = (
                [{"id": self.first_queue_id + number} for number in range(len(self.stored))]
                if "enqueued" in peer.path
                else []
            )
            await peer.answer(200, {"object": "list", "has_more": False, "data": rows})


@dataclass(frozen=True)
class Case:
    name: str
    fault: Script
    state: UploadState
    title: str
    text: str = ""
    posts: int = 1
    is_stored: bool = False
    size_bytes: int = 40_000
    queue_id: int = 41


def _asks_to_wait(retry_after: str) -> Script:
    return answers(429, {"message": "busy"}, retry_after=retry_after)


def _date(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def _at_once(end: Callable[[Peer], object], read_bytes: int = 0) -> Script:
    async def script(peer: Peer) -> None:
        await peer.reader.readexactly(read_bytes)
        end(peer)

    return script


def _early(status: int) -> Script:
    async def script(peer: Peer) -> None:
        await peer.reader.readexactly(1_000)
        await peer.answer(status, HTML, connection="close")
        peer.close()

    return script


def _trickled(data: bytes) -> Script:
    async def script(peer: Peer) -> None:
        await peer.read_body()
        await peer.trickle(data)

    return script


async def _stops_reading(peer: Peer) -> None:
    await peer.reader.readexactly(1_000)
    await peer.hang()


def _refused(name: str, status: int, text: str) -> Case:
    return Case(name, answers(status), S.REFUSED, NOT_SENT, text)


def _doubtful(name: str, fault: Script, *, is_stored: bool = False) -> Case:
    """Nothing tells whether it was stored: looked for, and then a person is asked."""
    return Case(name, fault, S.NEEDS_REVIEW, MAY_HAVE, "No answer came back.", is_stored=is_stored)


def _denied(name: str, fault: Script, *, is_stored: bool = False) -> Case:
    """Something came back, and it tells of no success."""
    return replace(_doubtful(name, fault, is_stored=is_stored), text="What came back doesn’t say that Cerbo took")


def _looked_for(name: str, fault: Script) -> Case:
    """Most probably not stored: the lists have half a minute to show the contrary."""
    return Case(name, fault, S.UNSURE, "Looking in Cerbo’s queue", "Cerbo answered.")


def _again(name: str, fault: Script, *, posts: int = 2, size_bytes: int = 40_000) -> Case:
    """Proof that nothing was stored: sent again by itself."""
    return Case(name, fault, S.SENT, WAITING, posts=posts, size_bytes=size_bytes)


def _taken(name: str, fault: Script) -> Case:
    return Case(name, fault, S.SENT, WAITING, is_stored=True)


CASES = [
    _refused("400", 400, "Cerbo refused the photo."),
    Case("401", answers(401), S.QUEUED, NOT_SENT, "allowed to send photos"),  # the lists are given to the same key
    Case("403", answers(403, HTML), S.QUEUED, NOT_SENT, "allowed to send photos"),
    _refused("404", 404, "no longer in Cerbo"),
    _doubtful("408", answers(408)),
    _doubtful("409", answers(409)),
    _refused("413", 413, "too big"),
    Case("413-early", _early(413), S.REFUSED, NOT_SENT, "too big", size_bytes=LARGE_BYTES),
    _refused("415", 415, "Cerbo refused the photo."),
    _refused("422", 422, "Cerbo refused the photo."),
    _again("429", answers(429, {"message": "busy"})),
    _again("429-seconds", _asks_to_wait("2")),
    _again("429-date", _asks_to_wait(_date(2))),
    _again("429-past", _asks_to_wait(_date(-3_600))),
    _again("429-garbage", _asks_to_wait("soon, maybe")),
    _doubtful("500", answers(500)),
    _doubtful("502-html", answers(502, HTML)),
    _doubtful("503", answers(503)),
    _doubtful("504", answers(504)),
    _again("close-mid-upload", _at_once(Peer.close, 1_000), size_bytes=LARGE_BYTES),
    _again("rst-mid-upload", _at_once(Peer.reset, 1_000), size_bytes=LARGE_BYTES),
    _again("stop-reading", _stops_reading, size_bytes=LARGE_BYTES),
    _doubtful("close-after", sends(b"")),
    _doubtful("close-after, stored", sends(b""), is_stored=True),
    _doubtful("rst-after", sends(b"", then="reset")),
    _doubtful("rst-after, stored", sends(b"", then="reset"), is_stored=True),
    _doubtful("hang", sends(b"", then="hang")),
    _doubtful("hang, stored", sends(b"", then="hang"), is_stored=True),
    _doubtful("rst-mid-body", sends(OK_HEAD + b'Content-Length: 99\r\n\r\n{"id":', then="reset"), is_stored=True),
    _doubtful("truncated-length", sends(OK_HEAD + b'Content-Length: 99\r\n\r\n{"id":'), is_stored=True),
    _doubtful("truncated-chunk", sends(OK_HEAD + b'Transfer-Encoding: chunked\r\n\r\nff\r\n{"id":'), is_stored=True),
    _doubtful("length-too-small", sends(OK_HEAD + b'Content-Length: 5\r\n\r\n{"portal_queue_id": 41}'), is_stored=True),
    _taken("no-length", sends(OK_HEAD + b'Connection: close\r\n\r\n{"portal_queue_id": 41}')),
    _doubtful("garbage-status", sends(b"ICY 200\r\n\r\n")),
    _doubtful(
        "header-flood", sends(b"HTTP/1.1 200 OK\r\n" + b"X-Flood: " + b"x" * 400_000 + b"\r\n\r\n{}"), is_stored=True
    ),
    _doubtful("slow-header", _trickled(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 5_000)),
    _doubtful("slow-body", _trickled(OK_HEAD + b"Content-Length: 5000\r\n\r\n" + b" " * 5_000), is_stored=True),
    _doubtful("gzip-bad", answers(200, b"\x1f\x8b", content_encoding="gzip")),
    _looked_for("redirect-other-host", answers(302, location="https://elsewhere.example/")),
    _looked_for("redirect-http", answers(301, location="http://127.0.0.1/")),
    _looked_for("406", answers(406)),
    _denied("200-html", answers(200, HTML)),
    Case("204", sends(b"HTTP/1.1 204 No Content\r\n\r\n"), S.NEEDS_REVIEW, MAY_HAVE, "Cerbo answered, and nothing"),
    Case("200-empty-object", answers(200, {}), S.NEEDS_REVIEW, MAY_HAVE, "Cerbo answered, and nothing"),
    Case("200-status-ok", answers(200, {"status": "ok"}), S.NEEDS_REVIEW, MAY_HAVE, "Cerbo answered, and nothing"),
    Case("200-result-true, not stored", answers(200, {"result": True}), S.NEEDS_REVIEW, MAY_HAVE, "nothing shows"),
    _taken("200-empty-object, stored", answers(200, {})),
    _taken("200-result-true", answers(200, {"result": True})),
    _taken("200-own-record", answers(200, {"object": "image", "id": 7})),
    _denied("200-status-error", answers(200, {"status": "error", "message": "Session expired"})),
    _denied("200-status-error, stored", answers(200, {"status": "error", "message": "no"}), is_stored=True),
    _denied("200-result-false-with-id", answers(200, {"result": False, "portal_queue_id": 41}), is_stored=True),
    _doubtful("bad-json", answers(200, "{"), is_stored=True),
    _doubtful("deep-json", answers(200, "[" * 100_000), is_stored=True),
    _doubtful("nan", answers(200, '{"portal_queue_id": NaN}'), is_stored=True),
    _doubtful("bad-utf8", answers(200, b'{"message": "\xff\xfe"'), is_stored=True),
    _denied("other-patient-id", answers(200, {"id": 41, "pt_id": 999}), is_stored=True),
    _doubtful("commit-then-error", answers(500), is_stored=True),
    Case("200-result-false", answers(200, {"result": False}), S.REFUSED, NOT_SENT, "Cerbo refused the photo."),
    replace(_taken("big-int", answers(200, {"portal_queue_id": BIG_INT})), queue_id=BIG_INT),
    _taken("wrong-type-field", answers(200, {"result": True, "portal_queue_id": "41", "message": ["x"]})),
    _taken("null-field", answers(200, {"result": True, "portal_queue_id": 41, "message": None})),
    _taken("wrong-content-type", answers(200, STORED, content_type="text/plain")),
]


@dataclass
class Desk:
    uploading: Uploading
    cerbo: Cerbo

    @property
    def only(self) -> Upload:
        (upload,) = self.uploading.feed.latest
        return upload

    async def send(self, size_bytes: int) -> None:
        data = (hashlib.sha256(b"a photo").digest() * (size_bytes // 32 + 1))[:size_bytes]
        photo = OutgoingPhoto(data, MediaType.JPEG, 1, 1, hashlib.sha256(data).hexdigest())
        await self.uploading.accept(patient_of(0), Accepted(photo, Raster(1, 1, b"\0\0\0\xff", 1, 1)))


@asynccontextmanager
async def desk_at(cerbo: Cerbo, folder: Path) -> AsyncIterator[Desk]:
    async with (
        RawServer((cerbo.serve,)) as server,
        desk_with(CerboClient(server.origin(), "pk_desk", "sk_secret"), cerbo, folder) as desk,
    ):
        yield desk


@asynccontextmanager
async def desk_with(client: CerboClient, cerbo: Cerbo, folder: Path) -> AsyncIterator[Desk]:
    """A queue in `folder` that sends by `client`, which is closed at the end, to `cerbo`."""
    failures: list[BaseException] = []
    clock = QuickClock()
    contents = PhotoContentCache(client, scope=TaskScope("test", failures.append))
    outbox = DiskOutbox(folder, AesGcmSealer(KEY), "desk", clock)
    uploading = Uploading(client, ServerLookup(client, contents), outbox, clock, TaskScope("test", failures.append))
    await uploading.open()
    yield Desk(uploading, cerbo)
    await uploading.aclose()
    await contents.aclose()
    await client.aclose()
    assert failures == []


@pytest.fixture(autouse=True)
def short_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_progress, "upload_deadline_s", lambda size_bytes: 3.0)
    monkeypatch.setattr(progress_limit, "QUIET_S", 3.0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_each_fault_ends_in_its_state(case: Case, tmp_path: Path) -> None:
    async with desk_at(Cerbo(case.fault, case.is_stored, first_queue_id=case.queue_id), tmp_path) as desk:
        await desk.send(case.size_bytes)
        await until(lambda: desk.only.state is case.state and (case.state is not S.QUEUED or desk.only.trouble))
        words = card_words(desk.only, datetime.now(UTC))
        assert words.title == case.title
        assert case.text in words.text
        assert desk.cerbo.posts == case.posts
        if desk.only.is_unsent:
            assert [file for file in tmp_path.iterdir() if file.suffix in (".photo", ".doubtful")]


LIST_FAULTS: dict[str, Script] = {
    "500": answers(500),
    "502-html": answers(502, HTML),
    "bad-json": answers(200, "{"),
    "200-html": answers(200, HTML),
    "wrong-type-field": answers(200, {"object": "list", "has_more": False, "data": "none"}),
    "missing-field": answers(200, {"object": "list"}),
    "close-on-accept": _at_once(Peer.close),
    "rst-on-accept": _at_once(Peer.reset),
    "gzip-bomb": answers(200, b"\x1f\x8b" + bytes(1_000), content_encoding="gzip"),
    "has_more-lies": answers(200, {"object": "list", "has_more": True, "data": []}),
}


@pytest.mark.parametrize("name", LIST_FAULTS)
async def test_without_a_true_list_before_it_nothing_is_sent_and_then_once(name: str, tmp_path: Path) -> None:
    cerbo = Cerbo(answers(200, STORED), is_stored=True, list_fault=LIST_FAULTS[name])
    async with desk_at(cerbo, tmp_path) as desk:
        await desk.send(40_000)
        await until(lambda: desk.only.state is S.SENT)
        assert cerbo.list_fault is None
        assert (cerbo.posts, len(cerbo.stored)) == (1, 1)


LASTING_LIST_FAULTS: dict[str, Script] = {
    **{str(status): answers(status) for status in (400, 403, 404, 405, 410, 501)},
    "204": sends(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "other-shape": LIST_FAULTS["missing-field"],
}


@pytest.mark.parametrize("name", LASTING_LIST_FAULTS)
async def test_a_chart_that_is_never_listed_is_no_obstacle_where_the_patient_is_there(
    name: str, tmp_path: Path
) -> None:
    cerbo = Cerbo(answers(200, STORED), is_stored=True, albums_fault=LASTING_LIST_FAULTS[name])
    async with desk_at(cerbo, tmp_path) as desk:
        await desk.send(40_000)
        await until(lambda: desk.only.state is S.SENT)
        assert (cerbo.posts, len(cerbo.stored)) == (1, 1)
        await _a_while_of_the_clock()
        assert desk.only.state is S.SENT
        assert cerbo.posts == 1


async def test_a_list_that_stays_in_trouble_sends_nothing_and_is_named(tmp_path: Path) -> None:
    cerbo = Cerbo(answers(200, STORED), is_stored=True, albums_fault=answers(500))
    async with desk_at(cerbo, tmp_path) as desk:
        await desk.send(40_000)
        await until(lambda: desk.only.retry_at is not None)
        said = "Cerbo’s list of this patient’s photos can’t be read just now. Trying again in"
        assert card_words(desk.only, datetime.now(UTC)).text.startswith(said)
        assert cerbo.posts == 0


QUEUE_FAULTS: dict[str, Script] = {
    **{str(status): answers(status) for status in (400, 401, 403, 404, 405, 500, 501, 503)},
    "204": sends(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "other-shape": answers(200, {"tickets": [{"ticket": 5}], "count": 1}),
    "200-html": answers(200, HTML),
}


@pytest.mark.parametrize("name", QUEUE_FAULTS)
async def test_a_queue_that_cannot_be_read_is_no_obstacle(name: str, tmp_path: Path) -> None:
    cerbo = Cerbo(answers(200, {"result": True}), is_stored=True, queue_fault=QUEUE_FAULTS[name])
    async with desk_at(cerbo, tmp_path) as desk:
        await desk.send(40_000)
        await until(lambda: desk.only.state is S.TAKEN)
        words = card_words(desk.only, datetime.now(UTC))
        assert (words.title, words.text) == ("Cerbo took it", "The app can’t look in Cerbo’s queue.")
        assert (cerbo.posts, len(cerbo.stored)) == (1, 1)
        await _a_while_of_the_clock()
        assert [file for file in tmp_path.iterdir() if file.suffix == ".doubtful"], "the bytes stay"


async def test_a_late_commit_is_asked_about_and_never_sent_again_by_itself(tmp_path: Path) -> None:
    """The server stores it after every look of ours."""
    cerbo = Cerbo(sends(b""), is_stored=False)
    async with desk_at(cerbo, tmp_path) as desk:
        await desk.send(40_000)
        await until(lambda: desk.only.state is S.NEEDS_REVIEW)
        cerbo.stored.append(b"stored now")
        desk.uploading.resume()
        desk.uploading.retry(desk.only.id)
        await _a_while_of_the_clock()
        assert desk.only.state is S.NEEDS_REVIEW
        assert cerbo.posts == 1


async def _a_while_of_the_clock() -> None:
    """A minute and a half of the queue's own clock, which runs a hundred times as fast."""
    await QuickClock().sleep(90)
    for _ in range(20):
        await asyncio.sleep(0)
