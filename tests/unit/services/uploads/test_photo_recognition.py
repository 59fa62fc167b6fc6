"""Photos of a chart are known again by their marks alone, whose memory is small, and which go with the practice."""

import hashlib
import random
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from cerbo_desktop.domain.evidence import Answer, Evidence
from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.uploads.photo_recognition import PhotoRecognition
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.outbox import MemoryOutbox
from tests.unit.outbox.stock import upload
from tests.unit.services.uploads.desk import ID, MARIA, MARKED

NOTHING_BEFORE = Evidence(ServerSnapshot(), Answer.EMPTY)
SEVERAL_MB = 6_000_000
COUNT = 40


class Chart:
    def __init__(self) -> None:
        self.server, self.failures = FakeCerboServer(), list[BaseException]()
        self.server.add_patient(MARIA)
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        self.recognition = PhotoRecognition(self.contents)

    def add(self, data: bytes, photo_id: str) -> PhotoId:
        self.server.add_photo(MARIA.id, data, photo_id=photo_id)
        return PhotoId(photo_id)

    @property
    def loads(self) -> int:
        return self.server.count("content")


def sent(unique_id: str, data: bytes = b"sent") -> Upload:
    taken = upload()
    facts = replace(taken.photo, sha256=hashlib.sha256(data).hexdigest(), unique_id=unique_id)
    return replace(taken, recipient=replace(taken.recipient, id=MARIA.id), photo=facts)


@pytest.fixture
async def chart() -> AsyncIterator[Chart]:
    chart = Chart()
    yield chart
    await chart.contents.aclose()
    assert chart.failures == []


@pytest.mark.parametrize("beside", [b"", b"0123456789abcdef" * 5, b"\0\xff", b"ID", b"f"])
async def test_an_id_is_found_whatever_stands_beside_it(chart: Chart, beside: bytes) -> None:
    ours = chart.add(b"\xff\xd8" + beside + ID.encode() + beside + b"pixels", "5")
    result = await chart.recognition.recognise(sent(ID), NOTHING_BEFORE, [ours])
    assert result.ours == (ours,)
    stranger = await chart.recognition.recognise(sent("9e" * 16), NOTHING_BEFORE, [ours])
    assert (list(stranger.ours), set(stranger.loaded)) == ([], {ours})


async def test_a_photo_is_known_by_its_bytes_and_an_id_deep_in_the_pixels_is_none(chart: Chart) -> None:
    by_bytes, deep = chart.add(b"sent", "5"), chart.add(b"\0" * 300_000 + ID.encode(), "6")
    result = await chart.recognition.recognise(sent(ID), NOTHING_BEFORE, [by_bytes, deep])
    assert result.ours == (by_bytes,)
    result = await chart.recognition.recognise(sent(ID), NOTHING_BEFORE, [deep])
    assert (list(result.ours), set(result.loaded)) == ([], {deep})


@pytest.mark.parametrize("is_hex", [False, True], ids=["any bytes", "any place may hold an id"])
async def test_long_heads_take_little_memory_and_every_photo_is_still_told_apart(chart: Chart, is_hex: bool) -> None:
    dice = random.Random(7)
    heads = (dice.randbytes(150_000).hex().encode() if is_hex else dice.randbytes(300_000) for _ in range(COUNT))
    ids = [chart.add(head, f"{number:03}") for number, head in enumerate(heads)]
    tracemalloc.start()
    try:
        result = await chart.recognition.recognise(sent(ID), NOTHING_BEFORE, ids)
        chart.contents.clear()
        assert tracemalloc.get_traced_memory()[0] < SEVERAL_MB
    finally:
        tracemalloc.stop()
    assert (list(result.ours), set(result.loaded)) == ([], set(ids))
    ours = chart.add(MARKED, "999")
    assert (await chart.recognition.recognise(sent(ID), NOTHING_BEFORE, [*ids, ours])).ours == (ours,)


async def test_a_photo_is_loaded_once_until_everything_is_forgotten(chart: Chart) -> None:
    ours = chart.add(MARKED, "5")
    for _ in range(2):
        await chart.recognition.recognise(sent(ID), NOTHING_BEFORE, [ours])
        chart.contents.clear()
    assert chart.loads == 1
    chart.recognition.clear()
    assert (await chart.recognition.recognise(sent(ID), NOTHING_BEFORE, [ours])).ours == (ours,)
    assert chart.loads == 2


async def test_what_was_seen_of_charts_goes_with_the_practice(chart: Chart) -> None:
    chart.add(MARKED, "5")
    lookup = ServerLookup(chart.server, chart.contents)
    scope = TaskScope("test", chart.failures.append)
    uploading = Uploading(chart.server, lookup, MemoryOutbox(), HandClock(), scope)
    now = await lookup.look(MARIA.id)
    for _ in range(2):
        await lookup.chart_news(sent(ID), NOTHING_BEFORE, now, ())
        chart.contents.clear()
    assert chart.loads == 1
    await uploading.aclose()
    await lookup.chart_news(sent(ID), NOTHING_BEFORE, now, ())
    assert chart.loads == 2
