"""What a picture of many pixels takes of a worker's memory while it is examined, and that nothing is lost for it."""

import io
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from cerbo_desktop.domain.verdict import Accepted, FileKind, RefusalReason, Refused
from cerbo_desktop.imaging import formats, source_facts, webp_still
from cerbo_desktop.imaging.decode import TURNS, decode
from cerbo_desktop.imaging.jpeg_structure import walked
from cerbo_desktop.imaging.large_jpeg import read_large
from cerbo_desktop.imaging.strips import STRIP_ROWS, jpeg_of_strips
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.imaging.validation import Validated, examine
from tests.fakes import hostile_images as made, icc_profiles
from tests.fakes.large_jpegs import large_jpeg

ID = "0123456789abcdef" * 2
MB = 1_000_000
ORIENTATION, LYING = 0x0112, 6
PHONE_48 = (8_000, 6_000)


@pytest.fixture
async def studio() -> AsyncIterator[WorkerStudio]:
    one = WorkerStudio(worker_count=1)
    yield one
    await one.aclose()


async def peak_above_rest(studio: WorkerStudio, data: bytes, name: str) -> int:
    """In bytes; the photo is accepted."""
    await studio.thumbnail(made.jpeg(), 100)
    (worker,) = studio.process_ids
    Path(f"/proc/{worker}/clear_refs").write_text("5")
    at_rest = _status(worker, "VmRSS")
    assert isinstance(await studio.examine(data, name), Accepted)
    return _status(worker, "VmHWM") - at_rest


def _status(process_id: int, field: str) -> int:
    return 1024 * int(Path(f"/proc/{process_id}/status").read_text().split(f"{field}:")[1].split()[0])


def lying(data: bytes) -> bytes:
    """The JPEG with an EXIF block that says how it lies."""
    exif = Image.Exif()
    exif[ORIENTATION] = LYING
    block = b"Exif\0\0" + exif.tobytes()[6:]
    return data[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + data[2:]


def webp(size: tuple[int, int], mode: str = "RGB", **options: object) -> bytes:
    picture = made.gradient(120, 90, "RGB").resize(size)
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize(size))
    return made.encoded(picture, "WEBP", **options)


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
@pytest.mark.parametrize(
    ("name", "most_mb"), [("upright.jpg", 140), ("lying.jpg", 190), ("phone 200 MP.jpg", 130), ("12 MP.webp", 75)]
)
async def test_a_picture_takes_so_much_memory(studio: WorkerStudio, name: str, most_mb: int) -> None:
    datas = {
        "upright.jpg": lambda: large_jpeg(*PHONE_48),
        "lying.jpg": lambda: lying(large_jpeg(*PHONE_48)),
        "phone 200 MP.jpg": lambda: large_jpeg(16_320, 12_240),
        "12 MP.webp": lambda: webp((4_000, 3_000)),
    }
    assert await peak_above_rest(studio, datas[name](), name) <= most_mb * MB


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"}])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_plain_decoder_shows_a_webp_as_pillow_does(mode: str, options: dict[str, object]) -> None:
    data = webp((301, 203), mode, **options)
    opened = formats.opened_picture(FileKind.WEBP, data)
    shown = webp_still.loaded(opened, data)
    assert (shown.mode, shown.size) == (mode, (301, 203))
    assert shown.tobytes() == formats.opened_picture(FileKind.WEBP, data).tobytes()


def test_the_first_frame_of_a_moving_webp_is_shown() -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    picture = decode(made.encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    assert picture.image.getpixel((20, 15)) == (255, 0, 0)


def test_a_webp_that_is_cut_off_is_damaged() -> None:
    data = webp((301, 203))
    assert examine(data[: len(data) // 2], None, ID) == Refused(RefusalReason.DAMAGED)


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("height_px", [STRIP_ROWS, 3 * STRIP_ROWS, 3 * STRIP_ROWS + 37, 17])
def test_a_jpeg_of_strips_shows_what_one_of_the_whole_picture_does(height_px: int, subsampling: int) -> None:
    picture = made.gradient(100, 80, "RGB").resize((211, height_px), Image.Resampling.BICUBIC)
    tops = range(0, height_px, STRIP_ROWS)
    strips = (picture.crop((0, top, 211, min(height_px, top + STRIP_ROWS))) for top in tops)
    data = jpeg_of_strips(strips, height_px, quality=93, subsampling=subsampling)
    whole = made.encoded(picture, "JPEG", quality=93, subsampling=subsampling)
    assert decode(data, is_exact=True).is_whole
    assert walked(data).has_end_marker
    assert pixels(data) == pixels(whole)


def pixels(jpeg: bytes) -> bytes:
    with Image.open(io.BytesIO(jpeg)) as opened:
        return opened.tobytes()


@pytest.mark.parametrize("turn", [None, *TURNS.values()])
def test_the_hash_of_pixels_is_that_of_the_upright_picture(turn: Image.Transpose | None) -> None:
    picture = made.gradient(301, 203, "RGB")
    upright = picture if turn is None else picture.transpose(turn)
    assert source_facts.pixels_sha256(picture, turn) == source_facts.pixels_sha256(upright)


def fine(profile: bytes = b"") -> bytes:
    """17 megapixels that lie, with an odd width and height."""
    exif = Image.Exif()
    exif[ORIENTATION] = LYING
    soft = made.gradient(64, 40, "RGB").resize((5_101, 3_401), Image.Resampling.BICUBIC)
    return made.encoded(soft, "JPEG", quality=92, exif=exif, icc_profile=profile)


def test_a_large_jpeg_shows_as_a_small_one_would() -> None:
    data = fine(icc_profiles.swapped_red_and_green())
    large, plain = read_large(data, is_exact=True), decode(data)
    assert large is not None
    assert large.is_whole
    assert (large.size, (large.source_width_px, large.source_height_px)) == (plain.image.size, plain.image.size)
    preview = large.preview(512).image
    assert mean_difference(preview, plain.image.resize(preview.size, reducing_gap=2.0)) < 1.5
    again = decode(large.jpeg(95, has_full_chroma=False)).image
    assert mean_difference(again, plain.image) < 1.5


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize("lost_bytes", [6, 20_000])
def test_a_large_jpeg_that_lacks_a_part_is_refused(lost_bytes: int) -> None:
    data = fine()
    cut = data[: walked(data).scans[-1].end - lost_bytes] + b"\xff\xd9"
    assert examine(cut, None, ID) == Refused(RefusalReason.DAMAGED)


def test_a_large_jpeg_leaves_upright_and_is_known_again() -> None:
    validated, again = examine(fine(), None, ID), examine(fine(), None, ID)
    assert isinstance(validated, Validated)
    assert isinstance(again, Validated)
    prepared = validated.preparation
    assert (prepared.source_width_px, prepared.source_height_px, prepared.is_reduced) == (3_401, 5_101, False)
    assert prepared.pixels_sha256 == again.preparation.pixels_sha256 != ""
    assert decode(validated.data, 400).image.size == validated.preview.image.size
