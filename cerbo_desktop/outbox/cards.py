"""What is sealed beside a photo: whom it is for, how it looks, and what chart and queue held before it was sent."""

from datetime import date, datetime
from typing import TypeVar

import msgspec

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.outbox import SealContext, Sealer, Standing, account_digest
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts

Kind = TypeVar("Kind")

CARD, STANDING, PHOTO = "card", "standing", "photo"


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


class _Standing(msgspec.Struct, frozen=True):
    photo_ids: list[str]
    queue_ids: list[str] | None


class Card(msgspec.Struct, frozen=True):
    """An opened card."""

    account: str
    recipient: Recipient
    photo: PhotoFacts
    preview: Raster
    taken_at: datetime
    account_name: str = ""


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
    recipient = Recipient(PatientId(card.patient_id), card.name, card.born)
    return Card(card.account, recipient, facts, preview, card.taken_at, card.account_name)


def sealed_for(sealer: Sealer, upload_id: UploadId, sealed: bytes, account_name: str) -> bytes:
    """The same card, sealed for another account. Raises `NotSafe(SEAL_BROKEN)`."""
    context = SealContext(CARD, upload_id)
    card = _decoded(sealer.open(sealed, context), _Card)
    moved = msgspec.structs.replace(card, account=account_digest(account_name), account_name=account_name)
    return sealer.seal(msgspec.msgpack.encode(moved), context)


def seal_standing(sealer: Sealer, upload_id: UploadId, standing: Standing) -> bytes:
    queue_ids: list[str] | None = None if standing.queue_ids is None else sorted(standing.queue_ids)
    plain = msgspec.msgpack.encode(_Standing(sorted(standing.photo_ids), queue_ids))
    return sealer.seal(plain, SealContext(STANDING, upload_id))


def open_standing(sealer: Sealer, upload_id: UploadId, sealed: bytes) -> Standing:
    """Raises `NotSafe(SEAL_BROKEN)`."""
    found = _decoded(sealer.open(sealed, SealContext(STANDING, upload_id)), _Standing)
    queue_ids = None if found.queue_ids is None else frozenset(map(QueueId, found.queue_ids))
    return Standing(frozenset(map(PhotoId, found.photo_ids)), queue_ids)


def _decoded(plain: bytes, kind: type[Kind]) -> Kind:
    try:
        return msgspec.msgpack.decode(plain, type=kind)
    except msgspec.MsgspecError:
        raise NotSafe(NotSafeReason.SEAL_BROKEN) from None
