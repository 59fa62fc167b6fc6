"""When a photo was taken, read from its EXIF as numbers and written anew from them: no text of the file goes on."""

import re
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

_TAKEN_AT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_FRACTION = re.compile(r"\d{1,3}")
_YEARS = range(1980, 2100)
_MOST_OFFSET_HOURS = 14
_OFFSET_MINUTES = (0, 15, 30, 45)
_UNSET_TEXT = "\0 "
"""What cameras fill a text up with."""


@dataclass(frozen=True, slots=True)
class CaptureTime:
    """The camera's clock, with the fraction of a second and the offset from UTC where the camera wrote them."""

    at: datetime
    """Naive: the camera's local time, in whole seconds."""
    fraction: str = ""
    """One to three digits behind the decimal point; empty where there are none."""
    utc_offset: str = ""
    """Such as +02:00; empty where it is not known."""

    @property
    def text(self) -> str:
        """As EXIF writes it."""
        return self.at.strftime("%Y:%m:%d %H:%M:%S")


def capture_time(image: Image.Image) -> CaptureTime | None:
    """When the opened photo was taken, by its EXIF; None where that does not say or makes no sense."""
    try:
        fields = image.getexif().get_ifd(ExifTags.IFD.Exif)
        at = _time(_text(fields, ExifTags.Base.DateTimeOriginal))
        fraction = _fraction(_text(fields, ExifTags.Base.SubsecTimeOriginal))
        return CaptureTime(at, fraction, _offset(_text(fields, ExifTags.Base.OffsetTimeOriginal)))
    except Exception:  # noqa: BLE001 - on a broken block Pillow raises nearly every kind there is
        return None


def _text(fields: dict[int, object], tag: int) -> str:
    value = fields.get(tag)
    return value.strip(_UNSET_TEXT) if isinstance(value, str) else ""


def _time(text: str) -> datetime:
    """Raises `ValueError` where `text` is no time, or none of a digital camera's."""
    found = _TAKEN_AT.fullmatch(text)
    if found is None or int(found[1]) not in _YEARS:
        raise ValueError("no capture time")
    return datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - six numbers; a local clock


def _fraction(text: str) -> str:
    """Cameras write up to six digits; three are kept."""
    found = _FRACTION.match(text)
    return found[0] if found is not None and text.isdecimal() and text.isascii() else ""


def _offset(text: str) -> str:
    found = _OFFSET.fullmatch(text)
    if found is None:
        return ""
    hours, minutes = int(found[2]), int(found[3])
    return f"{found[1]}{hours:02}:{minutes:02}" if hours <= _MOST_OFFSET_HOURS and minutes in _OFFSET_MINUTES else ""
