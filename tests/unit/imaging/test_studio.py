"""Photos through the real worker processes: right reasons, and no file and no worker takes anything down."""

import asyncio
import math
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import Accepted, MediaType, RefusalReason, Refused
from cerbo_desktop.imaging.process import WorkerProcess
from cerbo_desktop.imaging.studio import WorkerStudio
from tests.fakes import hostile_images as made
from tests.fakes.large_jpegs import large_jpeg
from tests.waiting import until

MISBEHAVING = [sys.executable, "-P", "-m", "tests.fakes.misbehaving_worker"]


@pytest.fixture
async def studio() -> AsyncIterator[WorkerStudio]:
    one = WorkerStudio()
    yield one
    await one.aclose()


async def test_a_verdict_tells_type_upright_size_and_shows_a_preview(studio: WorkerStudio) -> None:
    verdict = await studio.examine(made.turned(6, 1_200, 900), "a.jpg")
    assert isinstance(verdict, Accepted)
    assert (verdict.photo.media_type, verdict.photo.width_px, verdict.photo.height_px) == (MediaType.JPEG, 1_200, 900)
    assert (verdict.preview.width_px, verdict.preview.height_px) == (400, 300)
    assert (verdict.preview.source_width_px, verdict.preview.source_height_px) == (1_200, 900)


async def test_full_view_and_thumbnail(studio: WorkerStudio) -> None:
    data = made.png()
    full, small = await asyncio.gather(studio.full(data), studio.thumbnail(data, 100))
    assert full.is_full_size
    assert full.pixels == made.gradient().convert("RGBA").tobytes("raw", "BGRA")
    assert (small.width_px, small.height_px, small.source_width_px, small.source_height_px) == (100, 62, 320, 200)


async def test_a_camera_frame_goes_round(studio: WorkerStudio) -> None:
    raster = Raster(320, 200, made.gradient().tobytes("raw", "BGRX"), 320, 200)
    verdict = await studio.examine_frame(raster)
    assert isinstance(verdict, Accepted)
    assert (verdict.photo.media_type, verdict.photo.width_px, verdict.photo.height_px) == (MediaType.JPEG, 320, 200)


@pytest.fixture(scope="module")
def cold_start_s() -> float:
    """The best of three starts of a worker, from nothing to its greeting."""
    taken_s = []
    for _ in range(3):
        begun_s = time.monotonic()
        worker = WorkerProcess(MISBEHAVING)
        taken_s.append(time.monotonic() - begun_s)
        worker.end()
    return min(taken_s)


@pytest.mark.parametrize("misdeed", [b"HANG", b"EXIT", b"SEGV", b"OOM", b"WRONG_LENGTH", b"GARBAGE", b"SLOW"])
async def test_a_misbehaving_worker_costs_its_photo_alone(misdeed: bytes, cold_start_s: float) -> None:
    """Its photo is refused, and the next is shown after one cold start: measured, the best of three tries."""
    is_slow = misdeed in (b"HANG", b"SLOW")
    studio = WorkerStudio(MISBEHAVING, worker_count=1, deadline_s=1.5 if is_slow else 20.0)
    waits_s: list[float] = []
    try:
        await studio.thumbnail(made.jpeg(), 100)
        while len(waits_s) < 3 and min(waits_s, default=math.inf) > 2 * cold_start_s:
            before = studio.process_ids
            with pytest.raises(CannotShow) as refused:
                await studio.thumbnail(misdeed, 100)
            assert refused.value.reason is (RefusalReason.TOO_SLOW if is_slow else RefusalReason.DAMAGED)
            begun_s = time.monotonic()
            assert (await studio.thumbnail(made.jpeg(), 100)).width_px == 100
            waits_s.append(time.monotonic() - begun_s)
            assert studio.process_ids != before
            assert not is_alive(before[0])
    finally:
        await studio.aclose()
    print(f"{misdeed.decode()}: next picture {1000 * min(waits_s):.0f} ms, a cold start {1000 * cold_start_s:.0f} ms")
    assert min(waits_s) < 5 * cold_start_s


async def test_a_replacement_starts_at_once_and_not_when_it_is_needed() -> None:
    studio = WorkerStudio(MISBEHAVING, worker_count=1)
    try:
        await studio.thumbnail(made.jpeg(), 100)
        before = studio.process_ids
        with pytest.raises(CannotShow):
            await studio.thumbnail(b"EXIT", 100)
        await until(lambda: studio.process_ids and studio.process_ids != before)
    finally:
        await studio.aclose()


async def test_a_second_worker_comes_while_jobs_pile_up_and_leaves_after_a_quiet_time() -> None:
    studio = WorkerStudio(MISBEHAVING, deadline_s=60.0, quiet_s=0.2)
    try:
        await studio.thumbnail(made.jpeg(), 100)
        first = studio.process_ids
        assert len(first) == 1
        stuck = asyncio.ensure_future(studio.thumbnail(b"HANG", 100))
        await asyncio.gather(*(studio.thumbnail(made.jpeg(), 100) for _ in range(8)))
        assert not stuck.done(), "the first worker is busy, so another did all that"
        assert len(studio.process_ids) == 2
        await until(lambda: len(studio.process_ids) == 1)
        assert studio.process_ids == first
        assert not stuck.done()
        await asyncio.gather(*(studio.thumbnail(made.jpeg(), 100) for _ in range(8)))
        assert len(studio.process_ids) == 2
    finally:
        await studio.aclose()
    with pytest.raises(CannotShow):
        await stuck


async def test_one_photo_at_a_time_needs_one_worker() -> None:
    studio = WorkerStudio()
    try:
        for _ in range(20):
            await studio.thumbnail(made.jpeg(), 100)
            assert len(studio.process_ids) == 1
    finally:
        await studio.aclose()


@pytest.mark.skipif(sys.platform == "win32", reason="the clock alone is heeded there")
async def test_a_photo_that_takes_too_much_work_is_given_up_long_before_the_clock_says_so() -> None:
    studio = WorkerStudio(worker_count=1, work_limit_s=0.05, deadline_s=60.0)
    try:
        await studio.thumbnail(made.jpeg(), 100)
        before = studio.process_ids
        with pytest.raises(CannotShow) as refused:
            await studio.full(made.png(3_000, 3_000))
        assert refused.value.reason is RefusalReason.TOO_SLOW
        assert not is_alive(before[0])
        assert (await studio.thumbnail(made.jpeg(), 100)).width_px == 100
    finally:
        await studio.aclose()


async def test_a_verdict_on_what_took_the_worker_down() -> None:
    studio = WorkerStudio(MISBEHAVING, worker_count=1)
    try:
        assert await studio.examine(b"EXIT", "a.jpg") == Refused(RefusalReason.DAMAGED, size_bytes=4)
    finally:
        await studio.aclose()


async def test_a_photo_whose_worker_was_ended_from_outside_is_read_by_the_next(tmp_path: Path) -> None:
    studio = WorkerStudio(MISBEHAVING, worker_count=1)
    file = str(tmp_path / "was here").encode()
    try:
        shown = await studio.thumbnail(b"KILLED_ONCE\n" + file + b"\n" + made.jpeg(), 100)
        assert shown.width_px == 100
        assert (tmp_path / "was here").exists()
    finally:
        await studio.aclose()


async def test_a_photo_is_never_called_damaged_because_its_workers_were_ended_from_outside() -> None:
    studio = WorkerStudio(MISBEHAVING, worker_count=1)
    try:
        assert await studio.examine(b"KILLED", "a.jpg") == Refused(RefusalReason.OUT_OF_ORDER, size_bytes=6)
        assert (await studio.thumbnail(made.jpeg(), 100)).width_px == 100
    finally:
        await studio.aclose()


async def test_a_worker_killed_while_idle_costs_nothing() -> None:
    studio = WorkerStudio(worker_count=1)
    try:
        await studio.thumbnail(made.jpeg(), 100)
        os.kill(studio.process_ids[0], 9)
        await until(lambda: not is_running(studio.process_ids[0]))
        assert (await studio.thumbnail(made.jpeg(), 100)).width_px == 100
    finally:
        await studio.aclose()


async def test_a_worker_is_replaced_after_its_share_of_jobs() -> None:
    studio = WorkerStudio(worker_count=1, jobs_a_worker=2)
    try:
        await studio.thumbnail(made.jpeg(), 100)
        first = studio.process_ids
        await studio.thumbnail(made.jpeg(), 100)
        await until(lambda: studio.process_ids and studio.process_ids != first)  # before there is a job for it
        second = studio.process_ids
        await studio.thumbnail(made.jpeg(), 100)
        assert studio.process_ids == second
    finally:
        await studio.aclose()


@pytest.mark.parametrize("command", [["/nonexistent/decoder"], [sys.executable, "-c", "raise SystemExit"]])
async def test_without_a_worker_everything_is_refused_as_out_of_order(command: list[str]) -> None:
    studio = WorkerStudio(command)
    try:
        with pytest.raises(CannotShow) as refused:
            await studio.full(made.jpeg())
        assert refused.value.reason is RefusalReason.OUT_OF_ORDER
        assert await studio.examine(b"abc", "") == Refused(RefusalReason.OUT_OF_ORDER, size_bytes=3)
    finally:
        await studio.aclose()


async def test_the_most_urgent_goes_first_and_the_abandoned_not_at_all() -> None:
    studio = WorkerStudio(MISBEHAVING, worker_count=1, deadline_s=1.0)
    order: list[str] = []
    data = made.jpeg()

    async def look(name: str, urgency: Urgency) -> None:
        await studio.thumbnail(data, 100, urgency=urgency)
        order.append(name)

    try:
        busy = asyncio.ensure_future(studio.thumbnail(b"HANG", 100, urgency=Urgency.NOW))
        await until(lambda: studio.process_ids)
        async with asyncio.TaskGroup() as group:
            group.create_task(look("background", Urgency.BACKGROUND))
            gone = group.create_task(look("gone", Urgency.NOW))
            group.create_task(look("near", Urgency.NEAR))
            group.create_task(look("also near", Urgency.NEAR))
            group.create_task(look("now", Urgency.NOW))
            await asyncio.sleep(0)
            gone.cancel()
        assert isinstance(busy.exception(), CannotShow)
        assert order == ["now", "near", "also near", "background"]
    finally:
        await studio.aclose()


async def test_warming_up_starts_one_worker_once() -> None:
    studio = WorkerStudio()
    try:
        assert studio.process_ids == []
        studio.warm_up()
        studio.warm_up()
        await until(lambda: studio.process_ids)
        workers = studio.process_ids
        await studio.thumbnail(made.jpeg(), 100)
        assert studio.process_ids == workers
    finally:
        await studio.aclose()
    studio.warm_up()
    assert studio.process_ids == []


async def test_the_interface_never_loads_the_decoder() -> None:
    script = "import sys, cerbo_desktop.imaging.studio; print([m for m in sys.modules if m.startswith('PIL')])"
    assert (await asyncio.to_thread(run_script, script)).strip() == "[]"


async def test_closing_ends_every_process_and_every_wait() -> None:
    studio = WorkerStudio(MISBEHAVING, deadline_s=60.0)
    await asyncio.gather(studio.thumbnail(made.jpeg(), 10), studio.thumbnail(made.jpeg(), 10))
    workers = studio.process_ids
    waiting = [asyncio.ensure_future(studio.thumbnail(b"HANG", 10)) for _ in range(4)]
    await asyncio.sleep(0)
    begun_s = time.monotonic()
    await studio.aclose()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in ended] == [CannotShow] * 4
    assert time.monotonic() - begun_s < 30.0  # what hangs would hang for a minute
    assert workers
    assert not any(is_alive(worker) for worker in workers)
    with pytest.raises(CannotShow):
        await studio.thumbnail(made.jpeg(), 10)


async def test_an_app_that_is_killed_leaves_no_worker_behind() -> None:
    script = (
        "import asyncio, os\n"
        "from cerbo_desktop.imaging.studio import WorkerStudio\n"
        "async def main():\n"
        "    studio = WorkerStudio(worker_count=1)\n"
        "    try:\n"
        "        await studio.full(b'x')\n"
        "    except Exception:\n"
        "        print(studio.process_ids[0], flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    app = await asyncio.to_thread(run_script, script)
    await until(lambda: not is_alive(int(app)))


def run_script(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=30).stdout


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def is_running(process_id: int) -> bool:
    """False also for one that has ended and was not yet collected."""
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


async def test_a_picture_of_many_pixels_and_few_bytes_passes_alone() -> None:
    studio = WorkerStudio(worker_count=2)
    try:
        verdict = await studio.examine(large_jpeg(5120, 3328), "panorama.jpg")
    finally:
        await studio.aclose()
    assert isinstance(verdict, Accepted)
    assert (verdict.photo.width_px, verdict.photo.height_px) == (5120, 3328)


@pytest.mark.skipif(sys.platform != "linux", reason="only there the C library is asked for it")
async def test_a_worker_keeps_nothing_of_a_large_picture() -> None:
    """Its pixels are 68 MB, and Pillow would keep as many."""
    studio = WorkerStudio(worker_count=1)
    try:
        await studio.thumbnail(made.jpeg(), 100)
        before = _resident_bytes(studio.process_ids[0])
        await studio.examine(large_jpeg(5120, 3328), "panorama.jpg")
        await until(lambda: _resident_bytes(studio.process_ids[0]) < before + 20_000_000)
    finally:
        await studio.aclose()


def _resident_bytes(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text()
    return 1024 * int(status.split("VmRSS:")[1].split()[0])
