"""The use cases of one connected practice, together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.ports import CerboServer, Clock, ImageStudio
from cerbo_desktop.runtime.closing_stack import ClosingStack
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.clock_check import ClockCheck
from cerbo_desktop.services.comparing_files import ComparingFiles
from cerbo_desktop.services.connection import Connection, KeyRefused
from cerbo_desktop.services.originals import Originals
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.services.today import Today
from cerbo_desktop.services.uploads.long_waits import LongWaits
from cerbo_desktop.services.uploads.opening import OutboxOpening
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.services.uploads.sent_photos import KnownSentPhotos
from cerbo_desktop.services.uploads.taking_over import TakingOver
from cerbo_desktop.services.uploads.uploading import Uploading


@dataclass(frozen=True, slots=True)
class PracticeServices:
    """What the screens ask. `studio` outlives them: its workers are the same for every practice."""

    clock: Clock
    acts: Acts
    studio: ImageStudio
    server: CerboServer
    connection: Connection
    clock_check: ClockCheck
    contents: PhotoContentCache
    thumbnails: Thumbnails
    faces: Faces
    albums: Albums
    records: PhotoRecords
    today: Today
    searching: Searching
    viewing: Viewing
    uploading: Uploading
    opening: OutboxOpening
    long_waits: LongWaits
    sent_photos: KnownSentPhotos
    originals: Originals
    outbox: ReopenableOutbox
    address: str
    """Where Cerbo, or its relay, answers."""
    held: ClosingStack
    """Ends every service, in reverse of the order in which they were made."""

    def start(self) -> None:
        """Open the outbox and ask for today's board. Needs a running loop."""
        self.opening.try_now()
        self.today.start()
        self.long_waits.start()

    def ask_anew(self) -> None:
        """A person asks once more: Cerbo is asked again, also for what it refused to this key. What the same press of a
        button asks for is sent in a later turn of the loop, so that this may be called after it.

        A key that Cerbo refused is sent nothing but this: whether it still is. What failed loads where it isn't.
        """
        self.server.forget_refusals()
        if isinstance(self.connection.feed.latest, KeyRefused):
            self.connection.try_now()

    def taking_over(self, accounts: Iterable[str]) -> TakingOver:
        """`accounts` are the names under which secrets were ever kept on this PC."""
        return TakingOver(self.outbox, self.uploading, self.server, self.address, accounts)

    def comparing(
        self, patient_id: PatientId, shots: Feed[tuple[Shot, ...]], scope: TaskScope, on_found: Callable[[], None]
    ) -> ComparingFiles:
        """Compares the files of one capture session with the open chart until it is closed."""
        return ComparingFiles(patient_id, shots, self.sent_photos.chart, scope, on_found)

    async def aclose(self) -> None:
        """End every request and forget every photo; the line to Cerbo goes last."""
        await self.held.aclose()
