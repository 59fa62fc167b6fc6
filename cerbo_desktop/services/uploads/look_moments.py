"""When this session first saw what it saw of each upload, by the clock that nobody can set."""

from dataclasses import replace
from datetime import datetime, timedelta

from cerbo_desktop.domain.evidence import SEEN_TWICE_AFTER, Evidence, SeenEntry
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.settlement_case import Both, QueueNews
from cerbo_desktop.domain.upload import Upload, UploadState

_EARLY_S = 30.0
"""After an answer Cerbo's lists may lag behind it for this long."""
_AGAIN_AFTER_S = 3.0
"""Two looks at least this far apart that show a photo in the chart and its entry in the queue: it is in both. And two
that show one that is being taken back, or was turned away, in neither: it is in neither."""
_OVERDUE_S = 150.0
"""Where Cerbo asked for a wait, of a minute at most, lists that can't be read are waited for so long."""
_GONE_AFTER_S = 30.0
"""The same for one that nobody here takes back: staff may have accepted it, and the chart's list lags behind."""
_COUNTED_EVERY_S = 3600.0
"""A wait that is counted is written down: not at each look."""


class LookMoments:
    """Says whether enough time lies between two looks, and how long until it does. A restart begins anew."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._first_seen_s: dict[UploadId, float] = {}
        """When a look first showed the entry of each in the queue."""
        self._in_both_s: dict[UploadId, float] = {}
        """When a look first showed each in the chart and in the queue."""
        self._in_neither_s: dict[UploadId, float] = {}
        """When a look first showed each in neither."""
        self._still_listed_s: dict[UploadId, float] = {}
        """When a look first showed the entry of each after Cerbo was asked to delete it."""
        self._absent_s: dict[UploadId, float] = {}
        """When a look first showed nothing of each that was turned away, in lists that were whole."""
        self._answered_s: dict[UploadId, float] = {}
        """When Cerbo last answered to each."""
        self._counted_s: dict[UploadId, float] = {}
        """When the wait of each was last counted."""

    def note_answered(self, upload_id: UploadId) -> None:
        """Cerbo has just answered to this photo."""
        self._answered_s[upload_id] = self._clock.elapsed_s()
        self._absent_s.pop(upload_id, None)

    def note_earlier_answer(self, upload_id: UploadId) -> None:
        """Cerbo answered in an earlier session: the waits that follow an answer begin now."""
        self._answered_s.setdefault(upload_id, self._clock.elapsed_s())

    def note_entry(self, upload_id: UploadId) -> None:
        """Note that the entry of this photo in the queue is known from now on."""
        self._first_seen_s[upload_id] = self._clock.elapsed_s()

    def note_absence(self, upload_id: UploadId) -> None:
        """Lists that were whole show nothing of this photo, which was turned away."""
        self._absent_s.setdefault(upload_id, self._clock.elapsed_s())

    def note_in_neither(self, upload_id: UploadId) -> None:
        """Note when a look first found this photo neither in the queue nor in the chart."""
        self._in_neither_s.setdefault(upload_id, self._clock.elapsed_s())

    def forget_in_neither(self, upload_id: UploadId) -> None:
        """Forget that the photo was found nowhere: a look has told where it is."""
        self._in_neither_s.pop(upload_id, None)

    def note_learned(self, upload_id: UploadId, known: Evidence, learned: Evidence, *, is_found: bool) -> None:
        """Note that a look has changed the evidence from `known` to `learned`. `is_found`: the photo is in the chart
        for good."""
        now_s = self._clock.elapsed_s()
        if known.entry is None and learned.entry is not None:
            self._first_seen_s[upload_id] = now_s
        if learned.photo_id is None or is_found:
            self._in_both_s.pop(upload_id, None)
        else:
            self._in_both_s.setdefault(upload_id, now_s)
        if learned.taking_back_id is None:
            self._still_listed_s.pop(upload_id, None)
        if known.waited != learned.waited:
            self._counted_s[upload_id] = now_s

    def is_early(self, upload_id: UploadId) -> bool:
        """Whether Cerbo answered a moment ago, so that its lists may lag behind."""
        answered_s = self._answered_s.get(upload_id)
        return answered_s is not None and self._clock.elapsed_s() - answered_s < _EARLY_S

    def is_overdue(self, upload_id: UploadId) -> bool:
        """Whether Cerbo's answer is so long ago that lists that can't be read are waited for no more."""
        answered_s = self._answered_s.get(upload_id)
        return answered_s is None or self._clock.elapsed_s() - answered_s >= _OVERDUE_S

    def was_seen_waiting(self, upload_id: UploadId) -> bool:
        """Whether a look of this session saw its entry in Cerbo's queue."""
        return upload_id in self._first_seen_s

    def was_in_neither(self, upload_id: UploadId) -> bool:
        """Whether one look showed it in neither list, so that another one has to tell."""
        return upload_id in self._in_neither_s

    def was_absent_before(self, upload_id: UploadId) -> bool:
        """Whether a look some seconds ago showed nothing of it."""
        return self._is_later(self._absent_s.get(upload_id))

    def was_gone_before(self, upload: Upload, evidence: Evidence) -> bool:
        """Whether an earlier look showed it in neither list, long enough ago."""
        if upload.state is UploadState.GONE:
            return True
        return self._is_later(self._in_neither_s.get(upload.id), _gone_after_s(evidence))

    def both(self, upload_id: UploadId, evidence: Evidence) -> Both:
        """Whether an earlier look showed it in chart and queue. What two looks showed holds over a restart."""
        if evidence.second_entry_id is not None:
            return Both.BEFORE
        if evidence.photo_id is None:
            return Both.NEVER
        first_s = self._in_both_s.setdefault(upload_id, self._clock.elapsed_s())
        return Both.BEFORE if self._is_later(first_s) else Both.JUST_NOW

    def due_s(self, upload_id: UploadId, evidence: Evidence) -> float | None:
        """Seconds until a look tells whether the photo is in chart and queue, or was just accepted, or in neither.
        Negative where that time is past; None for other photos."""
        first_s, after_s = self._in_neither_s.get(upload_id), _gone_after_s(evidence)
        if first_s is None and evidence.second_entry_id is None:
            first_s, after_s = self._in_both_s.get(upload_id), _AGAIN_AFTER_S
        if first_s is None:
            return None
        return first_s + after_s - self._clock.elapsed_s()

    def entry_seen_again(self, upload_id: UploadId, entry: SeenEntry, at: datetime) -> SeenEntry:
        """`entry`, which a look showed at the moment `at`: seen twice once the looks lie far enough apart."""
        now_s = self._clock.elapsed_s()
        first_s = self._first_seen_s.setdefault(upload_id, now_s)
        is_later = now_s - first_s >= SEEN_TWICE_AFTER.total_seconds()
        return replace(entry, last_seen_at=at, is_seen_twice=entry.is_seen_twice or is_later)

    def after_asking(self, upload_id: UploadId, evidence: Evidence, news: QueueNews) -> Evidence:
        """An entry that stays listed after Cerbo was asked to delete it was not deleted: whoever takes it out later,
        it was not this PC."""
        if evidence.taking_back_id is None or news is not QueueNews.OURS_WAITS:
            return evidence
        now_s = self._clock.elapsed_s()
        passed_s = now_s - self._still_listed_s.setdefault(upload_id, now_s)
        return replace(evidence, taking_back_id=None) if passed_s >= _EARLY_S else evidence

    def counted(self, upload_id: UploadId, evidence: Evidence, at: datetime) -> Evidence:
        """`evidence` with its wait counted until the moment `at`, at most once an hour."""
        counted_s, waited = self._counted_s.get(upload_id), evidence.waited
        if counted_s is None or waited is None or waited.since != evidence.heard_at:
            return evidence.counted(at, None)
        passed_s = self._clock.elapsed_s() - counted_s
        return evidence.counted(at, timedelta(seconds=passed_s)) if passed_s >= _COUNTED_EVERY_S else evidence

    def _is_later(self, first_s: float | None, after_s: float = _AGAIN_AFTER_S) -> bool:
        return first_s is not None and self._clock.elapsed_s() - first_s >= after_s


def is_being_taken_back(evidence: Evidence) -> bool:
    """Cerbo was asked to delete the entry that is known to be this photo's."""
    return evidence.entry is not None and evidence.taking_back_id == evidence.entry.id


def _gone_after_s(evidence: Evidence) -> float:
    return _AGAIN_AFTER_S if is_being_taken_back(evidence) else _GONE_AFTER_S
