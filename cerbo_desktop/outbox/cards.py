"""What is sealed beside a photo: whom it is for, how it looks, and what is known of it from outside."""

from datetime import date, datetime, timedelta
from typing import TypeVar

import msgspec

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import Answer, Evidence, Reading, SeenEntry, ServerSnapshot, Waited
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.outbox import SealContext, Sealer, account_digest
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts

Kind = TypeVar("Kind")

_NAMELESS = "No name"
"""What earlier releases sealed as the name of a patient who has none."""

CARD, EVIDENCE, PHOTO = "card", "standing", "photo"
"""What is known of an upload was called its standing when the first files were sealed."""


class _Card(msgspec.Struct, frozen=True):
    account: str
    patient_id: str
    name: str
    born: date | None
    taken_at: datetime
    media_type: MediaType
    photo_width_px: int
    photo_height_px: int
    size_bytes: int
    sha256: str
    preview: bytes
    preview_width_px: int
    preview_height_px: int
    unique_id: str = ""
    account_name: str = ""
    is_id_photo: bool = False


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


class Card(msgspec.Struct, frozen=True):
    """An opened card."""

    account: str
    recipient: Recipient
    photo: PhotoFacts
    preview: Raster
    taken_at: datetime
    account_name: str = ""
    is_id_photo: bool = False


def photo_context(upload_id: UploadId, recipient: Recipient, photo: PhotoFacts) -> SealContext:
    """The photo opens only as this upload, for this patient, as this type."""
    return SealContext(PHOTO, upload_id, recipient.id, photo.media_type.value)


def seal_card(sealer: Sealer, upload: Upload, account_name: str) -> bytes:
    facts, preview = upload.photo, upload.preview
    card = _Card(
        account=account_digest(account_name),
        account_name=account_name,
        patient_id=upload.recipient.id,
        name=upload.recipient.name,
        born=upload.recipient.born,
        taken_at=upload.taken_at,
        media_type=facts.media_type,
        photo_width_px=facts.width_px,
        photo_height_px=facts.height_px,
        size_bytes=facts.size_bytes,
        sha256=facts.sha256,
        preview=preview.pixels,
        preview_width_px=preview.width_px,
        preview_height_px=preview.height_px,
        unique_id=facts.unique_id,
        is_id_photo=upload.is_id_photo,
    )
    return sealer.seal(msgspec.msgpack.encode(card), SealContext(CARD, upload.id))


def open_card(sealer: Sealer, upload_id: UploadId, sealed: bytes) -> Card:
    """Raises `NotSafe(SEAL_BROKEN)`."""
    card = _decoded(sealer.open(sealed, SealContext(CARD, upload_id)), _Card)
    size_px = card.photo_width_px, card.photo_height_px
    facts = PhotoFacts(card.media_type, *size_px, card.size_bytes, card.sha256, card.unique_id)
    try:
        preview = Raster(
            card.preview_width_px, card.preview_height_px, card.preview, card.photo_width_px, card.photo_height_px
        )
    except ValueError:
        raise NotSafe(NotSafeReason.SEAL_BROKEN) from None
    recipient = Recipient(PatientId(card.patient_id), "" if card.name == _NAMELESS else card.name, card.born)
    return Card(card.account, recipient, facts, preview, card.taken_at, card.account_name, card.is_id_photo)


def sealed_for(sealer: Sealer, upload_id: UploadId, sealed: bytes, account_name: str) -> bytes:
    """The same card, sealed for another account. Raises `NotSafe(SEAL_BROKEN)`."""
    context = SealContext(CARD, upload_id)
    card = _decoded(sealer.open(sealed, context), _Card)
    moved = msgspec.structs.replace(card, account=account_digest(account_name), account_name=account_name)
    return sealer.seal(msgspec.msgpack.encode(moved), context)


def seal_evidence(sealer: Sealer, upload_id: UploadId, evidence: Evidence) -> bytes:
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
    """Raises `NotSafe(SEAL_BROKEN)`."""
    found = _decoded(sealer.open(sealed, SealContext(EVIDENCE, upload_id)), _Evidence)
    return Evidence(
        before=_standing(found) if found.is_listed else None,
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
    """What is known of it says that it may be in Cerbo twice; what does not open says nothing."""
    if sealed is None:
        return False
    try:
        evidence = open_evidence(sealer, upload_id, sealed)
    except NotSafe:
        return False
    return evidence.is_sent_again or evidence.is_twice_in_chart


def _queue_id(found: str | None) -> QueueId | None:
    return QueueId(found) if found is not None else None


def _standing(found: _Evidence) -> ServerSnapshot:
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


def _decoded(plain: bytes, kind: type[Kind]) -> Kind:
    try:
        return msgspec.msgpack.decode(plain, type=kind)
    except msgspec.MsgspecError:
        raise NotSafe(NotSafeReason.SEAL_BROKEN) from None
