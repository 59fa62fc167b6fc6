"""The outbox of a PC on which nothing can be kept safe: it takes no photo and says why."""

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.evidence import Evidence
from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.outbox import Decision, Recovered
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.domain.verdict import OutgoingPhoto


class ClosedOutbox:
    """`domain.outbox.Outbox` without a disk: nothing is ever in it, and nothing falls back to clear files."""

    def __init__(self, reason: NotSafeReason) -> None:
        self.reason = reason

    async def recover(self) -> Recovered:
        return Recovered(())

    async def accept(self, upload: Upload, photo: OutgoingPhoto) -> None:
        raise NotSafe(self.reason)

    async def move(self, upload: Upload, was: UploadState) -> None:
        raise NotSafe(self.reason)

    async def keep_evidence(self, upload_id: UploadId, evidence: Evidence) -> None:
        raise NotSafe(self.reason)

    async def photo(self, upload_id: UploadId) -> OutgoingPhoto:
        raise NotSafe(self.reason)

    async def drop_photo(self, upload_id: UploadId) -> None:
        raise NotSafe(self.reason)

    async def remove(self, upload_id: UploadId) -> None:
        raise NotSafe(self.reason)

    async def write_down(self, upload_id: UploadId, decision: Decision) -> None:
        raise NotSafe(self.reason)

    async def aclose(self) -> None:
        pass
