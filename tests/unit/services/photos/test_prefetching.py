"""Photos that can be opened next have their bytes here, the nearest to the selection first."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.prefetching import Prefetching
from tests.fakes.cerbo_server import FakeCerboServer
from tests.waiting import until

PATIENT, OTHER = PatientId("7"), PatientId("8")


def ids(numbers: str) -> list[PhotoId]:
    return [PhotoId(number) for number in numbers]


@dataclass
class Hand:
    """Room for three photos, of ten."""

    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    failures: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number in range(10):
            self.server.add_photo(PATIENT, b"photo %d" % number, photo_id=str(number))
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append), budget_bytes=21)
        self.prefetching = Prefetching(self.contents, TaskScope("test", self.failures.append), settled_s=0.0)

    async def fetch(self, numbers: str) -> None:
        for photo_id in ids(numbers):
            await self.contents.get(PATIENT, photo_id)

    @property
    def here(self) -> str:
        return "".join(number for number in "0123456789" if self.contents.has(PATIENT, PhotoId(number)))


@pytest.fixture
async def hand() -> AsyncIterator[Hand]:
    hand = Hand()
    yield hand
    await hand.prefetching.aclose()
    await hand.contents.aclose()
    assert hand.failures == []


async def test_top_down_where_nothing_is_selected(hand: Hand) -> None:
    hand.prefetching.show(PATIENT, ids("01234"), ids("567"))
    await hand.fetch("76543210")
    assert hand.here == "012"


async def test_nearest_to_the_selection_first(hand: Hand) -> None:
    hand.prefetching.show(PATIENT, ids("01234"), ids("567"))
    hand.prefetching.centre_on(PhotoId("3"))
    await hand.fetch("01234567")
    assert hand.here == "234"


async def test_a_selection_out_of_view_counts_for_nothing(hand: Hand) -> None:
    hand.prefetching.show(PATIENT, ids("456"), ids("789"))
    hand.prefetching.centre_on(PhotoId("0"))
    await hand.fetch("0456789")
    assert hand.here == "456"


async def test_the_selected_one_is_fetched_once_and_one_that_is_here_not_at_all(hand: Hand) -> None:
    hand.prefetching.show(PATIENT, ids("012"), ())
    await hand.fetch("1")
    hand.prefetching.fetch_selected(PhotoId("1"))
    hand.prefetching.fetch_selected(PhotoId("2"))
    await until(lambda: hand.here == "12")
    opened = await hand.contents.get(PATIENT, PhotoId("2"))
    assert opened.data == b"photo 2"
    assert [call.subject for call in hand.server.calls] == ["1", "2"]
    assert hand.server.calls[-1].urgency is Urgency.VISIBLE


async def test_a_selection_that_moves_on_fetches_the_last_one_alone(hand: Hand) -> None:
    hand.prefetching.show(PATIENT, ids("0123"), ())
    for photo_id in ids("0123"):
        hand.prefetching.fetch_selected(photo_id)
    await until(lambda: hand.here)
    assert hand.server.subjects("content") == ["3"]


async def test_leaving_ends_the_fetch(hand: Hand) -> None:
    hand.server.hold("content")
    hand.prefetching.show(PATIENT, ids("01"), ())
    hand.prefetching.fetch_selected(PhotoId("0"))
    await until(lambda: hand.server.in_flight == 1)
    hand.prefetching.show(OTHER, ids("0"), ())
    await until(lambda: hand.server.in_flight == 0)
    hand.prefetching.leave()
    hand.prefetching.fetch_selected(PhotoId("0"))
    await asyncio.sleep(0)
    assert hand.server.count("content") == 1


async def test_a_failure_is_left_to_whoever_opens_it(hand: Hand) -> None:
    hand.server.fail("content", Unreachable())
    hand.prefetching.show(PATIENT, ids("01"), ())
    hand.prefetching.fetch_selected(PhotoId("0"))
    await until(lambda: hand.server.count("content") == 1 and hand.server.in_flight == 0)
    await asyncio.sleep(0)
    assert hand.failures == []
