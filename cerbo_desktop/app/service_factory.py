"""Makes what one connected practice needs behind its screens, in the order of its dependencies.

Each function here holds what it makes, if that has an end, in the one `ClosingStack` of the practice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
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
from cerbo_desktop.services.originals import Originals
from cerbo_desktop.services.photos.album_listing import AlbumListing
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes
from cerbo_desktop.services.photos.same_in_chart import SameInChart
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.services.practice import PracticeServices
from cerbo_desktop.services.search.searching import Searching
from cerbo_desktop.services.today import Today
from cerbo_desktop.services.uploads.long_waits import LongWaits
from cerbo_desktop.services.uploads.opening import OutboxOpening
from cerbo_desktop.services.uploads.reopenable_outbox import ReopenableOutbox
from cerbo_desktop.services.uploads.sent_photos import KnownSentPhotos
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
    offers_originals: bool = True
    """Files may be offered for deletion once they were sent; never where nothing else keeps the photos, as in the
    practice clinic."""


@dataclass(frozen=True, slots=True)
class _Base:
    """What the services are made from, and what ends them."""

    access: Access
    studio: ImageStudio
    clock: Clock
    scope: TaskScope
    acts: Acts
    held: ClosingStack = field(default_factory=ClosingStack)


@dataclass(frozen=True, slots=True)
class _Line:
    """The way to Cerbo, and what is known of it."""

    server: CerboClient
    connection: Connection
    clock_check: ClockCheck


@dataclass(frozen=True, slots=True)
class _Albums:
    """The photos of charts: their lists, records and types, and the faces."""

    records: PhotoRecords
    albums: Albums
    faces: Faces


def build_practice_services(
    access: Access,
    studio: ImageStudio,
    clock: Clock,
    scope: TaskScope,
    on_return: Callable[[ConnectionState], None],
    acts: Acts,
) -> PracticeServices:
    """Ready to ask, nothing asked yet. `on_return` hears when a trouble of the line is over. Needs a running loop."""
    base = _Base(access, studio, clock, scope, acts)
    line = _line(base, on_return)
    contents, listing = _contents(base, line.server), _listing(base, line.server)
    uploading = _uploading(base, line, ServerLookup(line.server, contents, listing))
    opening = base.held.hold(OutboxOpening(uploading, access.outbox, clock, scope))
    base.held.hold(line.connection)
    thumbnails, albums = _thumbnails(base, line.connection, contents), _albums(base, line.server, contents, listing)
    return PracticeServices(
        clock=clock,
        acts=acts,
        studio=studio,
        server=line.server,
        connection=line.connection,
        clock_check=line.clock_check,
        contents=contents,
        thumbnails=thumbnails,
        faces=albums.faces,
        albums=albums.albums,
        records=albums.records,
        today=base.held.hold(Today(line.server, clock, scope)),
        searching=Searching(line.server, clock, acts.publish),
        viewing=base.held.hold(Viewing(contents, studio, thumbnails, scope=scope, publish=acts.publish)),
        uploading=uploading,
        opening=opening,
        long_waits=_long_waits(base, line.clock_check, uploading),
        sent_photos=_sent_photos(base, uploading, contents, albums.albums),
        originals=_originals(base, uploading),
        outbox=access.outbox,
        address=access.credentials.origin.text,
        held=base.held,
    )


def _line(base: _Base, on_return: Callable[[ConnectionState], None]) -> _Line:
    """The connection is held by the caller: it ends before those who send."""
    connection, clock_check = Connection(base.clock, base.scope, on_return), ClockCheck(base.clock)
    server = _client(base, connection, clock_check)
    connection.probe_with(server)
    base.held.hold(base.scope.child("server")).start(server.prepare())
    return _Line(server, connection, clock_check)


def _client(base: _Base, connection: Connection, clock_check: ClockCheck) -> CerboClient:
    credentials = base.access.credentials
    client = CerboClient(
        credentials.origin,
        credentials.username,
        credentials.secret,
        on_contact=connection.note,
        on_date=clock_check.note,
        on_slow=connection.note_slow,
        clinic_authority=base.access.clinic_authority,
    )
    return base.held.hold(client)


def _contents(base: _Base, server: CerboClient) -> PhotoContentCache:
    access = base.access
    contents = PhotoContentCache(
        server, scope=base.scope, is_stream_first=access.is_stream_first, on_route_found=access.on_route_found
    )
    return base.held.hold(contents)


def _listing(base: _Base, server: CerboClient) -> AlbumListing:
    listing = AlbumListing(server, base.clock)
    base.held.callback(listing.clear)
    return listing


def _uploading(base: _Base, line: _Line, lookup: ServerLookup) -> Uploading:
    uploading = Uploading(
        line.server,
        lookup,
        base.access.outbox,
        base.clock,
        base.scope,
        keeps_taken_for=base.access.keeps_taken_for,
        server_now=line.clock_check.server_now,
        acts=base.acts,
    )
    return base.held.hold(uploading)


def _sent_photos(base: _Base, uploading: Uploading, contents: PhotoContentCache, albums: Albums) -> KnownSentPhotos:
    return KnownSentPhotos(base.access.outbox, uploading.feed, SameInChart(contents, albums.album))


def _originals(base: _Base, uploading: Uploading) -> Originals:
    are_offered = base.access.offers_originals
    return base.held.hold(Originals(uploading.feed, base.scope, base.acts.publish, are_offered=are_offered))


def _long_waits(base: _Base, clock_check: ClockCheck, uploading: Uploading) -> LongWaits:
    was_seen, server_now = uploading.looks.was_seen_waiting, clock_check.server_now
    return base.held.hold(LongWaits(uploading.feed, was_seen, server_now, base.clock, base.scope))


def _thumbnails(base: _Base, connection: Connection, contents: PhotoContentCache) -> Thumbnails:
    thumbnails = Thumbnails(
        contents,
        base.studio,
        scope=base.scope,
        cache=base.access.cache,
        may_try=lambda: isinstance(connection.feed.latest, Online),
    )
    connection.feed.subscribe(lambda state: thumbnails.note_trouble(isinstance(state, PASSING)))
    return base.held.hold(thumbnails)


def _albums(base: _Base, server: CerboClient, contents: PhotoContentCache, listing: AlbumListing) -> _Albums:
    """Albums, and the faces that follow them and what is done."""
    held, clock, scope = base.held, base.clock, base.scope
    records = held.hold(PhotoRecords(server, scope=scope))
    types = PhotoTypes(server, clock, records)
    held.callback(types.clear)
    albums = Albums(server, clock, scope, listing, types, records)  # hears of a record before the faces do
    faces = held.hold(Faces(contents, base.studio, types, records, scope=scope, edge_px=_FACE_EDGE_PX))
    held.hold(albums).album.subscribe(faces.take_album)  # tells them of each album, and ends before them
    held.callback(base.acts.subscribe(faces.follow))
    return _Albums(records, albums, faces)
