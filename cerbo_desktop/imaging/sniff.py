"""What kind of file bytes are, by their first bytes alone, and what kind a file's name claims."""

from pathlib import PurePath

from cerbo_desktop.domain.verdict import FileKind, MediaType

MEDIA_TYPES = {FileKind.JPEG: MediaType.JPEG, FileKind.PNG: MediaType.PNG, FileKind.GIF: MediaType.GIF}
"""What may be sent as it is."""
PICTURES = frozenset(
    {
        *(
            FileKind.JPEG,
            FileKind.PNG,
            FileKind.GIF,
            FileKind.WEBP,
            FileKind.BMP,
            FileKind.TIFF,
            FileKind.HEIC,
            FileKind.AVIF,
        ),
        *(FileKind.JPEG_XL, FileKind.JPEG_2000, FileKind.PSD),
    }
)

_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"MM\x00+", FileKind.TIFF),
    (b"\xff\x0a", FileKind.JPEG_XL),
    (b"\x00\x00\x00\x0cJXL ", FileKind.JPEG_XL),
    (b"\x00\x00\x00\x0cjP  ", FileKind.JPEG_2000),
    (b"8BPS", FileKind.PSD),
    (b"\x00\x00\x01\x00", FileKind.ICON),
    (b"%PDF-", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OFFICE),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"\x1aE\xdf\xa3", FileKind.VIDEO),
    (b"ID3", FileKind.SOUND),
    (b"OggS", FileKind.SOUND),
    (b"fLaC", FileKind.SOUND),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
)
_RIFF = {b"WEBP": FileKind.WEBP, b"AVI ": FileKind.VIDEO, b"WAVE": FileKind.SOUND}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_CONTAINER_BRANDS = frozenset({b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_OFFICE_FOLDERS = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis")
_LOOK_BYTES = 2048

_EXTENSIONS: dict[FileKind, str] = {
    FileKind.JPEG: "jpg jpeg jpe jfif",
    FileKind.PNG: "png apng",
    FileKind.GIF: "gif",
    FileKind.WEBP: "webp",
    FileKind.BMP: "bmp dib",
    FileKind.TIFF: "tif tiff dng",
    FileKind.HEIC: "heic heif hif",
    FileKind.AVIF: "avif",
    FileKind.JPEG_XL: "jxl",
    FileKind.JPEG_2000: "jp2 j2k jpx",
    FileKind.PSD: "psd",
    FileKind.ICON: "ico",
    FileKind.SVG: "svg",
    FileKind.DICOM: "dcm",
    FileKind.PDF: "pdf",
    FileKind.RTF: "rtf",
    FileKind.OFFICE: "doc docx xls xlsx ppt pptx odt ods odp",
    FileKind.WEB_PAGE: "htm html xhtml",
    FileKind.XML: "xml",
    FileKind.TEXT: "txt csv md log json",
    FileKind.ZIP: "zip",
    FileKind.ARCHIVE: "rar 7z gz tgz",
    FileKind.VIDEO: "mp4 m4v mov avi mkv webm",
    FileKind.SOUND: "mp3 wav ogg flac m4a",
    FileKind.PROGRAM: "exe dll com bat msi",
}
_KIND_OF_EXTENSION = {word: kind for kind, words in _EXTENSIONS.items() for word in words.split()}


def kind_of(data: bytes) -> FileKind:
    """What the bytes are; `UNKNOWN` where nothing fits."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return _office_or_zip(data) if kind is FileKind.ZIP else kind
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], FileKind.UNKNOWN)
    if data[4:8] == b"ftyp":
        return _kind_of_brands(data)
    if data[128:132] == b"DICM":
        return FileKind.DICOM
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return FileKind.BMP
    return _kind_of_text(data[:_LOOK_BYTES])


def kind_of_name(file_name: str) -> FileKind | None:
    """What the extension of the name claims; None where there is none, or none that is known."""
    return _KIND_OF_EXTENSION.get(PurePath(file_name).suffix.removeprefix(".").lower())


def _kind_of_brands(data: bytes) -> FileKind:
    """By the major brand; where that names the container alone, by the compatible ones."""
    major = data[8:12]
    others = {data[at : at + 4] for at in range(16, min(int.from_bytes(data[:4], "big"), _LOOK_BYTES), 4)}
    if major in _AVIF_BRANDS or (major in _CONTAINER_BRANDS and others & _AVIF_BRANDS):
        return FileKind.AVIF
    return FileKind.HEIC if major in _HEIC_BRANDS else FileKind.VIDEO


def _office_or_zip(data: bytes) -> FileKind:
    head = data[:_LOOK_BYTES]
    return FileKind.OFFICE if any(folder in head for folder in _OFFICE_FOLDERS) else FileKind.ZIP


def _kind_of_text(head: bytes) -> FileKind:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return FileKind.WEB_PAGE
    if text.startswith((b"<?xml", b"<svg")):
        return FileKind.SVG if b"<svg" in text else FileKind.XML
    is_text = bool(text) and not any(byte < 9 or 14 <= byte < 27 for byte in text)
    return FileKind.TEXT if is_text and _is_utf8(head) else FileKind.UNKNOWN


def _is_utf8(head: bytes) -> bool:
    """True also where the cut of `head` splits its last character."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 and error.reason == "unexpected end of data"
    return True
