"""What is known of the uploads of one session, for whoever looks and moves nothing."""

from dataclasses import replace

from cerbo_desktop.domain.another_pc import OwnEntries
from cerbo_desktop.domain.evidence import NO_EVIDENCE, Answer, Evidence
from cerbo_desktop.domain.ids import PatientId, PhotoId, QueueId, UploadId
from cerbo_desktop.domain.outbox import RecoveredUpload, SentElsewhere
from cerbo_desktop.domain.upload import MAY_HAVE_ARRIVED_STATES, Upload, UploadState
from cerbo_desktop.runtime.feed import Feed

NOTHING_ELSEWHERE = SentElsewhere()


class KnownUploads:
    """The uploads that the app knows of, for reading. `feed` holds all that are not discarded, oldest first."""

    def __init__(self) -> None:
        self.feed: Feed[tuple[Upload, ...]] = Feed(())
        self._evidence: dict[UploadId, Evidence] = {}
        self._discarded_in_doubt: set[PatientId] = set()
        self._elsewhere = NOTHING_ELSEWHERE

    def get(self, upload_id: UploadId) -> Upload | None:
        return next((upload for upload in self.feed.latest if upload.id == upload_id), None)

    def in_state(self, *states: UploadState) -> tuple[Upload, ...]:
        return tuple(upload for upload in self.feed.latest if upload.state in states)

    def evidence(self, upload_id: UploadId) -> Evidence:
        """What is known of the upload from outside."""
        return self._evidence.get(upload_id, NO_EVIDENCE)

    def has_other_open(self, upload: Upload) -> bool:
        """Another photo of ours for this patient is or may be in Cerbo, as an entry that nobody knows."""
        if upload.recipient.id in self._discarded_in_doubt:
            return True
        of_patient = (each for each in self.feed.latest if each.recipient.id == upload.recipient.id)
        return any(each.id != upload.id and self._is_open(each) for each in of_patient)

    def evidence_of_others(self, upload: Upload) -> list[Evidence]:
        """The evidence about our other photos for the same patient."""
        of_patient = (each for each in self.feed.latest if each.recipient.id == upload.recipient.id)
        return [self.evidence(each.id) for each in of_patient if each.id != upload.id]

    def entries_of_others(self, upload: Upload) -> list[QueueId]:
        """Queue entries that are our other photos for the same patient."""
        return [each.entry.id for each in self.evidence_of_others(upload) if each.entry is not None]

    def photos_of_others(self, upload: Upload) -> list[PhotoId]:
        """Photos of the chart that our other uploads for the same patient were found to be."""
        return [each.photo_id for each in self.evidence_of_others(upload) if each.photo_id is not None]

    def own_entries(self, patient_id: PatientId) -> OwnEntries:
        """The queue entries of all photos that this PC sent for the patient, those of other accounts too."""
        of_patient = [each for each in self.feed.latest if each.recipient.id == patient_id]
        ids = {each.queue_id for each in of_patient} | {self.evidence(each.id).queue_number for each in of_patient}
        in_doubt = self._discarded_in_doubt | self._elsewhere.patient_ids
        is_one_unknown = patient_id in in_doubt or any(map(self._has_unknown_entry, of_patient))
        known = frozenset(each for each in ids if each is not None) | self._elsewhere.entry_ids
        return OwnEntries(known, are_all_known=not is_one_unknown)

    def _has_unknown_entry(self, upload: Upload) -> bool:
        """It may be in the queue, or not yet out of its list, as an entry that nobody knows."""
        evidence = self.evidence(upload.id)
        is_only_in_chart = upload.state is UploadState.ACCEPTED and upload.queue_id is None
        return self._is_open(upload) or evidence.is_sent_again or is_only_in_chart

    def _is_open(self, upload: Upload) -> bool:
        is_unseen = self.evidence(upload.id).entry is None
        said_to_be_there = upload.state in (UploadState.TAKEN, UploadState.SENT)
        return upload.state in MAY_HAVE_ARRIVED_STATES or (said_to_be_there and is_unseen)


def evidence_of(kept: RecoveredUpload) -> Evidence:
    """Earlier versions took any id in the answer for the queue's and kept it with the upload: it is a hint."""
    evidence, queue_id = kept.evidence, kept.upload.queue_id
    if queue_id is None or evidence.entry is not None or evidence.named_id is not None:
        return evidence
    return replace(evidence, answer=Answer.OTHER_ID, named_id=queue_id)


def with_evidence(upload: Upload, evidence: Evidence) -> Upload:
    """The upload with what a card says of the answer and of entries, which the row itself does not hold."""
    if upload.state is UploadState.LEFT_QUEUE:
        upload = replace(upload, new_photo_id=evidence.new_photo_id)
    return replace(
        upload,
        can_be_withdrawn=evidence.can_be_withdrawn,
        second_entry_id=evidence.second_entry_id if upload.state is UploadState.SENT else None,
        is_twice_in_chart=upload.state is UploadState.ACCEPTED and evidence.is_twice_in_chart,
        other_try_id=evidence.other_try_id,
        is_sent_again=evidence.is_sent_again,
        is_told=upload.state is UploadState.SENT and evidence.is_only_told,
        has_answer=evidence.has_answer,
        other_entry_at=evidence.other_entry_at,
    )
