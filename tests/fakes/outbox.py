"""An outbox in memory that behaves: it keeps, guards its moves, survives a restart, and fails when told."""

from dataclasses import dataclass, field, replace

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import NO_EVIDENCE, Evidence
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import Decision, RecoveredUpload, RecoveryReport, SentElsewhere, Stranded
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.sent_before import EarlierUpload, Marks
from cerbo_desktop.domain.upload import AFTER_CRASH, LEGAL_MOVES, IllegalMoveError, Upload, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto


@dataclass
class MemoryOutbox:
    """`domain.outbox.Outbox`. `fails[operation]` is raised by it, as a disk would fail, until it is taken out."""

    uploads: dict[UploadId, Upload] = field(default_factory=dict)
    photos: dict[UploadId, OutgoingPhoto] = field(default_factory=dict)
    evidence: dict[UploadId, Evidence] = field(default_factory=dict)
    decisions: list[tuple[UploadId, Decision]] = field(default_factory=list)
    decided_by: list[Person] = field(default_factory=list)
    """Who decided each of them."""
    fails: dict[str, NotSafeReason] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    """The operations that failed, in their order."""
    marks: dict[UploadId, Marks] = field(default_factory=dict)
    elsewhere: SentElsewhere = field(default_factory=SentElsewhere)

    async def recover(self) -> RecoveryReport:
        self._may_fail("recover")
        for upload_id in [each.id for each in self.uploads.values() if each.state is UploadState.DISCARDED]:
            del self.uploads[upload_id]
            self.photos.pop(upload_id, None)
        for upload in self.uploads.values():
            if upload.state in AFTER_CRASH:
                self.uploads[upload.id] = replace(upload, state=AFTER_CRASH[upload.state], sent_bytes=0)
        found = [replace(each, has_photo=each.id in self.photos) for each in self.uploads.values()]
        kept = tuple(RecoveredUpload(each, self.evidence.get(each.id, NO_EVIDENCE)) for each in found)
        return RecoveryReport(kept, elsewhere=self.elsewhere)

    async def accept(self, upload: Upload, photo: OutgoingPhoto, marks: Marks = frozenset()) -> None:
        self._may_fail("accept")
        if (known := self.uploads.get(upload.id)) is not None:
            if known.recipient.id != upload.recipient.id:
                raise NotSafe(NotSafeReason.KEPT_FOR_ANOTHER)
            return
        self.uploads[upload.id], self.photos[upload.id] = upload, photo
        self.marks[upload.id] = marks

    async def earlier_uploads(self, patient_id: PatientId, marks: Marks) -> tuple[EarlierUpload, ...]:
        self._may_fail("earlier_uploads")
        kept = [each for each in self.uploads.values() if marks & self.marks.get(each.id, frozenset())]
        return tuple(
            EarlierUpload(each.id, each.taken_at, each.state, each.recipient.id == patient_id) for each in kept
        )

    async def move(self, upload: Upload, was: UploadState) -> None:
        self._may_fail("move")
        kept = self.uploads[upload.id]
        if kept.state is not was or (upload.state is not was and upload.state not in LEGAL_MOVES[was]):
            raise IllegalMoveError(f"{was.value} -> {upload.state.value}")
        self.uploads[upload.id] = upload

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        self._may_fail("keep_evidence")
        self.evidence[upload_id] = evidence

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        self._may_fail("photo")
        return self.photos[upload_id]

    async def drop_photo(self, upload_id: UploadId) -> None:
        self._may_fail("drop_photo")
        self.photos.pop(upload_id, None)

    async def remove(self, upload_id: UploadId) -> None:
        self._may_fail("remove")
        self.uploads.pop(upload_id, None)
        self.photos.pop(upload_id, None)
        self.evidence.pop(upload_id, None)

    async def record_decision(self, upload_id: UploadId, decision: Decision, by: Person) -> None:
        self._may_fail("record_decision")
        self.decisions.append((upload_id, decision))
        self.decided_by.append(by)

    async def stranded(self) -> tuple[Stranded, ...]:
        return ()

    async def take_over(self, upload_id: UploadId, by: Person) -> RecoveredUpload:
        raise NotSafe(NotSafeReason.SEAL_BROKEN)

    async def aclose(self) -> None:
        pass

    def _may_fail(self, operation: str) -> None:
        if operation in self.fails:
            self.failed.append(operation)
            raise NotSafe(self.fails[operation])
