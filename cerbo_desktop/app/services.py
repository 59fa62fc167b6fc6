"""What one connected practice needs behind its screens, made in the order of its dependencies and ended in reverse."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.evidence import TAKEN_KEPT
from cerbo_desktop.domain.ports import Clock, ImageStudio, ThumbnailCache
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.clock_check import ClockCheck
from cerbo_desktop.services.connection import PASSING, Connection, ConnectionState, Online
from cerbo_desktop.services.photos.album_listing import AlbumListing
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.session import Credentials
from cerbo_desktop.services.today import Today
from cerbo_desktop.services.uploads.long_waits import LongWaits
from cerbo_desktop.services.uploads.opening import OutboxOpening
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.taking_over import TakingOver
from cerbo_desktop.services.uploads.uploading import Uploading

_FACE_EDGE_PX = 256
"""Sharp at 200 % in the largest place a face has: 120 pixels on the cards of namesakes."""


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases of one practice. `studio` outlives them: its workers are the same for every practice."""

    clock: Clock
    studio: ImageStudio
    server: CerboClient
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
    outbox: ReopenableOutbox
    address: str
    """Where Cerbo, or its relay, answers."""

    @classmethod
    def connect(
        cls,
        credentials: Credentials,
        studio: ImageStudio,
        outbox: ReopenableOutbox,
        clock: Clock,
        scope: TaskScope,
        on_return: Callable[[ConnectionState], None],
        cache: ThumbnailCache | None = None,
        is_stream_first: bool = False,
        on_route_found: Callable[[bool], None] = lambda _: None,
        clinic_authority: str = "",
        keeps_taken_for: timedelta = TAKEN_KEPT,
    ) -> "Services":
        """Ready to ask, nothing asked yet. `on_return` hears when a trouble of the line is over; `clinic_authority`
        is for the line, `keeps_taken_for` for `Uploading`; the rest is for `PhotoContentCache` and `Thumbnails`."""
        connection = Connection(clock, scope, on_return)
        clock_check = ClockCheck(clock)
        server = CerboClient(
            credentials.origin,
            credentials.username,
            credentials.secret,
            on_contact=connection.note,
            on_date=clock_check.note,
            on_slow=connection.note_slow,
            clinic_authority=clinic_authority,
        )
        connection.probe_with(server)
        contents = PhotoContentCache(
            server, scope=scope, is_stream_first=is_stream_first, on_route_found=on_route_found
        )
        thumbnails = Thumbnails(
            contents,
            studio,
            scope=scope,
            cache=cache,
            may_try=lambda: isinstance(connection.feed.latest, Online),
        )
        connection.feed.subscribe(lambda state: thumbnails.note_trouble(isinstance(state, PASSING)))
        records = PhotoRecords(server, scope=scope)
        types = PhotoTypes(server, clock, records)
        listing = AlbumListing(server, clock)
        albums = Albums(server, clock, scope, listing, types, records)
        faces = Faces(contents, studio, types, records, scope=scope, edge_px=_FACE_EDGE_PX)
        albums.album.subscribe(faces.take_album)
        reconciling = ServerLookup(server, contents, listing)
        uploading = Uploading(
            server,
            reconciling,
            outbox,
            clock,
            scope,
            keeps_taken_for=keeps_taken_for,
            server_now=clock_check.server_now,
        )
        return cls(
            clock=clock,
            studio=studio,
            server=server,
            connection=connection,
            clock_check=clock_check,
            contents=contents,
            thumbnails=thumbnails,
            faces=faces,
            albums=albums,
            records=records,
            today=Today(server, clock, scope),
            searching=Searching(server, clock),
            viewing=Viewing(contents, studio, thumbnails, scope=scope),
            uploading=uploading,
            opening=OutboxOpening(uploading, outbox, clock, scope),
            long_waits=LongWaits(uploading.feed, uploading.was_seen_waiting, clock_check.server_now, clock, scope),
            outbox=outbox,
            address=credentials.origin.text,
        )

    def taking_over(self, accounts: Iterable[str]) -> TakingOver:
        """`accounts` are the names under which secrets were ever kept on this PC."""
        return TakingOver(self.outbox, self.uploading, self.server, self.address, accounts)

    async def aclose(self) -> None:
        """End every request and forget every photo; the line goes last."""
        screens: list[_Closes] = [
            *(self.today, self.albums, self.records, self.viewing, self.thumbnails, self.faces, self.long_waits)
        ]
        below: list[_Closes] = [self.connection, self.opening, self.uploading, self.contents, self.server]
        for part in (*screens, *below):
            await part.aclose()


class _Closes(Protocol):
    async def aclose(self) -> None: ...
