"""Pictures made to hurt, and pictures that only look odd; each built here, byte by byte or by Pillow."""

import io
import random
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from cerbo_desktop.domain.limits import MAX_UPLOAD_BYTES
from cerbo_desktop.domain.verdict import FileKind, RefusalReason as R
from cerbo_desktop.imaging import heic
from tests.fakes import heic_pictures

PNG_START = b"\x89PNG\r\n\x1a\n"
RED, WHITE = (220, 30, 40), (255, 255, 255)


@dataclass(frozen=True)
class Sample:
    """One file and what must come of it: `refused` when sent, `cannot_show` when looked at; None where it passes."""

    name: str
    data: bytes
    file_name: str = ""
    refused: R | None = None
    found: FileKind = FileKind.UNKNOWN
    """What the bytes are, where the refusal says it."""
    cannot_show: R | None = None


def gradient(width_px: int = 320, height_px: int = 200, mode: str = "RGB") -> Image.Image:
    """Something with edges and colours, unlike itself when turned: red top left, the rest a gradient."""
    image = Image.merge(
        "RGB",
        [
            Image.linear_gradient("L").resize((width_px, height_px)),
            Image.linear_gradient("L").rotate(90).resize((width_px, height_px)),
            Image.radial_gradient("L").resize((width_px, height_px)),
        ],
    )
    image.paste(RED, (0, 0, width_px // 4, height_px // 4))
    return image.convert(mode)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def jpeg(width_px: int = 320, height_px: int = 200, **options: object) -> bytes:
    return encoded(gradient(width_px, height_px), "JPEG", quality=90, **options)


def png(width_px: int = 320, height_px: int = 200, mode: str = "RGB") -> bytes:
    return encoded(gradient(width_px, height_px, mode), "PNG")


def gif(frame_count: int = 1) -> bytes:
    frames = [gradient().rotate(20 * turn).convert("P") for turn in range(frame_count)]
    return encoded(frames[0], "GIF", save_all=frame_count > 1, append_images=frames[1:])


def turned(orientation: int, width_px: int = 320, height_px: int = 200) -> bytes:
    """A JPEG stored so that, by its EXIF orientation, it shows as `gradient(width_px, height_px)`."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = gradient(width_px, height_px)
    if orientation in undo:
        stored = stored.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(stored, "JPEG", quality=95, exif=exif)


def same_pixels(one: bytes | bytearray, other: bytes) -> bool:
    """True when both files show the same, turned as their metadata says."""
    with warnings.catch_warnings(action="ignore"):
        shown = [ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGBA") for data in (one, other)]
    return shown[0].size == shown[1].size and shown[0].tobytes() == shown[1].tobytes()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width_px: int, height_px: int, rows: bytes, *, has_end: bool = True, extra: bytes = b"") -> bytes:
    """A grey PNG of any claimed size with any pixel data."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 0, 0, 0, 0))
    end = png_chunk(b"IEND", b"") if has_end else b""
    return PNG_START + header + extra + png_chunk(b"IDAT", zlib.compress(rows, 9)) + end


def many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan but one is repeated: each one is a full pass for a decoder."""
    data = encoded(gradient(96, 96), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xc4")
    repeated = data.rindex(b"\xff\xc4", 0, last)
    return data[:repeated] + data[repeated:last] * count + data[last:]


def with_size(data: bytes, width_px: int, height_px: int) -> bytes:
    """A JPEG that claims another size."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height_px, width_px) + data[at + 4 :]


def webp_bomb() -> bytes:
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + (16382).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def gif_flood() -> bytes:
    """Three million sub-blocks of one byte."""
    return b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0) + b"\x21\xfe" + b"\x01a" * 3_000_000 + b"\0;"


def deep_png_text() -> bytes:
    """A text chunk that inflates to 200 MB."""
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    text = png_chunk(b"zTXt", b"Comment\0\0" + packed)
    return png_of(8, 8, (b"\0" + b"\x80" * 8) * 8, extra=text)


def png_of_many_texts() -> bytes:
    whole = png()
    return whole[:33] + png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(99_000))) * 40_000 + whole[33:]


def huge_profile() -> bytes:
    return jpeg(icc_profile=b"\xa5" * 900_000)


def multi_picture() -> bytes:
    return encoded(gradient(), "MPO", save_all=True, append_images=[gradient(160, 100)])


def with_broken_exif() -> bytes:
    return jpeg(exif=b"Exif\0\0II*\0" + b"\xff" * 60)


NO_HEIC = (R.UNSUPPORTED_TYPE, FileKind.HEIC, R.UNSUPPORTED_TYPE)
"""What comes of one where it has no decoder."""


def hostile() -> Iterator[Sample]:
    """Files that must be refused, each for its reason; `cannot_show` is what looking at it gives."""
    whole, whole_png = jpeg(), png()
    yield Sample("zero bytes", b"", refused=R.EMPTY, cannot_show=R.NOT_A_PHOTO)
    yield from _partly_damaged("half a JPEG", whole[: len(whole) // 2])
    yield from _partly_damaged("half a JPEG closed neatly", whole[: len(whole) // 2] + b"\xff\xd9")
    yield from _partly_damaged("a JPEG filled up with zeros", whole[: len(whole) // 2].ljust(len(whole), b"\0"))
    yield from _broken("a JPEG's header alone", whole[:200])
    yield from _broken("three bytes of a JPEG", whole[:3])
    yield from _broken("a flood of FF", b"\xff\xd8\xff" + b"\xff" * 5_000_000)
    yield from _broken("a flood of markers", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 1_000_000)
    yield from _broken("a JPEG of 5,000 scans", many_scans(5_000))
    yield from _broken("a segment of length zero", b"\xff\xd8\xff\xe0\x00\x00" + whole[2:])
    yield from _broken("a JPEG of height zero", with_size(whole, 320, 0))
    yield from _broken("two frames in one JPEG", whole.replace(b"\xff\xc4", whole[_sof(whole)] + b"\xff\xc4", 1))
    yield from _broken("a PNG without its end", whole_png[:-12])
    yield from _broken("half a PNG", whole_png[: len(whole_png) // 2])
    yield from _broken("a PNG with a broken checksum", _flipped(whole_png, whole_png.index(b"IHDR") + 5))
    yield from _broken("a PNG chunk longer than the file", PNG_START + struct.pack(">I4s", 2**31, b"IHDR") + b"\0" * 40)
    yield from _broken("a PNG flood of empty chunks", PNG_START + whole_png[8:33] + png_chunk(b"teXt", b"") * 200_000)
    yield from _broken("a GIF of three million blocks", gif_flood())
    yield from _broken("half a GIF", gif()[:600])
    yield from _broken("a GIF without a frame", b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0) + b";")
    yield from _too_many("a JPEG that claims 65,000 by 65,000", with_size(whole, 65_000, 65_000))
    yield from _too_many("a PNG bomb", png_of(30_000, 30_000, b"\0" * 30_001))
    yield from _too_many("a GIF of 65,535 by 65,535", b"GIF89a\xff\xff\xff\xff" + gif()[10:])
    yield from _too_many("a GIF whose frame is larger than its screen", _wide_frame(gif()))
    yield from _partly_damaged("rows missing in a sound PNG", png_of(100, 100, b"\0\x90\x80" * 1_700))
    yield from _broken("rows missing in a black PNG", png_of(100, 100, b"\0" * 5_050))
    yield Sample("a moving GIF", gif(4), refused=R.MOVING)
    yield Sample(
        "a moving PNG",
        encoded(gradient(), "PNG", save_all=True, append_images=[gradient().rotate(9)]),
        refused=R.MOVING,
    )
    yield Sample("a PDF called .jpg", b"%PDF-1.7\n%\xe2\xe3", "scan.jpg", R.NOT_A_PHOTO, FileKind.PDF, R.NOT_A_PHOTO)
    yield Sample("a web page", b"<!DOCTYPE html><html>", "a.png", R.NOT_A_PHOTO, FileKind.WEB_PAGE, R.NOT_A_PHOTO)
    yield Sample("an archive", b"PK\x03\x04" + b"\0" * 60, "a.jpg", R.NOT_A_PHOTO, FileKind.ZIP, R.NOT_A_PHOTO)
    yield Sample("a letter", b"PK\x03\x04\0\0word/document.xml", "", R.NOT_A_PHOTO, FileKind.OFFICE, R.NOT_A_PHOTO)
    yield Sample("plain words", "naïve notes".encode(), "a.jpg", R.NOT_A_PHOTO, FileKind.TEXT, R.NOT_A_PHOTO)
    yield Sample("noise", bytes(range(256)) * 40, "a.jpg", R.NOT_A_PHOTO, FileKind.UNKNOWN, R.NOT_A_PHOTO)
    yield Sample(
        "an iPhone's picture",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        "a.jpg",
        *((R.DAMAGED, FileKind.UNKNOWN, R.DAMAGED) if heic.FORMAT else NO_HEIC),
    )
    yield Sample("a video", b"\0\0\0\x18ftypmp42\0\0\0\0", "a.mov", R.NOT_A_PHOTO, FileKind.VIDEO, R.NOT_A_PHOTO)
    yield from _too_many("a WebP bomb", webp_bomb())
    yield from _broken("a cut WebP", encoded(gradient(), "WEBP")[:60])
    yield from _broken("half a TIFF", encoded(gradient(), "TIFF")[:100_000])
    yield from _broken("half a BMP", encoded(gradient(), "BMP")[:100_000])
    for form in ("WEBP", "AVIF"):
        moving = encoded(gradient(), form, save_all=True, append_images=[gradient().rotate(9)])
        yield Sample(f"a moving {form}", moving, refused=R.MOVING)


def converted() -> Iterator[Sample]:
    """Pictures of kinds that Cerbo does not take, which become JPEGs."""
    for form, ending in (("WEBP", "webp"), ("AVIF", "avif"), ("BMP", "bmp"), ("TIFF", "tif")):
        yield Sample(f"a {form}", encoded(gradient(), form), f"a.{ending}")
    for mode in ("1", "L", "RGBA", "CMYK", "I;16"):
        yield Sample(f"a TIFF of mode {mode}", encoded(gradient(mode=mode), "TIFF"))
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        yield Sample(f"a TIFF by {compression}", encoded(gradient(), "TIFF", compression=compression))
    yield Sample("a TIFF of a palette", encoded(gradient().quantize(dither=Image.Dither.NONE), "TIFF"))
    yield Sample("a TIFF of a fax", encoded(gradient(mode="1"), "TIFF", compression="group4"))
    yield Sample("a large TIFF by its header", encoded(gradient(), "TIFF", big_tiff=True))
    yield Sample("a TIFF of three pages", encoded(gradient(), "TIFF", save_all=True, append_images=[gradient()] * 2))
    yield Sample("a WebP with holes", encoded(gradient(mode="RGBA"), "WEBP", lossless=True))


def odd_but_sound() -> Iterator[Sample]:
    """Files that pass and can be looked at."""
    for name in ("a.jpg", "a.JPEG", "a.jpe", "a.jfif", "a", "IMG.20251105", ""):
        yield Sample(f"a JPEG called {name or 'nothing'}", jpeg(), name)
    yield Sample("a PNG called .jpg", png(), "photo.JPG")
    for ending in ("png", "HEIC", "txt"):
        yield Sample(f"a JPEG called .{ending}", jpeg(), f"photo.{ending}")
    yield Sample("a name that is no UTF-8", jpeg(), "fot\udce9.jpg")
    yield Sample("a small photo with a large film behind it", jpeg() + bytes(MAX_UPLOAD_BYTES))
    yield Sample("a progressive JPEG", jpeg(progressive=True))
    yield Sample("a grey JPEG", encoded(gradient(mode="L"), "JPEG"))
    yield Sample("a CMYK JPEG", encoded(gradient(mode="CMYK"), "JPEG"))
    yield Sample("a picture of several", multi_picture())
    yield Sample("broken EXIF", with_broken_exif())
    yield Sample("a profile of noise", huge_profile())
    yield Sample("a profile", jpeg(icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()))
    yield Sample("bytes after the end", jpeg() + b"\xff\xd8" + b"more" * 5_000)
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield Sample(f"a PNG of mode {mode}", png(mode=mode), "a.png")
    yield Sample("a palette with a hole", encoded(gradient(mode="P"), "PNG", transparency=3))
    yield Sample("a PNG of one pixel", png(1, 1))
    yield Sample("a strip of 1 by 4,000", png(1, 4_000))
    yield Sample("a still GIF", gif(), "a.gif")
    for orientation in range(1, 9):
        yield Sample(f"orientation {orientation}", turned(orientation))


def mutants(count: int, *, seed: int) -> Iterator[bytes]:
    """Small sound files with bytes changed, cut out, put in or cut off; the same ones for the same seed."""
    chance = random.Random(seed)
    small = gradient(90, 60)
    seeds = [
        *(jpeg(120, 90), jpeg(120, 90, progressive=True), turned(6, 90, 60), multi_picture()),
        *(png(60, 40), png(60, 40, "P"), png(60, 40, "I;16"), gif(), gif(2)),
        *(encoded(small, "WEBP"), encoded(small, "WEBP", lossless=True)),
        encoded(small, "WEBP", save_all=True, append_images=[small.rotate(9)]),
        *(heic_pictures.PLAIN, heic_pictures.WIDE_COLOURS, encoded(small, "AVIF"), encoded(small, "BMP")),
        *(encoded(small, "TIFF"), encoded(small, "TIFF", compression="tiff_lzw")),
    ]
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 1, 2, 8, 40))):
            _mutate(data, chance)
        yield bytes(data)


def _mutate(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(min(len(data), chance.choice((200, 100_000))))
    deed = chance.random()
    if deed < 0.5:
        data[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    elif deed < 0.7:
        del data[at : at + chance.randrange(1, 30)]
    elif deed < 0.85:
        data[at:at] = chance.randbytes(chance.randrange(1, 20))
    else:
        del data[max(at, 20) :]
    data.extend(bytes(max(0, 20 - len(data))))


def _broken(name: str, data: bytes) -> Iterator[Sample]:
    yield Sample(name, data, refused=R.DAMAGED, cannot_show=R.DAMAGED)


def _partly_damaged(name: str, data: bytes) -> Iterator[Sample]:
    """Never sent; what can be read of it is shown."""
    yield Sample(name, data, refused=R.DAMAGED)


def _too_many(name: str, data: bytes) -> Iterator[Sample]:
    yield Sample(name, data, refused=R.TOO_MANY_PIXELS, cannot_show=R.TOO_MANY_PIXELS)


def _sof(data: bytes) -> slice:
    start = data.index(b"\xff\xc0")
    return slice(start, start + 2 + int.from_bytes(data[start + 2 : start + 4], "big"))


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _wide_frame(data: bytes) -> bytes:
    at = data.index(b",\0\0\0\0", 13 + 768)
    return data[: at + 5] + b"\xff\xff\xff\xff" + data[at + 9 :]
