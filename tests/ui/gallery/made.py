"""Photos and pictures made for the gallery's tests."""

from datetime import UTC, datetime, timedelta

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.moments import When
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.raster import Raster

MARIA = PatientId("10482")
NEWEST = datetime(2025, 11, 5, 9, 41, tzinfo=UTC)


def utc(moment: datetime) -> datetime:
    return moment


def photo(number: int, taken_at: When | None = NEWEST, photo_type: PhotoType = PhotoType.MEDICAL) -> Photo:
    return Photo(PhotoId(str(number)), MARIA, photo_type, taken_at)


def album(count: int, every: timedelta = timedelta(hours=7)) -> tuple[Photo, ...]:
    """Newest first, every fourth personal; at every seven hours about a hundred a month."""
    kinds = [PhotoType.PERSONAL, PhotoType.MEDICAL, PhotoType.MEDICAL, PhotoType.MEDICAL]
    return tuple(photo(number, NEWEST - number * every, kinds[number % 4]) for number in range(count))


def months(*counts: int) -> tuple[Photo, ...]:
    """So many photos in November, October, September ... 2025."""
    starts = [datetime(2025, 11 - at, 20, 12, tzinfo=UTC) for at in range(len(counts))]
    days = [
        start - timedelta(minutes=each) for start, count in zip(starts, counts, strict=True) for each in range(count)
    ]
    return tuple(photo(number, day) for number, day in enumerate(days))


def raster(shade: int = 128, width_px: int = 240, height_px: int = 180) -> Raster:
    return Raster(width_px, height_px, bytes((shade, shade, shade, 255)) * (width_px * height_px), 4000, 3000)
