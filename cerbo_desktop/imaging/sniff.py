"""What kind of file bytes are, by their first bytes alone, and what kind a file's name claims."""

from enum import Enum
from pathlib import PurePath

from cerbo_desktop.domain.verdict import MediaType


class Kind(Enum):
    """Each value is what a person calls such a file."""

    JPEG = "JPEG picture"
    PNG = "PNG picture"
    GIF = "GIF picture"
    WEBP = "WebP picture"
    BMP = "BMP picture"
    TIFF = "TIFF picture"
    HEIC = "HEIC picture"
    AVIF = "AVIF picture"
    JPEG_XL = "JPEG XL picture"
    JPEG_2000 = "JPEG 2000 picture"
    PSD = "Photoshop picture"
    ICON = "icon"
    SVG = "SVG drawing"
    DICOM = "DICOM file"
    PDF = "PDF document"
    RTF = "RTF document"
    OFFICE = "Office document"
    WEB_PAGE = "web page"
    XML = "XML file"
    TEXT = "text file"
    ZIP = "ZIP archive"
    ARCHIVE = "archive"
    VIDEO = "video"
    SOUND = "sound file"
    PROGRAM = "program"
    UNKNOWN = ""


MEDIA_TYPES = {Kind.JPEG: MediaType.JPEG, Kind.PNG: MediaType.PNG, Kind.GIF: MediaType.GIF}
"""What may be sent as it is."""
PICTURES = frozenset(
    {
        *(Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.BMP, Kind.TIFF, Kind.HEIC, Kind.AVIF),
        *(Kind.JPEG_XL, Kind.JPEG_2000, Kind.PSD),
    }
)

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"II+\x00", Kind.TIFF),
    (b"MM\x00+", Kind.TIFF),
    (b"\xff\x0a", Kind.JPEG_XL),
    (b"\x00\x00\x00\x0cJXL ", Kind.JPEG_XL),
    (b"\x00\x00\x00\x0cjP  ", Kind.JPEG_2000),
    (b"8BPS", Kind.PSD),
    (b"\x00\x00\x01\x00", Kind.ICON),
    (b"%PDF-", Kind.PDF),
    (b"{\\rtf", Kind.RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"\x1aE\xdf\xa3", Kind.VIDEO),
    (b"ID3", Kind.SOUND),
    (b"OggS", Kind.SOUND),
    (b"fLaC", Kind.SOUND),
    (b"MZ", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Kind.PROGRAM),
)
_RIFF = {b"WEBP": Kind.WEBP, b"AVI ": Kind.VIDEO, b"WAVE": Kind.SOUND}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_CONTAINER_BRANDS = frozenset({b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_OFFICE_FOLDERS = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")
_LOOK_BYTES = 2048

_EXTENSIONS: dict[Kind, str] = {
    Kind.JPEG: "jpg jpeg jpe jfif",
    Kind.PNG: "png apng",
    Kind.GIF: "gif",
    Kind.WEBP: "webp",
    Kind.BMP: "bmp dib",
    Kind.TIFF: "tif tiff dng",
    Kind.HEIC: "heic heif hif",
    Kind.AVIF: "avif",
    Kind.JPEG_XL: "jxl",
    Kind.JPEG_2000: "jp2 j2k jpx",
    Kind.PSD: "psd",
    Kind.ICON: "ico",
    Kind.SVG: "svg",
    Kind.DICOM: "dcm",
    Kind.PDF: "pdf",
    Kind.RTF: "rtf",
    Kind.OFFICE: "doc docx xls xlsx ppt pptx odt ods odp",
    Kind.WEB_PAGE: "htm html xhtml",
    Kind.XML: "xml",
    Kind.TEXT: "txt csv md log json",
    Kind.ZIP: "zip",
    Kind.ARCHIVE: "rar 7z gz tgz",
    Kind.VIDEO: "mp4 m4v mov avi mkv webm",
    Kind.SOUND: "mp3 wav ogg flac m4a",
    Kind.PROGRAM: "exe dll com bat msi",
}
_KIND_OF_EXTENSION = {word: kind for kind, words in _EXTENSIONS.items() for word in words.split()}


def kind_of(data: bytes) -> Kind:
    """What the bytes are; `UNKNOWN` where nothing fits."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return _office_or_zip(data) if kind is Kind.ZIP else kind
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], Kind.UNKNOWN)
    if data[4:8] == b"ftyp":
        return _kind_of_brands(data)
    if data[128:132] == b"DICM":
        return Kind.DICOM
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return Kind.BMP
    return _kind_of_text(data[:_LOOK_BYTES])


def kind_of_name(file_name: str) -> Kind | None:
    """What the extension of the name claims; None where there is none, or none that is known."""
    return _KIND_OF_EXTENSION.get(PurePath(file_name).suffix.removeprefix(".").lower())


def _kind_of_brands(data: bytes) -> Kind:
    """By the major brand; where that names the container alone, by the compatible ones."""
    major = data[8:12]
    others = {data[at : at + 4] for at in range(16, min(int.from_bytes(data[:4], "big"), _LOOK_BYTES), 4)}
    if major in _AVIF_BRANDS or (major in _CONTAINER_BRANDS and others & _AVIF_BRANDS):
        return Kind.AVIF
    return Kind.HEIC if major in _HEIC_BRANDS else Kind.VIDEO


def _office_or_zip(data: bytes) -> Kind:
    head = data[:_LOOK_BYTES]
    return Kind.OFFICE if any(folder in head for folder in _OFFICE_FOLDERS) else Kind.ZIP


def _kind_of_text(head: bytes) -> Kind:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return Kind.WEB_PAGE
    if text.startswith((b"<?xml", b"<svg")):
        return Kind.SVG if b"<svg" in text else Kind.XML
    is_text = bool(text) and not any(byte < 9 or 14 <= byte < 27 for byte in text)
    return Kind.TEXT if is_text and _is_utf8(head) else Kind.UNKNOWN


def _is_utf8(head: bytes) -> bool:
    """True also where the cut of `head` splits its last character."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 and error.reason == "unexpected end of data"
    return True
