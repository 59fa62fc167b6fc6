"""What a look found of one upload, and what is known and told of it from then on."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry
from cerbo_desktop.domain.ids import PhotoId, QueueId
from cerbo_desktop.domain.server_snapshot import Reading
from cerbo_desktop.domain.settlement import Outcome, Settlement
from cerbo_desktop.domain.settlement_case import IN_CHART, Case, ChartNews, Known, QueueNews
from cerbo_desktop.domain.upload import MAY_HAVE_ARRIVED_STATES, CheckResult, Upload, UploadProblem, UploadState


@dataclass(frozen=True, slots=True)
class LookFindings:
    """A case for `domain.settlement`, with the evidence and the entries that it was gathered from. `at`: when."""

    case: Case
    evidence: Evidence
    queue_id: QueueId | None
    photo_id: PhotoId | None
    queue: Reading
    at: datetime
    other_tries: frozenset[QueueId]

    @property
    def is_in_neither(self) -> bool:
        return self.case.queue is QueueNews.OURS_LEFT and self.case.chart is ChartNews.NOTHING_NEW

    def learned(self, settled: Settlement) -> Evidence:
        """Return the evidence about the upload with what this look has shown."""
        learned = self._of_chart(settled.outcome)
        if settled.outcome is Outcome.LEFT_QUEUE:
            learned = replace(learned, new_photo_id=self.photo_id)
        own_id = self.queue_id
        is_own = settled.outcome is Outcome.SENT or (
            settled.outcome is Outcome.IN_BOTH and self.case.queue is QueueNews.NAMED_NEW
        )
        if is_own and learned.entry is None and own_id is not None:
            learned = replace(learned, entry=SeenEntry(own_id, self.at, settled.can_be_withdrawn))
        if self.queue is Reading.UNREADABLE:
            return learned
        tries = self.other_tries - ({own_id} if is_own else set())
        return replace(learned, other_try_id=min(tries, default=None))

    def _of_chart(self, outcome: Outcome) -> Evidence:
        if self.case.chart in IN_CHART:
            is_twice = self.case.chart is ChartNews.FOUND_TWICE
            second_id = self._second_entry(outcome)
            return replace(self.evidence, photo_id=self.photo_id, second_entry_id=second_id, is_twice_in_chart=is_twice)
        if self.case.chart in (ChartNews.NOTHING_NEW, ChartNews.NEW_PHOTO):
            return replace(self.evidence, photo_id=None, second_entry_id=None)
        return self.evidence

    def _second_entry(self, outcome: Outcome) -> QueueId | None:
        match outcome:
            case Outcome.ACCEPTED | Outcome.SENT:
                return None
            case Outcome.IN_BOTH if self.case.queue in (QueueNews.OURS_WAITS, QueueNews.NAMED_NEW):
                return self.queue_id
            case Outcome.IN_BOTH:
                return min(self.other_tries)
        return self.evidence.second_entry_id


def trouble_of(evidence: Evidence) -> UploadProblem | None:
    """What is said of a doubt. An answer that tells of a failure is something else than a lost answer."""
    if evidence.was_put_off:
        return UploadProblem.BUSY
    return UploadProblem.NO_ANSWER if evidence.answer is Answer.LOST else None


def known_of(upload: Upload, evidence: Evidence) -> Known:
    """What earlier looks have settled of this upload."""
    if evidence.entry is not None:
        return Known.SEEN_TWICE if evidence.entry.is_seen_twice else Known.SEEN
    if upload.state is UploadState.TAKEN:
        return Known.TAKEN
    is_open = upload.state in MAY_HAVE_ARRIVED_STATES or upload.state is UploadState.SENDING
    return Known.NOTHING if is_open else Known.SENT_UNSEEN


def is_worth_a_write(known: Evidence, learned: Evidence) -> bool:
    """Whether the disk should know it: the first look that shows an entry, and the one that makes it two, but not
    each."""
    was, becomes = known.entry, learned.entry
    if was is None or becomes is None:
        return known != learned
    was_counted = known.waited.time if known.waited is not None else None
    is_counted = learned.waited.time if learned.waited is not None else None
    waited = known.waited if was_counted == is_counted else learned.waited
    return replace(learned, entry=replace(becomes, last_seen_at=was.last_seen_at), waited=waited) != known


def fields_of(outcome: Outcome, findings: LookFindings, learned: Evidence) -> dict[str, Any]:
    """The fields that change with the new state of the upload."""
    match outcome:
        case Outcome.SENT | Outcome.IN_BOTH | Outcome.GONE | Outcome.ACCEPTED:
            return _fields_in_cerbo(outcome, learned)
        case Outcome.TAKEN:
            return {"queue_id": learned.queue_number, "sighting": _why_unseen(findings)}
        case Outcome.PROPOSAL | Outcome.DOUBT:
            seen = CheckResult.NO_LIST_BEFORE if _lacks_list_before(findings) else sighting(findings.case)
            photo_id = findings.photo_id if seen is CheckResult.NEW_IN_CHART else None
            trouble = trouble_of(learned)
            return {
                "sighting": seen,
                "new_photo_id": photo_id,
                "other_try_id": learned.other_try_id,
                "trouble": trouble,
            }
        case Outcome.LEFT_QUEUE:
            return {"new_photo_id": findings.photo_id, "other_try_id": learned.other_try_id}
    return {}


def _fields_in_cerbo(outcome: Outcome, learned: Evidence) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "second_entry_id": learned.second_entry_id,
        "is_twice_in_chart": outcome is Outcome.ACCEPTED and learned.is_twice_in_chart,
        "other_try_id": learned.other_try_id,
        "can_be_withdrawn": learned.can_be_withdrawn,
        "is_told": outcome is Outcome.SENT and learned.is_only_told,
    }
    if learned.entry is not None and outcome in (Outcome.SENT, Outcome.IN_BOTH):
        fields |= {"queue_id": learned.entry.id}
    return fields if outcome is Outcome.GONE else fields | {"sighting": None}


def _lacks_list_before(findings: LookFindings) -> bool:
    """The queue can be read, and it isn't known what was in it before the photo was sent."""
    before = findings.evidence.before
    is_unknown = before is None or before.queue is Reading.UNREADABLE
    return is_unknown and findings.queue is Reading.COMPLETE and findings.case.chart is not ChartNews.NEW_PHOTO


def _why_unseen(findings: LookFindings) -> CheckResult:
    """Why the entry of a photo that Cerbo took isn't known."""
    if _lacks_list_before(findings):
        return CheckResult.NO_LIST_BEFORE
    if findings.queue is Reading.COMPLETE:
        return CheckResult.NOTHING_NEW
    if findings.queue is Reading.CUT:
        return CheckResult.LIST_CUT
    return CheckResult.NOT_NOW if findings.case.queue is QueueNews.NOT_NOW else CheckResult.COULD_NOT_LOOK


def sighting(case: Case) -> CheckResult:
    """Tell which of the looks' results a person is shown for this case."""
    match case.queue:
        case QueueNews.ONE_NEW | QueueNews.NAMED_NEW:
            return CheckResult.NEW_IN_QUEUE
        case QueueNews.CLOSED_NEW:
            return CheckResult.CLOSED_IN_QUEUE
        case QueueNews.SEVERAL_NEW:
            return CheckResult.SEVERAL_IN_QUEUE
    if case.chart is ChartNews.NEW_PHOTO:
        return CheckResult.NEW_IN_CHART
    is_whole = case.queue in (QueueNews.NOTHING_NEW, QueueNews.NO_PHOTO_NEW) and case.chart is ChartNews.NOTHING_NEW
    return CheckResult.NOTHING_NEW if is_whole else CheckResult.COULD_NOT_LOOK
