"""Sound photos of every format with a name and a place wherever cameras, phones and editors write what they know."""

import struct
from collections.abc import Iterator

from PIL import ExifTags, Image, TiffImagePlugin, TiffTags, features

from cerbo_desktop.imaging import heic
from tests.fakes import heic_pictures, hostile_images as made
from tests.fakes.damaged_jpegs import NAME, segment

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_TEXT = NAME.decode()
_BMP_HEADER_BYTES = 14
_BOX_HEAD_BYTES = 8
_EXIF_ITEM_PLACE = struct.pack(">HHIHII", 2, 0, 0x2B7, 1, 0, 0x24)
"""Where the picture `TURNED` says that its EXIF is: item, reference, place, number of parts, first part, length."""
_TIFF_XMP, _TIFF_IPTC, _TIFF_PHOTOSHOP, _TIFF_PRIVATE = 700, 33_723, 34_377, 65_000

Told = Iterator[tuple[str, bytes, bytes]]


def every_writers_metadata() -> Told:
    """What it is, the file, and a file that shows the same."""
    yield from _jpegs()
    yield from _pngs()
    yield from _webps()
    yield from _tiffs()
    yield from _bmps()
    yield from _gifs()
    if features.check("avif"):
        yield from _avifs()
    if heic.FORMAT:
        yield from _heics()


def told_exif(orientation: int = 1) -> Image.Exif:
    """With the name in every text, the maker's note, the place, and where a time and an id are meant to stand."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    base = ExifTags.Base
    for tag in (base.ImageDescription, base.Make, base.Model, base.Software, base.Artist, base.Copyright):
        exif[tag] = _TEXT
    exif[base.HostComputer] = exif[base.DateTime] = _TEXT
    for tag in (base.XPTitle, base.XPComment, base.XPAuthor, base.XPKeywords, base.XPSubject):
        exif[tag] = _TEXT.encode("utf-16-le")
    fields = exif.get_ifd(ExifTags.IFD.Exif)
    for tag in (base.DateTimeOriginal, base.OffsetTimeOriginal, base.SubsecTimeOriginal, base.ImageUniqueID):
        fields[tag] = _TEXT
    for tag in (base.CameraOwnerName, base.BodySerialNumber, base.LensModel, base.LensSerialNumber):
        fields[tag] = _TEXT
    fields[base.MakerNote] = b"Apple iOS\0\0\1MM" + NAME * 3
    fields[base.UserComment] = b"UNICODE\0" + _TEXT.encode("utf-16-be")
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({ExifTags.GPS.GPSMapDatum: _TEXT, ExifTags.GPS.GPSAreaInformation: NAME})
    return exif


def _jpegs() -> Told:
    whole = made.jpeg()
    for name, extra in _jpeg_segments():
        yield f"JPEG: {name}", whole[:20] + extra + whole[20:], whole
    for name, trailer in _trailers():
        yield f"JPEG: {name}", whole + trailer, whole
    yield "JPEG: in all of EXIF", made.jpeg(exif=told_exif()), whole
    lying = made.jpeg(exif=told_exif(6), comment=NAME)
    yield "JPEG: turned, in all of EXIF", lying + NAME, made.jpeg(exif=_lying())
    inks = made.gradient(mode="CMYK")
    yield "JPEG: of inks", made.encoded(inks, "JPEG", exif=told_exif(), comment=NAME) + NAME, made.encoded(inks, "JPEG")
    large = made.gradient(1_600, 1_200).effect_spread(9)
    told = made.encoded(large, "JPEG", quality=95, exif=told_exif(), comment=NAME)
    yield "JPEG: large enough for a thumbnail", told, made.encoded(large, "JPEG", quality=95)


def _jpeg_segments() -> Iterator[tuple[str, bytes]]:
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + NAME + b"</x:xmpmeta>"
    yield "XMP", segment(0xE1, _XMP + packet)
    parts = (struct.pack(">II", 2 * len(packet), at) + packet for at in (0, len(packet)))
    yield "extended XMP", b"".join(segment(0xE1, _MORE_XMP + b"0" * 32 + part) for part in parts)
    caption = b"\x1c\x02\x78" + struct.pack(">H", len(NAME)) + NAME
    yield "IPTC", segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(caption)) + caption)
    box = struct.pack(">I", 40 + len(NAME)) + b"jumb" + _C2PA + b"json" + NAME
    yield "C2PA", segment(0xEB, b"JP\0\1" + struct.pack(">I", 1) + box)
    yield "an index of pictures", segment(0xE2, b"MPF\0II*\0" + NAME)
    yield "FlashPix", segment(0xE2, b"FPXR\0" + NAME)
    yield "a heat camera", segment(0xE1, b"FLIR\0\1\0\0" + NAME)
    yield "a small picture of JFIF", segment(0xE0, b"JFXX\0\x10" + made.jpeg(40, 30, comment=NAME))
    yield "an editor", segment(0xEC, b"Ducky\0\1\0\4\0\0\0\x50" + NAME)


def _trailers() -> Iterator[tuple[str, bytes]]:
    block = b"\0\0\1\x0a\x0e\0\0\0Image_UTC_Data" + NAME
    entries = b"SEFH" + struct.pack("<IIHHII", 106, 1, 0, 0x0A01, len(block), len(block))
    yield "a phone's trailer", block + entries + struct.pack("<I", len(entries)) + b"SEFT"
    yield "a film", b"\0\0\0\x18ftypmp42\0\0\0\0" + _box(b"moov", _box(b"udta", NAME)) + _box(b"mdat", NAME * 99)
    yield "a map of depth", made.jpeg(64, 48, comment=NAME)


def _pngs() -> Told:
    whole = made.png()
    for name in (b"caBX", b"iDOT", b"vpAg", b"dSIG", b"zxIf", b"mkBF"):
        yield f"PNG: in {name.decode()}", whole[:33] + made.png_chunk(name, NAME * 3) + whole[33:], whole
    lying = made.encoded(made.gradient(), "PNG", exif=told_exif(6))
    yield "PNG: turned, in all of EXIF", lying, made.encoded(made.gradient(), "PNG", exif=_lying())


def _lying() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    return exif


def _webps() -> Told:
    whole = made.encoded(made.gradient(), "WEBP", quality=90)
    told = made.encoded(made.gradient(), "WEBP", quality=90, exif=told_exif(), xmp=NAME * 3)
    yield "WEBP: in EXIF and XMP", told, whole
    chunk = b"RUTH" + struct.pack("<I", 2 * len(NAME)) + 2 * NAME
    size = struct.pack("<I", len(told) - 8 + len(chunk))
    yield "WEBP: in a chunk of its own", told[:4] + size + told[8:] + chunk, whole
    yield "WEBP: behind its end", whole + NAME, whole


def _tiffs() -> Told:
    whole = made.encoded(made.gradient(), "TIFF")
    fields = TiffImagePlugin.ImageFileDirectory_v2()
    base = ExifTags.Base
    for tag in (base.ImageDescription, base.Make, base.Model, base.Software, base.Artist, base.Copyright):
        fields[tag] = _TEXT
    for number in (_TIFF_XMP, _TIFF_IPTC, _TIFF_PHOTOSHOP, _TIFF_PRIVATE):
        fields.tagtype[number] = TiffTags.UNDEFINED
        fields[number] = NAME * 3
    yield "TIFF: in its tags", made.encoded(made.gradient(), "TIFF", tiffinfo=fields), whole
    yield "TIFF: in EXIF and the place", made.encoded(made.gradient(), "TIFF", exif=told_exif()), whole
    yield "TIFF: behind its end", whole + NAME * 9, whole


def _bmps() -> Told:
    whole = made.encoded(made.gradient(), "BMP")
    (pixels_at,) = struct.unpack_from("<I", whole, 10)
    moved = whole[:10] + struct.pack("<I", pixels_at + len(NAME)) + whole[_BMP_HEADER_BYTES:]
    yield "BMP: before its pixels", moved[:pixels_at] + NAME + moved[pixels_at:], whole
    yield "BMP: behind its pixels", whole + NAME, whole


def _gifs() -> Told:
    whole = made.gif()
    first = 13 + 3 * 256
    for label, name in (("a loop", b"NETSCAPE2.0"), ("colours", b"ICCRGBG1012"), ("an editor", b"MGK8BIM0000")):
        block = b"\x21\xff\x0b" + name + bytes((len(NAME),)) + NAME + b"\0"
        yield f"GIF: in {label}", whole[:first] + block + whole[first:], whole


def _avifs() -> Told:
    whole = made.encoded(made.gradient(), "AVIF", quality=90, speed=10)
    told = made.encoded(made.gradient(), "AVIF", quality=90, speed=10, exif=told_exif(), xmp=NAME * 3)
    yield "AVIF: in EXIF and XMP", told, whole
    yield "AVIF: in boxes behind its picture", whole + _unread_boxes(), whole


def _heics() -> Told:
    whole = heic_pictures.PLAIN
    yield "HEIC: in boxes behind its picture", whole + _unread_boxes(), whole
    turned = heic_pictures.TURNED
    block = b"\0\0\0\6Exif\0\0" + told_exif().tobytes().removeprefix(b"Exif\0\0")
    place = struct.pack(">HHIHII", 2, 0, len(turned) + _BOX_HEAD_BYTES, 1, 0, len(block))
    yield "HEIC: in its EXIF", turned.replace(_EXIF_ITEM_PLACE, place) + _box(b"mdat", block), turned


def _unread_boxes() -> bytes:
    return _box(b"free", NAME * 3) + _box(b"uuid", _C2PA + NAME) + _box(b"skip", NAME) + _box(b"udta", NAME)


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", _BOX_HEAD_BYTES + len(content)) + name + content
