"""Twelve-megapixel photos as phones make them: baseline JPEG of 3 to 5 MB. Drawn, with noise: nobody is on them."""

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.practice.drawing import with_embedded_thumbnail

SIZE_PX = (4000, 3000)
SMALL_SIZE_PX = (1600, 1200)
LARGE_COUNT = 40
"""More than a screen of 1440x900 shows and prepares, all different."""
SHORT_COUNT = 7
"""As many as the short set opens, each with a neighbour on either side."""
HUGE_SIZE_PX = (8660, 5773)
"""Fifty megapixels, and none more: beyond that the app refuses a photo."""
SMALL_COUNT = 40
_QUALITY = 86
_NOISE = 14
_HEAVY_NOISE = 24


def make_photos(folder: Path, large_count: int = LARGE_COUNT) -> None:
    """Fill `folder` with what the budgets need; nothing to do where an earlier call did it."""
    done = folder / f"made-{large_count}"
    if done.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(large_count):
        _save(_drawn(number, SIZE_PX), folder / f"large-{number:02d}.jpg")
    if large_count == LARGE_COUNT:
        _make_others(folder)
    done.touch()


def _make_others(folder: Path) -> None:
    """What only the long groups need."""
    for file in large(folder):
        headed = file.with_name(file.name.replace("large", "headed"))
        headed.write_bytes(with_embedded_thumbnail(file.read_bytes()))
    for number in range(SMALL_COUNT):
        _save(_drawn(number, SMALL_SIZE_PX), folder / f"small-{number:02d}.jpg")
    (folder / "heavy.jpg").write_bytes(_heavy())
    _save(_slope(HUGE_SIZE_PX), folder / "huge.jpg")


def large(folder: Path) -> list[Path]:
    return sorted(folder.glob("large-*.jpg"))


def small(folder: Path) -> list[Path]:
    return sorted(folder.glob("small-*.jpg"))


def headed(folder: Path) -> list[Path]:
    """The large ones with a thumbnail in the EXIF block, as phones write them."""
    return sorted(folder.glob("headed-*.jpg"))


def huge(folder: Path) -> Path:
    """Fifty megapixels."""
    return folder / "huge.jpg"


def heavy(folder: Path) -> Path:
    """About 11 MB: nearly the largest that may be sent."""
    return folder / "heavy.jpg"


def _drawn(number: int, size_px: tuple[int, int]) -> Image.Image:
    """A skin-coloured slope with a patch that differs from photo to photo, under the noise of a sensor."""
    width, height = size_px
    noise = ImageChops.offset(_noise(size_px, _NOISE), 97 * number, 61 * number)
    image = ImageChops.add(_slope(size_px), noise, offset=-128)
    left, top = width * (1 + number % 5) // 8, height * (1 + number % 3) // 6
    patch = Image.new("L", size_px, 0)
    ImageDraw.Draw(patch).ellipse((left, top, left + width // 3, top + height // 3), fill=90)
    return Image.composite(Image.new("RGB", size_px, f"hsl({number * 37 % 360}, 40%, 45%)"), image, patch)


def _heavy() -> bytes:
    image = ImageChops.add(_slope(SIZE_PX), _noise(SIZE_PX, _HEAVY_NOISE), offset=-128)
    for quality in range(98, 80, -1):
        target = io.BytesIO()
        image.save(target, "JPEG", quality=quality)
        if target.tell() <= MAX_UPLOAD_BYTES:
            return target.getvalue()
    raise ValueError("no quality makes it small enough")


@cache
def _slope(size_px: tuple[int, int]) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size_px)
    channels = [ramp.point([tint + value * depth // 400 for value in range(256)]) for tint, depth in _TINTS]
    return Image.merge("RGB", channels)


@cache
def _noise(size_px: tuple[int, int], sigma: int) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size_px, sigma) for _ in range(3)])


def _save(image: Image.Image, file: Path) -> None:
    image.save(file, "JPEG", quality=_QUALITY)


_TINTS = ((120, 130), (95, 110), (80, 90))
