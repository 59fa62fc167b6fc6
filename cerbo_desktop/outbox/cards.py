"""The card that is sealed beside a photo: whom it is for, how it looks, who sent it."""

from datetime import date, datetime
from typing import TypeVar

import msgspec

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import SealContext, Sealer, account_digest
from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import Recipient, Upload
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts

Kind = TypeVar("Kind")

CARD, PHOTO = "card", "photo"
_NAMELESS = "No name"
"""What earlier releases sealed as the name of a patient who has none."""


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
    sent_by: str = ""


class Card(msgspec.Struct, frozen=True):
    """The opened card of a photo."""

    account: str
    recipient: Recipient
    photo: PhotoFacts
    preview: Raster
    taken_at: datetime
    account_name: str = ""
    is_id_photo: bool = False
    sent_by: Person = NOBODY


def photo_context(upload_id: UploadId, recipient: Recipient, photo: PhotoFacts) -> SealContext:
    """What a photo is sealed to: it opens only as this upload, for this patient, as this type."""
    return SealContext(PHOTO, upload_id, recipient.id, photo.media_type.value)


def seal_card(sealer: Sealer, upload: Upload, account_name: str) -> bytes:
    """Seal the card of `upload`, which belongs to the account `account_name`."""
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
        sent_by=upload.sent_by.name,
    )
    return sealer.seal(msgspec.msgpack.encode(card), SealContext(CARD, upload.id))


def open_card(sealer: Sealer, upload_id: UploadId, sealed: bytes) -> Card:
    """The card as it was sealed. Raises `NotSafe(SEAL_BROKEN)`."""
    card = decoded(sealer.open(sealed, SealContext(CARD, upload_id)), _Card)
    size_px = card.photo_width_px, card.photo_height_px
    facts = PhotoFacts(card.media_type, *size_px, card.size_bytes, card.sha256, card.unique_id)
    try:
        preview = Raster(
            card.preview_width_px, card.preview_height_px, card.preview, card.photo_width_px, card.photo_height_px
        )
    except ValueError:
        raise NotSafe(NotSafeReason.SEAL_BROKEN) from None
    recipient = Recipient(PatientId(card.patient_id), "" if card.name == _NAMELESS else card.name, card.born)
    told = card.taken_at, card.account_name, card.is_id_photo, Person(card.sent_by)
    return Card(card.account, recipient, facts, preview, *told)


def sealed_for(sealer: Sealer, upload_id: UploadId, sealed: bytes, account_name: str) -> bytes:
    """The same card, sealed for another account. Raises `NotSafe(SEAL_BROKEN)`."""
    context = SealContext(CARD, upload_id)
    card = decoded(sealer.open(sealed, context), _Card)
    moved = msgspec.structs.replace(card, account=account_digest(account_name), account_name=account_name)
    return sealer.seal(msgspec.msgpack.encode(moved), context)


def decoded(plain: bytes, kind: type[Kind]) -> Kind:
    """Decode unsealed bytes as a `kind`. Raises `NotSafe(SEAL_BROKEN)`."""
    try:
        return msgspec.msgpack.decode(plain, type=kind)
    except msgspec.MsgspecError:
        raise NotSafe(NotSafeReason.SEAL_BROKEN) from None
