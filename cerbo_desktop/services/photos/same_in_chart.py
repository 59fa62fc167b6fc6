"""Whether a file is a photo of the open chart, by what was downloaded of that chart. Nothing is loaded for it."""

import asyncio

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.photo_marks import PhotoMarks

_BUDGET_BYTES = 1_000_000
"""Some two thousand photos; marks that were dropped are taken again where the bytes are still here."""


class SameInChart:
    """Keeps the marks of photos whose bytes were here when somebody asked."""

    def __init__(self, contents: PhotoContentCache, album: Feed[Album]) -> None:
        self._contents, self._album = contents, album
        self._known: ByteLruCache[PhotoId, PhotoMarks] = ByteLruCache(_BUDGET_BYTES, lambda marks: marks.size_bytes)
        self._patient_id: PatientId | None = None

    async def find(self, patient_id: PatientId, file: Accepted) -> Photo | None:
        """The photo of the open album that has the file's bytes, or the id that the file carries; None where the chart
        of this patient isn't open, or none is known to be the same."""
        if self._album.latest.patient_id != patient_id:
            return None
        await self._take_marks(patient_id)
        sha256, unique_id = file.source_sha256, file.preparation.source_unique_id
        album = self._album.latest
        photos = album.photos if album.patient_id == patient_id and self._patient_id == patient_id else ()
        for photo in photos:
            marks = self._known.get(photo.id)
            if marks is not None and marks.match(sha256, unique_id):
                return photo
        return None

    async def _take_marks(self, patient_id: PatientId) -> None:
        if self._patient_id != patient_id:
            self._patient_id = patient_id
            self._known.clear()
        for photo_id, content in self._contents.of_patient(patient_id).items():
            if photo_id not in self._known:
                marks = await asyncio.to_thread(PhotoMarks.of, content.data)
                if self._patient_id != patient_id:
                    return
                self._known.put(photo_id, marks)
