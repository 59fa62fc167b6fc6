"""Whether a look at the queue alone tells what has become of a patient's photos, or the chart has to be listed too."""

from dataclasses import dataclass

from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.server_snapshot import Reading, ServerSnapshot
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.services.photos.album_listing import WHOLE_EACH_S


@dataclass(frozen=True, slots=True)
class Followed:
    """A photo as it was when a look began."""

    upload: Upload
    evidence: Evidence


class ChartNeeds:
    """Remembers which entries have left the queue, and when each chart was last listed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._left: set[UploadId] = set()
        """Those whose entries a look has missed."""
        self._read_s: dict[PatientId, float] = {}
        """When a look last asked for each chart."""

    def note_read(self, patient_id: PatientId) -> None:
        """Note that the chart of this patient is being listed."""
        self._read_s[patient_id] = self._clock.elapsed_s()

    def needs_chart(self, patient_id: PatientId, followed: list[Followed], queue: ServerSnapshot) -> bool:
        """A photo whose entry waits isn't accepted yet. Where the answer didn't name the entry it may be another's, and
        the photo in the chart by now: that is looked for now and then."""
        evidences = [each.evidence for each in followed]
        if not all(each.is_only_in(queue) for each in evidences):
            return True
        if all(each.entry is not None and each.names(each.entry.id) for each in evidences):
            return False
        read_s = self._read_s.get(patient_id)
        return read_s is None or self._clock.elapsed_s() - read_s >= WHOLE_EACH_S

    def has_just_left(self, followed: list[Followed], queue: ServerSnapshot) -> bool:
        """Whether an entry of these uploads left the queue since the last call. If so, the chart has to be read,
        however long its list is."""
        left = {
            each.upload.id
            for each in followed
            if each.evidence.entry is not None
            and each.upload.state is UploadState.SENT
            and not each.evidence.is_only_in(queue)
        }
        is_new = queue.queue is Reading.COMPLETE and bool(left - self._left)
        self._left |= left if is_new else set()
        return is_new
