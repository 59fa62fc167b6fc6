"""Photos that an earlier sign-in left on this PC: may they be sent under the present one?

A new key's name, or the way over a relay instead of directly, makes another account of the same practice. Two things
have to be shown before anything goes: that it is the same practice, and that each photo's own patient is the same
person there.

- The practice is the same where the address is the same. At another address a person has to say so, and then at least
  one patient's record has to be the same there, date of birth included.
- A photo goes only if the record with its patient's id has the same name and date of birth. A record that is gone, such
  as after a merge, is said; nothing is ever given to another record.
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
from cerbo_desktop.services.uploading import Uploading


class Match(Enum):
    """What Cerbo, as it is connected now, has under the id of a photo's patient."""

    SAME = "same"
    OTHER = "other"
    """Another name or date of birth."""
    GONE = "gone"
    NOT_SEEN = "not seen"
    """Cerbo could not be asked."""


def match(recipient: Recipient, found: Patient) -> Match:
    is_same_name = folded(found.full_name) == folded(recipient.name)
    is_same = found.id == recipient.id and is_same_name and found.born == recipient.born
    return Match.SAME if is_same else Match.OTHER


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look in Cerbo has shown."""

    photos: tuple[tuple[Stranded, Match], ...] = ()
    """Of this practice."""
    unproven_count: int = 0
    """Nothing shows that these are of this practice; whose they are is not shown."""

    @property
    def possible(self) -> tuple[Stranded, ...]:
        return tuple(photo for photo, found in self.photos if found is Match.SAME)


class TakingOver:
    """`address` is where the app is connected; `accounts` are the names under which secrets were ever kept here."""

    def __init__(
        self, outbox: Outbox, uploading: Uploading, server: CerboServer, address: str, accounts: Iterable[str]
    ) -> None:
        self._outbox, self._uploading, self._server, self.address = outbox, uploading, server, address
        self._names = {account_digest(name): name for name in accounts}
        self._looked = Looked()

    async def other_addresses(self) -> frozenset[str]:
        """Where else photos were left; "" stands for one that is not known. Raises `NotSafe`."""
        return frozenset(self._address_of(photo) for photo in await self._outbox.stranded()) - {self.address}

    async def look(self, *, is_same_practice: bool) -> Looked:
        """Ask for each patient. Raises `NotSafe`.

        Nothing is asked about photos from another address unless a person said that it is the same practice.
        """
        stranded = await self._outbox.stranded()
        asked = [each for each in stranded if is_same_practice or self._address_of(each) == self.address]
        found = {each: await self._find(each) for each in dict.fromkeys(photo.recipient for photo in asked)}
        proven = {each.account for each in asked if self._is_proof(each, found[each.recipient])}
        shown = tuple((each, found[each.recipient]) for each in asked if each.account in proven)
        self._looked = Looked(shown, len(stranded) - len(shown))
        return self._looked

    async def take_over(self) -> int:
        """All that the last look found to be possible; how many. What does not succeed stays as it is.

        The look may be hours old: each patient's record is asked for once more, right before.
        """
        taken: set[UploadId] = set()
        possible = self._looked.possible
        found = {each: await self._find(each) for each in dict.fromkeys(photo.recipient for photo in possible)}
        for photo in possible:
            if found[photo.recipient] is not Match.SAME:
                continue
            try:
                await self._uploading.take_over(photo.id)
            except NotSafe:
                continue
            taken.add(photo.id)
        self._looked = Looked()
        return len(taken)

    async def _find(self, recipient: Recipient) -> Match:
        try:
            return match(recipient, await self._server.patient(PatientId(recipient.id)))
        except Missing:
            return Match.GONE
        except ServerError:
            return Match.NOT_SEEN

    def _is_proof(self, photo: Stranded, found: Match) -> bool:
        is_here = self._address_of(photo) == self.address
        return is_here or (found is Match.SAME and photo.recipient.born is not None)

    def _address_of(self, photo: Stranded) -> str:
        name = photo.account_name or self._names.get(photo.account, "")
        return name.rpartition(" at ")[2]
