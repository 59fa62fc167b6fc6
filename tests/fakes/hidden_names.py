"""Sound photos of every format with a name and a place wherever a decoder does not look."""

import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image, PngImagePlugin

from tests.fakes import damaged_jpegs, hostile_images as made
from tests.fakes.damaged_jpegs import NAME
from tests.fakes.icc_profiles import display_p3
from tests.fakes.writers_metadata import every_writers_metadata

_PIECE_BYTES = 6


def every_hidden_name() -> Iterator[tuple[str, bytes, bytes]]:
    """What it is, the file, and a file that shows the same."""
    for name, data, sound in damaged_jpegs.hidden_names():
        yield f"JPEG: {name}", data, sound
    yield from _phone_jpegs()
    yield from _pngs()
    yield from _gifs()
    yield from every_writers_metadata()


def pieces_found(data: bytes) -> list[bytes]:
    """Which parts of `NAME` the file holds, as they are, two bytes a letter or packed."""
    pieces = [NAME[at : at + _PIECE_BYTES] for at in range(len(NAME) - _PIECE_BYTES)]
    places = [data, data.replace(b"\0", b""), *_inflated(data)]
    return [piece for piece in pieces if any(piece in place for place in places)]


def _phone_jpegs() -> Iterator[tuple[str, bytes, bytes]]:
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = NAME.decode()
    exif.get_ifd(0x8825)[0x1D] = NAME.decode()
    exif.get_ifd(0x8769)[0x9286] = NAME
    second = made.gradient(160, 100)
    mpo = made.encoded(made.gradient(), "MPO", save_all=True, append_images=[second], exif=exif)
    yield "MPO: in EXIF and in the second picture", mpo + NAME, made.multi_picture()
    profile = told_profile()
    for kind, content in _unread_tables():
        data = made.jpeg(icc_profile=with_tag(display_p3(), b"A2B0", content))
        yield f"JPEG: in a table of its profile, {kind}", data, made.jpeg(icc_profile=display_p3())
    yield "JPEG: in its profile", made.jpeg(icc_profile=profile, comment=NAME), made.jpeg(icc_profile=profile)


def _unread_tables() -> Iterator[tuple[str, bytes]]:
    yield "of old", b"mft2" + bytes(4) + NAME
    yield "of new", b"mAB " + NAME
    yield "of any", b"mpet" + bytes(4) + NAME


def with_tag(profile: bytes, tag: bytes, content: bytes) -> bytes:
    """One more tag, behind the others."""
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = [struct.unpack_from(">4sII", profile, 132 + 12 * number) for number in range(count)]
    table = [struct.pack(">4sII", name, start + 12, length) for name, start, length in entries]
    table.append(struct.pack(">4sII", tag, len(profile) + 12, len(content)))
    body = struct.pack(">I", count + 1) + b"".join(table) + profile[132 + 12 * count :] + content
    return struct.pack(">I", 128 + len(body)) + profile[4:128] + body


def told_profile() -> bytes:
    """Display colours whose description and copyright are `NAME`."""
    profile = bytearray(display_p3())
    (count,) = struct.unpack_from(">I", profile, 128)
    for number in range(count):
        tag, start, length = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        if tag in (b"desc", b"cprt"):
            room = length - 12
            profile[start + 12 : start + 12 + room] = (NAME * 9)[:room]
    return bytes(profile) + NAME


def _pngs() -> Iterator[tuple[str, bytes, bytes]]:
    whole = made.png()
    header, rest = whole[:33], whole[33:]
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", NAME.decode())
    notes.add_text("Packed", NAME.decode() * 9, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", NAME.decode())
    yield "PNG: in texts", made.encoded(made.gradient(), "PNG", pnginfo=notes), whole
    for name in (b"eXIf", b"tIME", b"ruTh", b"gAMA", b"pHYs", b"sPLT", b"hIST"):
        yield f"PNG: in {name.decode()}", header + made.png_chunk(name, NAME) + rest, whole
    for name in (b"tEXt", b"gAMA", b"ruTh"):
        yield (
            f"PNG: in {name.decode()} behind the rows",
            _before_end(whole, made.png_chunk(name, NAME[:4] + NAME)),
            whole,
        )
    for name, content in ((b"PLTE", NAME * 9), (b"tRNS", b"\0\1\0\2\0\3" + NAME), (b"cHRM", (NAME + NAME)[:32])):
        chunk = made.png_chunk(name, content)
        yield f"PNG: in {name.decode()}, of full colour", header + chunk + rest, whole
    yield from _unused_colours()
    packed = b"icc " + NAME + b"\0\0" + zlib.compress(told_profile())
    profiled = made.encoded(made.gradient(), "PNG", icc_profile=told_profile())
    yield "PNG: in its profile and the name of that", header + made.png_chunk(b"iCCP", packed) + rest, profiled
    yield "PNG: behind its end", whole + NAME, whole
    yield "PNG: behind the packed rows", _with_rows(whole, lambda packed_rows: packed_rows + NAME), whole
    yield "PNG: among the rows", _with_rows(whole, lambda rows: zlib.compress(zlib.decompress(rows) + NAME * 5)), whole


def _unused_colours() -> Iterator[tuple[str, bytes, bytes]]:
    image = made.gradient().quantize(8)
    told = image.copy()
    told.putpalette((image.getpalette() or [])[:24] + list(NAME * 3))
    for kind in ("PNG", "GIF"):
        sound = made.encoded(image, kind)
        yield f"{kind}: in colours that no pixel has", made.encoded(told, kind, optimize=False, bits=8), sound


def _before_end(whole: bytes, chunk: bytes) -> bytes:
    return whole[:-12] + chunk + whole[-12:]


def _gifs() -> Iterator[tuple[str, bytes, bytes]]:
    whole = made.gif()
    first = 13 + 3 * 256
    block = bytes((len(NAME),)) + NAME
    for label, name in (("comment", b"\x21\xfe"), ("words", b"\x21\x01"), ("application", b"\x21\xff\x0bXMP DataXMP")):
        yield f"GIF: in its {label}", whole[:first] + name + block + b"\0" + whole[first:], whole
        yield f"GIF: in its {label} behind the picture", whole[:-1] + name + block + b"\0;", whole
    yield "GIF: behind its end", whole + NAME, whole
    yield "GIF: behind the last pixel", whole[:-2] + block * 4 + b"\0;", whole


def _with_rows(whole: bytes, change: Callable[[bytes], bytes]) -> bytes:
    parts, at, packed = [], 8, b""
    while at < len(whole):
        length = int.from_bytes(whole[at : at + 4], "big")
        name, body = whole[at + 4 : at + 8], whole[at + 8 : at + 8 + length]
        if name == b"IDAT":
            packed += body
        else:
            parts.append(made.png_chunk(name, body))
        at += 12 + length
    return whole[:8] + b"".join(parts[:-1]) + made.png_chunk(b"IDAT", change(packed)) + parts[-1]


def _inflated(data: bytes) -> Iterator[bytes]:
    """What stands packed in a PNG's chunks."""
    if not data.startswith(made.PNG_START):
        return
    at, rows = 8, b""
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if name == b"IDAT":
            rows += body
        elif name in (b"iCCP", b"zTXt"):
            yield zlib.decompress(body.partition(b"\0")[2][1:])
        at += 12 + length
    yield zlib.decompress(rows)
