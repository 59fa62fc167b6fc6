"""What is known of a photo from outside, as it is sealed in the ledger."""

from datetime import datetime, timedelta

import msgspec

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry, Waited
from cerbo_desktop.domain.ids import PhotoId, QueueId, UploadId
from cerbo_desktop.domain.outbox import SealContext, Sealer
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot
from cerbo_desktop.outbox.cards import decoded

EVIDENCE = "standing"
"""What is known of an upload was called its standing when the first files were sealed."""


class _Entry(msgspec.Struct, frozen=True):
    id: str
    last_seen_at: datetime
    can_be_withdrawn: bool
    is_seen_twice: bool


class _Waited(msgspec.Struct, frozen=True):
    since: datetime
    until: datetime
    seconds: float


class _Evidence(msgspec.Struct, frozen=True):
    """Everything after the two lists came later: what was sealed before lacks it."""

    photo_ids: list[str]
    queue_ids: list[str] | None
    """None where the queue could not be read, and where nothing was listed."""
    is_listed: bool = True
    is_chart_cut: bool = False
    is_queue_cut: bool = False
    is_chart_unread: bool = False
    answer: Answer = Answer.LOST
    named_id: str | None = None
    answered_at: datetime | None = None
    told_at: datetime | None = None
    entry: _Entry | None = None
    photo_id: str | None = None
    other_photo_ids: list[str] = []
    is_sent_again: bool = False
    """Earlier versions know this and no number of tries."""
    other_entry_at: datetime | None = None
    approved_ids: list[str] = []
    waited: _Waited | None = None
    new_photo_id: str | None = None
    earlier_ids: list[str] = []
    other_try_id: str | None = None
    second_entry_id: str | None = None
    is_twice_in_chart: bool = False
    taking_back_id: str | None = None
    tries: int = 1
    was_put_off: bool = False
    closed_ids: list[str] = []


def seal_evidence(sealer: Sealer, upload_id: UploadId, evidence: Evidence) -> bytes:
    """Seal `evidence` for the ledger, bound to the upload that it is about."""
    before = evidence.before
    can_read_queue = before is not None and before.queue is not Reading.UNREADABLE
    plain = _Evidence(
        photo_ids=sorted(before.photo_ids) if before is not None else [],
        queue_ids=sorted(before.queue_ids) if before is not None and can_read_queue else None,
        closed_ids=sorted(before.closed_ids) if before is not None else [],
        is_listed=before is not None,
        is_chart_cut=before is not None and before.chart is Reading.CUT,
        is_chart_unread=before is not None and before.chart is Reading.UNREADABLE,
        is_queue_cut=before is not None and before.queue is Reading.CUT,
        answer=evidence.answer,
        named_id=evidence.named_id,
        answered_at=evidence.answered_at,
        told_at=evidence.told_at,
        entry=_sealable(evidence.entry) if evidence.entry is not None else None,
        photo_id=evidence.photo_id,
        other_photo_ids=sorted(evidence.other_photo_ids),
        is_sent_again=evidence.is_sent_again,
        tries=evidence.tries,
        was_put_off=evidence.was_put_off,
        other_entry_at=evidence.other_entry_at,
        approved_ids=sorted(evidence.approved_ids),
        new_photo_id=evidence.new_photo_id,
        earlier_ids=sorted(evidence.earlier_ids),
        other_try_id=evidence.other_try_id,
        second_entry_id=evidence.second_entry_id,
        is_twice_in_chart=evidence.is_twice_in_chart,
        taking_back_id=evidence.taking_back_id,
        waited=_sealable_wait(evidence.waited) if evidence.waited is not None else None,
    )
    return sealer.seal(msgspec.msgpack.encode(plain), SealContext(EVIDENCE, upload_id))


def open_evidence(sealer: Sealer, upload_id: UploadId, sealed: bytes) -> Evidence:
    """The evidence as it was sealed. Raises `NotSafe(SEAL_BROKEN)`."""
    found = decoded(sealer.open(sealed, SealContext(EVIDENCE, upload_id)), _Evidence)
    return Evidence(
        before=_baseline(found) if found.is_listed else None,
        answer=found.answer,
        named_id=_queue_id(found.named_id),
        answered_at=found.answered_at,
        told_at=found.told_at,
        entry=_entry(found.entry) if found.entry is not None else None,
        photo_id=PhotoId(found.photo_id) if found.photo_id is not None else None,
        other_photo_ids=frozenset(map(PhotoId, found.other_photo_ids)),
        tries=max(found.tries, 2 if found.is_sent_again else 1),
        was_put_off=found.was_put_off,
        other_entry_at=found.other_entry_at,
        approved_ids=frozenset(map(QueueId, found.approved_ids)),
        new_photo_id=PhotoId(found.new_photo_id) if found.new_photo_id is not None else None,
        earlier_ids=frozenset(map(QueueId, found.earlier_ids)),
        other_try_id=_queue_id(found.other_try_id),
        second_entry_id=_queue_id(found.second_entry_id),
        is_twice_in_chart=found.is_twice_in_chart,
        taking_back_id=_queue_id(found.taking_back_id),
        waited=_waited(found.waited) if found.waited is not None else None,
    )


def may_be_double(sealer: Sealer, upload_id: UploadId, sealed: bytes | None) -> bool:
    """Whether the sealed evidence says that the photo may be in Cerbo twice; False where it does not open."""
    if sealed is None:
        return False
    try:
        evidence = open_evidence(sealer, upload_id, sealed)
    except NotSafe:
        return False
    return evidence.is_sent_again or evidence.is_twice_in_chart


def _queue_id(found: str | None) -> QueueId | None:
    return QueueId(found) if found is not None else None


def _baseline(found: _Evidence) -> ServerSnapshot:
    queue = Reading.CUT if found.is_queue_cut else Reading.COMPLETE
    chart = Reading.CUT if found.is_chart_cut else Reading.COMPLETE
    return ServerSnapshot(
        frozenset(map(PhotoId, found.photo_ids)),
        frozenset(map(QueueId, found.queue_ids or ())),
        Reading.UNREADABLE if found.is_chart_unread else chart,
        Reading.UNREADABLE if found.queue_ids is None else queue,
        closed_ids=frozenset(map(QueueId, found.closed_ids)),
    )


def _sealable(entry: SeenEntry) -> _Entry:
    return _Entry(entry.id, entry.last_seen_at, entry.can_be_withdrawn, entry.is_seen_twice)


def _entry(found: _Entry) -> SeenEntry:
    return SeenEntry(QueueId(found.id), found.last_seen_at, found.can_be_withdrawn, found.is_seen_twice)


def _sealable_wait(waited: Waited) -> _Waited:
    return _Waited(waited.since, waited.until, waited.time.total_seconds())


def _waited(found: _Waited) -> Waited:
    return Waited(found.since, found.until, timedelta(seconds=found.seconds))
