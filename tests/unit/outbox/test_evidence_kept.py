"""What is known of an upload opens as it was sealed, and what an earlier version sealed still opens."""

from dataclasses import fields

import msgspec

from cerbo_desktop.domain.evidence import Answer, Evidence, SeenEntry, Waited
from cerbo_desktop.domain.ids import PhotoId, QueueId
from cerbo_desktop.domain.outbox import SealContext
from cerbo_desktop.domain.server_snapshot import ServerSnapshot
from cerbo_desktop.outbox import sealed_evidence
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.unit.outbox.stock import KEY, NOW, upload

ID = upload().id
WHOLE = Evidence(
    before=ServerSnapshot(frozenset({PhotoId("1")}), frozenset({QueueId("2")}), closed_ids=frozenset({QueueId("3")})),
    answer=Answer.QUEUE_ID,
    named_id=QueueId("3"),
    answered_at=NOW,
    told_at=NOW,
    entry=SeenEntry(QueueId("3"), NOW, can_be_withdrawn=True, is_seen_twice=True),
    photo_id=PhotoId("4"),
    other_photo_ids=frozenset({PhotoId("5")}),
    tries=3,
    was_put_off=True,
    other_entry_at=NOW,
    approved_ids=frozenset({QueueId("6")}),
    waited=Waited(NOW, NOW),
    new_photo_id=PhotoId("7"),
    earlier_ids=frozenset({QueueId("8")}),
    other_try_id=QueueId("8"),
    second_entry_id=QueueId("3"),
    is_twice_in_chart=True,
    taking_back_id=QueueId("3"),
)


def test_everything_known_is_kept() -> None:
    """Each field holds something here, so that a new one can't be forgotten."""
    assert all(getattr(WHOLE, each.name) for each in fields(WHOLE))
    sealer = AesGcmSealer(KEY)
    assert sealed_evidence.open_evidence(sealer, ID, sealed_evidence.seal_evidence(sealer, ID, WHOLE)) == WHOLE


def test_what_an_earlier_version_sealed_lacks_what_came_later() -> None:
    sealer, context = AesGcmSealer(KEY), SealContext(sealed_evidence.EVIDENCE, ID)
    sealed = msgspec.msgpack.decode(sealer.open(sealed_evidence.seal_evidence(sealer, ID, WHOLE), context))
    for name in ("earlier_ids", "other_try_id", "second_entry_id", "is_twice_in_chart", "taking_back_id", "tries"):
        del sealed[name]
    older = sealed_evidence.open_evidence(sealer, ID, sealer.seal(msgspec.msgpack.encode(sealed), context))
    assert older.second_entry_id is None
    assert older.is_sent_again
    assert older.entry == WHOLE.entry
