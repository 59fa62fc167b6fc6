"""What opening a large picture brings, step by step, and what paging away stops."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from cerbo_desktop.domain.errors import CannotShow, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.ports import OnArrival, PartialDownload
from cerbo_desktop.domain.raster import PartialImage, Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.services.photos.viewing_steps import (
    Complete,
    Growing,
    NotOpened,
    Preview,
    Progressed,
    ViewingStep,
)
from tests.fakes import hostile_images as made
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

PATIENT = PatientId("7")
A, B, C, BIG, BROKEN = (PhotoId(name) for name in ("a", "b", "c", "big", "broken"))


@dataclass
class ArrivingBytes:
    """`domain.ports.Arriving` of which the first `done_bytes` are here."""

    data: bytes
    done_bytes: int = 0
    total_bytes: int | None = None

    def head(self, limit_bytes: int | None = None) -> bytes:
        return self.data[: self.done_bytes][:limit_bytes]


@dataclass
class LookingStudio(FakeImageStudio):
    """A head of two hundred bytes shows two rows, of one hundred one, of less nothing. b"no growth..." never grows."""

    partials: list[bytes] = field(default_factory=list)
    full_urgencies: list[Urgency] = field(default_factory=list)

    async def full(self, data: bytes, *, urgency: Urgency = Urgency.NOW) -> Raster:
        self.full_urgencies.append(urgency)
        return await super().full(data, urgency=urgency)

    async def partial(self, head: bytes, edge_px: int, *, urgency: Urgency = Urgency.NOW) -> PartialImage:
        self.partials.append(head)
        await self.gate.wait()
        if head.startswith(b"no growth"):
            raise CannotShow(RefusalReason.UNSUPPORTED_TYPE)
        if len(head) < 100:
            raise CannotShow(RefusalReason.DAMAGED)
        return PartialImage(Raster(1, 2, b"\x80\x80\x80\xff" * 2, 4000, 3000), min(2, len(head) // 100))


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
        urgency: Any = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        with self._called("content", photo_id):
            arriving = ArrivingBytes(bytes(1_000), total_bytes=1_000)
            for drop in range(1, self.drops + 1):
                arriving.done_bytes = drop
                if on_arrival is not None:
                    on_arrival(arriving)
                await asyncio.sleep(0.001)
            await self.rest.wait()
            return self.files[patient_id, photo_id]

    stream = content


@dataclass
class TappedServer(FakeCerboServer):
    """Lets a photo's bytes in as far as a test says."""

    is_size_known: bool = True
    _done_bytes: int = 0
    _arriving: ArrivingBytes | None = None
    _tell: Callable[[PartialDownload], None] | None = None
    _all_in: asyncio.Event = field(default_factory=asyncio.Event)

    async def content(
        self,
        patient_id: PatientId,
        photo_id: PhotoId,
        *,
        urgency: Any = Urgency.NOW,
        on_arrival: OnArrival | None = None,
        has_other_way: bool = False,
    ) -> Content:
        with self._called("content", photo_id):
            content = self.files[patient_id, photo_id]
            self._arriving = ArrivingBytes(content.data, total_bytes=len(content.data) if self.is_size_known else None)
            self._tell = on_arrival
            self.let_in(self._done_bytes)
            await self._all_in.wait()
            return content

    stream = content

    def let_in(self, done_bytes: int) -> None:
        """From the moment that the photo is asked for."""
        self._done_bytes = done_bytes
        if self._arriving is not None and self._tell is not None:
            self._arriving.done_bytes = done_bytes
            self._tell(self._arriving)

    def let_all_in(self) -> None:
        self._all_in.set()


@dataclass
class Desk:
    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    studio: LookingStudio = field(default_factory=LookingStudio)
    budget_bytes: int = 10_000_000
    at_once_s: float = 0.0
    failures: list[BaseException] = field(default_factory=list)
    neighbours: dict[PhotoId, Raster] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (A, B, C, BIG, BROKEN, *map(PhotoId, ("big 1", "big 2", "big 3"))):
            self.server.add_photo(PATIENT, name.encode() + b" photo", photo_id=name)
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        self.thumbnails = Thumbnails(self.contents, self.studio, scope=TaskScope("test", self.failures.append))
        self.viewing = Viewing(
            self.contents,
            self.studio,
            self.thumbnails,
            scope=TaskScope("test", self.failures.append),
            budget_bytes=self.budget_bytes,
            at_once_s=self.at_once_s,
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


@asynccontextmanager
async def tapped(data: bytes = bytes(1_000), *, is_size_known: bool = True) -> AsyncIterator[tuple[Desk, TappedServer]]:
    """A desk whose photo A comes in by `let_in`."""
    server = TappedServer(is_size_known=is_size_known)
    desk = Desk(server)
    server.add_photo(PATIENT, data, photo_id=A)
    yield desk, server
    await desk.close()


async def come_to(steps: AsyncIterator[ViewingStep], wanted: object) -> list[ViewingStep]:
    """The steps up to one of the kind, or equal to the step, that is wanted; fails where it does not come."""
    seen: list[ViewingStep] = []
    async with asyncio.timeout(10):
        async for step in steps:
            seen.append(step)
            if step == wanted or (isinstance(wanted, type) and isinstance(step, wanted)):
                return seen
    raise AssertionError(seen)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    yield desk
    await desk.close()


@pytest.fixture
async def dripping() -> AsyncIterator[Desk]:
    desk = Desk(DrippingServer(), at_once_s=0.1)
    yield desk
    await desk.close()


def dripping_server(desk: Desk) -> DrippingServer:
    assert isinstance(desk.server, DrippingServer)
    return desk.server


async def test_with_no_thumbnail_the_first_step_says_that_nothing_is_there(desk: Desk) -> None:
    steps = await desk.opened(A)
    assert steps[0] == Progressed(0, None)
    assert isinstance(steps[-1], Complete)


async def test_the_cached_thumbnail_comes_at_once_and_without_waiting(desk: Desk) -> None:
    desk.thumbnails.want(PATIENT, [A])
    await until(lambda: desk.thumbnails.cached(A))
    gate = desk.server.hold("stream")
    steps = desk.viewing.open(PATIENT, A)
    first = await anext(steps)
    assert first == Preview(desk.thumbnails.cached(A) or pytest.fail("not cached"))
    gate.set()
    assert isinstance(await anext(steps), Complete)
    await steps.aclose()


async def test_the_second_time_every_pixel_is_there_at_once(desk: Desk) -> None:
    await desk.opened(A)
    (only,) = await desk.opened(A)
    assert isinstance(only, Complete)
    assert desk.server.count("stream", A) == 1


async def test_progress_is_told_while_bytes_arrive(dripping: Desk) -> None:
    async with aclosing(dripping.viewing.open(PATIENT, A)) as steps:
        assert await anext(steps) == Progressed(0, None)
        assert await anext(steps) == Progressed(1, 1_000)
        dripping_server(dripping).rest.set()
        assert isinstance(await anext(steps), Complete)


async def test_progress_comes_at_most_ten_times_a_second(dripping: Desk) -> None:
    server, loop = dripping_server(dripping), asyncio.get_running_loop()
    server.drops = 200
    server.rest.set()
    started = loop.time()
    steps = await dripping.opened(A)
    took_s = loop.time() - started
    told = [step for step in steps if isinstance(step, Progressed) and step.done_bytes]
    assert 1 <= len(told) <= took_s * 10 + 1
    assert [step.done_bytes for step in told] == sorted({step.done_bytes for step in told})


async def test_a_photo_grows_four_times_at_most_and_each_time_with_more_of_it() -> None:
    async with tapped() as (desk, server), aclosing(desk.viewing.open(PATIENT, A)) as steps:
        heads, known_rows = [], []
        for done_bytes in (149, 150, 349, 350, 599, 600, 799, 800, 900, 999):
            server.let_in(done_bytes)
            is_mark = done_bytes in (150, 350, 600, 800)
            seen = await come_to(steps, Growing if is_mark else Progressed(done_bytes, 1_000))
            heads.append(len(desk.studio.partials[-1]) if desk.studio.partials else 0)
            known_rows += [step.known_rows for step in seen if isinstance(step, Growing)]
        assert heads == [0, 150, 150, 350, 350, 600, 600, 800, 800, 800]
        assert known_rows == [1, 2, 2, 2]
        assert len(desk.studio.partials) == 4
        server.let_all_in()
        await come_to(steps, Complete)


async def test_marks_that_were_passed_in_one_leap_are_one_look() -> None:
    async with tapped() as (desk, server), aclosing(desk.viewing.open(PATIENT, A)) as steps:
        for done_bytes in (700, 750, 800):
            server.let_in(done_bytes)
            await come_to(steps, Progressed(done_bytes, 1_000) if done_bytes == 750 else Growing)
        assert [len(head) for head in desk.studio.partials] == [700, 800]


async def test_one_look_at_a_time() -> None:
    async with tapped() as (desk, server), aclosing(desk.viewing.open(PATIENT, A)) as steps:
        desk.studio.gate.clear()
        for done_bytes in (200, 400, 700, 900):
            server.let_in(done_bytes)
            await come_to(steps, Progressed(done_bytes, 1_000))
            await until(lambda: desk.studio.partials)
        assert [len(head) for head in desk.studio.partials] == [200]
        desk.studio.gate.set()
        await come_to(steps, Growing)
        await come_to(steps, Growing)
        assert [len(head) for head in desk.studio.partials] == [200, 900]


async def test_with_every_byte_here_no_look_is_taken() -> None:
    async with tapped() as (desk, server), aclosing(desk.viewing.open(PATIENT, A)) as steps:
        server.let_in(1_000)
        await come_to(steps, Progressed(1_000, 1_000))
        server.let_all_in()
        assert [type(step) for step in await come_to(steps, Complete)] == [Complete]
        assert desk.studio.partials == []


async def test_looks_at_a_photo_of_unknown_size_end_with_its_download() -> None:
    async with tapped(bytes(3_000_000), is_size_known=False) as (desk, server):
        async with aclosing(desk.viewing.open(PATIENT, A)) as steps:
            server.let_in(600_000)
            await come_to(steps, Growing)
            desk.studio.gate.clear()  # the full decode takes its time
            server.let_all_in()
            await until(lambda: desk.contents.cached(PATIENT, A))
            server.let_in(2_500_000)
            await come_to(steps, Progressed(2_500_000, None))
            desk.studio.gate.set()
            await come_to(steps, Complete)
        assert [len(head) for head in desk.studio.partials] == [600_000]


async def test_a_photo_that_is_here_at_once_needs_no_look_and_no_word_of_progress() -> None:
    desk = Desk(TappedServer(), at_once_s=60.0)
    server = desk.server
    assert isinstance(server, TappedServer)
    async with aclosing(desk.viewing.open(PATIENT, A)) as steps:
        opening = asyncio.ensure_future(come_to(steps, Complete))
        for done_bytes in range(1, len(b"a photo")):
            server.let_in(done_bytes)
            await asyncio.sleep(0)
        server.let_all_in()
        assert [type(step) for step in await opening] == [Progressed, Complete]
    assert desk.studio.partials == []
    await desk.close()


async def test_a_head_that_shows_nothing_leaves_the_preview_and_the_next_one_is_tried() -> None:
    async with tapped(bytes(600)) as (desk, server), aclosing(desk.viewing.open(PATIENT, A)) as steps:
        server.let_in(90)
        await come_to(steps, Progressed(90, 600))
        await until(lambda: desk.studio.partials)
        server.let_in(209)
        seen = await come_to(steps, Progressed(209, 600))
        assert [type(step) for step in seen] == [Progressed]
        server.let_in(210)
        await come_to(steps, Growing)
        assert [len(head) for head in desk.studio.partials] == [90, 210]


async def test_what_can_never_grow_is_looked_at_once() -> None:
    async with tapped(data=b"no growth".ljust(1_000)) as (desk, server):
        async with aclosing(desk.viewing.open(PATIENT, A)) as steps:
            for done_bytes in (200, 400, 700, 900):
                server.let_in(done_bytes)
                await come_to(steps, Progressed(done_bytes, 1_000))
                await until(lambda: desk.studio.partials)
        assert [len(head) for head in desk.studio.partials] == [200]


async def test_leaving_ends_a_look_under_way() -> None:
    async with tapped() as (desk, server):
        desk.studio.gate.clear()
        async with aclosing(desk.viewing.open(PATIENT, A)) as steps:
            server.let_in(200)
            await come_to(steps, Progressed(200, 1_000))
            await until(lambda: desk.studio.partials)
        await until(lambda: not [task for task in asyncio.all_tasks() if task.get_name() == "viewing"])


async def test_a_neighbour_that_is_fetched_ahead_is_not_looked_at_until_it_is_opened() -> None:
    async with tapped() as (desk, server):
        desk.prefetch(A)
        server.let_in(400)
        await until(lambda: server.in_flight == 1)
        assert desk.studio.partials == []
        async with aclosing(desk.viewing.open(PATIENT, A)) as steps:
            await come_to(steps, Growing)
        assert server.count("content", A) == 1


@pytest.mark.parametrize("is_progressive", [False, True])
async def test_a_real_photo_shows_what_has_arrived_of_it(is_progressive: bool) -> None:
    server, studio, failures = TappedServer(), WorkerStudio(worker_count=1), list[BaseException]()
    data = made.jpeg(1_500, 1_200, progressive=is_progressive)
    server.add_photo(PATIENT, data, photo_id=A)
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append))
    thumbnails = Thumbnails(contents, studio, scope=TaskScope("test", failures.append))
    viewing = Viewing(contents, studio, thumbnails, scope=TaskScope("test", failures.append), at_once_s=0.0)
    async with aclosing(viewing.open(PATIENT, A)) as steps:
        server.let_in(len(data) // 2)
        grown = (await come_to(steps, Growing))[-1]
        server.let_all_in()
        full = (await come_to(steps, Complete))[-1]
    assert isinstance(grown, Growing) and isinstance(full, Complete)
    assert (grown.raster.width_px, grown.raster.height_px) == (1_500, 1_200)
    if is_progressive:
        assert grown.known_rows == 1_200
    else:
        assert 400 < grown.known_rows < 800
        known_bytes = 4 * 1_500 * (grown.known_rows - 32)
        assert grown.raster.pixels[:known_bytes] == full.raster.pixels[:known_bytes]
    for service in (viewing, thumbnails, contents, studio):
        await service.aclose()
    assert failures == []


async def test_a_server_failure_is_a_step(desk: Desk) -> None:
    desk.server.fail("stream", Unreachable())
    last = (await desk.opened(A))[-1]
    assert isinstance(last, NotOpened)
    assert isinstance(last.error, Unreachable)


async def test_a_file_that_cannot_be_decoded_is_a_step(desk: Desk) -> None:
    last = (await desk.opened(BROKEN))[-1]
    assert isinstance(last, NotOpened)
    assert isinstance(last.error, CannotShow)


async def test_after_a_failure_the_same_photo_can_be_opened(desk: Desk) -> None:
    desk.server.fail("stream", Unreachable(), times=1)
    await desk.opened(A)
    assert isinstance((await desk.opened(A))[-1], Complete)


async def test_leaving_before_the_end_cancels_the_request(desk: Desk) -> None:
    desk.server.hold("stream")
    steps = desk.viewing.open(PATIENT, A)
    await anext(steps)
    going = asyncio.ensure_future(anext(steps))
    await until(lambda: desk.server.in_flight == 1)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    await until(lambda: desk.server.in_flight == 0)
    assert desk.server.cancelled["stream"] == 1


async def test_neighbours_come_behind_everything_else_and_are_ready_when_opened(desk: Desk) -> None:
    await desk.opened(A)
    desk.prefetch(B, C)
    await until(lambda: set(desk.neighbours) == {B, C})
    assert {call.urgency for call in desk.server.calls if call.subject in (B, C)} == {Urgency.NEAR}
    assert [type(step) for step in await desk.opened(B)] == [Complete]


async def test_a_neighbour_that_is_here_already_is_told_at_once(desk: Desk) -> None:
    await desk.opened(B)
    desk.prefetch(B)
    assert set(desk.neighbours) == {B}
    assert desk.server.count("stream", B) == 1


async def test_nobody_hears_of_a_neighbour_that_fails(desk: Desk) -> None:
    desk.server.fail("content", Unreachable(), subject=B)
    desk.prefetch(B, C)
    await until(lambda: C in desk.neighbours)
    assert B not in desk.neighbours


async def test_a_neighbour_still_in_the_queue_is_asked_for_again_with_more_urgency(desk: Desk) -> None:
    desk.server.hold("content", subject=B)
    desk.prefetch(B, C)
    await until(lambda: desk.server.count("content", B) == 1)
    opening = asyncio.ensure_future(desk.opened(B))
    await until(lambda: desk.server.count("stream", B) == 1)
    assert isinstance((await opening)[-1], Complete)
    assert [call.urgency for call in desk.server.calls if call.subject == B] == [Urgency.NEAR, Urgency.NOW]


async def test_a_neighbour_whose_bytes_flow_is_joined_and_the_other_stopped(dripping: Desk) -> None:
    server = dripping_server(dripping)
    dripping.prefetch(B, C)
    await until(lambda: server.in_flight == 2)
    await asyncio.sleep(0)
    opening = asyncio.ensure_future(dripping.opened(B))
    await until(lambda: server.in_flight == 1)
    server.rest.set()
    assert isinstance((await opening)[-1], Complete)
    assert server.count("content", B) == 1
    assert server.cancelled["content"] == 1
    assert set(dripping.neighbours) == {B}


async def test_rasters_stay_within_the_budget() -> None:
    desk = Desk(budget_bytes=9_000_000)
    for name in (BIG, PhotoId("big 1"), PhotoId("big 2")):
        await desk.opened(name)
        assert desk.viewing.used_bytes <= 9_000_000
    assert [type(step) for step in await desk.opened(PhotoId("big 2"))] == [Complete]
    await desk.close()


async def test_very_large_neighbours_do_not_drive_out_the_photo_on_show() -> None:
    desk = Desk(budget_bytes=9_000_000)
    await desk.opened(PhotoId("big 3"))
    await desk.opened(BIG)
    desk.prefetch(PhotoId("big 1"), PhotoId("big 2"))
    await until(lambda: len(desk.neighbours) == 2)
    assert desk.viewing.used_bytes == 8_000_000
    assert [type(step) for step in await desk.opened(BIG)] == [Complete]
    await desk.close()


async def test_of_a_neighbour_without_room_the_bytes_alone_are_kept() -> None:
    desk, next_id = Desk(budget_bytes=9_000_000), PhotoId("big 1")
    desk.thumbnails.want(PATIENT, [next_id])
    await until(lambda: desk.thumbnails.cached(next_id))  # it names 48 MB of pixels
    desk.contents.clear()
    desk.prefetch(next_id)
    await until(lambda: desk.contents.cached(PATIENT, next_id))
    await until(lambda: not [task for task in asyncio.all_tasks() if task.get_name() == "viewing"])
    assert desk.neighbours == {}
    assert desk.studio.full_urgencies == []
    assert isinstance((await desk.opened(next_id))[-1], Complete)
    assert desk.server.count("content", next_id) == 2  # once for its thumbnail
    await desk.close()


async def test_a_neighbour_that_is_opened_on_its_way_is_decoded_with_more_urgency() -> None:
    async with tapped() as (desk, server):
        desk.prefetch(A)
        server.let_in(400)
        await until(lambda: server.in_flight == 1)
        async with aclosing(desk.viewing.open(PATIENT, A)) as steps:
            await come_to(steps, Progressed(400, 1_000))
            server.let_all_in()
            await come_to(steps, Complete)
        assert desk.studio.full_urgencies == [Urgency.NOW]


async def test_a_neighbour_that_is_opened_on_its_way_is_fetched_with_more_urgency_until_it_is_left(desk: Desk) -> None:
    rest = desk.server.hold_midway("content", A)
    tile = asyncio.ensure_future(desk.contents.get(PATIENT, A, urgency=Urgency.VISIBLE))
    await until(lambda: desk.server.in_flight == 1)
    desk.prefetch(A)
    await asyncio.sleep(0)
    opening = asyncio.ensure_future(desk.opened(A))
    await until(lambda: desk.server.rises == [(A, Urgency.NOW)])
    opening.cancel()
    desk.viewing.close()
    await until(lambda: desk.server.rises == [(A, Urgency.NOW), (A, Urgency.VISIBLE)])
    rest.set()
    assert (await tile).data
    assert desk.server.count("content", A) == 1


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
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append))
    thumbnails = Thumbnails(contents, studio, scope=TaskScope("test", failures.append))
    viewing = Viewing(contents, studio, thumbnails, scope=TaskScope("test", failures.append))
    thumbnails.want(PATIENT, [A])
    await until(lambda: thumbnails.cached(A))
    async with aclosing(viewing.open(PATIENT, A)) as steps:
        first, *_, last = [step async for step in steps]
    assert isinstance(first, Preview)
    assert isinstance(last, Complete)
    assert last.raster.is_full_size
    source = first.raster.source_width_px, first.raster.source_height_px
    assert source == (last.raster.width_px, last.raster.height_px)
    await viewing.aclose()
    await thumbnails.aclose()
    await contents.aclose()
    await studio.aclose()
    assert failures == []


async def test_two_photos_open_beside_each_other_each_with_its_own_steps(dripping: Desk) -> None:
    opened = [asyncio.create_task(_steps(dripping, one, beside=other)) for one, other in ((A, B), (B, A))]
    await until(lambda: dripping.server.subjects("content") == ["a", "b"])
    dripping_server(dripping).rest.set()
    for steps in await asyncio.gather(*opened):
        assert isinstance(steps[-1], Complete)


async def test_a_photo_that_is_not_beside_the_one_opened_is_left(dripping: Desk) -> None:
    left = asyncio.create_task(_steps(dripping, A, beside=B))
    await until(lambda: dripping.server.subjects("content") == ["a"])
    stays = asyncio.create_task(_steps(dripping, B, beside=C))
    assert not isinstance((await left)[-1], Complete)
    dripping_server(dripping).rest.set()
    assert isinstance((await stays)[-1], Complete)


async def _steps(desk: Desk, photo_id: PhotoId, *, beside: PhotoId) -> list[ViewingStep]:
    return [step async for step in desk.viewing.open(PATIENT, photo_id, beside=[beside])]
