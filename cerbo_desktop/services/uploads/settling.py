"""Applies `domain.settlement` to uploads: gathers a case from what a look showed, and notes what was decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cerbo_desktop.domain.evidence import (
    SEEN_TWICE_AFTER,
    Answer,
    EntryNature,
    Evidence,
    Reading,
    SeenEntry,
    ServerSnapshot,
)
from cerbo_desktop.domain.ids import PhotoId, QueueId, UploadId
from cerbo_desktop.domain.list_news import other_tries, others_open, queue_news
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.settlement import (
    IN_CHART,
    Both,
    Case,
    ChartNews,
    Outcome,
    QueueNews,
    Settlement,
    is_absent,
    settle,
)
from cerbo_desktop.domain.upload import LEGAL_MOVES, CheckResult, Upload, UploadProblem, UploadState
from cerbo_desktop.services.uploads.found import Found, fields_of, is_worth_a_write, known_of, trouble_of
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.store import UploadStore

_STATES = {
    Outcome.SENT: UploadState.SENT,
    Outcome.ACCEPTED: UploadState.ACCEPTED,
    Outcome.TAKEN: UploadState.TAKEN,
    Outcome.PROPOSAL: UploadState.NEEDS_REVIEW,
    Outcome.DOUBT: UploadState.NEEDS_REVIEW,
    Outcome.KEEP_LOOKING: UploadState.UNSURE,
    Outcome.LEFT_QUEUE: UploadState.LEFT_QUEUE,
    Outcome.GONE: UploadState.GONE,
    Outcome.IN_BOTH: UploadState.SENT,
}
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
_MAY_GROW_OLD = frozenset({UploadState.TAKEN, UploadState.SENT})
"""States in which nobody is asked anything."""
_MAY_BE_PROVED = frozenset({UploadState.UNSURE, UploadState.SENDING})
"""States in which lists that show nothing of it decide."""
_ASKED_ABOUT = frozenset({UploadState.LEFT_QUEUE, UploadState.NEEDS_REVIEW})
"""States in which a person is asked about a new photo in the chart."""


class Settling:
    def __init__(
        self,
        book: UploadStore,
        reconciling: ServerLookup,
        second_tries: SecondTries,
        clock: Clock,
        keeps_taken_for: timedelta,
        send_on: Callable[[], None],
    ) -> None:
        """`send_on` is called when one that was put off may go out once more."""
        self._book, self._reconciling, self._clock = book, reconciling, clock
        self._second_tries, self._send_on = second_tries, send_on
        self._keeps_taken_for = keeps_taken_for
        self._candidates: dict[UploadId, QueueId] = {}
        """The one entry, for each doubtful upload, that the last look showed as what may be it."""
        self._first_seen_s: dict[UploadId, float] = {}
        self._in_both_s: dict[UploadId, float] = {}
        """When a look of this session first showed each in the chart and in the queue."""
        self._in_neither_s: dict[UploadId, float] = {}
        """When a look of this session first showed each in neither."""
        self._still_listed_s: dict[UploadId, float] = {}
        """When a look of this session first showed the entry of each after Cerbo was asked to delete it."""
        self._absent_s: dict[UploadId, float] = {}
        """When a look of this session first showed nothing of each that was turned away, in lists that were whole."""
        self._answered_s: dict[UploadId, float] = {}
        self._counted_s: dict[UploadId, float] = {}
        """When the wait of each was last counted in this session."""

    def note_answered(self, upload_id: UploadId) -> None:
        """Cerbo has just answered to this photo."""
        self._answered_s[upload_id] = self._clock.elapsed_s()
        self._absent_s.pop(upload_id, None)

    def is_early(self, upload_id: UploadId) -> bool:
        """Whether Cerbo answered a moment ago, so that its lists may lag behind."""
        answered_s = self._answered_s.get(upload_id)
        return answered_s is not None and self._clock.elapsed_s() - answered_s < _EARLY_S

    def _is_overdue(self, upload_id: UploadId) -> bool:
        answered_s = self._answered_s.get(upload_id)
        return answered_s is None or self._clock.elapsed_s() - answered_s >= _OVERDUE_S

    def was_seen_waiting(self, upload_id: UploadId) -> bool:
        """Whether a look of this session saw its entry in Cerbo's queue."""
        return upload_id in self._first_seen_s

    def was_in_neither(self, upload_id: UploadId) -> bool:
        """Whether one look showed it in neither list, so that another one has to tell."""
        return upload_id in self._in_neither_s

    def look_again_s(self, upload_id: UploadId) -> float | None:
        """How long until a look tells whether a photo is in chart and queue, or was just accepted, or in neither; None
        for others, and where that time is past."""
        due_s = self.look_due_s(upload_id)
        return due_s if due_s is not None and due_s > 0 else None

    def look_due_s(self, upload_id: UploadId) -> float | None:
        """As `look_again_s`; negative where the time for that look is past."""
        evidence = self._book.evidence(upload_id)
        first_s, after_s = self._in_neither_s.get(upload_id), _gone_after_s(evidence)
        if first_s is None and evidence.second_entry_id is None:
            first_s, after_s = self._in_both_s.get(upload_id), _AGAIN_AFTER_S
        if first_s is None:
            return None
        return first_s + after_s - self._clock.elapsed_s()

    async def weigh(self, upload: Upload, evidence: Evidence, now: ServerSnapshot, *, is_glance: bool = False) -> None:
        """Decide by `now`, a look that began when the upload was as given, with this evidence, and note the outcome.

        A glance, at the queue alone, is noted only where it settles the matter.
        """
        taken = self._book.photos_of_others(upload)
        chart, photo_id = await self._reconciling.chart_news(upload, evidence, now, taken)
        async with self._book.hold(upload.id, {upload.state}) as current:
            if current is None or self._book.evidence(upload.id) is not evidence:
                return  # somebody moved it, or another look was quicker
            if self._book.being_withdrawn[upload.id]:
                return
            if upload.state is UploadState.ACCEPTED and chart not in IN_CHART:
                return  # what was found is not unfound: staff may have deleted it there
            found = self._gather(current, evidence, now, chart, photo_id)
            settled = self._settled(current, found.case)
            if is_glance and settled.outcome not in (Outcome.SENT, Outcome.TAKEN):
                return
            await self._note(current, found, settled)
        if settled.may_drop_photo:
            await self._book.drop_photo(upload.id)

    async def outcome(self, upload: Upload, evidence: Evidence, now: ServerSnapshot) -> Outcome:
        """What these lists show of it; nothing is written down."""
        taken = self._book.photos_of_others(upload)
        chart, photo_id = await self._reconciling.chart_news(upload, evidence, now, taken)
        case = self._gather(upload, evidence, now, chart, photo_id).case
        self._note_absence(upload.id, case)
        return settle(case).outcome

    def _settled(self, upload: Upload, case: Case) -> Settlement:
        """Of one that was put off: once a person was asked, lists that show nothing of it decide nothing any more."""
        settled = settle(case)
        is_undecided = settled.outcome in (Outcome.NOT_THERE, Outcome.KEEP_LOOKING) and case.chart not in IN_CHART
        if case.was_put_off and is_undecided and upload.state is not UploadState.UNSURE:
            return Settlement(Outcome.DOUBT)
        return settled

    # Gathering.

    def _gather(
        self, upload: Upload, evidence: Evidence, now: ServerSnapshot, chart: ChartNews, photo_id: PhotoId | None
    ) -> Found:
        at = self._clock.now()
        entries = self._book.entries_of_others(upload)
        if upload.state in _MAY_BE_PROVED and (evidence.was_put_off or evidence.answer is Answer.TURNED_AWAY):
            self._answered_s.setdefault(upload.id, self._clock.elapsed_s())  # an earlier session heard it
        news, queue_id = queue_news(evidence, now, entries)
        if news is QueueNews.OURS_WAITS and evidence.entry is not None:
            evidence = replace(evidence, entry=self._seen_again(upload.id, evidence.entry, at))
        evidence = self._counted(upload.id, self._after_asking(upload.id, evidence, news), at)
        own_id = queue_id if news in (QueueNews.OURS_WAITS, QueueNews.OURS_LEFT, QueueNews.NAMED_NEW) else None
        tries = other_tries(evidence, now, entries, own_id)
        case = Case(
            answer=evidence.answer,
            queue=news,
            chart=chart,
            others=others_open(evidence.before, now, entries, has_open_of_ours=self._book.has_other_open(upload)),
            known=known_of(upload, evidence),
            nature=now.nature(queue_id) if queue_id is not None else EntryNature.UNSTATED,
            is_early=self.is_early(upload.id),
            is_old=evidence.is_old(self._keeps_taken_for) and upload.state in _MAY_GROW_OLD,
            both=self._both(upload.id, evidence),
            tries=evidence.tries,
            another_waits=bool(tries),
            has_second_entry=evidence.second_entry_id is not None,
            is_queue_whole=now.queue is Reading.COMPLETE,
            is_surely_ours=evidence.is_sent_again or evidence.names(queue_id),
            is_taking_back=_is_taking_back(evidence),
            was_put_off=evidence.was_put_off,
            is_overdue=self._is_overdue(upload.id),
            was_absent_before=self._is_later(self._absent_s.get(upload.id)),
            was_gone_before=self._was_gone_before(upload, evidence),
        )
        return Found(case, evidence, queue_id, photo_id, now.queue, at, tries)

    def _both(self, upload_id: UploadId, evidence: Evidence) -> Both:
        """Within a session, by the clock that nobody can set; what two looks showed holds over a restart."""
        if evidence.second_entry_id is not None:
            return Both.BEFORE
        if evidence.photo_id is None:
            return Both.NEVER
        first_s = self._in_both_s.setdefault(upload_id, self._clock.elapsed_s())
        return Both.BEFORE if self._is_later(first_s) else Both.JUST_NOW

    def _was_gone_before(self, upload: Upload, evidence: Evidence) -> bool:
        if upload.state is UploadState.GONE:
            return True
        return self._is_later(self._in_neither_s.get(upload.id), _gone_after_s(evidence))

    def _is_later(self, first_s: float | None, after_s: float = _AGAIN_AFTER_S) -> bool:
        return first_s is not None and self._clock.elapsed_s() - first_s >= after_s

    def _after_asking(self, upload_id: UploadId, evidence: Evidence, news: QueueNews) -> Evidence:
        """An entry that stays listed after Cerbo was asked to delete it was not deleted: whoever takes it out later,
        it was not this PC."""
        if evidence.taking_back_id is None or news is not QueueNews.OURS_WAITS:
            return evidence
        now_s = self._clock.elapsed_s()
        passed_s = now_s - self._still_listed_s.setdefault(upload_id, now_s)
        return replace(evidence, taking_back_id=None) if passed_s >= _EARLY_S else evidence

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

    async def _note(self, upload: Upload, found: Found, settled: Settlement) -> None:
        """The evidence first: a state that the disk knows without its evidence would be asked about anew."""
        known, learned = self._book.evidence(upload.id), found.learned(settled)
        self._note_moments(upload.id, known, learned, is_found=settled.outcome is Outcome.ACCEPTED)
        if settled.outcome is not Outcome.NOTHING_YET:
            self._in_neither_s.pop(upload.id, None)
        elif found.is_in_neither:
            self._in_neither_s.setdefault(upload.id, self._clock.elapsed_s())
        self._note_absence(upload.id, found.case)
        if is_worth_a_write(known, learned):
            await self._book.note_evidence(upload.id, learned)
        elif learned != known:
            self._book.remember_evidence(upload.id, learned)
        if settled.outcome is Outcome.WITHDRAWN:
            await self._book.withdrawn(upload)
            return
        if settled.outcome is Outcome.REFUSED:
            if UploadState.REFUSED not in LEGAL_MOVES[upload.state]:
                return  # a person was asked, and decides
            await self._second_tries.not_sent(upload, UploadProblem.REFUSED)
            return
        if settled.outcome is Outcome.NOT_THERE:
            await self._send_once_more(upload)
            return
        state = _STATES.get(settled.outcome)
        is_looked_for_again = found.is_in_neither and not found.case.is_taking_back
        is_undecided = settled.outcome is Outcome.NOTHING_YET and not is_looked_for_again
        if is_undecided and upload.state is UploadState.UNSURE:
            # A row that was mended: its entry was seen once, and a list that can't be read now leaves it a doubt.
            state = UploadState.NEEDS_REVIEW
        self._remember_candidate(upload.id, found)
        if state is None:
            return
        outcome = Outcome.DOUBT if state is UploadState.NEEDS_REVIEW else settled.outcome
        fields = fields_of(outcome, found, learned)
        if state is upload.state:
            fields.pop("trouble", None)  # it may tell why another try was not sent
        if state is not upload.state and state in LEGAL_MOVES[upload.state]:
            await self._book.record(upload, state, **fields)
        elif state is upload.state and any(getattr(upload, name) != value for name, value in fields.items()):
            await self._book.amend(upload, **fields)

    async def _send_once_more(self, upload: Upload) -> None:
        """The wait that Cerbo asked for is kept, where it is longer than the looks took."""
        is_waiting = upload.retry_at is not None and upload.retry_at > self._clock.now()
        told: dict[str, Any] = {"trouble": UploadProblem.BUSY, "retry_at": upload.retry_at} if is_waiting else {}
        await self._book.record(upload, UploadState.QUEUED, **told)
        self._send_on()

    def _note_absence(self, upload_id: UploadId, case: Case) -> None:
        if is_absent(case):
            self._absent_s.setdefault(upload_id, self._clock.elapsed_s())

    def _note_moments(self, upload_id: UploadId, known: Evidence, learned: Evidence, *, is_found: bool) -> None:
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

    def _remember_candidate(self, upload_id: UploadId, found: Found) -> None:
        is_likely = found.case.queue is QueueNews.NAMED_NEW or found.case.nature is EntryNature.PHOTO
        if found.queue_id is not None and is_likely:
            self._candidates[upload_id] = found.queue_id
        else:
            self._candidates.pop(upload_id, None)

    # What people say.

    async def confirm_arrived(self, upload_id: UploadId) -> None:
        """It is in the queue: as the one entry that may be it, where there is one."""
        async with self._book.hold(upload_id, {UploadState.NEEDS_REVIEW}) as upload:
            if upload is None:
                return
            evidence, queue_id = self._book.evidence(upload_id), self._candidates.get(upload_id)
            at = self._clock.now()
            entry = SeenEntry(queue_id, at) if queue_id is not None else None
            if entry is not None:
                self._first_seen_s[upload_id] = self._clock.elapsed_s()
            await self._book.note_evidence(upload_id, replace(evidence, told_at=at, entry=entry))
            await self._book.record(
                upload, UploadState.SENT, queue_id=queue_id, sighting=None, is_told=queue_id is None
            )

    async def deny_arrived(self, upload_id: UploadId) -> None:
        """A person takes back that it is there: it is a doubt as before."""
        async with self._book.hold(upload_id) as upload:
            if upload is None or not upload.can_be_untold:
                return
            evidence = self._book.evidence(upload_id)
            await self._book.record(upload, UploadState.NEEDS_REVIEW, trouble=trouble_of(evidence))
            await self._book.note_evidence(upload_id, replace(evidence, told_at=None))

    async def confirm_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """It is the new photo in the chart that was shown, which can be no other upload's as well."""
        async with self._book.hold(upload_id, _ASKED_ABOUT) as upload:
            if upload is None or upload.new_photo_id != photo_id:
                return
            if any(each.photo_id == photo_id for each in self._book.evidence_of_others(upload)):
                await self._book.amend(upload, new_photo_id=None)
                return
            known = self._book.evidence(upload_id)
            second_id = known.other_try_id
            evidence = replace(known, photo_id=photo_id, second_entry_id=second_id)
            await self._book.note_evidence(upload_id, evidence)
            state = UploadState.ACCEPTED if second_id is None else UploadState.SENT
            told: dict[str, Any] = {"second_entry_id": second_id, "can_be_withdrawn": evidence.can_be_withdrawn}
            await self._book.record(upload, state, sighting=None, **told)
            for other in self._book.feed.latest:
                if other.new_photo_id == photo_id and other.recipient.id == upload.recipient.id:
                    await self._book.amend(other, new_photo_id=None)
        await self._book.drop_photo(upload_id)

    async def deny_photo(self, upload_id: UploadId, photo_id: PhotoId) -> None:
        """It is not the new photo in the chart that was shown."""
        async with self._book.hold(upload_id, _ASKED_ABOUT) as upload:
            if upload is None or upload.new_photo_id != photo_id:
                return
            evidence = self._book.evidence(upload_id)
            others = evidence.other_photo_ids | {photo_id}
            await self._book.note_evidence(upload_id, replace(evidence, other_photo_ids=others))
            if upload.state is UploadState.LEFT_QUEUE:
                await self._book.record(upload, UploadState.GONE)
            else:
                await self._book.amend(upload, sighting=CheckResult.NOTHING_NEW, new_photo_id=None)


def _is_taking_back(evidence: Evidence) -> bool:
    return evidence.entry is not None and evidence.taking_back_id == evidence.entry.id


def _gone_after_s(evidence: Evidence) -> float:
    return _AGAIN_AFTER_S if _is_taking_back(evidence) else _GONE_AFTER_S
