"""What bytes and names are taken for."""

import pytest

from cerbo_desktop.imaging.sniff import Kind, kind_of, kind_of_name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"GIF87a", Kind.GIF),
        (b"RIFF\0\0\0\0WEBPVP8 ", Kind.WEBP),
        (b"RIFF\0\0\0\0WAVEfmt ", Kind.SOUND),
        (b"BM\x36\0\0\0\0\0\0\0", Kind.BMP),
        (b"BMW is no bitmap", Kind.TEXT),
        (b"II*\0", Kind.TIFF),
        (b"MM\0*", Kind.TIFF),
        (b"\0\0\0\x18ftypheic", Kind.HEIC),
        (b"\0\0\0\x18ftypmif1", Kind.HEIC),
        (b"\0\0\0\x18ftypavif", Kind.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Kind.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Kind.HEIC),
        (b"\0\0\0\x18ftypqt  ", Kind.VIDEO),
        (b"\0" * 128 + b"DICM", Kind.DICOM),
        (b"%PDF-1.4", Kind.PDF),
        (b"  <!DOCTYPE HTML>", Kind.WEB_PAGE),
        (b"<?xml version='1.0'?><svg/>", Kind.SVG),
        (b"<?xml version='1.0'?><note/>", Kind.XML),
        (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", Kind.OFFICE),
        (b"PK\x03\x04holiday.jpg", Kind.ZIP),
        (b"MZ\x90\0", Kind.PROGRAM),
        ("é".encode() * 2000, Kind.TEXT),
        (b"x" + "é".encode() * 2000, Kind.TEXT),  # the look ends within a character
        (b"\xe9\xe8 latin", Kind.UNKNOWN),
        (b"\0\1\2\3", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
    ],
)
def test_bytes(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", Kind.JPEG),
        ("a.JPE", Kind.JPEG),
        ("a.b.jfif", Kind.JPEG),
        ("C:\\photos\\a.Png", Kind.PNG),
        ("a.heif", Kind.HEIC),
        ("a.docx", Kind.OFFICE),
        ("a.20251105", None),
        (".jpg", None),
        ("a", None),
        ("", None),
    ],
)
def test_names(name: str, kind: Kind | None) -> None:
    assert kind_of_name(name) is kind
