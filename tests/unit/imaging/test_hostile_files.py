"""Every file that was made to hurt, through every question the app can ask of a photo, in the real workers."""

import asyncio
import gc
import hashlib
import io
import itertools
import math
import sys
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.raster import PartialImage, Raster
from cerbo_desktop.domain.verdict import Accepted, FileKind, MediaType, RefusalReason, Refused
from cerbo_desktop.imaging.decode import stored_orientation
from cerbo_desktop.imaging.sniff import PICTURES, kind_of
from cerbo_desktop.imaging.studio import WorkerStudio
from tests.fakes import hostile_images as made
from tests.fakes.hostile_structures import every_hostile, unpleasant_but_sound
from tests.waiting import until

MAX_GROWTH_BYTES = 50_000_000
EDGE_PX = 240
MAX_CODEC_CHANGE = 2.0
"""Of 255 on average, by a JPEG of quality 93."""
MAX_MEAN_CHANGE = 1.5
MUTANTS = 5_000
OF_A_JPEG = {None, RefusalReason.DAMAGED, RefusalReason.TOO_MANY_PIXELS, RefusalReason.UNSUPPORTED_TYPE}


@pytest.fixture
async def studio() -> AsyncIterator[WorkerStudio]:
    one = WorkerStudio(jobs_a_worker=1_000_000)
    yield one
    await one.aclose()


async def refusal(view: Awaitable[object]) -> RefusalReason | None:
    try:
        await view
    except CannotShow as error:
        return error.reason
    return None


async def glimpses(studio: WorkerStudio, data: bytes) -> set[RefusalReason | None]:
    growth = studio.partial(data, EDGE_PX)
    return {await refusal(studio.embedded(data, EDGE_PX)), await refusal(growth)}


def lawful_glimpses(data: bytes) -> set[RefusalReason | None]:
    kind = kind_of(data)
    if kind is FileKind.JPEG:
        return OF_A_JPEG
    return {RefusalReason.UNSUPPORTED_TYPE if kind in PICTURES else RefusalReason.NOT_A_PHOTO}


def is_encoded_anew(data: bytes) -> bool:
    if kind_of(data) is not FileKind.JPEG:
        return False
    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as opened:
        return opened.mode == "CMYK" or stored_orientation(data) != 1


def mean_change(one: Raster, other: Raster) -> float:
    """Of 255; infinite where the sizes differ."""
    sizes = [(raster.width_px, raster.height_px) for raster in (one, other)]
    if sizes[0] != sizes[1]:
        return math.inf
    pictures = [Image.frombytes("RGBX", sizes[0], bytes(raster.pixels)) for raster in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*pictures)).mean)


def restarts(log: pytest.LogCaptureFixture) -> list[str]:
    return [message for message in log.messages if message.startswith("decoder restarted")]


@pytest.fixture(scope="module")
def samples() -> list[made.Sample]:
    return list(every_hostile())


def test_there_are_many_and_each_has_its_own_name(samples: list[made.Sample]) -> None:
    names = [sample.name for sample in samples]
    assert len(names) == len(set(names)) >= 62


async def test_hostile_files_are_refused_for_their_reason(
    studio: WorkerStudio, caplog: pytest.LogCaptureFixture, samples: list[made.Sample]
) -> None:
    wrong: list[tuple[object, ...]] = []
    await studio.full(made.jpeg())
    before_bytes = resident_bytes(since_now=True)
    for sample in samples:
        verdict = await studio.examine(sample.data, sample.file_name)
        if verdict != Refused(sample.refused or RefusalReason.DAMAGED, sample.found, len(sample.data)):
            wrong.append((sample.name, verdict))
        views = studio.thumbnail(sample.data, EDGE_PX), studio.full(sample.data)
        if (seen := {await refusal(view) for view in views}) != {sample.cannot_show}:
            wrong.append((sample.name, seen))
        if not (seen := await glimpses(studio, sample.data)) <= lawful_glimpses(sample.data):
            wrong.append((sample.name, seen))
    assert wrong == []
    assert restarts(caplog) == [], "a file cost a worker its life"
    growth_bytes = resident_bytes() - before_bytes
    print(f"{len(samples)} files: {growth_bytes / 1e6:.0f} MB at most above the start")
    assert growth_bytes <= MAX_GROWTH_BYTES


async def test_odd_files_pass_with_their_pixels(studio: WorkerStudio, caplog: pytest.LogCaptureFixture) -> None:
    wrong: list[tuple[object, ...]] = []
    for sample in itertools.chain(made.odd_but_sound(), unpleasant_but_sound()):
        verdict = await studio.examine(sample.data, sample.file_name)
        seen = {await refusal(studio.thumbnail(sample.data, EDGE_PX)), await refusal(studio.full(sample.data))}
        if not isinstance(verdict, Accepted) or seen != {None}:
            wrong.append((sample.name, verdict, seen))
        elif (change := mean_change(await studio.full(bytes(verdict.photo.data)), await studio.full(sample.data))) > (
            MAX_MEAN_CHANGE if is_encoded_anew(sample.data) else 0
        ):
            wrong.append((sample.name, "changed", change))
        elif (verdict.photo.sha256, verdict.source_sha256) != (sha256(verdict.photo.data), sha256(sample.data)):
            wrong.append((sample.name, "hash"))
        elif not (seen := await glimpses(studio, sample.data)) <= lawful_glimpses(sample.data):
            wrong.append((sample.name, seen))
    assert wrong == []
    assert restarts(caplog) == []


async def test_what_cerbo_does_not_take_becomes_a_jpeg(studio: WorkerStudio, caplog: pytest.LogCaptureFixture) -> None:
    wrong: list[tuple[object, ...]] = []
    for sample in made.converted():
        verdict = await studio.examine(sample.data, sample.file_name)
        if not isinstance(verdict, Accepted) or verdict.photo.media_type is not MediaType.JPEG:
            wrong.append((sample.name, verdict))
            continue
        shown, sent = await studio.full(sample.data), await studio.full(bytes(verdict.photo.data))
        if (change := mean_change(sent, shown)) > MAX_CODEC_CHANGE:
            wrong.append((sample.name, "changed", change))
        if verdict.preparation.page_count != (3 if sample.name.endswith("pages") else 1):
            wrong.append((sample.name, verdict.preparation))
        if not (seen := await glimpses(studio, sample.data)) <= lawful_glimpses(sample.data):
            wrong.append((sample.name, seen))
    assert wrong == []
    assert restarts(caplog) == []


@pytest.mark.parametrize("seed", [5, *(pytest.param(seed, marks=pytest.mark.release) for seed in range(6, 46))])
async def test_mutants_take_no_worker_down(studio: WorkerStudio, caplog: pytest.LogCaptureFixture, seed: int) -> None:
    """5,000 in each run and 200,000 before a release."""
    ends: Counter[str] = Counter()

    async def look(data: bytes) -> None:
        views: list[Awaitable[object]] = [studio.thumbnail(data, 64), studio.partial(data, 64)]
        reasons = [await refusal(view) for view in (*views, studio.embedded(data, 64))]
        ends.update("shown" if reason is None else reason.value for reason in reasons)
        ends[type(await studio.examine(data, "")).__name__] += 1

    for batch in batched(made.mutants(MUTANTS, seed=seed), 50):
        await asyncio.gather(*map(look, batch))
    assert restarts(caplog) == []
    assert ends["Accepted"] + ends["Refused"] == MUTANTS
    assert min(ends["shown"], ends["damaged"]) > MUTANTS // 20
    assert ends["decoder out of order"] == 0


async def test_a_refusal_holds_on_to_nothing(studio: WorkerStudio) -> None:
    """The collector rarely runs in this app, and what waits for it holds the photo's bytes."""
    gc.collect()
    before = {id(each) for each in gc.get_objects() if isinstance(each, CannotShow)}
    for _ in range(5):
        assert await refusal(studio.full(made.jpeg()[:300])) is RefusalReason.DAMAGED
    await until(lambda: not [each for each in gc.get_objects() if _is_new_refusal(each, before)])


def _is_new_refusal(thing: object, before: set[int]) -> bool:
    return isinstance(thing, CannotShow) and id(thing) not in before


async def test_a_growing_photo_is_believed_only_within_reason(studio: WorkerStudio) -> None:
    growth = await studio.partial(made.jpeg(1600, 1200)[:30_000], EDGE_PX)
    assert isinstance(growth, PartialImage)
    assert (growth.raster.width_px, growth.raster.height_px) == (240, 180)
    assert 0 < growth.known_rows <= 180


def sha256(data: bytes | bytearray) -> str:
    return hashlib.sha256(data).hexdigest()


def batched(mutants: Iterator[bytes], size: int) -> Iterator[list[bytes]]:
    while batch := list(itertools.islice(mutants, size)):
        yield batch


def resident_bytes(*, since_now: bool = False) -> int:
    """The peak of this process's memory; on Linux alone can its record be begun anew, elsewhere nothing is told."""
    if sys.platform != "linux":
        return 0
    if since_now:
        Path("/proc/self/clear_refs").write_text("5")
    fields = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line)
    return 1024 * int(fields["VmHWM"].split()[0])
