"""Answers with far too much in them, at the real window: cut or refused, told, and the window goes on answering.

The GUI thread's own work is counted in processor time, so that a busy machine is no failure.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cerbo_desktop.runtime.paths import resources_dir
from cerbo_desktop.services import today
from cerbo_desktop.services.photos.thumbnail_states import Failed
from tests.bench.gaps import listening
from tests.bench.memory import own_peak_bytes, reset_peak, settled_own_bytes
from tests.fakes.flood_server import FloodServer, endless, in_chunks_of_one_byte, never_final, now, rows, whole
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.waiting import until
from tests.yardstick import bound_ms

pytestmark = pytest.mark.counts_memory
_MOST_WORK_MS = 100
_MOST_MEMORY_MB = 50


@pytest.fixture
def flood() -> Iterator[FloodServer]:
    with FloodServer().running() as server:
        yield server


@pytest.fixture
def closed_desk(closed_desk: Desk, flood: FloodServer) -> Desk:
    closed_desk.clinic = flood  # type: ignore[assignment]  # all that a desk needs of a clinic to connect
    return closed_desk


@contextmanager
def _watched(name: str) -> Iterator[None]:
    """Fails where the window's thread worked for too long at a stretch, or memory grew by too much."""
    before_bytes = settled_own_bytes()
    reset_peak()
    with listening() as gaps:
        yield
    grown_mb = (own_peak_bytes() - before_bytes) / 1e6
    print(f"{name}: own work {gaps.longest_work_ms:.0f} ms a turn, {grown_mb:.0f} MB more at most")
    assert gaps.longest_work_ms <= bound_ms(_MOST_WORK_MS)
    assert grown_mb <= _MOST_MEMORY_MB


async def test_100000_search_rows(closed_desk: Desk, flood: FloodServer) -> None:
    desk = closed_desk
    flood.answers["/search"] = whole(rows(200, last_name="Lopez"))
    await desk.start()
    await desk.search("lope")  # what any page of results needs is there
    flood.answers["/search"] = whole(rows(100_000, last_name="Lopez"))
    with _watched("100,000 search rows"):
        await desk.search("lopez")
    assert "Showing the first 50" in desk.search_words
    assert "Type more to narrow it down." in desk.search_words
    assert len(desk.found) == 50


async def test_45000_appointments(closed_desk: Desk, flood: FloodServer) -> None:
    """As many as fit into an answer."""
    desk = closed_desk
    await desk.start()
    flood.answers["/appointments"] = whole(rows(45_000, patient_details={"id": 7}, start_date_time=now()))
    with _watched("45,000 appointments"):
        desk.services.today.refresh()
        await desk.board_is_there()
    assert "Not all visits shown" in desk.board_words
    assert len(desk.board) == 1 + today.MAX_VISITS


async def test_appointments_with_long_names_in_any_letters(closed_desk: Desk, flood: FloodServer) -> None:
    desk = closed_desk
    await desk.start()
    person = {"id": 7, "first_name": "王\u0301" * 50, "last_name": "Núñez " * 9}
    providers = [{"id": 61, "last_name": "Ñ" * 60, "prefix": "Dr."}]
    flood.answers["/appointments"] = whole(
        rows(2500, patient_details=person, start_date_time=now(), associated_providers=providers)
    )
    with _watched("long names"):
        desk.services.today.refresh()
        await desk.board_is_there()


async def test_photos_that_come_by_the_byte(closed_desk: Desk, flood: FloodServer) -> None:
    desk = closed_desk
    photo = (resources_dir() / "practice" / "plaque-2025-11-05.jpg").read_bytes()
    flood.answers["/patients/7/images"] = whole(rows(4, created=now()))
    for route in ("/content", "/stream"):
        flood.answers[route] = in_chunks_of_one_byte(photo)
    await desk.start()
    with _watched("photos by the byte"):
        await desk.open(7)
        await until(lambda: desk.states and all(isinstance(state, Failed) for state in desk.states))


async def test_half_a_character_in_one_name_spoils_no_answer(closed_desk: Desk, flood: FloodServer) -> None:
    desk = closed_desk
    body = rb'{"data":[{"id":1,"last_name":"Lopez","first_name":"Mar\ud83da"},{"id":2,"last_name":"Lopez"}]}'
    flood.answers["/search"] = whole(body)
    await desk.start()
    await desk.search("lopez")
    assert len(desk.found) == 2
    assert any("Mar�a Lopez" in row for row in desk.found)


async def test_60000_photos_in_one_answer(closed_desk: Desk, flood: FloodServer) -> None:
    """As many with a date as fit into an answer."""
    desk = closed_desk
    await desk.start()
    await desk.open(8)
    flood.answers["/patients/7/images"] = whole(rows(60_000, created=now()))
    with _watched("60,000 photos"):
        await desk.open(7)
    assert desk.filter_words[0] == "All, 20000"
    assert "Only the first 20,000 photos are shown" in " ".join(desk.pages.patient.list_notes.texts)
    assert_plain(" ".join(desk.pages.patient.list_notes.texts))


async def test_an_album_without_end(closed_desk: Desk, flood: FloodServer) -> None:
    desk = closed_desk
    await desk.start()
    await desk.open(8)
    flood.answers["/patients/7/images"] = endless(1000)
    with _watched("an album without end"):
        await desk.open(7)
    assert desk.filter_words[0] == "All, 20000"


@pytest.mark.parametrize("name", ["fields", "chunks", "1xx"])
async def test_a_search_answered_with_nonsense(closed_desk: Desk, flood: FloodServer, name: str) -> None:
    desk = closed_desk
    flood.answers["/search"] = {
        "fields": whole(b'{"data":[{"id":1,"last_name":"Lopez"' + b',"more":1' * 300_000 + b'}],"has_more":false}'),
        "chunks": in_chunks_of_one_byte(rows(4000, last_name="Lopez")),
        "1xx": never_final,
    }[name]
    await desk.start()
    with _watched(name):
        await desk.search("lopez")
    if name == "fields":
        assert len(desk.found) == 1
    else:
        assert "Cerbo sent an unreadable answer" in desk.search_words
