"""What phones, scanners and programs write is read, judged and made ready as each file needs it."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, FileKind, MediaType, RefusalReason, Refused
from cerbo_desktop.imaging.studio import WorkerStudio
from tests.fakes.found_files import (
    CONVERTED,
    HALF_PHOTOS,
    MAIN_PICTURE,
    ONE_PIXEL_HIGH,
    WRONG_NAMES,
    every_name,
    found,
    with_depth_map,
    with_film_behind,
)

SHOWS_MAIN_PICTURE = (
    "j02_ultra_hdr_gainmap.jpg",
    "j03_samsung_trailer_after_end.jpg",
    "j04_samsung_pano_no_eoi_trailer.jpg",
    "j04b_no_eoi_quiet_trailer.jpg",
)
LITTLE = 6.0
"""Of 255, on average: what another codec changes, and a picture that is not upright exceeds many times."""


async def accepted(studio: WorkerStudio, data: bytes, name: str = "") -> Accepted:
    verdict = await studio.examine(data, name)
    assert isinstance(verdict, Accepted), (name, verdict)
    return verdict


def image_of(raster: Raster) -> Image.Image:
    return Image.frombytes("RGB", (raster.width_px, raster.height_px), raster.pixels, "raw", "BGRX")


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def as_plain_readers_see(data: bytes | bytearray) -> Image.Image:
    """By the pixels alone: no orientation is heeded."""
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB")


@pytest.mark.parametrize("name", [name for name in every_name() if name not in HALF_PHOTOS])
async def test_it_is_shown_and_what_is_sent_looks_the_same(studio: WorkerStudio, name: str) -> None:
    data = found(name)
    shown = await studio.full(data)
    assert shown.is_whole
    verdict = await accepted(studio, data, name)
    assert verdict.photo.media_type.value in ("image/jpeg", "image/png")
    assert (verdict.photo.width_px, verdict.photo.height_px) == (shown.width_px, shown.height_px)
    assert difference(as_plain_readers_see(verdict.photo.data), image_of(shown)) < LITTLE
    small = await studio.thumbnail(data, 240)
    assert max(small.width_px, small.height_px) == 240
    assert min(small.width_px, small.height_px) >= 1


@pytest.mark.parametrize("name", SHOWS_MAIN_PICTURE)
async def test_of_the_main_picture_alone_something_is_sent(studio: WorkerStudio, name: str) -> None:
    plain, verdict = found(MAIN_PICTURE), await accepted(studio, found(name), name)
    assert (await studio.full(found(name))).pixels == (await studio.full(plain)).pixels
    assert verdict.preparation.pixels_sha256 == (await accepted(studio, plain)).preparation.pixels_sha256
    assert not any(mark in verdict.photo.data for mark in (b"hdrgm", b"MPF\0", b"ns.adobe.com"))


@pytest.mark.parametrize("name", [name for name in SHOWS_MAIN_PICTURE if "trailer" in name])
async def test_no_byte_of_a_trailer_is_sent(studio: WorkerStudio, name: str) -> None:
    verdict, behind = await accepted(studio, found(name), name), found(name)[len(found(MAIN_PICTURE)) :]
    assert not any(behind[at : at + 16] in verdict.photo.data for at in range(0, len(behind) - 16, 16))


@pytest.mark.parametrize("name", HALF_PHOTOS)
async def test_half_a_photo_is_shown_as_such_and_not_sent(studio: WorkerStudio, name: str) -> None:
    data = found(name)
    assert not (await studio.full(data)).is_whole
    assert not (await studio.thumbnail(data, 240)).is_whole
    assert await studio.examine(data, name) == Refused(RefusalReason.DAMAGED, size_bytes=len(data))


@pytest.mark.parametrize("name", WRONG_NAMES)
async def test_a_wrong_extension_is_said_and_the_bytes_decide(studio: WorkerStudio, name: str) -> None:
    verdict = await accepted(studio, found(name), name)
    is_png = found(name).startswith(b"\x89PNG")
    claimed = {"heic": FileKind.HEIC, "png": FileKind.PNG, "jpg": FileKind.JPEG}[name.rpartition(".")[2]]
    assert verdict.preparation.source_kind is (FileKind.PNG if is_png else FileKind.JPEG)
    assert verdict.preparation.named_kind is claimed
    assert verdict.photo.media_type is (MediaType.PNG if is_png else MediaType.JPEG)


@pytest.mark.parametrize("name", CONVERTED)
async def test_a_phones_heic_is_upright_once_and_becomes_a_jpeg(studio: WorkerStudio, name: str) -> None:
    verdict = await accepted(studio, found(name), name)
    assert (verdict.preparation.source_kind, verdict.photo.media_type) == (FileKind.HEIC, MediaType.JPEG)
    assert verdict.preparation.quality is not None
    other = image_of(await studio.full(found(CONVERTED[0])))
    assert difference(image_of(await studio.full(found(name))), other) < LITTLE, "both show the same scene"


async def test_a_png_turned_by_exif_is_upright_for_readers_that_ignore_it(studio: WorkerStudio) -> None:
    verdict = await accepted(studio, found("p05_exif_orientation_6.png"))
    plain = await studio.full(found("j32_png_called.jpg"))
    assert difference(as_plain_readers_see(verdict.photo.data), image_of(plain)) == 0


@pytest.mark.parametrize("name", ONE_PIXEL_HIGH)
async def test_one_pixel_high_is_a_picture(studio: WorkerStudio, name: str) -> None:
    assert (await studio.full(found(name))).height_px == 1
    assert (await accepted(studio, found(name))).preview.height_px == 1


async def test_a_panorama_keeps_its_shape(studio: WorkerStudio) -> None:
    verdict = await accepted(studio, found("j17_panorama_20000x500.jpg"))
    assert (verdict.preview.width_px, verdict.preview.height_px) == (400, 10)


async def test_what_is_not_sent_does_not_count(studio: WorkerStudio) -> None:
    plain = found(MAIN_PICTURE)
    for data in (with_film_behind(plain), with_depth_map(plain)):
        verdict = await accepted(studio, data)
        assert verdict.photo.size_bytes < len(plain) + 20_000
        assert (verdict.preparation.source_bytes, verdict.preparation.is_fitted) == (len(data), False)
        assert verdict.preparation.quality is None
