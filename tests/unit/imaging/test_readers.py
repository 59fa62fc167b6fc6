"""What is sent opens upright and in the same colours everywhere: in Qt, in Pillow and in Chromium."""

import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat, features
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QImage

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging import heic
from cerbo_desktop.imaging.decode import decode
from cerbo_desktop.imaging.sniff import kind_of
from cerbo_desktop.imaging.validation import Validated, examine
from tests.fakes import heic_pictures, hostile_images as made, icc_profiles, named_pngs as pngs
from tests.fakes.chromium import shown_by_chromium

ID = "0123456789abcdef" * 2
FOUND = Path(__file__).parents[2] / "fakes" / "found"
TURNED_OR_LAYERED = ("h05*.heic", "h06*.heic", "j02*.jpg", "p05*.png")
MAX_MEAN_CHANGE = 2
"""Of 255: the loss of an encoding."""
MAX_MEAN_DIFFERENCE = 1
"""Between two readers of one file: the loss of a rounding."""


KINDS = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.GIF: "image/gif",
    FileKind.WEBP: "image/webp",
    FileKind.AVIF: "image/avif",
    FileKind.BMP: "image/bmp",
}
"""What Chromium can show."""
needs_chromium = pytest.mark.skipif(
    not importlib.util.find_spec("PySide6.QtWebEngineCore"), reason="no Chromium is installed"
)


@pytest.fixture(autouse=True)
def heic_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heic, "is_allowed", lambda: True)


def _sources() -> Iterator[tuple[str, bytes]]:
    soft = made.gradient(40, 26).resize((320, 208), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0112] = 6
    for subsampling in range(3):
        yield (
            f"a turned JPEG, {subsampling}",
            made.encoded(soft, "JPEG", quality=92, subsampling=subsampling, exif=exif),
        )
    wide = {"icc_profile": icc_profiles.display_p3()}
    yield "a JPEG of wide colours", made.encoded(soft, "JPEG", quality=92, **wide)
    yield "a turned JPEG of wide colours", made.encoded(soft, "JPEG", quality=92, exif=exif, **wide)
    yield "a turned PNG of wide colours", made.encoded(soft, "PNG", exif=exif, **wide)
    inks = made.encoded(soft.convert("CMYK"), "JPEG", quality=92)
    marker = inks.index(b"\xff\xee")
    yield from (("inks", inks), ("inks without a marker", inks[:marker] + inks[marker + 16 :]))
    yield "a WebP of wide colours", made.encoded(soft, "WEBP", lossless=True, **wide)
    yield from (("a TIFF", made.encoded(soft, "TIFF")), ("a BMP", made.encoded(soft, "BMP")))
    yield "a GIF", made.encoded(soft.quantize(), "GIF")
    if features.check("avif"):
        yield "an AVIF", made.encoded(soft, "AVIF", quality=95)
    if heic.FORMAT:
        yield from (("a HEIC", heic_pictures.PLAIN), ("a turned HEIC", heic_pictures.TURNED))
        yield "a HEIC of wide colours", heic_pictures.WIDE_COLOURS
    yield from _named_colours()
    for pattern in TURNED_OR_LAYERED:
        (file,) = FOUND.glob(pattern)
        yield file.name, file.read_bytes()


def _named_colours() -> Iterator[tuple[str, bytes]]:
    colour = (200, 90, 40)
    numbers = pngs.primaries(pngs.P3_NUMBERS)
    yield "a PNG with a gamma", pngs.png(colour, pngs.gamma(60_000))
    yield "a PNG with a screen's gamma", pngs.png(colour, pngs.gamma(pngs.SCREEN_GAMMA))
    yield "a PNG with primaries alone", pngs.png(colour, numbers)
    yield "a PNG with gamma and primaries", pngs.png(colour, pngs.gamma(pngs.SCREEN_GAMMA), numbers)
    for transfer in (1, 4, 8, pngs.SRGB_CURVE, 14, pngs.PQ, pngs.HLG):
        yield f"a PNG of transfer {transfer}", pngs.png((150, 150, 150), pngs.named(pngs.BT2020, transfer))
    yield "a PNG of Display P3 by name", pngs.png(colour, pngs.named(pngs.P3, pngs.SRGB_CURVE))


def sent() -> dict[str, tuple[str, bytes, Image.Image]]:
    """Media type and bytes of what is sent for each source, and the source as this program shows it."""
    found = {}
    for name, data in _sources():
        verdict = examine(data, None, ID)
        assert isinstance(verdict, Validated), name
        found[name] = verdict.media_type.value, verdict.data, decode(data).image
    return found


def difference(one: Image.Image, other: Image.Image | None) -> float:
    assert other is not None
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def shown_by_qt(data: bytes) -> Image.Image:
    """Without a look at the orientation in EXIF, as QImage reads it, in sRGB."""
    image = QImage.fromData(QByteArray(data))
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    size = image.width(), image.height()
    return Image.frombytes("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())


def shown_by_pillow(data: bytes) -> Image.Image:
    """The same way."""
    with Image.open(io.BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile")
        if profile is None:
            return opened.convert("RGB")
        source, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        managed = ImageCms.profileToProfile(opened, source, screen, outputMode="RGB")
        assert managed is not None
        return managed


def test_it_shows_the_same_in_qt_and_pillow() -> None:
    for name, (_, data, source) in sent().items():
        assert difference(shown_by_pillow(data), shown_by_qt(data)) <= MAX_MEAN_DIFFERENCE, name
        assert difference(source, shown_by_qt(data)) <= MAX_MEAN_CHANGE, name


@pytest.mark.release
@needs_chromium
def test_what_is_sent_shows_the_same_in_chromium(tmp_path: Path) -> None:
    photos = sent()
    shown = shown_by_chromium({name: (kind, data) for name, (kind, data, _) in photos.items()}, tmp_path)
    for name, (_, data, source) in photos.items():
        assert difference(shown_by_qt(data), shown[name]) <= MAX_MEAN_DIFFERENCE, name
        assert difference(source, shown[name]) <= MAX_MEAN_CHANGE, name


@pytest.mark.release
@needs_chromium
def test_a_file_shows_here_as_in_chromium(tmp_path: Path) -> None:
    sources = {name: (KINDS[kind_of(data)], data) for name, data in _sources() if kind_of(data) in KINDS}
    shown = shown_by_chromium(sources, tmp_path)
    for name, (_, data) in sources.items():
        assert difference(decode(data).image, shown[name]) <= MAX_MEAN_DIFFERENCE, name
