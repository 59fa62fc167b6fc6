"""Learns once for the practice what Cerbo's lists by type are worth: from the lists, and from records of photos."""

import asyncio

from cerbo_desktop.domain.errors import Forbidden, ServerError, ServerRefused
from cerbo_desktop.domain.page import Listing
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.type_lists import ListsByType, are_the_same, is_contradicted, of_type, worth_of


class TypeListTrust:
    """What the lists by type are worth, as far as it is known."""

    def __init__(self, records: PhotoRecords | None) -> None:
        self._records = records
        self.learnt: Feed[ListsByType] = Feed(ListsByType.UNTRIED)
        """Tells of each change: what was said of a face by the lists may not hold any more."""
        self._judging = asyncio.Lock()
        self._records_tell = False
        """A record named a type that its row did not."""

    @property
    def worth(self) -> ListsByType:
        """As far as it was learnt."""
        return self.learnt.latest

    @property
    def is_worthless(self) -> bool:
        """The lists proved useless."""
        return self.worth is ListsByType.USELESS

    @property
    def is_untried(self) -> bool:
        """Nothing is known of it yet."""
        return self.worth is ListsByType.UNTRIED

    def distrust(self) -> None:
        """Something contradicts the lists: they are useless from now on."""
        self.learnt.publish(ListsByType.USELESS)

    async def is_denied(self, photo: Photo, urgency: Urgency) -> bool:
        """Whether the own record of a photo that only lists call personal says that it is medical: one list alone does
        not show that they are honoured no longer. Asked for where records of this tenant are known to tell.

        Raises:
            ServerError: nobody knows.
        """
        if self._records is None or not self._records_tell or self.worth is not ListsByType.HONOURED:
            return False
        return (await self._records.get(photo, urgency=urgency)).photo_type is PhotoType.MEDICAL

    async def judge(self, personal: Listing[Photo], medical: Listing[Photo], urgency: Urgency) -> None:
        """Learn from both lists of one patient. One after the other, so that records are read once for everybody."""
        async with self._judging:
            is_refuted = is_contradicted(personal, medical) or are_the_same(personal, medical)
            if not (self.is_untried or is_refuted):
                return
            worth = worth_of(personal, medical)
            if worth is ListsByType.HONOURED and await self._is_denied_by_records(personal, medical, urgency):
                worth = ListsByType.USELESS
            if not self.is_worthless:  # as may have been learnt meanwhile
                self.learnt.publish(worth)

    async def _is_denied_by_records(self, personal: Listing[Photo], medical: Listing[Photo], urgency: Urgency) -> bool:
        """By the record of one photo of each list whose rows name no type: the lists may be swapped."""
        for listed, said in ((personal, PhotoType.PERSONAL), (medical, PhotoType.MEDICAL)):
            if not of_type(listed, said):
                recorded = await self._recorded_type(listed.items[0], urgency)
                self._records_tell = self._records_tell or recorded is not PhotoType.UNSTATED
                if recorded not in (said, PhotoType.UNSTATED):
                    return True
        return False

    async def _recorded_type(self, photo: Photo, urgency: Urgency) -> PhotoType:
        """A record that can't be read tells as little as one without a type."""
        if self._records is None:
            return PhotoType.UNSTATED
        try:
            return (await self._records.get(photo, urgency=urgency)).photo_type
        except ServerError:
            return PhotoType.UNSTATED

    def note_failure(self, error: ServerError) -> None:
        """A refusal where the chart itself is given is about the question, so that it is not asked again; what ails
        the line passes."""
        if isinstance(error, ServerRefused | Forbidden):
            self.distrust()
