"""Applies `domain.settlement` to uploads: gathers a case from what a look showed, and notes what was decided."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cerbo_desktop.domain.evidence import SEEN_TWICE_AFTER, Answer, EntryNature, Evidence, Reading, SeenEntry, Standing
from cerbo_desktop.domain.ids import PhotoId, QueueId, UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.settlement import (
    Case,
    ChartNews,
    Known,
    Outcome,
    QueueNews,
    Settlement,
    others_open,
    queue_news,
    settle,
)
from cerbo_desktop.domain.upload import (
    LEGAL_MOVES,
    MAY_HAVE_ARRIVED_STATES,
    Sighting,
    Trouble,
    Upload,
    UploadState,
)
from cerbo_desktop.services.reconciling import Reconciling
from cerbo_desktop.services.upload_book import UploadBook

_STATES = {
    Outcome.SENT: UploadState.SENT,
    Outcome.ACCEPTED: UploadState.ACCEPTED,
    Outcome.TAKEN: UploadState.TAKEN,
    Outcome.PROPOSAL: UploadState.NEEDS_REVIEW,
    Outcome.DOUBT: UploadState.NEEDS_REVIEW,
    Outcome.KEEP_LOOKING: UploadState.UNSURE,
    Outcome.REFUSED: UploadState.REFUSED,
    Outcome.LEFT_QUEUE: UploadState.LEFT_QUEUE,
    Outcome.GONE: UploadState.GONE,
}
_EARLY_S = 30.0
"""After an answer Cerbo's lists may lag behind it for this long."""
_COUNTED_EVERY_S = 3600.0
"""A wait that is counted is written down: not at each look."""
_MAY_GROW_OLD = frozenset({UploadState.TAKEN, UploadState.SENT})
"""States in which nobody is asked anything."""


class Settling:
    def __init__(self, book: UploadBook, reconciling: Reconciling, clock: Clock, keeps_taken_for: timedelta) -> None:
        self._book, self._reconciling, self._clock = book, reconciling, clock
        self._keeps_taken_for = keeps_taken_for
        self._candidates: dict[UploadId, QueueId] = {}
        """The one entry, for each doubtful upload, that the last look showed as what may be it."""
        self._first_seen_s: dict[UploadId, float] = {}
        self._answered_s: dict[UploadId, float] = {}
        self._counted_s: dict[UploadId, float] = {}
        """When the wait of each was last counted in this session."""

    def note_answered(self, upload_id: UploadId) -> None:
        self._answered_s[upload_id] = self._clock.elapsed_s()

    def is_early(self, upload_id: UploadId) -> bool:
        """Cerbo answered a moment ago; never so after a restart."""
        answered_s = self._answered_s.get(upload_id)
        return answered_s is not None and self._clock.elapsed_s() - answered_s < _EARLY_S

    async def weigh(self, upload: Upload, evidence: Evidence, now: Standing, *, is_glance: bool = False) -> None:
        """Decide by `now`, a look that began when the upload was as given, with this evidence, and note the outcome.

        A glance, at the queue alone, is noted only where it settles the matter.
        """
        taken = [each.photo_id for each in self._book.evidence_of_others(upload) if each.photo_id is not None]
        chart, photo_id = await self._reconciling.chart_news(upload, evidence, now, taken)
        async with self._book.turn:
            current = self._book.get(upload.id)
            if current is None or current.state is not upload.state or self._book.evidence(upload.id) is not evidence:
                return  # somebody moved it, or another look was quicker
            found = self._gather(current, evidence, now, chart, photo_id)
            settled = settle(found.case)
            if is_glance and settled.outcome not in (Outcome.SENT, Outcome.TAKEN):
                return
            await self._note(current, found, settled)
        if settled.may_drop_photo:
            await self._book.drop_photo(upload.id)

    # Gathering.

    def _gather(
        self, upload: Upload, evidence: Evidence, now: Standing, chart: ChartNews, photo_id: PhotoId | None
    ) -> "_Found":
        at = self._clock.now()
        entries = self._book.entries_of_others(upload)
        news, queue_id = queue_news(evidence, now, entries)
        if news is QueueNews.OURS_WAITS and evidence.entry is not None:
            evidence = replace(evidence, entry=self._seen_again(upload.id, evidence.entry, at))
        evidence = self._counted(upload.id, evidence, at)
        case = Case(
            answer=evidence.answer,
            queue=news,
            chart=chart,
            others=others_open(evidence.before, now, entries, has_open_of_ours=self._book.has_other_open(upload)),
            known=_known(upload, evidence),
            nature=now.nature(queue_id) if queue_id is not None else EntryNature.UNSTATED,
            is_early=self.is_early(upload.id),
            is_old=evidence.is_old(self._keeps_taken_for) and upload.state in _MAY_GROW_OLD,
        )
        return _Found(case, evidence, queue_id, photo_id, now.queue, at)

    def _seen_again(self, upload_id: UploadId, entry: SeenEntry, at: datetime) -> SeenEntry:
        """The minute is counted by the clock that nobody can set; a restart begins it anew."""
        now_s = self._clock.elapsed_s()
        first_s = self._first_seen_s.setdefault(upload_id, now_s)
        is_later = now_s - first_s >= SEEN_TWICE_AFTER.total_seconds()
        return replace(entry, last_seen_at=at, is_seen_twice=entry.is_seen_twice or is_later)

    def _counted(self, upload_id: UploadId, evidence: Evidence, at: datetime) -> Evidence:
        counted_s, waited = self._counted_s.get(upload_id), evidence.waited
        if counted_s is None or waited is None or waited.since != evidence.heard_at:
            return evidence.counted(at, None)
        passed_s = self._clock.elapsed_s() - counted_s
        return evidence.counted(at, timedelta(seconds=passed_s)) if passed_s >= _COUNTED_EVERY_S else evidence

    # Noting.

    async def _note(self, upload: Upload, found: "_Found", settled: Settlement) -> None:
        """The evidence first: a state that the disk knows without its evidence would be asked about anew."""
        known, learned = self._book.evidence(upload.id), found.learned(settled)
        if known.entry is None and learned.entry is not None:
            self._first_seen_s[upload.id] = self._clock.elapsed_s()
        if known.waited != learned.waited:
            self._counted_s[upload.id] = self._clock.elapsed_s()
        if _is_worth_a_write(known, learned):
            await self._book.note_evidence(upload.id, learned)
        elif learned != known:
            self._book.remember_evidence(upload.id, learned)
        state = _STATES.get(settled.outcome)
        if settled.outcome is Outcome.NOTHING_YET and upload.state is UploadState.UNSURE:
            # A row that was mended: its entry was seen once, and a list that can't be read now leaves it a doubt.
            state = UploadState.NEEDS_REVIEW
        self._remember_candidate(upload.id, found)
        if state is None:
            return
        outcome = Outcome.DOUBT if state is UploadState.NEEDS_REVIEW else settled.outcome
        fields = _fields(outcome, found, learned)
        if state is not upload.state and state in LEGAL_MOVES[upload.state]:
            await self._book.record(upload, state, **fields)
        elif state is upload.state and any(getattr(upload, name) != value for name, value in fields.items()):
            await self._book.amend(upload, **fields)

    def _remember_candidate(self, upload_id: UploadId, found: "_Found") -> None:
        is_likely = found.case.queue is QueueNews.NAMED_NEW or found.case.nature is EntryNature.PHOTO
        if found.queue_id is not None and is_likely:
            self._candidates[upload_id] = found.queue_id
        else:
            self._candidates.pop(upload_id, None)

    # What people say.

    async def confirm_arrived(self, upload_id: UploadId) -> None:
        """It is in the queue: as the one entry that may be it, where there is one."""
        async with self._book.turn:
            upload = self._book.get(upload_id)
            if upload is None or upload.state is not UploadState.NEEDS_REVIEW:
                return
            evidence, queue_id = self._book.evidence(upload_id), self._candidates.get(upload_id)
            at = self._clock.now()
            entry = SeenEntry(queue_id, at) if queue_id is not None else None
            if entry is not None:
                self._first_seen_s[upload_id] = self._clock.elapsed_s()
            await self._book.note_evidence(upload_id, replace(evidence, told_at=at, entry=entry))
            await self._book.record(upload, UploadState.SENT, queue_id=queue_id, sighting=None)

    async def confirm_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """It is the new photo in the chart that was shown, which can be no other upload's as well."""
        async with self._book.turn:
            upload = self._asked_about(upload_id, photo_id)
            if upload is None:
                return
            if any(each.photo_id == photo_id for each in self._book.evidence_of_others(upload)):
                await self._book.amend(upload, new_photo_id=None)
                return
            evidence = replace(self._book.evidence(upload_id), photo_id=photo_id)
            await self._book.note_evidence(upload_id, evidence)
            await self._book.record(upload, UploadState.ACCEPTED, sighting=None)
            for other in self._book.feed.latest:
                if other.new_photo_id == photo_id and other.recipient.id == upload.recipient.id:
                    await self._book.amend(other, new_photo_id=None)
        await self._book.drop_photo(upload_id)

    async def deny_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """It is not the new photo in the chart that was shown."""
        async with self._book.turn:
            upload = self._asked_about(upload_id, photo_id)
            if upload is None:
                return
            evidence = self._book.evidence(upload_id)
            others = evidence.other_photo_ids | {photo_id}
            await self._book.note_evidence(upload_id, replace(evidence, other_photo_ids=others))
            if upload.state is UploadState.LEFT_QUEUE:
                await self._book.record(upload, UploadState.GONE)
            else:
                await self._book.amend(upload, sighting=Sighting.NOTHING_NEW, new_photo_id=None)

    def _asked_about(self, upload_id: UploadId, photo_id: PhotoId) -> Upload | None:
        upload = self._book.get(upload_id)
        is_open = upload is not None and upload.state in (UploadState.LEFT_QUEUE, UploadState.NEEDS_REVIEW)
        return upload if is_open and upload is not None and upload.new_photo_id == photo_id else None


@dataclass(frozen=True, slots=True)
class _Found:
    """A case, and what it is about."""

    case: Case
    evidence: Evidence
    queue_id: QueueId | None
    photo_id: PhotoId | None
    queue: Reading
    at: datetime

    def learned(self, settled: Settlement) -> Evidence:
        """What is known from now on."""
        if settled.outcome is Outcome.ACCEPTED:
            return replace(self.evidence, photo_id=self.photo_id)
        if settled.outcome is Outcome.LEFT_QUEUE:
            return replace(self.evidence, new_photo_id=self.photo_id)
        if settled.outcome is Outcome.SENT and self.evidence.entry is None and self.queue_id is not None:
            entry = SeenEntry(self.queue_id, self.at, settled.can_be_withdrawn)
            return replace(self.evidence, entry=entry)
        return self.evidence


def trouble_of(evidence: Evidence) -> Trouble | None:
    """What is said of a doubt: an answer that tells of a failure is not a lost one."""
    return Trouble.NO_ANSWER if evidence.answer is Answer.LOST else None


def _known(upload: Upload, evidence: Evidence) -> Known:
    if evidence.entry is not None:
        return Known.SEEN_TWICE if evidence.entry.is_seen_twice else Known.SEEN
    if upload.state is UploadState.TAKEN:
        return Known.TAKEN
    is_open = upload.state in MAY_HAVE_ARRIVED_STATES
    return Known.NOTHING if is_open else Known.SENT_UNSEEN


def _is_worth_a_write(known: Evidence, learned: Evidence) -> bool:
    """Not each look that shows an entry once more: the first and the one that makes it two."""
    was, becomes = known.entry, learned.entry
    if was is None or becomes is None or was.id != becomes.id:
        return known != learned
    was_counted = known.waited.time if known.waited is not None else None
    is_counted = learned.waited.time if learned.waited is not None else None
    is_same = was_counted == is_counted and known.new_photo_id == learned.new_photo_id
    return not is_same or was.is_seen_twice != becomes.is_seen_twice or known.photo_id != learned.photo_id


def _fields(outcome: Outcome, found: _Found, learned: Evidence) -> dict[str, Any]:
    """What the upload says beside its new state."""
    match outcome:
        case Outcome.SENT if learned.entry is not None:
            entry = learned.entry
            return {"queue_id": entry.id, "can_be_withdrawn": entry.can_be_withdrawn, "sighting": None}
        case Outcome.TAKEN:
            return {"queue_id": learned.queue_number, "sighting": _why_unseen(found)}
        case Outcome.PROPOSAL | Outcome.DOUBT:
            seen = Sighting.NO_LIST_BEFORE if _lacks_list_before(found) else sighting(found.case)
            photo_id = found.photo_id if seen is Sighting.NEW_IN_CHART else None
            trouble = trouble_of(learned)
            return {"sighting": seen, "new_photo_id": photo_id, "trouble": trouble}
        case Outcome.LEFT_QUEUE:
            return {"new_photo_id": found.photo_id}
        case Outcome.REFUSED:
            return {"trouble": Trouble.REFUSED}
    return {}


def _lacks_list_before(found: _Found) -> bool:
    """The queue can be read, and it isn't known what was in it before the photo was sent."""
    before = found.evidence.before
    is_unknown = before is None or before.queue is Reading.UNREADABLE
    return is_unknown and found.queue is Reading.COMPLETE and found.case.chart is not ChartNews.NEW_PHOTO


def _why_unseen(found: _Found) -> Sighting:
    """Why the entry of a photo that Cerbo took isn't known."""
    if _lacks_list_before(found):
        return Sighting.NO_LIST_BEFORE
    if found.queue is Reading.COMPLETE:
        return Sighting.NOTHING_NEW
    if found.queue is Reading.CUT:
        return Sighting.LIST_CUT
    return Sighting.NOT_NOW if found.case.queue is QueueNews.NOT_NOW else Sighting.COULD_NOT_LOOK


def sighting(case: Case) -> Sighting:
    """What a person is told that the look showed."""
    match case.queue:
        case QueueNews.ONE_NEW | QueueNews.NAMED_NEW:
            return Sighting.NEW_IN_QUEUE
        case QueueNews.SEVERAL_NEW:
            return Sighting.SEVERAL_IN_QUEUE
    if case.chart is ChartNews.NEW_PHOTO:
        return Sighting.NEW_IN_CHART
    is_whole = case.queue in (QueueNews.NOTHING_NEW, QueueNews.NO_PHOTO_NEW) and case.chart is ChartNews.NOTHING_NEW
    return Sighting.NOTHING_NEW if is_whole else Sighting.COULD_NOT_LOOK
