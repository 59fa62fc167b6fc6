"""Whether a photo of the chart is one that was sent from here.

The server gives a queued photo a new id when staff accept it (contract 6.5), so a photo is known again by the id that
was written into it, which outlives a copy in other bytes, or by the hash of its bytes.
"""

import asyncio
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from cerbo_desktop.domain.errors import BadAnswer, CerboDesktopError, Missing
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.settlement_case import ChartNews
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.byte_lru_cache import ByteLruCache
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.photo_marks import NO_MARKS, PhotoMarks

_MARKS_BUDGET_BYTES = 4_000_000
"""Some ten thousand photos; one whose marks were dropped is loaded again."""

_FAILED_LOOKS = 3
"""A new photo of the chart that could not be loaded so often is one that a person has to look at."""

_Key = tuple[PatientId, PhotoId]
"""Ids of photos may count within a chart: then 5 is a photo in each."""


@dataclass(frozen=True, slots=True)
class RecognitionResult:
    """What photos of the chart are to one that was sent."""

    ours: tuple[PhotoId, ...]
    loaded: frozenset[PhotoId]
    """Without a mark of ours."""
    unloadable: frozenset[PhotoId]
    """They could not be loaded in several looks."""
    has_unread: bool
    """One couldn't be loaded just now."""

    @property
    def found(self) -> tuple[ChartNews, PhotoId]:
        """What the chart tells where there are `ours`, and the first of them."""
        return (ChartNews.FOUND if len(self.ours) == 1 else ChartNews.FOUND_TWICE), self.ours[0]


class PhotoRecognition:
    """Loads photos of charts, each once, and compares them with what was sent. It keeps a photo's marks, not its
    bytes."""

    def __init__(self, contents: PhotoContentCache) -> None:
        self._contents = contents
        self._known: ByteLruCache[_Key, PhotoMarks] = ByteLruCache(_MARKS_BUDGET_BYTES, lambda marks: marks.size_bytes)
        self._failures: Counter[_Key] = Counter()

    async def recognise(self, upload: Upload, evidence: Evidence, photo_ids: Collection[PhotoId]) -> RecognitionResult:
        """What these photos are to the one that was sent. A second one that is it is looked for only where more than
        one try of it may have arrived: the same picture may also have been sent twice on purpose."""
        ours, loaded, unloadable, has_unread = list[PhotoId](), set[PhotoId](), set[PhotoId](), False
        most = 2 if evidence.is_sent_again or evidence.photo_id is not None else 1
        for photo_id in sorted(photo_ids):
            if len(ours) == most:
                break
            marks = await self._marks(upload.recipient.id, photo_id)
            is_same = marks is not None and marks.match(upload.photo.sha256, upload.photo.unique_id)
            if is_same or photo_id == evidence.photo_id:
                ours.append(photo_id)
            elif marks is not None:
                loaded.add(photo_id)
            elif self._failures[upload.recipient.id, photo_id] >= _FAILED_LOOKS:
                unloadable.add(photo_id)
            else:
                has_unread = True
        return RecognitionResult(tuple(ours), frozenset(loaded), frozenset(unloadable), has_unread)

    async def _marks(self, patient_id: PatientId, photo_id: PhotoId) -> PhotoMarks | None:
        """None where it couldn't be loaded just now. One that can't be loaded at all has no marks of ours."""
        key = patient_id, photo_id
        if (known := self._known.get(key)) is not None:
            return known
        try:
            content = await self._contents.get(patient_id, photo_id, urgency=Urgency.OUTBOX)
        except (BadAnswer, Missing):
            return NO_MARKS
        except CerboDesktopError:
            self._failures[key] += 1
            return None
        marks = await asyncio.to_thread(PhotoMarks.of, content.data)
        self._known.put(key, marks)
        return marks

    def clear(self) -> None:
        """Forget every photo: the practice is left."""
        self._known.clear()
        self._failures.clear()
