"""What bytes and names are taken for."""

import pytest

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.imaging.sniff import kind_of, kind_of_name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
        (b"GIF87a", FileKind.GIF),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.WEBP),
        (b"RIFF\0\0\0\0WAVEfmt ", FileKind.SOUND),
        (b"BM\x36\0\0\0\0\0\0\0", FileKind.BMP),
        (b"BMW is no bitmap", FileKind.TEXT),
        (b"II*\0", FileKind.TIFF),
        (b"MM\0*", FileKind.TIFF),
        (b"\0\0\0\x18ftypheic", FileKind.HEIC),
        (b"\0\0\0\x18ftypmif1", FileKind.HEIC),
        (b"\0\0\0\x18ftypavif", FileKind.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", FileKind.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", FileKind.HEIC),
        (b"\0\0\0\x18ftypqt  ", FileKind.VIDEO),
        (b"\0" * 128 + b"DICM", FileKind.DICOM),
        (b"%PDF-1.4", FileKind.PDF),
        (b"  <!DOCTYPE HTML>", FileKind.WEB_PAGE),
        (b"<?xml version='1.0'?><svg/>", FileKind.SVG),
        (b"<?xml version='1.0'?><note/>", FileKind.XML),
        (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", FileKind.OFFICE),
        (b"PK\x03\x04holiday.jpg", FileKind.ZIP),
        (b"MZ\x90\0", FileKind.PROGRAM),
        ("é".encode() * 2000, FileKind.TEXT),
        (b"x" + "é".encode() * 2000, FileKind.TEXT),  # the look ends within a character
        (b"\xe9\xe8 latin", FileKind.UNKNOWN),
        (b"\0\1\2\3", FileKind.UNKNOWN),
        (b"", FileKind.UNKNOWN),
    ],
)
def test_bytes(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", FileKind.JPEG),
        ("a.JPE", FileKind.JPEG),
        ("a.b.jfif", FileKind.JPEG),
        ("C:\\photos\\a.Png", FileKind.PNG),
        ("a.heif", FileKind.HEIC),
        ("a.docx", FileKind.OFFICE),
        ("a.20251105", None),
        (".jpg", None),
        ("a", None),
        ("", None),
    ],
)
def test_names(name: str, kind: FileKind | None) -> None:
    assert kind_of_name(name) is kind
