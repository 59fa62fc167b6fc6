"""Uploads as the rows, the sealed cards and the sealed files of the outbox tell of them."""

import hashlib
from contextlib import suppress

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import NO_EVIDENCE
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import RecoveredUpload, Sealer, Stranded
from cerbo_desktop.domain.upload import AFTER_CRASH, MAY_HAVE_ARRIVED_STATES, UNSENT_STATES, Upload
from cerbo_desktop.domain.verdict import OutgoingPhoto
from cerbo_desktop.outbox import cards, sealed_evidence
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.outbox.row import Row
from cerbo_desktop.outbox.spool import Spool


def open_upload(sealer: Sealer, spool: Spool, row: Row) -> RecoveredUpload:
    """The upload of a row, with what is known of it. Raises `NotSafe`."""
    card = cards.open_card(sealer, row.id, row.card)
    evidence = NO_EVIDENCE if row.evidence is None else sealed_evidence.open_evidence(sealer, row.id, row.evidence)
    state = AFTER_CRASH.get(row.state, row.state)
    upload = Upload(
        *(row.id, card.recipient, card.photo, card.preview, card.taken_at, row.changed_at, state),
        trouble=row.trouble,
        retry_at=row.retry_at,
        queue_id=row.queue_id,
        sighting=row.sighting,
        is_id_photo=card.is_id_photo,
        sent_by=card.sent_by,
        has_photo=spool.has(row.id),
    )
    is_missing = state in UNSENT_STATES and not spool.has(row.id)
    return RecoveredUpload(upload, evidence, row.state if row.state is not state else None, is_missing)


def open_photo(sealer: Sealer, spool: Spool, upload_id: UploadId, sealed_card: bytes) -> OutgoingPhoto:
    """The photo of an upload, every byte as it was accepted. Raises `NotSafe`."""
    card = cards.open_card(sealer, upload_id, sealed_card)
    facts = card.photo
    context = cards.photo_context(upload_id, card.recipient, facts)
    with spool.photo(upload_id) as (file, size_bytes):
        data = sealer.open_from(file.read, size_bytes, context)
    if hashlib.sha256(data).hexdigest() != facts.sha256:
        raise NotSafe(NotSafeReason.SEAL_BROKEN)
    return OutgoingPhoto(data, facts.media_type, facts.width_px, facts.height_px, facts.sha256, facts.unique_id)


def stranded_uploads(sealer: Sealer, ledger: Ledger, account: str) -> tuple[Stranded, ...]:
    """What other accounts than this one left, oldest first. A card of another key cannot be shown."""
    found = []
    for upload_id, state in ledger.left_elsewhere(account).items():
        with suppress(NotSafe):
            card = cards.open_card(sealer, upload_id, ledger.card(upload_id) or b"")
            was_sent = state not in UNSENT_STATES or state in MAY_HAVE_ARRIVED_STATES
            found.append(Stranded(upload_id, card.recipient, card.taken_at, card.account, card.account_name, was_sent))
    return tuple(found)
