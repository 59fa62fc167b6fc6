"""A photo whose connection breaks: the rest is asked for, and two versions are never put together."""

import asyncio
import re
import ssl
from dataclasses import dataclass, field

import pytest

from cerbo_desktop.domain.errors import BadAnswer, ServerError, Stalled
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.ports import PartialDownload
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime import progress_limit
from tests.fakes.raw_server import Peer, raw_server
from tests.unit.api.contacts import Contacts, Opened, jpeg_like
from tests.waiting import until

SEVEN, FIVE = PatientId("7"), PhotoId("5")
OVERLAP_BYTES = 256
WHOLE = jpeg_like(1_000_000)
OTHER = WHOLE[:10] + bytes(len(WHOLE) - 10)
ETAG = {"etag": '"v1"'}


@dataclass
class Cut:
    """Serves a photo whose connections break after so many bytes each, in turn; the last goes through."""

    after: list[int]
    versions: dict[str, str] = field(default_factory=dict)
    gives_range: bool = True
    lie: dict[str, str] = field(default_factory=dict)
    """Headers of a 206 in place of the true ones."""
    later: bytes = WHOLE
    """What a 206 is cut from."""
    asked: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    async def serve(self, peer: Peer) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-", peer.headers.get("range", ""))
        self.asked.append(peer.headers.get("range", ""))
        self.conditions.append(peer.headers.get("if-range", ""))
        if wanted is None or not self.gives_range:
            await self._send(peer, "200 OK", WHOLE, {**self.versions})
            return
        start, total = int(wanted[1]), len(WHOLE)
        told = {"content-range": f"bytes {start}-{total - 1}/{total}", **self.versions, **self.lie}
        await self._send(peer, "206 Partial", self.later[start:], told)

    async def _send(self, peer: Peer, status: str, body: bytes, headers: dict[str, str]) -> None:
        lines = {"content-length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        most = self.after.pop(0) if self.after else len(body)
        await peer.send(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body[:most])
        if most < len(body):
            peer.close()


async def _got(cut: Cut, opened: Opened) -> bytes:
    async with raw_server(cut.serve) as server, opened(server.origin()) as client:
        return (await client.content(SEVEN, FIVE)).data


@pytest.mark.parametrize(
    ("versions", "condition"),
    [
        (ETAG, '"v1"'),
        ({"last-modified": "Wed, 12 Nov 2025 10:00:00 GMT"}, "Wed, 12 Nov 2025 10:00:00 GMT"),
        ({"etag": 'W/"v1"'}, ""),
        ({}, ""),
    ],
    ids=["etag", "date", "weak", "size alone"],
)
async def test_the_rest_is_asked_for(versions: dict[str, str], condition: str, opened: Opened) -> None:
    cut = Cut([300_000], versions)
    assert await _got(cut, opened) == WHOLE
    assert cut.asked == ["", f"bytes={300_000 - OVERLAP_BYTES}-"]
    assert cut.conditions[1] == condition


async def test_a_photo_goes_on_for_as_long_as_each_connection_brings_more(opened: Opened) -> None:
    cut = Cut([100_000] * 9)
    assert await _got(cut, opened) == WHOLE
    starts = [int(asked[6:-1]) for asked in cut.asked[1:]]
    assert starts == [(place + 1) * (100_000 - OVERLAP_BYTES) for place in range(9)]


@pytest.mark.parametrize("gives_range", [True, False])
async def test_a_photo_that_gets_no_further_has_failed(gives_range: bool, opened: Opened, contacts: Contacts) -> None:
    cut = Cut([200_000] + ([OVERLAP_BYTES] if gives_range else [200_000]) * 20, gives_range=gives_range)
    with pytest.raises(BadAnswer):
        await _got(cut, opened)
    assert len(cut.asked) <= 6
    assert all(isinstance(each, BadAnswer) for each in contacts)


LIES = {
    "another start": {"content-range": "bytes 0-999999/1000000"},
    "another size": {"content-range": "bytes 299744-999998/999999"},
    "no range": {"content-range": ""},
    "nonsense": {"content-range": "bytes 5-2/1"},
    "unknown size": {"content-range": "bytes 299744-999999/*"},
    "another version": {"etag": '"v2"'},
    "another day": {"last-modified": "Thu, 13 Nov 2025 10:00:00 GMT"},
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_rest_of_something_else_is_not_used(lie: str, opened: Opened) -> None:
    versions = {"another version": ETAG, "another day": {"last-modified": "Wed, 12 Nov 2025 10:00:00 GMT"}}
    cut = Cut([300_000], versions.get(lie, {}), lie=LIES[lie])
    assert await _got(cut, opened) == WHOLE
    assert cut.asked == ["", f"bytes={300_000 - OVERLAP_BYTES}-", ""]


async def test_bytes_that_do_not_fit_are_not_used(opened: Opened) -> None:
    cut = Cut([300_000], ETAG, later=OTHER)
    assert await _got(cut, opened) == WHOLE
    assert len(cut.asked) == 3


@pytest.mark.parametrize("brought", [0, OVERLAP_BYTES])
async def test_a_rest_without_a_new_byte_is_not_asked_for_again(brought: int, opened: Opened) -> None:
    """Also where the whole breaks off once more."""
    cut, first_bytes = Cut([300_000, 310_000]), 300_000 - OVERLAP_BYTES

    async def serve(peer: Peer) -> None:
        if "range" not in peer.headers:
            await cut.serve(peer)
            return
        cut.asked.append(peer.headers["range"])
        told = f"bytes {first_bytes}-{len(WHOLE) - 1}/{len(WHOLE)}"
        await peer.answer(206, WHOLE[first_bytes : first_bytes + brought], content_range=told)

    async with raw_server(serve) as server, opened(server.origin()) as client:
        assert (await client.content(SEVEN, FIVE)).data == WHOLE
    assert cut.asked.count(f"bytes={first_bytes}-") == 1


async def test_a_rest_that_always_breaks_off_before_its_first_byte_is_given_up(opened: Opened) -> None:
    cut = Cut([300_000] + [0] * 3)

    async with raw_server(cut.serve) as server, opened(server.origin()) as client:
        assert (await client.content(SEVEN, FIVE)).data == WHOLE
    assert [bool(asked) for asked in cut.asked] == [False, True, True, True, False]


async def test_where_parts_are_not_given_the_photo_comes_whole_once_more(opened: Opened) -> None:
    cut = Cut([300_000], gives_range=False)
    assert await _got(cut, opened) == WHOLE
    assert len(cut.asked) == 2


@pytest.mark.parametrize("status", [400, 416, 501])
async def test_where_asking_for_a_part_is_refused_the_whole_is_asked_for(status: int, opened: Opened) -> None:
    cut = Cut([300_000])

    async def serve(peer: Peer) -> None:
        if "range" in peer.headers:
            await peer.answer(status)
        else:
            await cut.serve(peer)

    async with raw_server(serve) as server, opened(server.origin()) as client:
        assert (await client.content(SEVEN, FIVE)).data == WHOLE


async def test_a_part_that_nobody_asked_for_is_no_photo(opened: Opened) -> None:
    async def serve(peer: Peer) -> None:
        await peer.answer(206, WHOLE[:5_000], content_range="bytes 0-4999/1000000")

    async with raw_server(serve) as server, opened(server.origin()) as client:
        with pytest.raises(BadAnswer):
            await client.content(SEVEN, FIVE)


async def test_one_that_was_left_goes_on_where_it_was(opened: Opened) -> None:
    cut, done = Cut([]), [0]

    async def serve(peer: Peer) -> None:
        if "range" in peer.headers:
            await cut.serve(peer)
        else:
            await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n" + WHOLE[:400_000])
            await peer.hang()

    def hear(arriving: PartialDownload) -> None:
        done[0] = arriving.done_bytes

    async with raw_server(serve) as server, opened(server.origin()) as client:
        left = asyncio.ensure_future(client.content(SEVEN, FIVE, urgency=Urgency.VISIBLE, on_arrival=hear))
        await until(lambda: done[0] == 400_000)
        left.cancel()
        await asyncio.gather(left, return_exceptions=True)
        heard: list[int] = []
        content = await client.content(SEVEN, FIVE, on_arrival=lambda arriving: heard.append(arriving.done_bytes))
    assert content.data == WHOLE
    assert heard[0] > 400_000
    assert cut.asked == [f"bytes={400_000 - OVERLAP_BYTES}-"]


async def test_a_photo_that_stands_still_is_no_lost_line(
    opened: Opened, contacts: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_limit, "QUIET_S", 0.4)

    async def serve(peer: Peer) -> None:
        await peer.hang()

    async with raw_server(serve) as server, opened(server.origin()) as client:
        with pytest.raises(Stalled):
            await client.content(SEVEN, FIVE)
    assert all(isinstance(each, Stalled) for each in contacts)


@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "TLS"])
async def test_while_a_photo_is_awaited_the_others_stand_still_and_then_go_on(
    is_tls: bool, tls: ssl.SSLContext, opened: Opened
) -> None:
    """Counted by what the server could send: with sockets that are read on, a tile would come whole meanwhile."""
    big, sent = jpeg_like(20_000_000), {"tile": 0}
    opened_may_end = asyncio.Event()

    async def serve(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 20000000\r\n\r\n")
        if "/5/" in peer.path:
            await peer.send(big[:100_000])
            await opened_may_end.wait()
            await peer.send(big[100_000:])
            return
        for at in range(0, len(big), 50_000):
            await peer.send(big[at : at + 50_000])
            sent["tile"] = at + 50_000
            if at == 500_000:
                await second_asked.wait()

    second_asked = asyncio.Event()
    heard: list[int] = []
    async with (
        raw_server(serve, tls=tls if is_tls else None) as server,
        opened(server.origin("localhost")) as client,
        asyncio.TaskGroup() as group,
    ):
        tile = group.create_task(client.content(SEVEN, PhotoId("1"), urgency=Urgency.VISIBLE))
        await until(lambda: sent["tile"] >= 500_000)
        now = group.create_task(client.content(SEVEN, FIVE, on_arrival=lambda a: heard.append(a.done_bytes)))
        await until(lambda: heard)
        second_asked.set()
        stood_at = await _stands_still(sent)
        opened_may_end.set()
        assert (await now).data == big
        assert (await tile).data == big
    assert stood_at < 15_000_000


@pytest.mark.parametrize("other", [PatientId("8"), SEVEN])
async def test_small_photos_say_nothing_of_another_patients_nor_of_a_large_one(
    other: PatientId, opened: Opened
) -> None:
    big, asked, may_end = jpeg_like(900_000), list[str](), asyncio.Event()

    async def serve(peer: Peer) -> None:
        asked.append(peer.path.split("/")[-2])
        if asked[-1] == "small":
            await peer.answer(200, jpeg_like(1000))
            return
        size_bytes = 900_000 if other == SEVEN else 1000
        await peer.send(f"HTTP/1.1 200 OK\r\nContent-Length: {size_bytes}\r\n\r\n".encode() + jpeg_like(1000)[:500])
        await may_end.wait()
        await peer.send((big if other == SEVEN else jpeg_like(1000))[500:])

    heard: list[int] = []
    async with raw_server(serve) as server, opened(server.origin()) as client, asyncio.TaskGroup() as group:
        await client.content(SEVEN, PhotoId("small"), urgency=Urgency.VISIBLE)
        first = client.content(
            other, PhotoId("1"), urgency=Urgency.VISIBLE, on_arrival=lambda a: heard.append(a.done_bytes)
        )
        group.create_task(first)
        await until(lambda: heard)
        group.create_task(client.content(other, PhotoId("2"), urgency=Urgency.VISIBLE))
        for _ in range(20):
            await asyncio.sleep(0.005)
        assert asked == ["small", "1"]
        may_end.set()
    assert asked == ["small", "1", "2"]


async def _stands_still(sent: dict[str, int]) -> int:
    """What the server has sent once it can send no more: the same over many turns of the loop that it shares."""
    last, turns = -1, 0
    while turns < 100:
        await asyncio.sleep(0.005)
        turns = turns + 1 if sent["tile"] == last else 0
        last = sent["tile"]
    return last


async def test_what_came_is_forgotten_with_the_patient(opened: Opened) -> None:
    """Also what is only being ended when the patient is left."""
    cut = Cut([])
    arrived = asyncio.Event()

    async def serve(peer: Peer) -> None:
        if cut.asked:
            await cut.serve(peer)
            return
        cut.asked.append("first")
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n" + WHOLE[:400_000])
        await peer.hang()

    async with raw_server(serve) as server, opened(server.origin()) as client:
        left = asyncio.ensure_future(client.content(SEVEN, FIVE, on_arrival=lambda _: arrived.set()))
        await arrived.wait()
        left.cancel()
        client.forget_parts(SEVEN)
        await asyncio.gather(left, return_exceptions=True)
        assert (await client.content(SEVEN, FIVE)).data == WHOLE
    assert cut.asked == ["first", ""]


async def test_nothing_is_kept_once_the_practice_is_left(opened: Opened) -> None:
    cut = Cut([300_000])

    async def serve(peer: Peer) -> None:
        if "range" in peer.headers:
            cut.asked.append("the rest")
            await peer.hang()
        else:
            await cut.serve(peer)

    async with raw_server(serve) as server, opened(server.origin()) as client:
        asking = asyncio.ensure_future(client.content(SEVEN, FIVE))
        await until(lambda: "the rest" in cut.asked)
        await client.aclose()
        with pytest.raises(ServerError):
            await asking
        assert not client._downloads._partial_bodies.size_bytes("/api/v1/patients/7/images/5/content")
