"""Makes what one connected practice needs behind its screens, in the order of its dependencies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.evidence import TAKEN_KEPT
from cerbo_desktop.domain.ports import Clock, ImageStudio, ThumbnailCache
from cerbo_desktop.runtime.closing_stack import ClosingStack
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.clock_check import ClockCheck
from cerbo_desktop.services.connection import PASSING, Connection, ConnectionState, Online
from cerbo_desktop.services.credentials import Credentials
from cerbo_desktop.services.photos.album_listing import AlbumListing
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.services.practice import PracticeServices
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.today import Today
from cerbo_desktop.services.uploads.long_waits import LongWaits
from cerbo_desktop.services.uploads.opening import OutboxOpening
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading

_FACE_EDGE_PX = 256
"""Sharp at 200 % in the largest place a face has: 120 pixels on the cards of namesakes."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a practice is reached, and where what belongs to it is kept on this PC."""

    credentials: Credentials
    outbox: ReopenableOutbox
    cache: ThumbnailCache | None = None
    is_stream_first: bool = False
    """Photos come by the stream sooner than as base64 text."""
    on_route_found: Callable[[bool], None] = lambda _: None
    """Hears which of the two gives photos here: True for the stream."""
    clinic_authority: str = ""
    """Certificates that the clinic trusts besides the system's, as PEM."""
    keeps_taken_for: timedelta = TAKEN_KEPT
    """How long sealed bytes stay of a photo that Cerbo took and that was seen nowhere since."""


def connect(
    access: Access,
    studio: ImageStudio,
    clock: Clock,
    scope: TaskScope,
    on_return: Callable[[ConnectionState], None],
    acts: Acts,
) -> PracticeServices:
    """Ready to ask, nothing asked yet. `on_return` hears when a trouble of the line is over. Needs a running loop."""
    held, connection, clock_check = ClosingStack(), Connection(clock, scope, on_return), ClockCheck(clock)
    server = _connected_client(held, access, connection, clock_check, scope)
    contents = held.hold(_contents(server, access, scope))
    listing = AlbumListing(server, clock)
    uploading = held.hold(_uploading(server, contents, listing, access, clock, clock_check, scope, acts))
    opening = held.hold(OutboxOpening(uploading, access.outbox, clock, scope))
    held.hold(connection)
    thumbnails = held.hold(_thumbnails(contents, studio, connection, access, scope))
    records, albums, faces = _albums(held, server, contents, listing, studio, clock, scope, acts)
    return PracticeServices(
        clock=clock,
        acts=acts,
        studio=studio,
        server=server,
        connection=connection,
        clock_check=clock_check,
        contents=contents,
        thumbnails=thumbnails,
        faces=faces,
        albums=albums,
        records=records,
        today=held.hold(Today(server, clock, scope)),
        searching=Searching(server, clock, acts.publish),
        viewing=held.hold(Viewing(contents, studio, thumbnails, scope=scope, publish=acts.publish)),
        uploading=uploading,
        opening=opening,
        long_waits=held.hold(_long_waits(uploading, clock, clock_check, scope)),
        outbox=access.outbox,
        address=access.credentials.origin.text,
        held=held,
    )


def _connected_client(
    held: ClosingStack, access: Access, connection: Connection, clock_check: ClockCheck, scope: TaskScope
) -> CerboClient:
    server = CerboClient(
        access.credentials.origin,
        access.credentials.username,
        access.credentials.secret,
        on_contact=connection.note,
        on_date=clock_check.note,
        on_slow=connection.note_slow,
        clinic_authority=access.clinic_authority,
    )
    connection.probe_with(server)
    held.hold(server)
    held.hold(scope.child("server")).start(server.prepare())
    return server


def _contents(server: CerboClient, access: Access, scope: TaskScope) -> PhotoContentCache:
    return PhotoContentCache(
        server, scope=scope, is_stream_first=access.is_stream_first, on_route_found=access.on_route_found
    )


def _uploading(
    server: CerboClient,
    contents: PhotoContentCache,
    listing: AlbumListing,
    access: Access,
    clock: Clock,
    clock_check: ClockCheck,
    scope: TaskScope,
    acts: Acts,
) -> Uploading:
    return Uploading(
        server,
        ServerLookup(server, contents, listing),
        access.outbox,
        clock,
        scope,
        keeps_taken_for=access.keeps_taken_for,
        server_now=clock_check.server_now,
        acts=acts,
    )


def _long_waits(uploading: Uploading, clock: Clock, clock_check: ClockCheck, scope: TaskScope) -> LongWaits:
    return LongWaits(uploading.feed, uploading.looks.was_seen_waiting, clock_check.server_now, clock, scope)


def _thumbnails(
    contents: PhotoContentCache, studio: ImageStudio, connection: Connection, access: Access, scope: TaskScope
) -> Thumbnails:
    thumbnails = Thumbnails(
        contents,
        studio,
        scope=scope,
        cache=access.cache,
        may_try=lambda: isinstance(connection.feed.latest, Online),
    )
    connection.feed.subscribe(lambda state: thumbnails.note_trouble(isinstance(state, PASSING)))
    return thumbnails


def _albums(
    held: ClosingStack,
    server: CerboClient,
    contents: PhotoContentCache,
    listing: AlbumListing,
    studio: ImageStudio,
    clock: Clock,
    scope: TaskScope,
    acts: Acts,
) -> tuple[PhotoRecords, Albums, Faces]:
    """Albums, and the faces that follow them and what is done."""
    records = held.hold(PhotoRecords(server, scope=scope))
    types = PhotoTypes(server, clock, records)
    albums = Albums(server, clock, scope, listing, types, records)  # hears of a record before the faces do
    faces = held.hold(Faces(contents, studio, types, records, scope=scope, edge_px=_FACE_EDGE_PX))
    held.hold(albums).album.subscribe(faces.take_album)  # tells them of each album, and ends before them
    held.callback(acts.subscribe(faces.follow))
    return records, albums, faces
