"""Whether a file is a photo of the open chart, by the marks of what was downloaded of that chart.

Only a photo that Cerbo tells to be as large as the file, or as what would be sent of it, is downloaded for that at
once; `services/comparing_files.py` brings others while files wait.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.photo_marks import PhotoMarks

_BUDGET_BYTES = 1_000_000
"""Some two thousand photos; marks that were dropped are taken again where the bytes are still here."""
_MOST_MADE = 1_000
"""Files of which is kept what would be sent of each."""
_MOST_LIKELY = 3
_LIKELY_WITHIN_S = 5.0
"""A person sees "Checking" meanwhile."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What would be sent of a file: in other bytes each time, which differ in the id alone."""

    bare_sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How large, in bytes, a photo of the chart may be that is one of some files."""

    told: frozenset[int]
    may_be_any: bool
    """A file carries an id of this app: another program may have saved it in another size."""


class SameInChart:
    """Keeps the marks of photos whose bytes were here when somebody asked."""

    def __init__(self, contents: PhotoContentCache, album: Feed[Album]) -> None:
        """`album` is the chart that is open."""
        self.album = album
        self._contents = contents
        self._known: ByteLruCache[PhotoId, PhotoMarks] = ByteLruCache(_BUDGET_BYTES, lambda marks: marks.size_bytes)
        self._made: ByteLruCache[str, _Made] = ByteLruCache(_MOST_MADE, lambda _: 1)
        """By the hash of the file: its photo's bytes may be gone when it is compared again."""
        self._patient_id: PatientId | None = None

    async def find(self, patient_id: PatientId, file: Accepted) -> Photo | None:
        """The photo of the open album that has the file's bytes, or the id that the file carries, or that was made of
        the same file; None where the chart of this patient isn't open, or none is known to be the same."""
        if self.album.latest.patient_id != patient_id:
            return None
        await self._note_made(file)
        await self.take_marks(patient_id)
        found = self._known_same(patient_id, file)
        if found is None and (likely := self._likely(patient_id, file)):
            with suppress(ServerError, TimeoutError):
                async with asyncio.timeout(_LIKELY_WITHIN_S):
                    for photo in likely:
                        await self.bring(patient_id, photo.id, Urgency.VISIBLE)
            found = self._known_same(patient_id, file)
        return found

    async def take_marks(self, patient_id: PatientId) -> list[PhotoMarks]:
        """Take the marks of the open chart's photos whose bytes are here. Returns those that were not known before."""
        taken = list[PhotoMarks]()
        if self.album.latest.patient_id != patient_id:
            return taken
        if self._patient_id != patient_id:
            self._patient_id = patient_id
            self._known.clear()
        for photo_id, content in self._contents.of_patient(patient_id).items():
            if photo_id not in self._known:
                marks = await asyncio.to_thread(PhotoMarks.of, content.data)
                if self._patient_id != patient_id:
                    break
                self._known.put(photo_id, marks)
                taken.append(marks)
        return taken

    def is_unlisted(self, patient_id: PatientId) -> bool:
        """The chart is open, and its photos could not be listed to their end: nobody knows which there are."""
        album = self.album.latest
        return album.patient_id == patient_id and album.error is not None and not album.was_listed

    def not_compared(self, patient_id: PatientId, files: Collection[Accepted]) -> list[Photo]:
        """Photos of the open album that may be one of these files and aren't known: those that are as large first.

        Where Cerbo tells sizes, and tells them right, all others are ruled out.
        """
        if not files or self._patient_id != patient_id:
            return []
        sizes, are_right = self._sizes_of(files), self._told_sizes_are_right()
        unknown = [photo for photo in self._photos(patient_id) if photo.id not in self._known]
        likely = [photo for photo in unknown if photo.size_bytes in sizes.told]
        is_ruled_out = are_right and not sizes.may_be_any
        rest = [photo for photo in unknown if not (is_ruled_out and photo.size_bytes is not None)]
        return list(dict.fromkeys((*likely, *rest)))

    async def bring(self, patient_id: PatientId, photo_id: PhotoId, urgency: Urgency) -> PhotoMarks:
        """Download a photo and take its marks. Raises `ServerError`."""
        content = await self._contents.get(patient_id, photo_id, urgency=urgency)
        marks = await asyncio.to_thread(PhotoMarks.of, content.data)
        if self._patient_id == patient_id:
            self._known.put(photo_id, marks)
        return marks

    def is_same(self, marks: PhotoMarks, file: Accepted) -> bool:
        """Whether the photo with these marks is the file, or was made of it."""
        made = self._made.get(file.source_sha256)
        is_made_of_it = made is not None and marks.bare_sha256 == made.bare_sha256
        return is_made_of_it or marks.match(file.source_sha256, file.preparation.source_unique_id)

    def _photos(self, patient_id: PatientId) -> tuple[Photo, ...]:
        album = self.album.latest
        return album.photos if album.patient_id == patient_id and self._patient_id == patient_id else ()

    def _known_same(self, patient_id: PatientId, file: Accepted) -> Photo | None:
        for photo in self._photos(patient_id):
            marks = self._known.get(photo.id)
            if marks is not None and self.is_same(marks, file):
                return photo
        return None

    def _likely(self, patient_id: PatientId, file: Accepted) -> list[Photo]:
        told = self._sizes_of([file]).told
        return [photo for photo in self.not_compared(patient_id, [file]) if photo.size_bytes in told][:_MOST_LIKELY]

    def _sizes_of(self, files: Collection[Accepted]) -> _Sizes:
        made = (self._made.get(file.source_sha256) for file in files)
        told = {file.preparation.source_bytes for file in files} | {each.size_bytes for each in made if each}
        return _Sizes(frozenset(told - {0}), any(file.preparation.source_unique_id for file in files))

    def _told_sizes_are_right(self) -> bool:
        """Of the photos that are known, each that has a size in Cerbo's list has that size; of one at least."""
        pairs = ((photo.size_bytes, self._known.get(photo.id)) for photo in self.album.latest.photos)
        told = [(size_bytes, marks) for size_bytes, marks in pairs if size_bytes is not None and marks is not None]
        return bool(told) and all(size_bytes == marks.photo_bytes for size_bytes, marks in told)

    async def _note_made(self, file: Accepted) -> None:
        if file.photo.data and file.source_sha256 and file.source_sha256 not in self._made:
            marks = await asyncio.to_thread(PhotoMarks.of, file.photo.data)
            self._made.put(file.source_sha256, _Made(marks.bare_sha256, marks.photo_bytes))
