"""The start of the outbox: what a crash, a damaged disk or another hand left is settled, and costs no photo."""

from contextlib import suppress

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import Sealer, SentElsewhere
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox import cards, sealed_evidence
from cerbo_desktop.outbox.ledger import Ledger
from cerbo_desktop.outbox.mending import Replacement
from cerbo_desktop.outbox.spool import Spool

_NO_ACCOUNT = ""


def opens_any(spool: Spool, sealer: Sealer) -> bool:
    """Whether this is the key of the sealed photos; True where there are no photos."""
    photos = spool.photos()
    return not photos or any(card_in_file(spool, sealer, upload_id)[1] != _NO_ACCOUNT for upload_id in photos)


def card_in_file(spool: Spool, sealer: Sealer, upload_id: UploadId) -> tuple[bytes, str]:
    """The sealed card in a photo's file, and the account that it names: empty where it does not open with this key."""
    try:
        card = spool.card(upload_id)
    except NotSafe as failure:
        if failure.reason is not NotSafeReason.SEAL_BROKEN:
            raise
        return b"", _NO_ACCOUNT
    return card, _account_in(sealer, upload_id, card)


def _account_in(sealer: Sealer, upload_id: UploadId, card: bytes) -> str:
    """Whose card it is; `_NO_ACCOUNT` for one that does not open with this key."""
    try:
        return cards.open_card(sealer, upload_id, card).account
    except NotSafe:
        return _NO_ACCOUNT


def sent_elsewhere(ledger: Ledger, sealer: Sealer, account: str) -> SentElsewhere:
    """What other accounts than this one have in Cerbo's queue. A card that doesn't open tells nothing."""
    found = ledger.in_queue_elsewhere(account)
    patient_ids: set[PatientId] = set()
    for upload_id in (each for each, entry in found if entry is None):
        with suppress(NotSafe):
            patient_ids.add(cards.open_card(sealer, upload_id, ledger.card(upload_id) or b"").recipient.id)
    return SentElsewhere(frozenset(entry for _, entry in found if entry is not None), frozenset(patient_ids))


class Recovery:
    """Settles what is found at a start. Call in this order: `mend` (before anything is done to a file because of a
    row), `settle_files`, `assign_account`."""

    def __init__(self, ledger: Ledger, spool: Spool, sealer: Sealer, clock: Clock) -> None:
        self._ledger, self._spool = ledger, spool
        self._sealer, self._clock = sealer, clock

    def mend(self) -> bool:
        """Make UNSURE what is not believed. True where another program has changed the ledger."""
        damage = self._ledger.examine()
        found = {upload_id: self._replacement(upload_id) for upload_id in damage.changed}
        replacements = {upload_id: each for upload_id, each in found.items() if each.account != _NO_ACCOUNT}
        if not (replacements or damage.is_older or damage.are_decisions_changed):
            return False
        self._ledger.mend(damage, replacements, self._clock.now())
        return True

    def _replacement(self, upload_id: UploadId) -> Replacement:
        """From the sealed file, or from the sealed card in the row where there is no file."""
        if upload_id in self._spool.leaving():
            self._spool.restore(upload_id)
        if upload_id in self._spool.unfinished():
            self._spool.finish(upload_id)
        evidence = self._opening_evidence(upload_id)
        if self._spool.has(upload_id):
            card, account = card_in_file(self._spool, self._sealer, upload_id)
            return Replacement(account, card, has_photo=True, evidence=evidence)
        card = self._ledger.card(upload_id) or b""
        return Replacement(_account_in(self._sealer, upload_id, card), card, has_photo=False, evidence=evidence)

    def _opening_evidence(self, upload_id: UploadId) -> bytes | None:
        """What was taken down before the photo was last sent; None where it does not open."""
        sealed = self._ledger.evidence(upload_id)
        with suppress(NotSafe):
            if sealed is not None:
                sealed_evidence.open_evidence(self._sealer, upload_id, sealed)
                return sealed
        return None

    def settle_files(self) -> None:
        """Bring files and rows into line. The row decides, unless the name of the file says that the photo may have
        left."""
        owners = self._ledger.photo_owners()
        for upload_id in self._spool.unfinished():
            (self._spool.finish if owners.get(upload_id) else self._spool.remove)(upload_id)
        for upload_id in self._spool.leaving():
            (self._spool.restore if owners.get(upload_id) else self._spool.remove)(upload_id)
        for upload_id in self._spool.doubtful():
            if owners.get(upload_id):
                self._ledger.mark_uncertain(upload_id, self._clock.now())
        for upload_id in self._spool.photos():
            if upload_id not in owners:
                card, account = card_in_file(self._spool, self._sealer, upload_id)
                self._ledger.insert(upload_id, UploadState.UNSURE, self._clock.now(), account, card)
            elif not owners[upload_id]:
                self._spool.remove(upload_id)

    def assign_account(self) -> None:
        """Assign photos that were found while their key was away, and so under no account."""
        for upload_id in self._ledger.owned_by(_NO_ACCOUNT):
            card, account = card_in_file(self._spool, self._sealer, upload_id)
            if account != _NO_ACCOUNT:
                self._ledger.assign_account(upload_id, account, card)
