"""What the app concludes from a failed upload stays true with the relay in between: nothing lost, nothing doubled."""

import asyncio
import base64
import json
import os
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cerbo_desktop.api import body_progress
from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.runtime import progress_limit
from cerbo_desktop.ui.uploads.card_words import card_words
from tests.durability.test_server_faults import CASES, LARGE_BYTES, STORED, Case, Cerbo, Desk, desk_with
from tests.fakes.raw_server import Body, Peer, RawServer, Script
from tests.relay.conftest import RelayTo
from tests.relay.running import RunningRelay
from tests.unit.api.contacts import outgoing
from tests.waiting import until

S = UploadState
_SHORT_DEADLINE_S, _LONG_DEADLINE_S = 3.0, 60.0


@asynccontextmanager
async def desk_behind_relay(
    cerbo: Cerbo, relay_to: RelayTo, tls: ssl.SSLContext, folder: Path
) -> AsyncIterator[tuple[Desk, RunningRelay]]:
    async with RawServer((cerbo.serve,), tls) as server:
        relay = relay_to(server.port)
        key = relay.add("desk")
        client = CerboClient(relay.origin, key.username, key.secret)
        async with desk_with(client, cerbo, folder) as desk:
            yield desk, relay


def _early(status: int, body: Body) -> Script:
    """An answer to the first bytes; the rest is then read and thrown away, so that the answer is not lost."""

    async def script(peer: Peer) -> None:
        await peer.reader.readexactly(1_000)
        await peer.answer(status, body)
        while await peer.reader.read(65_536):
            pass

    return script


EARLY_CASES = [
    Case("413-early", _early(413, "<html></html>"), S.REFUSED, "Not sent", "too big", size_bytes=LARGE_BYTES),
    Case("200-early", _early(200, STORED), S.SENT, "Waiting in Cerbo’s queue", posts=2, size_bytes=LARGE_BYTES),
]
"""A success that is told before the photo was whole is none: it is sent again."""

ALWAYS = {
    *("401", "413", "429-seconds", "500", "502-html", "close-mid-upload", "rst-mid-upload", "stop-reading"),
    *("close-after", "close-after, stored", "rst-after, stored", "rst-mid-body", "truncated-length", "200-html"),
    *("no-length", "commit-then-error", "200-result-false"),
}
TABLE = [
    pytest.param(case, id=case.name, marks=[] if case.name in ALWAYS else pytest.mark.release)
    for case in CASES
    if case.name != "413-early"  # see `test_an_early_refusal_that_is_lost_is_no_doubt`
]


@pytest.mark.parametrize("case", [*TABLE, *(pytest.param(case, id=case.name) for case in EARLY_CASES)])
async def test_each_fault_ends_as_without_a_relay(
    case: Case, relay_to: RelayTo, cerbo_tls: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline_s = _LONG_DEADLINE_S if case in EARLY_CASES else _SHORT_DEADLINE_S
    monkeypatch.setattr(body_progress, "upload_deadline_s", lambda size_bytes: deadline_s)
    monkeypatch.setattr(progress_limit, "QUIET_S", deadline_s)
    async with desk_behind_relay(Cerbo(case.fault, case.is_stored), relay_to, cerbo_tls, tmp_path) as (desk, _):
        await desk.send(case.size_bytes)
        await until(lambda: desk.only.state is case.state and (case.state is not S.QUEUED or desk.only.trouble))
        words = card_words(desk.only, datetime.now(UTC))
        assert words.title == case.title
        assert case.text in words.text
        assert desk.cerbo.posts == case.posts
        assert len(desk.cerbo.stored) == 1 or case.state is not S.SENT


async def test_an_early_refusal_that_is_lost_is_no_doubt(
    relay_to: RelayTo, cerbo_tls: ssl.SSLContext, tmp_path: Path
) -> None:
    """Cerbo refuses after the first bytes and breaks the connection: which of both nginx sees first is chance.

    Either it is refused, or it is sent again; it was not whole, so nobody is asked.
    """

    async def refuse_and_break(peer: Peer) -> None:
        await peer.reader.readexactly(1_000)
        await peer.answer(413, "<html></html>", connection="close")
        peer.close()

    async with desk_behind_relay(Cerbo(refuse_and_break, False), relay_to, cerbo_tls, tmp_path) as (desk, _):
        await desk.send(LARGE_BYTES)
        await until(lambda: desk.only.state in (S.REFUSED, S.SENT, S.NEEDS_REVIEW))
        settled = (desk.only.state, desk.cerbo.posts, len(desk.cerbo.stored))
        assert settled in [(S.REFUSED, 1, 0), (S.SENT, 2, 1)]


async def test_a_relay_that_dies_after_the_last_byte_leaves_a_doubt_and_no_double(
    relay_to: RelayTo, cerbo_tls: ssl.SSLContext, tmp_path: Path
) -> None:
    has_all = asyncio.Event()

    async def never_answered(peer: Peer) -> None:
        await peer.read_body()
        has_all.set()
        await peer.hang()

    async with desk_behind_relay(Cerbo(never_answered, False), relay_to, cerbo_tls, tmp_path) as (desk, relay):
        await desk.send(40_000)
        await has_all.wait()
        relay.stop()
        await until(lambda: desk.only.state in (S.UNSURE, S.CHECKING))
        relay.start()
        desk.uploading.resume()
        await until(lambda: desk.only.state is S.NEEDS_REVIEW)
        assert desk.cerbo.posts == 1


async def test_a_relay_that_dies_on_the_way_leaves_nothing_and_no_doubt(
    relay_to: RelayTo, cerbo_tls: ssl.SSLContext, tmp_path: Path
) -> None:
    has_begun = asyncio.Event()

    async def stops_reading(peer: Peer) -> None:
        await peer.reader.readexactly(1_000)
        has_begun.set()
        await peer.hang()

    async with desk_behind_relay(Cerbo(stops_reading, False), relay_to, cerbo_tls, tmp_path) as (desk, relay):
        await desk.send(LARGE_BYTES)
        await has_begun.wait()
        relay.stop()
        await until(lambda: desk.only.state is S.QUEUED)
        relay.start()
        desk.uploading.resume()
        await until(lambda: desk.only.state is S.SENT)
        assert (desk.cerbo.posts, len(desk.cerbo.stored)) == (2, 1)


async def test_a_large_photo_passes_through_memory_alone_at_the_pace_of_cerbo(
    relay_to: RelayTo, cerbo_tls: ssl.SSLContext
) -> None:
    """11 MB against a Cerbo that pauses near the beginning: progress waits with it, and no file is written."""
    photo, goes_on, progress = outgoing(LARGE_BYTES), asyncio.Event(), list[int]()

    async def pausing(peer: Peer) -> None:
        peer.body = await peer.reader.readexactly(300_000)
        await goes_on.wait()
        peer.body += await peer.reader.readexactly(peer.length_bytes - len(peer.body))
        await peer.answer(200, STORED)

    async with RawServer((pausing,), cerbo_tls) as server:
        _shrink_window(server)
        relay = relay_to(server.port)
        key = relay.add("desk")
        client = CerboClient(relay.origin, key.username, key.secret)
        sending = asyncio.ensure_future(
            client.create_photo(PatientId("7"), photo, on_progress=lambda done, _: progress.append(done))
        )
        await until(lambda: server.requests and server.requests[0].body)
        await _stands_still(progress)
        held_at, open_files = progress[-1], _open_files(relay)
        goes_on.set()
        receipt = await sending
        await client.aclose()
    assert held_at < LARGE_BYTES
    assert open_files == {relay.logs / "access.log", relay.logs / "error.log"}
    assert receipt.named_id == "41"
    assert progress == sorted(progress)
    assert progress[-1] == LARGE_BYTES
    assert json.loads(server.requests[0].body)["base64_content"] == base64.b64encode(photo.data).decode()
    assert not [file for file in relay.run.rglob("*") if file.is_file() and file.name != "nginx.pid"]


def _shrink_window(server: RawServer) -> None:
    """This machine's own buffers between nginx and Cerbo would hold the whole photo; a line in between would not."""
    listening = socket.socket(fileno=os.dup(server.fileno))
    with listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)


async def _stands_still(progress: list[int]) -> None:
    """Until the line is full: nothing was added for many turns of the loop."""
    before = -1
    while before != len(progress):
        before = len(progress)
        for _ in range(50):
            await asyncio.sleep(0.01)


def _open_files(relay: RunningRelay) -> set[Path]:
    """Regular files that nginx has open."""
    links = (link for pid in relay.processes for link in Path(f"/proc/{pid}/fd").iterdir())
    found = {Path(os.readlink(link)) for link in links}
    return {file for file in found if file.is_absolute() and not file.is_char_device()}
