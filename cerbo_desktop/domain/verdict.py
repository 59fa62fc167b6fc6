"""What the examination of a photo, before it may be sent, can end in."""

from dataclasses import dataclass
from enum import Enum

from cerbo_desktop.domain.raster import Raster


class MediaType(Enum):
    """Types that Cerbo takes and this app sends (contract 6.5). `image/jpg` and `image/pngx` are never sent."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"


class RefusalReason(Enum):
    """Why a file cannot become a photo in the chart. The words for each stand in the interface."""

    EMPTY = "empty"
    NOT_A_FILE = "not a file"
    """A folder, a pipe, a socket or a device."""
    BROKEN_LINK = "broken link"
    """A link to what isn't there."""
    UNREADABLE = "unreadable"
    NO_ANSWER = "no answer"
    """The disk or the share that it lies on does not answer."""
    NOT_A_PHOTO = "not a photo"
    UNSUPPORTED_TYPE = "unsupported type"
    TOO_BIG = "too big"
    TOO_MANY_PIXELS = "too many pixels"
    DAMAGED = "damaged"
    TOO_SLOW = "too slow"
    """Not read within the time that a photo may take: it need not be damaged for that."""
    MOVING = "moving"
    NOT_SAFE_HERE = "not safe here"
    """A decoder with a known fault, on a PC that can't confine it."""
    OUT_OF_ORDER = "decoder out of order"
    NO_PHOTOS_INSIDE = "no photos inside"
    """A folder that holds none."""
    CHANGED = "changed"
    """The file is another one than when it was examined."""


class FileKind(Enum):
    """What a file is by its first bytes. The words for each stand in the interface."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    BMP = "bmp"
    TIFF = "tiff"
    HEIC = "heic"
    AVIF = "avif"
    JPEG_XL = "jpeg-xl"
    JPEG_2000 = "jpeg-2000"
    PSD = "psd"
    ICON = "icon"
    SVG = "svg"
    DICOM = "dicom"
    PDF = "pdf"
    RTF = "rtf"
    OFFICE = "office"
    WEB_PAGE = "web-page"
    XML = "xml"
    TEXT = "text"
    ZIP = "zip"
    ARCHIVE = "archive"
    VIDEO = "video"
    SOUND = "sound"
    PROGRAM = "program"
    ARITHMETIC_JPEG = "arithmetic-jpeg"
    """With arithmetic coding, which next to no program can show."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What is known of a photo without its bytes."""

    media_type: MediaType
    width_px: int
    height_px: int
    size_bytes: int
    sha256: str
    """Hexadecimal, of the bytes."""
    unique_id: str = ""
    """Thirty-two hex digits written into the photo, by which it is known again in other bytes; empty where none are."""


@dataclass(frozen=True, slots=True)
class OutgoingPhoto:
    """A photo that passed every gate and is ready to be sent."""

    data: bytes | bytearray
    """A bytearray where it was just opened: another copy of 11 MB would be the price of `bytes`."""
    media_type: MediaType
    width_px: int
    height_px: int
    sha256: str
    """Hexadecimal, of `data`."""
    unique_id: str = ""
    """As in `PhotoFacts`."""

    @property
    def size_bytes(self) -> int:
        return len(self.data)

    @property
    def facts(self) -> PhotoFacts:
        return PhotoFacts(self.media_type, self.width_px, self.height_px, self.size_bytes, self.sha256, self.unique_id)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a file was, and what was done to it so that Cerbo can take it."""

    source_kind: FileKind = FileKind.JPEG
    named_kind: FileKind | None = None
    """What the file's extension says, where its bytes are of another kind."""
    source_width_px: int = 0
    source_height_px: int = 0
    """Upright, as is the width."""
    source_bytes: int = 0
    page_count: int = 1
    """Pages or frames in the file, of which the first alone is sent."""
    quality: int | None = None
    """The JPEG quality of pixels that were encoded anew; None where the source's own stand."""
    is_fitted: bool = False
    """It was over Cerbo's limit, and was made to fit by quality or by size."""
    is_below_minimum: bool = False
    """It fits only with fewer pixels than may be sent without a person's word."""
    is_reduced: bool = False
    """It has more pixels than can be decoded, and was read at a half or a quarter of its size."""
    holds_more: bool = False
    """The file has a video, further pictures or other large data beside its picture. None of that is sent."""
    had_location: bool = False
    """The file named the place where it was taken."""
    pixels_sha256: str = ""
    """Hexadecimal, of the source's upright pixels: the same picture in a file of other bytes has the same."""
    source_unique_id: str = ""
    """The id of this app that the file carries: it was saved from Cerbo. Empty where it carries none."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The photo may be sent."""

    photo: OutgoingPhoto
    preview: Raster
    """At most 400 pixels on its longer edge: what the tab of files shows of it on a screen of scale 1.25."""
    source_sha256: str = ""
    """Hexadecimal, of the bytes as they came: the photo that goes out carries an id of its own each time. Empty for a
    camera's frame."""
    preparation: Preparation = Preparation()


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot become a photo in the chart."""

    reason: RefusalReason
    found: FileKind = FileKind.UNKNOWN
    """What the bytes are, where that helps."""
    size_bytes: int = 0


Verdict = Accepted | Refused
