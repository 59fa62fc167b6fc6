"""Photos of the chart that a waiting file may be are brought one at a time, within bounds; the rest is counted."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Unreachable
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import Accepted, Preparation
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services import comparing_files
from cerbo_desktop.services.comparing_files import ComparingFiles
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.same_in_chart import SameInChart
from cerbo_desktop.services.shots import Shot, ShotId, ShotName, ShotSource
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.unit.services.uploads.desk import MARIA, photo
from tests.waiting import until


def from_file(data: bytes) -> Accepted:
    digest = hashlib.sha256(data).hexdigest()
    return replace(photo(b"made of " + data), source_sha256=digest, preparation=Preparation(source_bytes=len(data)))


class Chart:
    """Maria's chart is open, and a sheet for her."""

    def __init__(self) -> None:
        self.failures = list[BaseException]()
        self.scope = TaskScope("test", self.failures.append)
        self.server = FakeCerboServer()
        self.server.add_patient(MARIA)
        self.contents = PhotoContentCache(self.server, scope=self.scope)
        self.album, self.shots, self.found_count = Feed(Album(MARIA.id)), Feed[tuple[Shot, ...]](()), 0
        self.same = SameInChart(self.contents, self.album)
        self.comparing = ComparingFiles(MARIA.id, self.shots, self.same, self.scope, self._found, settled_s=0.0)

    def _found(self) -> None:
        self.found_count += 1

    def lists(self, *photos: bytes, tells_sizes: bool = False) -> list[Photo]:
        listed = [self.server.add_photo(MARIA.id, data) for data in photos]
        told = [each if tells_sizes else replace(each, size_bytes=None) for each in listed]
        self.album.publish(Album(MARIA.id, tuple(told)))
        return told

    async def adds(self, data: bytes) -> Photo | None:
        """What is found of the file at once."""
        accepted = from_file(data)
        found = await self.same.find(MARIA.id, accepted)
        name = ShotName(ShotSource.FILE, file_name="a.jpg")
        self.shots.publish((Shot(ShotId(1), name, HandClock().now(), accepted),))
        return found

    @property
    def brought(self) -> list[str]:
        return [call.subject for call in self.server.calls if call.operation in ("content", "stream")]


@pytest.fixture
async def chart() -> AsyncIterator[Chart]:
    made = Chart()
    yield made
    made.comparing.close()
    await made.scope.aclose()
    assert not made.failures


async def test_a_photo_that_was_never_downloaded_is_brought_after_all_others_and_found(chart: Chart) -> None:
    chart.lists(b"one", b"two", b"three")
    assert await chart.adds(b"three") is None
    await until(lambda: chart.found_count == 1)
    assert (await chart.same.find(MARIA.id, from_file(b"three"))) is not None
    assert chart.server.most_in_flight == 1
    assert {call.urgency for call in chart.server.calls} == {Urgency.BACKGROUND}


async def test_where_cerbo_tells_sizes_only_a_photo_of_the_same_size_is_brought(chart: Chart) -> None:
    listed = chart.lists(b"one", b"four", b"three", b"eight", tells_sizes=True)
    await chart.contents.get(MARIA.id, listed[0].id)
    assert await chart.adds(b"seven") is None
    assert await chart.adds(b"eight") is not None
    await until(lambda: not chart.scope.is_running(chart.comparing))
    assert chart.brought == [listed[0].id, listed[2].id, listed[3].id]
    assert chart.comparing.feed.latest == 0


async def test_sizes_that_are_told_wrong_rule_nothing_out(chart: Chart) -> None:
    listed = chart.lists(b"one", b"two", tells_sizes=True)
    chart.album.publish(Album(MARIA.id, tuple(replace(each, size_bytes=99) for each in listed)))
    await chart.adds(b"two")
    await until(lambda: chart.found_count == 1)


async def test_beyond_the_bound_photos_are_counted_and_not_brought(
    chart: Chart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing_files, "_MOST_PHOTOS", 2)
    chart.lists(b"one", b"two", b"three", b"four", b"five")
    await chart.adds(b"another")
    await until(lambda: chart.comparing.feed.latest == 3)
    assert len(chart.brought) == 2
    chart.shots.publish(())
    await until(lambda: chart.comparing.feed.latest == 0)


async def test_one_that_cannot_be_had_is_passed_over_and_counted(chart: Chart) -> None:
    first, _ = chart.lists(b"one", b"two")
    for route in ("content", "stream"):
        chart.server.fail(route, BadAnswer(BadAnswerKind.NOT_A_PHOTO), subject=first.id)
    await chart.adds(b"two")
    await until(lambda: chart.found_count == 1)
    await until(lambda: chart.comparing.feed.latest == 1)


async def test_where_cerbo_is_out_of_reach_nothing_more_is_asked_for_the_sheet(chart: Chart) -> None:
    chart.lists(b"one", b"two", b"three")
    for route in ("content", "stream"):
        chart.server.fail(route, Unreachable())
    await chart.adds(b"two")
    await until(lambda: chart.comparing.feed.latest == 3)
    assert len(set(chart.brought)) == 1


async def test_a_chart_that_cannot_be_listed_is_told_apart_from_one_that_is_known(chart: Chart) -> None:
    await chart.adds(b"one")
    chart.album.publish(Album(MARIA.id, error=Unreachable()))
    await until(lambda: chart.comparing.feed.latest is None)
    chart.lists(b"two")
    await until(lambda: chart.comparing.feed.latest == 0)


async def test_without_files_and_after_the_sheet_nothing_is_brought(chart: Chart) -> None:
    chart.lists(b"one", b"two")
    await until(lambda: not chart.scope.is_running(chart.comparing))
    chart.comparing.close()
    await chart.adds(b"another")
    assert chart.brought == []
