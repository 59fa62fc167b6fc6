"""Applies `domain.settlement` to uploads: gathers a case from what a look showed, and notes what was decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cerbo_desktop.domain.evidence import Answer, Evidence
from cerbo_desktop.domain.ids import PhotoId, QueueId, UploadId
from cerbo_desktop.domain.list_news import other_tries, others_open, queue_news
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.server_snapshot import EntryNature, Reading, ServerSnapshot
from cerbo_desktop.domain.settlement import Outcome, Settlement, is_absent, settle
from cerbo_desktop.domain.settlement_case import IN_CHART, Case, ChartNews, QueueNews
from cerbo_desktop.domain.upload import LEGAL_MOVES, Upload, UploadProblem, UploadState
from cerbo_desktop.services.uploads.look_findings import LookFindings, fields_of, is_worth_a_write, known_of
from cerbo_desktop.services.uploads.look_moments import LookMoments, is_being_taken_back
from cerbo_desktop.services.uploads.second_tries import SecondTries
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.upload_store import UploadStore

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
_MAY_GROW_OLD = frozenset({UploadState.TAKEN, UploadState.SENT})
"""States in which nobody is asked anything."""
_MAY_BE_PROVED = frozenset({UploadState.UNSURE, UploadState.SENDING})
"""States in which lists that show nothing of it decide."""


class Settling:
    """Decides what has become of a photo by each look into Cerbo's lists, and writes that down."""

    def __init__(
        self,
        store: UploadStore,
        lookup: ServerLookup,
        second_tries: SecondTries,
        clock: Clock,
        keeps_taken_for: timedelta,
        send_on: Callable[[], None],
    ) -> None:
        """`send_on` is called when one that was put off may go out once more."""
        self._store, self._lookup, self._clock = store, lookup, clock
        self._second_tries, self._send_on = second_tries, send_on
        self._keeps_taken_for = keeps_taken_for
        self.candidates: dict[UploadId, QueueId] = {}
        """The one entry, for each doubtful upload, that the last look showed as what may be it."""
        self.moments = LookMoments(clock)

    def look_due_s(self, upload_id: UploadId) -> float | None:
        """Seconds until a look tells more of a photo that the last one showed in two places, or in none.

        Negative where that time is past; None for other photos.
        """
        return self.moments.due_s(upload_id, self._store.evidence(upload_id))

    def look_again_s(self, upload_id: UploadId) -> float | None:
        """Seconds until the next look at this upload, as `look_due_s` says; None also where that time is past."""
        due_s = self.look_due_s(upload_id)
        return due_s if due_s is not None and due_s > 0 else None

    async def settle_by(
        self, upload: Upload, evidence: Evidence, now: ServerSnapshot, *, is_glance: bool = False
    ) -> None:
        """Decide by `now`, a look that began when the upload was as given, with this evidence, and write it down.

        A glance, at the queue alone, is noted only where it settles the matter.
        """
        taken = self._store.photos_of_others(upload)
        chart, photo_id = await self._lookup.chart_news(upload, evidence, now, taken)
        async with self._store.hold(upload.id, {upload.state}) as current:
            if current is None or self._store.evidence(upload.id) is not evidence:
                return  # somebody moved it, or another look was quicker
            if self._store.being_withdrawn[upload.id]:
                return
            if upload.state is UploadState.ACCEPTED and chart not in IN_CHART:
                return  # what was found is not unfound: staff may have deleted it there
            findings = self._gather(current, evidence, now, chart, photo_id)
            settled = self._settled(current, findings.case)
            if is_glance and settled.outcome not in (Outcome.SENT, Outcome.TAKEN):
                return
            await self._note(current, findings, settled)
        if settled.may_drop_photo:
            await self._store.drop_photo(upload.id)

    async def is_in_chart(self, upload: Upload, evidence: Evidence, now: ServerSnapshot) -> bool:
        """Whether the chart, as it was just listed, has a photo with this one's marks that is no other upload's."""
        taken = self._store.photos_of_others(upload)
        chart, _ = await self._lookup.chart_news(upload, evidence, now, taken)
        return chart in IN_CHART

    async def outcome(self, upload: Upload, evidence: Evidence, now: ServerSnapshot) -> Outcome:
        """Judge by these lists what has become of the upload, and write nothing down."""
        taken = self._store.photos_of_others(upload)
        chart, photo_id = await self._lookup.chart_news(upload, evidence, now, taken)
        case = self._gather(upload, evidence, now, chart, photo_id).case
        if is_absent(case):
            self.moments.note_absence(upload.id)
        return settle(case).outcome

    def _settled(self, upload: Upload, case: Case) -> Settlement:
        """Of one that was put off: once a person was asked, lists that show nothing of it decide nothing any more."""
        settled = settle(case)
        is_undecided = settled.outcome in (Outcome.SEND_ONCE_MORE, Outcome.KEEP_LOOKING) and case.chart not in IN_CHART
        if case.was_put_off and is_undecided and upload.state is not UploadState.UNSURE:
            return Settlement(Outcome.DOUBT)
        return settled

    # Gathering.

    def _gather(
        self, upload: Upload, evidence: Evidence, now: ServerSnapshot, chart: ChartNews, photo_id: PhotoId | None
    ) -> LookFindings:
        at = self._clock.now()
        entries = self._store.entries_of_others(upload)
        if upload.state in _MAY_BE_PROVED and (evidence.was_put_off or evidence.answer is Answer.TURNED_AWAY):
            self.moments.note_earlier_answer(upload.id)
        news, queue_id = queue_news(evidence, now, entries)
        if news is QueueNews.OURS_WAITS and evidence.entry is not None:
            evidence = replace(evidence, entry=self.moments.entry_seen_again(upload.id, evidence.entry, at))
        evidence = self.moments.after_asking(upload.id, evidence, news)
        evidence = self.moments.counted(upload.id, evidence, at)
        own_id = queue_id if news in (QueueNews.OURS_WAITS, QueueNews.OURS_LEFT, QueueNews.NAMED_NEW) else None
        tries = other_tries(evidence, now, entries, own_id)
        case = Case(
            answer=evidence.answer,
            queue=news,
            chart=chart,
            others=others_open(evidence.before, now, entries, has_open_of_ours=self._store.has_other_open(upload)),
            known=known_of(upload, evidence),
            nature=now.nature(queue_id) if queue_id is not None else EntryNature.UNSTATED,
            is_early=self.moments.is_early(upload.id),
            is_old=evidence.is_old(self._keeps_taken_for) and upload.state in _MAY_GROW_OLD,
            both=self.moments.both(upload.id, evidence),
            tries=evidence.tries,
            another_waits=bool(tries),
            has_second_entry=evidence.second_entry_id is not None,
            is_queue_whole=now.queue is Reading.COMPLETE,
            is_surely_ours=evidence.is_sent_again or evidence.names(queue_id),
            is_taking_back=is_being_taken_back(evidence),
            was_put_off=evidence.was_put_off,
            is_overdue=self.moments.is_overdue(upload.id),
            was_absent_before=self.moments.was_absent_before(upload.id),
            was_gone_before=self.moments.was_gone_before(upload, evidence),
        )
        return LookFindings(case, evidence, queue_id, photo_id, now.queue, at, tries)

    # Noting.

    async def _note(self, upload: Upload, findings: LookFindings, settled: Settlement) -> None:
        """The evidence first: a state that the disk knows without its evidence would be asked about anew."""
        known, learned = self._store.evidence(upload.id), findings.learned(settled)
        self._note_moments(upload.id, known, learned, findings, settled.outcome)
        if is_worth_a_write(known, learned):
            await self._store.note_evidence(upload.id, learned)
        elif learned != known:
            self._store.remember_evidence(upload.id, learned)
        match settled.outcome:
            case Outcome.WITHDRAWN:
                await self._store.withdrawn(upload)
            case Outcome.REFUSED:
                if UploadState.REFUSED in LEGAL_MOVES[upload.state]:  # else a person was asked, and decides
                    await self._second_tries.not_sent(upload, UploadProblem.REFUSED)
            case Outcome.SEND_ONCE_MORE:
                await self._send_once_more(upload)
            case outcome:
                self._remember_candidate(upload.id, findings)
                await self._move(upload, findings, outcome, learned)

    def _note_moments(
        self, upload_id: UploadId, known: Evidence, learned: Evidence, findings: LookFindings, outcome: Outcome
    ) -> None:
        self.moments.note_learned(upload_id, known, learned, is_found=outcome is Outcome.ACCEPTED)
        if outcome is not Outcome.NOTHING_YET:
            self.moments.forget_in_neither(upload_id)
        elif findings.is_in_neither:
            self.moments.note_in_neither(upload_id)
        if is_absent(findings.case):
            self.moments.note_absence(upload_id)

    async def _move(self, upload: Upload, findings: LookFindings, outcome: Outcome, learned: Evidence) -> None:
        """To the state of this outcome, where that is a legal move; in the same state the fields alone change."""
        state = _STATES.get(outcome)
        is_looked_for_again = findings.is_in_neither and not findings.case.is_taking_back
        is_undecided = outcome is Outcome.NOTHING_YET and not is_looked_for_again
        if is_undecided and upload.state is UploadState.UNSURE:
            # A row that was mended: its entry was seen once, and a list that can't be read now leaves it a doubt.
            state = UploadState.NEEDS_REVIEW
        if state is None:
            return
        fields = fields_of(Outcome.DOUBT if state is UploadState.NEEDS_REVIEW else outcome, findings, learned)
        if state is upload.state:
            fields.pop("trouble", None)  # it may tell why another try was not sent
            if any(getattr(upload, name) != value for name, value in fields.items()):
                await self._store.amend(upload, **fields)
        elif state in LEGAL_MOVES[upload.state]:
            await self._store.record(upload, state, **fields)

    async def _send_once_more(self, upload: Upload) -> None:
        """The wait that Cerbo asked for is kept, where it is longer than the looks took."""
        is_waiting = upload.retry_at is not None and upload.retry_at > self._clock.now()
        told: dict[str, Any] = {"trouble": UploadProblem.BUSY, "retry_at": upload.retry_at} if is_waiting else {}
        await self._store.record(upload, UploadState.QUEUED, **told)
        self._send_on()

    def _remember_candidate(self, upload_id: UploadId, findings: LookFindings) -> None:
        is_likely = findings.case.queue is QueueNews.NAMED_NEW or findings.case.nature is EntryNature.PHOTO
        if findings.queue_id is not None and is_likely:
            self.candidates[upload_id] = findings.queue_id
        else:
            self.candidates.pop(upload_id, None)
