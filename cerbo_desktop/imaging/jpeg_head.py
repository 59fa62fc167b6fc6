"""What the first bytes of a JPEG tell, however few there are. The same walk and caps as for a whole one."""

import contextlib
import struct
from dataclasses import dataclass, field

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.limits import MAX_JPEG_PIXELS
from cerbo_desktop.domain.verdict import FileKind, RefusalReason
from cerbo_desktop.imaging.jpeg_structure import END, FRAMES, PROGRESSIVE_FRAMES, SCAN, JpegWalk
from cerbo_desktop.imaging.sniff import PICTURES, kind_of

_APP1, _APP2 = 0xE1, 0xE2
_EXIF = b"Exif\0\0"
PROFILE_MARK = b"ICC_PROFILE\0"


@dataclass(slots=True)
class JpegHead:
    """What is known of a JPEG so far. Sizes are as stored, not yet upright; both are zero while they are not known."""

    width_px: int = 0
    height_px: int = 0
    component_count: int = 0
    is_progressive: bool = False
    exif: bytes = b""
    """Its TIFF structure; empty where there is none or it is cut."""
    scanned_components: set[int] = field(default_factory=set)
    """Of the scans that are whole."""
    whole_scans_end: int = 0
    """Where the last whole scan ends; 0 before the first has."""
    _profile_parts: dict[int, bytes] = field(default_factory=dict)
    _profile_part_count: int = 0
    _scanning: frozenset[int] = frozenset()

    @property
    def profile(self) -> bytes:
        """The ICC profile; empty where there is none or a part of it is missing."""
        numbers = range(1, self._profile_part_count + 1)
        return b"".join(self._profile_parts.get(number, b"") for number in numbers) if self._is_profile_whole else b""

    @property
    def shows_whole_picture(self) -> bool:
        """True once a progressive JPEG has had a scan of each of its components."""
        return self.is_progressive and len(self.scanned_components) == self.component_count > 0

    @property
    def _is_profile_whole(self) -> bool:
        return set(self._profile_parts) == set(range(1, self._profile_part_count + 1))

    def take(self, marker: int, body: bytes) -> None:
        """Take in one whole segment. Raises `IndexError` and `struct.error`."""
        if marker in FRAMES:
            self._take_frame(marker, body)
        elif marker == SCAN:
            self._scanning = frozenset(body[1 : 1 + 2 * body[0] : 2])
        elif marker == _APP1 and body.startswith(_EXIF) and not self.exif:
            self.exif = body.removeprefix(_EXIF)
        elif marker == _APP2 and body.startswith(PROFILE_MARK):
            number, self._profile_part_count = body[12], body[13]
            self._profile_parts[number] = body[14:]

    def end_scan(self, at: int) -> None:
        """Note that the scan under way is whole: the next marker stands at `at`."""
        if self._scanning:
            self.scanned_components |= self._scanning
            self.whole_scans_end = at
            self._scanning = frozenset()

    def _take_frame(self, marker: int, body: bytes) -> None:
        if self.component_count:
            raise CannotShow(RefusalReason.DAMAGED)
        self.is_progressive = marker in PROGRESSIVE_FRAMES
        self.height_px, self.width_px, self.component_count = struct.unpack_from(">HHB", body, 1)


def read_head(data: bytes) -> JpegHead:
    """Everything that the first bytes `data` of a JPEG tell, however few they are.

    Raises:
        CannotShow: NOT_A_PHOTO, UNSUPPORTED_TYPE (what is no JPEG), DAMAGED (also: the size is not there yet) or
            TOO_MANY_PIXELS.
    """
    kind = kind_of(data)
    if kind is not FileKind.JPEG:
        raise CannotShow(RefusalReason.UNSUPPORTED_TYPE if kind in PICTURES else RefusalReason.NOT_A_PHOTO)
    head = JpegHead()
    with contextlib.suppress(IndexError, struct.error):  # the data ends there
        for marker, at, _ in JpegWalk(data):
            head.end_scan(at - 2)
            if marker == END:
                break
            (length,) = struct.unpack_from(">H", data, at)
            if at + length > len(data):
                break
            head.take(marker, data[at + 2 : at + length])
    if min(head.width_px, head.height_px) < 1:
        raise CannotShow(RefusalReason.DAMAGED)
    if head.width_px * head.height_px > MAX_JPEG_PIXELS:
        raise CannotShow(RefusalReason.TOO_MANY_PIXELS)
    return head
