"""What opening a large picture brings, step by step, and what paging away stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from cerbo_desktop.domain.errors import CannotShow, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import OnArrival
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.services.contents import Contents
from cerbo_desktop.services.thumbnails import Thumbnails
from cerbo_desktop.services.viewing import Failed, Preview, Progressed, Ready, Viewing, ViewingStep
from tests.fakes import hostile_images as made
from tests.fakes.cerbo_server import ArrivingBytes, FakeCerboServer
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

PATIENT = PatientId("7")
A, B, C, BIG, BROKEN = (PhotoId(name) for name in ("a", "b", "c", "big", "broken"))


@dataclass
class DrippingServer(FakeCerboServer):
    """Tells of a first part at once, and of the rest when `rest` is set; then the usual."""

    rest: asyncio.Event = field(default_factory=asyncio.Event)
    drops: int = 1

    async def content(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Urgency = Urgency.NOW,
        on_arrival: OnArrival | None = None,
    ) -> Content:
        with self._called("content", photo_id, urgency):
            arriving = ArrivingBytes(bytes(1_000), total_bytes=1_000)
            for drop in range(1, self.drops + 1):
                arriving.done_bytes = drop
                if on_arrival is not None:
                    on_arrival(arriving)
                await asyncio.sleep(0.001)
            await self.rest.wait()
            return self.files[patient_id, photo_id]


@dataclass
class Desk:
    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    studio: FakeImageStudio = field(default_factory=FakeImageStudio)
    budget_bytes: int = 10_000_000
    failures: list[BaseException] = field(default_factory=list)
    neighbours: dict[PhotoId, Raster] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (A, B, C, BIG, BROKEN, *map(PhotoId, ("big 1", "big 2", "big 3"))):
            self.server.add_photo(PATIENT, name.encode() + b" photo", photo_id=name)
        self.contents = Contents(self.server, on_failure=self.failures.append)
        self.thumbnails = Thumbnails(self.contents, self.studio, on_failure=self.failures.append)
        self.viewing = Viewing(
            self.contents,
            self.studio,
            self.thumbnails,
            on_failure=self.failures.append,
            budget_bytes=self.budget_bytes,
        )

    async def opened(self, photo_id: PhotoId) -> list[ViewingStep]:
        async with aclosing(self.viewing.open(PATIENT, photo_id)) as steps:
            return [step async for step in steps]

    def prefetch(self, *photo_ids: PhotoId) -> None:
        self.viewing.prefetch(PATIENT, photo_ids, self.neighbours.__setitem__)

    async def close(self) -> None:
        await self.viewing.aclose()
        await self.thumbnails.aclose()
        await self.contents.aclose()
        assert self.failures == []


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    yield desk
    await desk.close()


@pytest.fixture
async def dripping() -> AsyncIterator[Desk]:
    desk = Desk(DrippingServer())
    yield desk
    await desk.close()


def dripping_server(desk: Desk) -> DrippingServer:
    assert isinstance(desk.server, DrippingServer)
    return desk.server


async def test_with_no_thumbnail_the_first_step_says_that_nothing_is_there(desk: Desk) -> None:
    steps = await desk.opened(A)
    assert steps[0] == Progressed(0, None)
    assert isinstance(steps[-1], Ready)


async def test_the_cached_thumbnail_comes_at_once_and_without_waiting(desk: Desk) -> None:
    desk.thumbnails.want(PATIENT, [A])
    await until(lambda: desk.thumbnails.cached(A))
    gate = desk.server.hold("content")
    steps = desk.viewing.open(PATIENT, A)
    first = await anext(steps)
    assert first == Preview(desk.thumbnails.cached(A) or pytest.fail("not cached"))
    gate.set()
    assert isinstance(await anext(steps), Ready)
    await steps.aclose()


async def test_the_second_time_every_pixel_is_there_at_once(desk: Desk) -> None:
    await desk.opened(A)
    (only,) = await desk.opened(A)
    assert isinstance(only, Ready)
    assert desk.server.count("content", A) == 1


async def test_progress_is_told_while_bytes_arrive(dripping: Desk) -> None:
    async with aclosing(dripping.viewing.open(PATIENT, A)) as steps:
        assert await anext(steps) == Progressed(0, None)
        assert await anext(steps) == Progressed(1, 1_000)
        dripping_server(dripping).rest.set()
        assert isinstance(await anext(steps), Ready)


async def test_progress_comes_at_most_ten_times_a_second(dripping: Desk) -> None:
    server, loop = dripping_server(dripping), asyncio.get_running_loop()
    server.drops = 400
    server.rest.set()
    started = loop.time()
    steps = await dripping.opened(A)
    took_s = loop.time() - started
    told = [step for step in steps if isinstance(step, Progressed) and step.done_bytes]
    assert 1 <= len(told) <= took_s * 10 + 1
    assert [step.done_bytes for step in told] == sorted({step.done_bytes for step in told})


async def test_a_server_failure_is_a_step(desk: Desk) -> None:
    desk.server.fail("content", Unreachable())
    last = (await desk.opened(A))[-1]
    assert isinstance(last, Failed)
    assert isinstance(last.error, Unreachable)


async def test_a_file_that_cannot_be_decoded_is_a_step(desk: Desk) -> None:
    last = (await desk.opened(BROKEN))[-1]
    assert isinstance(last, Failed)
    assert isinstance(last.error, CannotShow)


async def test_after_a_failure_the_same_photo_can_be_opened(desk: Desk) -> None:
    desk.server.fail("content", Unreachable(), times=1)
    await desk.opened(A)
    assert isinstance((await desk.opened(A))[-1], Ready)


async def test_leaving_before_the_end_cancels_the_request(desk: Desk) -> None:
    desk.server.hold("content")
    steps = desk.viewing.open(PATIENT, A)
    await anext(steps)
    going = asyncio.ensure_future(anext(steps))
    await until(lambda: desk.server.in_flight == 1)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    await until(lambda: desk.server.in_flight == 0)
    assert desk.server.cancelled["content"] == 1


async def test_neighbours_come_behind_everything_else_and_are_ready_when_opened(desk: Desk) -> None:
    await desk.opened(A)
    desk.prefetch(B, C)
    await until(lambda: set(desk.neighbours) == {B, C})
    assert {call.urgency for call in desk.server.calls if call.subject in (B, C)} == {Urgency.NEAR}
    assert [type(step) for step in await desk.opened(B)] == [Ready]


async def test_a_neighbour_that_is_here_already_is_told_at_once(desk: Desk) -> None:
    await desk.opened(B)
    desk.prefetch(B)
    assert set(desk.neighbours) == {B}
    assert desk.server.count("content", B) == 1


async def test_nobody_hears_of_a_neighbour_that_fails(desk: Desk) -> None:
    desk.server.fail("content", Unreachable(), subject=B)
    desk.prefetch(B, C)
    await until(lambda: C in desk.neighbours)
    assert B not in desk.neighbours


async def test_a_neighbour_still_in_the_queue_is_asked_for_again_with_more_urgency(desk: Desk) -> None:
    gate = desk.server.hold("content", subject=B)
    desk.prefetch(B, C)
    await until(lambda: desk.server.count("content", B) == 1)
    opening = asyncio.ensure_future(desk.opened(B))
    await until(lambda: desk.server.count("content", B) == 2)
    gate.set()
    assert isinstance((await opening)[-1], Ready)
    assert [call.urgency for call in desk.server.calls if call.subject == B] == [Urgency.NEAR, Urgency.NOW]


async def test_a_neighbour_whose_bytes_flow_is_joined_and_the_other_stopped(dripping: Desk) -> None:
    server = dripping_server(dripping)
    dripping.prefetch(B, C)
    await until(lambda: server.in_flight == 2)
    await asyncio.sleep(0)
    opening = asyncio.ensure_future(dripping.opened(B))
    await until(lambda: server.in_flight == 1)
    server.rest.set()
    assert isinstance((await opening)[-1], Ready)
    assert server.count("content", B) == 1
    assert server.cancelled["content"] == 1
    assert set(dripping.neighbours) == {B}


async def test_rasters_stay_within_the_budget() -> None:
    desk = Desk(budget_bytes=9_000_000)
    for name in (BIG, PhotoId("big 1"), PhotoId("big 2")):
        await desk.opened(name)
        assert desk.viewing.used_bytes <= 9_000_000
    assert [type(step) for step in await desk.opened(PhotoId("big 2"))] == [Ready]
    await desk.close()


async def test_very_large_neighbours_do_not_drive_out_the_photo_on_show() -> None:
    desk = Desk(budget_bytes=9_000_000)
    await desk.opened(PhotoId("big 3"))
    await desk.opened(BIG)
    desk.prefetch(PhotoId("big 1"), PhotoId("big 2"))
    await until(lambda: len(desk.neighbours) == 2)
    assert desk.viewing.used_bytes == 8_000_000
    assert [type(step) for step in await desk.opened(BIG)] == [Ready]
    await desk.close()


async def test_closing_drops_every_pixel_and_stops_the_work(desk: Desk) -> None:
    await desk.opened(BIG)
    desk.server.hold("content")
    desk.prefetch(A)
    await until(lambda: desk.server.in_flight == 1)
    desk.viewing.close()
    assert desk.viewing.used_bytes == 0
    await until(lambda: desk.server.in_flight == 0)


async def test_a_real_photo_comes_from_preview_to_every_pixel() -> None:
    server, studio, failures = FakeCerboServer(), WorkerStudio(worker_count=1), list[BaseException]()
    server.add_photo(PATIENT, made.turned(6, 640, 400), photo_id=A)
    contents = Contents(server, on_failure=failures.append)
    thumbnails = Thumbnails(contents, studio, on_failure=failures.append)
    viewing = Viewing(contents, studio, thumbnails, on_failure=failures.append)
    thumbnails.want(PATIENT, [A])
    await until(lambda: thumbnails.cached(A))
    async with aclosing(viewing.open(PATIENT, A)) as steps:
        first, *_, last = [step async for step in steps]
    assert isinstance(first, Preview)
    assert isinstance(last, Ready)
    assert last.raster.is_full_size
    source = first.raster.source_width_px, first.raster.source_height_px
    assert source == (last.raster.width_px, last.raster.height_px)
    await viewing.aclose()
    await thumbnails.aclose()
    await contents.aclose()
    await studio.aclose()
    assert failures == []
