"""Photos that an earlier sign-in left on this PC: may they be sent under the present one?

A new key's name, or the way over a relay instead of directly, makes another account of the same practice. Two things
have to be shown before anything goes: that it is the same practice, and that each photo's own patient is the same
person there.

- The practice is the same where the address is the same. At another address a person has to say so, and then at least
  one patient's record has to be the same there, date of birth included.
- A photo goes only if the record with its patient's id has the same name and date of birth, asked for once more when
  it goes. A record that is gone, such as after a merge, is said; nothing is ever given to another record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from cerbo_desktop.domain.errors import Missing, NotSafe, ServerError
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import Outbox, Stranded, account_digest
from cerbo_desktop.domain.patient import Patient, folded
from cerbo_desktop.domain.ports import CerboServer
from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.uploads.uploading import Uploading


class Match(Enum):
    """What Cerbo, as it is connected now, has under the id of a photo's patient."""

    SAME = "same"
    SAME_NAME = "same name"
    """The same name under the same id, and no date of birth on either side."""
    UNDATED = "undated"
    """As before, at another address, where that is too little."""
    OTHER = "other"
    """Another name or date of birth."""
    GONE = "gone"
    NOT_SEEN = "not seen"
    """Cerbo could not be asked."""


def match(recipient: Recipient, found: Patient) -> Match:
    """Compare a photo's recipient with the record that Cerbo has now of a patient."""
    is_same_name = folded(found.full_name) == folded(recipient.name)
    if found.id != recipient.id or not is_same_name or found.born != recipient.born:
        return Match.OTHER
    return Match.SAME if recipient.born is not None else Match.SAME_NAME


_POSSIBLE = frozenset({Match.SAME, Match.SAME_NAME})


@dataclass(frozen=True, slots=True)
class StrandedLook:
    """What a look in Cerbo has shown."""

    photos: tuple[tuple[Stranded, Match], ...] = ()
    """Of this practice."""
    unproven_count: int = 0
    """Nothing shows that these are of this practice; whose they are is not shown."""

    @property
    def possible(self) -> tuple[Stranded, ...]:
        return tuple(photo for photo, found in self.photos if found in _POSSIBLE)


class TakingOver:
    """`address` is where the app is connected; `accounts` are the names under which secrets were ever kept here."""

    def __init__(
        self, outbox: Outbox, uploading: Uploading, server: CerboServer, address: str, accounts: Iterable[str]
    ) -> None:
        self._outbox, self._uploading = outbox, uploading
        self._server, self.address = server, address
        self._names = {account_digest(name): name for name in accounts}
        self._looked = StrandedLook()

    async def other_addresses(self) -> frozenset[str]:
        """Where else photos were left; "" stands for one that is not known. Raises `NotSafe`."""
        return frozenset(self._address_of(photo) for photo in await self._outbox.stranded()) - {self.address}

    async def look(self, *, is_same_practice: bool) -> StrandedLook:
        """Ask Cerbo for the record of each patient. Raises `NotSafe`.

        Nothing is asked about photos from another address unless a person said that it is the same practice.
        """
        stranded = await self._outbox.stranded()
        asked = [each for each in stranded if is_same_practice or self._is_from_here(each)]
        found = {each: await self._find(each) for each in dict.fromkeys(photo.recipient for photo in asked)}
        proven = {each.account for each in asked if self._is_proof(each, found[each.recipient])}
        shown = tuple((each, self._judged(each, found[each.recipient])) for each in asked if each.account in proven)
        self._looked = StrandedLook(shown, len(stranded) - len(shown))
        return self._looked

    async def take_over(self) -> int:
        """Take over all that the last look found to be possible, and return how many. What does not succeed stays as it
        is.

        Each record is asked for again just before: it may have changed while a person read what the look had shown.
        """
        possible, self._looked = self._looked.possible, StrandedLook()
        taken: set[UploadId] = set()
        for photo in possible:
            if self._judged(photo, await self._find(photo.recipient)) not in _POSSIBLE:
                continue
            try:
                await self._uploading.take_over(photo.id)
            except NotSafe:
                continue
            taken.add(photo.id)
        return len(taken)

    async def _find(self, recipient: Recipient) -> Match:
        try:
            return match(recipient, await self._server.patient(PatientId(recipient.id)))
        except Missing:
            return Match.GONE
        except ServerError:
            return Match.NOT_SEEN

    def _is_proof(self, photo: Stranded, found: Match) -> bool:
        return self._is_from_here(photo) or found is Match.SAME

    def _judged(self, photo: Stranded, found: Match) -> Match:
        """Without a date of birth, id and name alone show the person only where the records are the same ones."""
        if found is Match.SAME_NAME and not self._is_from_here(photo):
            return Match.UNDATED
        return found

    def _is_from_here(self, photo: Stranded) -> bool:
        return self._address_of(photo) == self.address

    def _address_of(self, photo: Stranded) -> str:
        name = photo.account_name or self._names.get(photo.account, "")
        return name.rpartition(" at ")[2]
