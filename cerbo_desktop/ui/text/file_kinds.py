"""What a file is, in words."""

from cerbo_desktop.domain.verdict import FileKind
from cerbo_desktop.ui.text.catalogue import translate

_SHORT_NAMES = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.GIF: "GIF",
    FileKind.WEBP: "WebP",
    FileKind.BMP: "BMP",
    FileKind.TIFF: "TIFF",
    FileKind.HEIC: "HEIC",
    FileKind.AVIF: "AVIF",
    FileKind.PDF: "PDF",
    FileKind.SVG: "SVG",
}
"""The same in every language."""


def short_name(kind: FileKind) -> str:
    """HEIC; empty for what has no short name that everybody knows"""
    return _SHORT_NAMES.get(kind, "")


def this_is(kind: FileKind) -> str:
    """This is a HEIC image. Empty where the kind isn't known."""
    match kind:
        case FileKind.DICOM:
            return translate("FileKinds", "This is a DICOM file.")
        case FileKind.PDF:
            return translate("FileKinds", "This is a PDF document.")
        case FileKind.RTF:
            return translate("FileKinds", "This is an RTF document.")
        case FileKind.OFFICE:
            return translate("FileKinds", "This is an Office document.")
        case FileKind.WEB_PAGE:
            return translate("FileKinds", "This is a web page.")
        case FileKind.XML:
            return translate("FileKinds", "This is an XML file.")
        case FileKind.TEXT:
            return translate("FileKinds", "This is a text file.")
        case FileKind.ZIP:
            return translate("FileKinds", "This is a ZIP archive.")
        case FileKind.ARCHIVE:
            return translate("FileKinds", "This is an archive.")
        case FileKind.VIDEO:
            return translate("FileKinds", "This is a video.")
        case FileKind.SOUND:
            return translate("FileKinds", "This is a sound file.")
        case FileKind.PROGRAM:
            return translate("FileKinds", "This is a program.")
        case FileKind.UNKNOWN:
            return ""
        case _:
            return _image(kind)


def _image(kind: FileKind) -> str:
    match kind:
        case FileKind.PNG:
            return translate("FileKinds", "This is a PNG image.")
        case FileKind.GIF:
            return translate("FileKinds", "This is a GIF image.")
        case FileKind.WEBP:
            return translate("FileKinds", "This is a WebP image.")
        case FileKind.BMP:
            return translate("FileKinds", "This is a BMP image.")
        case FileKind.TIFF:
            return translate("FileKinds", "This is a TIFF image.")
        case FileKind.HEIC:
            return translate("FileKinds", "This is a HEIC image.")
        case FileKind.AVIF:
            return translate("FileKinds", "This is an AVIF image.")
        case FileKind.JPEG_XL:
            return translate("FileKinds", "This is a JPEG XL image.")
        case FileKind.JPEG_2000:
            return translate("FileKinds", "This is a JPEG 2000 image.")
        case FileKind.PSD:
            return translate("FileKinds", "This is a Photoshop image.")
        case FileKind.ICON:
            return translate("FileKinds", "This is an icon.")
        case FileKind.ARITHMETIC_JPEG:
            return translate("FileKinds", "This is a JPEG image with arithmetic coding.")
        case FileKind.SVG:
            return translate("FileKinds", "This is an SVG drawing.")
        case _:
            return translate("FileKinds", "This is a JPEG image.")
