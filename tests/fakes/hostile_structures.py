"""More pictures made to hurt: each breaks one rule of its format, floods one of its lists, or lies about one number."""

import io
import itertools
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from cerbo_desktop.domain.verdict import FileKind, RefusalReason as R
from cerbo_desktop.imaging import heic
from tests.fakes import heic_pictures
from tests.fakes.hostile_images import (
    NO_HEIC,
    PNG_START,
    Sample,
    encoded,
    gif,
    gradient,
    hostile,
    jpeg,
    multi_picture,
    png,
    png_chunk,
    png_of,
    with_size,
)
from tests.fakes.jpeg_parts import camera_jpeg, exif_block, with_thumbnail


def every_hostile() -> Iterator[Sample]:
    """All that must be refused when sent."""
    return itertools.chain(hostile(), _jpegs(), _pngs(), _gifs(), _webps(), _heics(), _others())


def unpleasant_but_sound() -> Iterator[Sample]:
    """Files that do no harm for all they try, and pass as they are."""
    photo, small = jpeg(1600, 1200), jpeg(160, 120)
    yield Sample("a JPEG with an archive behind it", photo + b"PK\x03\x04" + b"\0" * 60_000)
    yield Sample("a JPEG with a web page in its comment", _with_segment(photo, 0xFE, b"<script>alert(1)</script>"))
    yield Sample("a JPEG in a JPEG in a JPEG", with_thumbnail(photo, with_thumbnail(small, small)))
    yield Sample("a thumbnail of 65,000 by 65,000", with_thumbnail(photo, with_size(small, 65_000, 65_000)))
    yield Sample("a thumbnail beyond the file", with_thumbnail(photo, small, start=2**31 - 1, length=2**31 - 1))
    yield Sample("a thumbnail that is noise", with_thumbnail(photo, bytes(range(256)) * 100))
    yield Sample("EXIF that leads in a circle", _with_segment(photo, 0xE1, b"Exif\0\0" + _circular_exif()))
    yield Sample("EXIF with four billion values", _with_segment(photo, 0xE1, b"Exif\0\0" + _huge_count_exif()))
    yield Sample(
        "EXIF of 65,000 entries", _with_segment(photo, 0xE1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\0" * 60_000)
    )
    yield Sample("orientation 65,535", camera_jpeg(gradient(), orientation=0xFFFF))
    yield Sample(
        "a profile in 255 parts of which one is there", _with_segment(photo, 0xE2, b"ICC_PROFILE\0\1\xff" + b"a" * 99)
    )
    yield Sample("a profile of part 0 of 0", _with_segment(photo, 0xE2, b"ICC_PROFILE\0\0\0" + b"a" * 99))
    yield Sample("several pictures whose index is noise", _with_segment(photo, 0xE2, b"MPF\0" + b"\xff" * 90))
    yield Sample(
        "a PNG profile of 200 MB", png_of(8, 8, _grey_rows(), extra=png_chunk(b"iCCP", _packed_profile())), "a.png"
    )
    yield Sample("200 MB behind a PNG's last row", png_of(8, 8, _grey_rows() + bytes(200_000_000)), "a.png")


def _jpegs() -> Iterator[Sample]:
    whole = jpeg()
    yield from _broken("a JPEG with a Huffman table of 4,080 codes", _with_segment(whole, 0xC4, b"\0" + b"\xff" * 400))
    yield from _broken("a JPEG without Huffman or quantiser tables", _without_segments(whole, {0xC4, 0xDB}))
    yield from _broken("a JPEG of 16-bit samples", _edited_frame(whole, 4, 16))
    yield from _broken("a lossless JPEG by its marker", whole.replace(b"\xff\xc0", b"\xff\xc3", 1))
    yield from _broken("a JPEG of nine components", _edited_frame(whole, 9, 9))
    yield from _broken("a JPEG sampled 15 by 15", _edited_frame(whole, 11, 0xFF))
    yield from _broken("a JPEG sampled 0 by 0", _edited_frame(whole, 11, 0x00))
    yield from _broken("a JPEG of width zero", with_size(whole, 0, 200))
    yield from _broken(
        "a JPEG whose scan names no component", whole.replace(b"\xff\xda\0\x0c\3", b"\xff\xda\0\x0c\0", 1)
    )
    yield from _broken("a JPEG of nothing but comments", b"\xff\xd8" + b"\xff\xfe\0\x04ab" * 500_000)
    yield from _broken("a JPEG that ends at once", b"\xff\xd8\xff\xd9" + whole)
    yield Sample("half a picture of several", multi_picture()[:2_000], refused=R.DAMAGED)
    yield from _too_many("a JPEG one row above the ceiling", with_size(whole, 14_000, 15_001))


def _pngs() -> Iterator[Sample]:
    whole = png()
    header, rest = whole[:33], whole[33:]
    yield from _broken("a PNG without pixels", header + png_chunk(b"IEND", b""))
    yield from _broken("a PNG of three bits", PNG_START + _png_header(8, 8, depth=3, colour=0) + _png_end(_grey_rows()))
    yield from _broken(
        "a PNG of colour type 7", PNG_START + _png_header(8, 8, depth=8, colour=7) + _png_end(_grey_rows())
    )
    yield from _broken("a JPEG in a PNG's coat", PNG_START + jpeg())
    noise = png_chunk(b"IDAT", b"\xa5" * 90) + png_chunk(b"IEND", b"")
    yield Sample("a PNG whose pixels are noise", header + noise, refused=R.DAMAGED, cannot_show=R.DAMAGED)
    yield from _broken("a PNG chunk of length 2,147,483,647", header + struct.pack(">I4s", 2**31 - 1, b"IDAT") + rest)
    yield from _too_many("a PNG of one column and two billion rows", PNG_START + _png_header(1, 2**31 - 1) + rest)
    yield from _too_many(
        "a PNG of 16 bits, 8,000 by 8,000", PNG_START + _png_header(8_000, 8_000, depth=16, colour=6) + rest
    )
    moving = png_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield Sample("a PNG of two billion frames", header + moving + rest, refused=R.MOVING)


def _gifs() -> Iterator[Sample]:
    frames = [Image.new("P", (4, 4), shade) for shade in range(2)]
    two = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    frame = two[two.rindex(b",") : -1]
    yield Sample("a GIF of 100,000 frames", two[:-1] + frame * 100_000 + b";", refused=R.MOVING)
    whole = gif()
    codes = whole.index(b",\0\0\0\0", 13 + 768) + 10
    yield from _broken("a GIF of 200-bit codes", whole[:codes] + b"\xc8" + whole[codes + 1 :])
    yield from _broken("a GIF whose frame has no pixels", whole[: codes - 5] + b"\0\0\0\0" + whole[codes - 1 :])


def _webps() -> Iterator[Sample]:
    whole = encoded(gradient(), "WEBP")
    empty = b"RIFF\x0c\0\0\0WEBPICCP\0\0\0\0"
    yield from _broken("a WebP of noise", whole[:40] + b"\xa5" * 400)
    yield from _broken("half a WebP", whole[: len(whole) // 2])
    yield from _broken("a WebP without a picture", empty)


def _heics() -> Iterator[Sample]:
    whole = heic_pictures.PLAIN
    head = whole[: int.from_bytes(whole[:4], "big")]
    ispe = whole.index(b"ispe") + 8
    broken = {
        "half a HEIC": whole[: len(whole) // 2],
        "a HEIC without its last byte": whole[:-1],
        "a HEIC box of three bytes": head + b"\0\0\0\3meta" + b"\0" * 40,
        "a HEIC box of 16 exabytes": head + b"\0\0\0\1meta" + b"\xff" * 40,
        "a HEIC of 200,000 empty boxes": head + b"\0\0\0\x08free" * 200_000 + whole[len(head) :],
        "a HEIC without pictures": head,
        "a HEIC of no width": whole[:ispe] + b"\0\0\0\0" + whole[ispe + 4 :],
        "an AVIF in a HEIC's coat": whole.replace(b"hvc1", b"av01").replace(b"hvcC", b"av1C"),
    }
    for name, data in broken.items():
        yield _heic(name, data, R.DAMAGED)
    yield _heic(
        "a HEIC of 65,000 by 65,000",
        whole[:ispe] + struct.pack(">II", 65_000, 65_000) + whole[ispe + 8 :],
        R.TOO_MANY_PIXELS,
    )


def _others() -> Iterator[Sample]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    svg = f'<?xml version="1.0"?><!DOCTYPE svg [{laughs}]><svg>&l9;</svg>'.encode()
    yield Sample("a billion laughs", svg, "a.svg", R.NOT_A_PHOTO, FileKind.SVG, R.NOT_A_PHOTO)
    yield Sample("a program called .jpg", b"MZ" + b"\0" * 500, "a.jpg", R.NOT_A_PHOTO, FileKind.PROGRAM, R.NOT_A_PHOTO)
    yield Sample(
        "a DICOM file", b"\0" * 128 + b"DICM" + b"\0" * 99, "a.jpg", R.NOT_A_PHOTO, FileKind.DICOM, R.NOT_A_PHOTO
    )
    yield from _broken("an AVIF's first box", b"\0\0\0\x18ftypavif\0\0\0\0")
    yield Sample("a camera's raw file", _raw_file(), "a.dng", R.UNSUPPORTED_TYPE, FileKind.TIFF, R.UNSUPPORTED_TYPE)
    yield from _broken("a TIFF of no pages", b"II*\0\0\0\0\0" + bytes(40))
    yield from _too_many("a TIFF of 65,000 by 65,000", _tiff((256, 65_000), (257, 65_000)))
    yield from _too_many(
        "a BMP of 65,000 by 65,000", b"BM" + bytes(12) + struct.pack("<Iii", 40, 65_000, -65_000) + bytes(40)
    )
    yield Sample("an icon", encoded(gradient(64, 64), "ICO"), "a.ico", R.NOT_A_PHOTO, FileKind.ICON, R.NOT_A_PHOTO)
    yield from _broken("a TIFF of circles", b"MM\0*\0\0\0\x08" + _circular_exif()[8:])
    script = b"GIF89a=1;/*" + b"x" * 99 + b"*/alert(1)"
    yield from _broken("a script that is a GIF", script)
    yield Sample("16 MB of nothing", bytes(11_000_000), "a.jpg", R.NOT_A_PHOTO, FileKind.UNKNOWN, R.NOT_A_PHOTO)


def _broken(name: str, data: bytes) -> Iterator[Sample]:
    yield Sample(name, data, refused=R.DAMAGED, cannot_show=R.DAMAGED)


def _too_many(name: str, data: bytes) -> Iterator[Sample]:
    yield Sample(name, data, refused=R.TOO_MANY_PIXELS, cannot_show=R.TOO_MANY_PIXELS)


def _heic(name: str, data: bytes, reason: R) -> Sample:
    """For that reason where there is a decoder."""
    return Sample(name, data, "a.heic", *((reason, FileKind.UNKNOWN, reason) if heic.FORMAT else NO_HEIC))


def _tiff(*entries: tuple[int, int]) -> bytes:
    """A TIFF of one directory with these numbers, by tag."""
    packed = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + packed + bytes(4)


def _raw_file() -> bytes:
    """Its first picture is a small copy of the photo."""
    return _tiff((254, 1), (256, 160), (257, 120), (50_706, 1))


def _with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    return data[:2] + bytes((0xFF, marker)) + struct.pack(">H", 2 + len(body)) + body + data[2:]


def _without_segments(data: bytes, markers: set[int]) -> bytes:
    kept, at = data[:2], 2
    while data[at + 1] != 0xDA:
        after = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        kept += b"" if data[at + 1] in markers else data[at:after]
        at = after
    return kept + data[at:]


def _edited_frame(data: bytes, offset: int, value: int) -> bytes:
    """One byte of the frame header another; offset 4 is the bits a sample, 9 the components, 11 the first sampling."""
    at = data.index(b"\xff\xc0") + offset
    return data[:at] + bytes([value]) + data[at + 1 :]


def _circular_exif() -> bytes:
    block = bytearray(exif_block(b""))
    block[22:26] = b"\0\0\0\x08"
    return bytes(block)


def _huge_count_exif() -> bytes:
    entry = struct.pack(">HHII", 0x010F, 2, 2**32 - 1, 8)
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", 1) + entry + b"\0\0\0\0"


def _png_header(width_px: int, height_px: int, *, depth: int = 8, colour: int = 0) -> bytes:
    return png_chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, depth, colour, 0, 0, 0))


def _png_end(rows: bytes) -> bytes:
    return png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")


def _grey_rows() -> bytes:
    return (b"\0" + b"\x80" * 8) * 8


def _packed_profile() -> bytes:
    target = io.BytesIO(b"x\0\0")
    target.seek(3)
    target.write(zlib.compress(bytes(200_000_000), 9))
    return target.getvalue()
