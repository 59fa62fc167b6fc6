"""The albums the practice clinic starts with: who has which photos, of which day, made from which drawing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from itertools import count
from pathlib import Path

from cerbo_desktop.practice import drawing, patients

PERSONAL = "personal"
MEDICAL = "medical"
SERIES = ("2024-11-14", "2025-01-16", "2025-03-20", "2025-06-12", "2025-08-14", "2025-11-05")
LONG_ALBUM_COUNT = 1200
ZERO_DATE = "0000-00-00 00:00:00"


@dataclass
class AlbumPhoto:
    """One photo in a chart. `created` is aware UTC, or the literal text to send, or None to send none."""

    id: int
    pt_id: int
    photo_type: str
    created: datetime | str | None
    draw: Callable[[], bytes]
    mime_type: str = "image/jpeg"
    status: str = ""

    @cached_property
    def content(self) -> bytes:
        """The file's bytes, drawn when first asked for."""
        return self.draw()


class Albums:
    """Builds every starting album. Ids are the same at each start; photos are drawn when first asked for."""

    def __init__(self, photos_dir: Path, now: datetime) -> None:
        self._photos_dir = photos_dir
        self._now = now.astimezone(UTC).replace(microsecond=0)
        self._ids = count(50001)

    def build(self) -> list[AlbumPhoto]:
        """All photos that the clinic starts with."""
        return [*self._maria(), *self._faces_and_skin(), *self._file_kinds(), *self._large(), *self._numbered()]

    def _photo(self, pt_id: int, photo_type: str, days: float, name: str, variant: int = 0) -> AlbumPhoto:
        draw = partial(self._varied, name, variant)
        return AlbumPhoto(next(self._ids), pt_id, photo_type, self._now - timedelta(days=days), draw)

    def _varied(self, name: str, variant: int) -> bytes:
        return drawing.varied(self._drawn(name), variant)

    def _drawn(self, name: str) -> bytes:
        return (self._photos_dir / f"{name}.jpg").read_bytes()

    def _maria(self) -> Iterator[AlbumPhoto]:
        """23 photos over 13 months: 4 personal, 19 medical, in seven visits (the design's main picture)."""
        visits = ((392, 2, 0, 0), (363, 2, 1, 0), (300, 4, 0, 1), (237, 3, 1, 2), (153, 2, 1, 3), (90, 4, 0, 4))
        faces = iter(("portrait-maria19", "portrait-maria", "portrait-maria"))
        for visit, (days, medical_count, personal_count, stage) in enumerate(visits):
            for shot in range(medical_count):
                name = f"{('forearm', 'plaque')[shot % 2]}-{SERIES[stage]}"
                variant = 0 if visit != 0 and shot < 2 else 2 + visit + shot
                yield self._photo(patients.MARIA_LOPEZ, MEDICAL, days - shot / 1440, name, variant)
            for _ in range(personal_count):
                yield self._photo(patients.MARIA_LOPEZ, PERSONAL, days + 0.006, next(faces), visit)
        yield self._photo(patients.MARIA_LOPEZ, PERSONAL, 7.006, "portrait-maria")
        yield self._photo(patients.MARIA_LOPEZ, MEDICAL, 7.0007, f"forearm-{SERIES[5]}")
        yield self._photo(patients.MARIA_LOPEZ, MEDICAL, 7.0, f"plaque-{SERIES[5]}")

    def _faces_and_skin(self) -> Iterator[AlbumPhoto]:
        """Small albums: a face where the person has an ID photo, and some skin."""
        for pt_id, face, variant, skin, medical_count in _SMALL_ALBUMS:
            if face:
                yield self._photo(pt_id, PERSONAL, 40 + variant, f"portrait-{face}", variant)
            for shot in range(medical_count):
                yield self._photo(pt_id, MEDICAL, 12 + 31 * shot + variant, skin, variant + shot)

    def _file_kinds(self) -> Iterator[AlbumPhoto]:
        """Peter Halloway's: every kind of file, a small copy, a corrupt one, and dates that are none."""
        kinds: tuple[tuple[str, Callable[[], bytes]], ...] = (
            ("image/png", lambda: drawing.as_png(self._drawn("patch-a"))),
            ("image/gif", lambda: drawing.as_gif(self._drawn("patch-b"))),
            ("image/jpeg", lambda: drawing.lying_on_its_side(self._drawn(f"plaque-{SERIES[0]}"))),
            ("image/jpeg", lambda: drawing.small_copy(self._drawn("patch-c"))),
            ("image/jpeg", lambda: b"\xff\xd8\xff\xe0" + b"These bytes are not a picture. " * 64),
            ("image/jpeg", lambda: self._drawn("patch-b")[:90_000]),
            ("image/png", lambda: self._drawn("patch-c")),
        )
        for place, (mime_type, draw) in enumerate(kinds):
            day = self._now - timedelta(days=3 + place)
            yield AlbumPhoto(next(self._ids), patients.PETER_HALLOWAY, MEDICAL, day, draw, mime_type)
        dateless = ((ZERO_DATE, 8), (None, 9), ("", 10))
        for text, variant in dateless:
            draw = partial(self._varied, "patch-a", variant)
            yield AlbumPhoto(next(self._ids), patients.PETER_HALLOWAY, MEDICAL, text, draw)

    def _large(self) -> Iterator[AlbumPhoto]:
        plain = self._photo(patients.RUTH_CALLOWAY, MEDICAL, 20, "patch-12mp")
        yield plain
        day = self._now - timedelta(days=21)
        draw = partial(self._with_thumbnail, "patch-12mp")
        yield AlbumPhoto(next(self._ids), patients.RUTH_CALLOWAY, MEDICAL, day, draw)

    def _with_thumbnail(self, name: str) -> bytes:
        return drawing.with_embedded_thumbnail(self._drawn(name))

    def _numbered(self) -> Iterator[AlbumPhoto]:
        """Evelyn Longacre's: photo 1 is the oldest; number n says n in its pixels; every 50th is personal."""
        for number in range(1, LONG_ALBUM_COUNT + 1):
            photo_type = PERSONAL if number % 50 == 0 else MEDICAL
            day = self._now - timedelta(days=2 * (LONG_ALBUM_COUNT - number) + 1)
            yield AlbumPhoto(
                next(self._ids), patients.EVELYN_LONGACRE, photo_type, day, partial(drawing.numbered, number)
            )


_SMALL_ALBUMS = (
    # patient, face or none, variant, skin, medical photos
    (patients.OTHER_MARIA_LOPEZ, "maria2", 0, "patch-b", 5),
    (patients.MARISOL_LOPEZ_VEGA, "", 1, "patch-a", 2),
    (patients.DOROTHY_VANCE, "dorothy", 0, "patch-b", 7),
    (patients.PRIYA_RAMAN, "priya", 0, "patch-a", 3),
    (patients.GRACE_ADEYEMI, "grace", 0, "patch-c", 4),
    (patients.HANA_KIM, "", 2, "patch-b", 3),
    (patients.JOSE_NUNEZ, "jose", 0, "patch-a", 2),
    (patients.WALTER_ELLIS, "walter", 0, "patch-b", 6),
    (9021, "thomas", 3, "patch-b", 1),
    (9022, "maria2", 5, "patch-b", 2),
    (10777, "ana", 4, "patch-a", 1),
    (9544, "maria19", 7, "patch-a", 2),
    (9545, "jose", 6, "patch-a", 0),
    (10444, "hana", 0, "patch-b", 1),
    (10445, "", 4, "patch-b", 1),
    (10446, "thomas", 8, "patch-b", 1),
    (10449, "dorothy", 9, "patch-b", 0),
    (11210, "thomas", 1, "patch-b", 2),
    (11211, "walter", 2, "patch-b", 2),
    (11301, "ana", 10, "patch-a", 1),
    (11302, "ana", 11, "patch-a", 1),
    (9702, "jose", 12, "patch-a", 1),
    (patients.MARGARET_ELLISON, "dorothy", 3, "patch-b", 1),
    (patients.HAROLD_WHITCOMBE, "walter", 6, "patch-b", 2),
    (patients.ROBIN_ASHGROVE, "hana", 5, "patch-a", 1),
    (11777, "hana", 8, "patch-b", 1),
    (9888, "grace", 4, "patch-c", 1),
)
