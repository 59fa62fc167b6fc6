"""Which photos were added before: by the outbox's own memory, and by what was downloaded of the open chart."""

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.outbox import Outbox
from cerbo_desktop.domain.sent_before import EarlierUpload, Marks, SentBefore, SentWhere, carried_marks
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.photos.same_in_chart import SameInChart

_IN_CERBO_STATES = (UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED)


class KnownSentPhotos:
    """`domain.sent_before.SentPhotos`."""

    def __init__(self, outbox: Outbox, uploads: Feed[tuple[Upload, ...]], chart: SameInChart) -> None:
        self._outbox, self._uploads, self.chart = outbox, uploads, chart

    async def find(self, patient_id: PatientId, photo: Accepted) -> SentBefore | None:
        """As in `SentPhotos`. Of several, one that Cerbo has comes before one that waits here, and the latest first."""
        marks = carried_marks(photo)
        if not marks:
            return None
        earlier = await self._earlier(patient_id, marks)
        ours = [self._told(each) for each in earlier if each.is_for_patient]
        if ours:
            return next((each for each in ours if each.where is SentWhere.CERBO), ours[0])
        if (found := await self.chart.find(patient_id, photo)) is not None:
            return SentBefore(SentWhere.CHART, found.taken_at)
        return SentBefore(SentWhere.OTHER_PATIENT, earlier[0].at) if earlier else None

    async def _earlier(self, patient_id: PatientId, marks: Marks) -> list[EarlierUpload]:
        """Latest first; none where the outbox does not open, which is told elsewhere: nothing can be sent then."""
        try:
            return list(reversed(await self._outbox.earlier_uploads(patient_id, marks)))
        except NotSafe:
            return []

    def _told(self, earlier: EarlierUpload) -> SentBefore:
        """The list in memory knows better than the disk how an upload stands."""
        listed = next((each.state for each in self._uploads.latest if each.id == earlier.upload_id), earlier.state)
        is_in_cerbo = listed is None or listed in _IN_CERBO_STATES
        return SentBefore(SentWhere.CERBO if is_in_cerbo else SentWhere.UPLOADS, earlier.at)
