"""The encoded bytes that stay in memory: of photos in view before all others, the nearest to the selection first."""

from collections import OrderedDict
from collections.abc import Sequence

from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content

LIMIT_BYTES = 128_000_000
"""26 photos of a phone, 4.9 MB each: a screenful and some near it."""
OTHERS_LIMIT_BYTES = 48_000_000
"""Of patients who are not open, whose faces were made or whose charts were looked through for an upload."""
Key = tuple[PatientId, PhotoId]


class KeptBytes:
    """Keeps bytes within one limit.

    Those of photos that `prefer` did not name go first; among them, what was used longest ago.
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES, others_limit_bytes: int = OTHERS_LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._others_limit_bytes = min(others_limit_bytes, limit_bytes)
        self._kept: OrderedDict[Key, Content] = OrderedDict()
        self._used_bytes = 0
        self._patient_id: PatientId | None = None
        self._places: dict[Key, int] = {}

    @property
    def used_bytes(self) -> int:
        return self._used_bytes

    def __contains__(self, key: Key) -> bool:
        """Does not count as use."""
        return key in self._kept

    def get(self, key: Key) -> Content | None:
        """The bytes, now the most recently used; None where they are not here."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def of_patient(self, patient_id: PatientId) -> dict[PhotoId, Content]:
        """The bytes that are here of one patient's photos. Does not count as use."""
        return {photo_id: content for (owner, photo_id), content in self._kept.items() if owner == patient_id}

    def prefer(self, patient_id: PatientId, photo_ids: Sequence[PhotoId]) -> None:
        """Keep these photos of the open patient before others, the most important first; they replace those of the last
        call."""
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self._trim_others()
        self._places = {(patient_id, photo_id): place for place, photo_id in enumerate(photo_ids)}
        self._trim()

    def put(self, key: Key, content: Content) -> None:
        """Keep these bytes, unless all that is here is more important and leaves no room."""
        self._drop(key)
        self._kept[key] = content
        self._used_bytes += len(content.data)
        if key[0] != self._patient_id:
            self._trim_others()
        self._trim()

    def has_room_for(self, key: Key, arriving_count: int) -> bool:
        """Whether this photo would be kept beside what is more important and `arriving_count` others on their way.

        One that would not be is fetched twice if it is fetched before it is in view. Nobody knows how large they are:
        taken to be as large as those that are here.
        """
        if key in self._kept or not self._kept:
            return True
        expected_bytes = (arriving_count + 1) * self._used_bytes // len(self._kept)
        if self._used_bytes + expected_bytes <= self._limit_bytes:
            return True
        place = self._places.get(key, len(self._places))
        before = (other for other, at in self._places.items() if at < place and other in self._kept)
        return sum(len(self._kept[other].data) for other in before) + expected_bytes <= self._limit_bytes

    def forget(self, patient_id: PatientId) -> None:
        """Drop every byte of one patient."""
        for key in [key for key in self._kept if key[0] == patient_id]:
            self._drop(key)
        self._places = {key: place for key, place in self._places.items() if key[0] != patient_id}

    def clear(self) -> None:
        self._kept.clear()
        self._places.clear()
        self._used_bytes, self._patient_id = 0, None

    def _drop(self, key: Key) -> None:
        content = self._kept.pop(key, None)
        if content is not None:
            self._used_bytes -= len(content.data)

    def _trim(self) -> None:
        while self._used_bytes > self._limit_bytes:
            self._drop(self._least_important())

    def _trim_others(self) -> None:
        if self._patient_id is None:
            return
        others = [key for key in self._kept if key[0] != self._patient_id]
        others_bytes = sum(len(self._kept[key].data) for key in others)
        for key in others:
            if others_bytes <= self._others_limit_bytes:
                return
            others_bytes -= len(self._kept[key].data)
            self._drop(key)

    def _least_important(self) -> Key:
        """The newcomer itself, where all the others have a better place."""
        without_place = next((key for key in self._kept if key not in self._places), None)
        return without_place or max(self._kept, key=self._places.__getitem__)
