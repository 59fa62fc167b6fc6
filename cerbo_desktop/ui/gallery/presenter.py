"""Wires the patient page to the album, the thumbnails, the face, today's visit and the uploads of whoever is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.errors import CerboDesktopError, Forbidden, Missing, NotTold
from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle
from cerbo_desktop.services.connection import PASSING, ConnectionState, Online
from cerbo_desktop.services.photos.album import Album, Looked, PatientRecord
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.failure_kinds import FailureKind, kind_of
from cerbo_desktop.services.photos.later_tries import LaterTries
from cerbo_desktop.services.photos.photo_types import Types
from cerbo_desktop.services.photos.thumbnail_states import Ready, ThumbnailState
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.ui.gallery.shown import album_shown
from cerbo_desktop.ui.gallery.underway import underway_of
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.text import album_filter, patient_page

if TYPE_CHECKING:
    from cerbo_desktop.ui.gallery.page import PatientPage

_ARRIVED = frozenset({UploadState.SENT, UploadState.TAKEN, UploadState.LEFT_QUEUE, UploadState.ACCEPTED})
_MAY_BE_IN_CHART = _ARRIVED - {UploadState.SENT}
"""One that is sent waits in the queue, and the album shows nothing of it."""
_PICTURE_EDGES_PX = (240, 320, 480, 640)
"""Few sizes, so that moving the slider rarely makes every picture anew."""


class GalleryPresenter:
    """One for each page. `open` may be called for the next patient at any time; late answers for others are dropped.

    What the page asks of other features, and the tile size, `part.GalleryPart` connects.
    """

    def __init__(
        self,
        page: PatientPage,
        albums: Albums,
        thumbnails: Thumbnails,
        faces: Faces,
        uploads: Feed[tuple[Upload, ...]],
        clock: Clock,
        *,
        today_visit: Callable[[PatientId], Appointment | None],
        navigator: Navigator,
        scope: TaskScope,
        line: Feed[ConnectionState] | None = None,
    ) -> None:
        """`line`: whether Cerbo can be reached."""
        self._page = page
        self._albums, self._thumbnails, self._faces = albums, thumbnails, faces
        self._uploads, self._clock, self._today_visit = uploads, clock, today_visit
        self._navigator = navigator
        self._line = line or Feed[ConnectionState](Online())
        self._is_in_trouble = False
        self._scope = scope.child("gallery")
        self._later_face = LaterTries(
            self._scope, self._load_face, lambda: isinstance(self._line.latest, Online), clock.sleep
        )
        self._patient: Patient | None = None
        self._photo_type: PhotoType | None = None
        self._types = Types.ASKED
        self._is_looking = False
        """A person asked for a look, which isn't over."""
        self._arrived: frozenset[tuple[UploadId, UploadState, bool]] = frozenset()
        self._looks = Throttle(self._scope, self._look)
        self._tries = Throttle(self._scope, lambda: self._refreshed(is_asked=False))
        self._wire()
        self._ends = self._subscribed()

    @property
    def patient(self) -> Patient | None:
        """Who is open, as fully as known."""
        return self._patient

    def photos(self) -> tuple[Photo, ...]:
        """What the album shows: the chosen type, newest first."""
        return self._albums.album.latest.of_type(self._photo_type) if self._patient else ()

    def open(self, patient: Patient, namesakes: Sequence[Patient] = (), *, record: Patient | None = None) -> None:
        """Show this patient. `namesakes`: others known to bear the same name; `record`: all that Cerbo has of them,
        where it was just read."""
        self._leave(coming=patient.id)
        self._patient = patient
        self._page.open_patient(patient, self._today(), namesakes)
        self.show_visit()
        self._arrived = self._arrived_of(patient.id)
        self._page.set_underway(underway_of(self._uploads.latest, patient.id))
        self._thumbnails.resize(self._picture_edge_px())
        self._albums.open(patient.id, record)
        self._load_face()

    def close(self) -> None:
        """Leave the patient: every request for them ends, and nothing of them stays on the page."""
        self._leave(coming=None)

    def _leave(self, coming: PatientId | None) -> None:
        left, self._patient, self._photo_type, self._is_looking = self._patient, None, None, False
        self._types = Types.ASKED
        self._scope.cancel_all()
        self._later_face.note_ready()
        if left is not None:
            self._albums.close()
            self._thumbnails.forget(left.id, is_coming_back=left.id == coming)
            self._page.forget()

    def refresh(self) -> None:
        """List the album again now, and try what failed once more: a connection is back."""
        self._refresh(is_asked=False)

    @property
    def is_opening(self) -> bool:
        """The first list of the open patient is on its way."""
        album = self._albums.album.latest
        return self._patient is not None and album.is_loading and not album.was_listed

    def look_again(self) -> None:
        """The same, all of it, for a person, who is told what came of it. Asked again meanwhile, one more look follows
        it."""
        if self._patient is not None:
            self._looks.ask()

    async def _look(self) -> None:
        if self._patient is not None:
            self._is_looking = True
            self._page.show_looked(album_filter.looking())
            await self._refreshed(is_asked=True)

    async def _refreshed(self, *, is_asked: bool) -> None:
        if (listing := self._refresh(is_asked=is_asked)) is not None:
            await asyncio.wait({listing})

    def _refresh(self, *, is_asked: bool) -> asyncio.Task[None] | None:
        if self._patient is None:
            return None
        listing = self._albums.refresh(self._patient.id, is_asked=is_asked)
        self._thumbnails.retry_failed()
        self._load_face()
        return listing

    def forget_look(self) -> None:
        """The line is lost: what the last look found is no word on now. One under way tells by itself how it ended."""
        if not self._is_looking:
            self._page.show_looked("")

    def try_again(self) -> None:
        """Only what failed."""
        if self._patient is not None:
            if self._albums.album.latest.error is not None or self._albums.record.latest.error is not None:
                self._albums.refresh(self._patient.id)
            self._thumbnails.retry_failed()
            self._load_face()

    def show_visit(self) -> None:
        """Today's board changed, or the day did: show what it now says of this patient."""
        if self._patient is not None:
            self._show_waiting(self._patient.id)
            visit = self._today_visit(self._patient.id)
            self._page.show_visit(visit_words(visit, self._clock) if visit else "")

    async def aclose(self) -> None:
        for end in self._ends:
            end()
        self.close()
        await self._scope.aclose()

    # From the services.

    def _subscribed(self) -> list[Callable[[], None]]:
        return [
            self._albums.album.subscribe(self._show_album, replay=False),
            self._albums.record.subscribe(self._show_record, replay=False),
            self._albums.looked.subscribe(self._show_looked, replay=False),
            self._thumbnails.subscribe(self._show_thumbnail),
            self._uploads.subscribe(self._follow_uploads, replay=False),
            self._faces.subscribe(self._follow_face),
            self._line.subscribe(self._follow_line),
        ]

    def _show_album(self, album: Album) -> None:
        if self._patient is None or album.patient_id != self._patient.id:
            return
        is_gone = isinstance(self._albums.record.latest.error, Missing)
        shown = album_shown(album, self._photo_type, is_patient_gone=is_gone, is_in_trouble=self._is_in_trouble)
        if self._photo_type is not None and self._photo_type not in shown.usable_types:
            self._photo_type = None
            shown = album_shown(album, None, is_patient_gone=is_gone, is_in_trouble=self._is_in_trouble)
        self._page.show_album(shown)
        if album.error is not None:
            self._end_looking("")  # the album says what went wrong
        if album.types is Types.NOT_TOLD and self._types is not Types.NOT_TOLD:
            self._load_face()  # that there is none may have been said too soon
        self._types = album.types
        self._navigator.album_shown(album)

    def _follow_line(self, state: ConnectionState) -> None:
        """What could not be listed says whether it is asked for again by itself."""
        before, self._is_in_trouble = self._is_in_trouble, isinstance(state, PASSING)
        if before != self._is_in_trouble and self._albums.album.latest.error is not None:
            self._show_album(self._albums.album.latest)

    def _show_looked(self, looked: Looked | None) -> None:
        """What a person asked for is told in any case, else only what is new."""
        if looked is None or self._patient is None or looked.patient_id != self._patient.id:
            return
        if looked.new_photos is None:
            self._end_looking("")
        elif self._is_looking or looked.new_photos:
            at, count = self._clock.local(looked.at), len(looked.new_photos)
            self._end_looking(album_filter.looked_again(at, count))

    def _end_looking(self, text: str) -> None:
        self._is_looking = False
        self._page.show_looked(text)

    def _show_record(self, record: PatientRecord) -> None:
        if self._patient is None or record.patient_id != self._patient.id:
            return
        if record.patient is not None:
            self._patient = record.patient
            self._page.show_record(self._patient, self._today(), is_status_known=True)
        elif isinstance(record.error, Forbidden):
            self._page.show_record_withheld()
        elif isinstance(record.error, Missing):
            self._show_album(self._albums.album.latest)

    def _show_thumbnail(self, photo_id: PhotoId, state: ThumbnailState) -> None:
        if self._patient is None:
            return
        self._page.set_thumbnail(photo_id, state)
        is_here = isinstance(state, Ready) and state.is_final
        if is_here and self._faces.misses(self._patient.id, photo_id) and not self._scope.is_running("face"):
            self._load_face()

    def _follow_uploads(self, _uploads: tuple[Upload, ...]) -> None:
        """A photo of this patient that may have reached the chart shows in the album."""
        if self._patient is None:
            return
        self._page.set_underway(underway_of(self._uploads.latest, self._patient.id))
        arrived = self._arrived_of(self._patient.id)
        if any(state in _MAY_BE_IN_CHART for _, state, _ in arrived - self._arrived):
            self._albums.refresh(self._patient.id, after_s=Albums.SETTLE_S)
        if arrived != self._arrived:
            self._arrived = arrived
            self._show_waiting(self._patient.id)

    def _show_waiting(self, patient_id: PatientId) -> None:
        mine = [upload for upload in self._uploads.latest if upload.recipient.id == patient_id]
        at = {upload.id: self._clock.local(upload.changed_at) for upload in mine}
        sent = [at[upload.id] for upload in mine if upload.state is UploadState.SENT and not upload.is_told]
        taken = [at[upload.id] for upload in mine if upload.state is UploadState.TAKEN]
        self._page.set_waiting(sent, taken, self._today())

    def _arrived_of(self, patient_id: PatientId) -> frozenset[tuple[UploadId, UploadState, bool]]:
        """Which, how they stand, and whether that is only what a person said."""
        mine = (upload for upload in self._uploads.latest if upload.recipient.id == patient_id)
        return frozenset((each.id, each.state, each.is_told) for each in mine if each.state in _ARRIVED)

    def _follow_face(self, patient_id: PatientId, is_wrong: bool) -> None:
        if self._patient is None or patient_id != self._patient.id:
            return
        if is_wrong:
            self._page.show_face_not_loaded()
        if not self._scope.is_running("face"):  # one that is asked for already will be the right one
            self._load_face()

    def _load_face(self) -> None:
        if self._patient is not None:
            self._scope.start(self._face_of(self._patient.id), key="face")

    async def _face_of(self, patient_id: PatientId) -> None:
        try:
            face = await self._faces.face(patient_id)
        except NotTold:
            self._page.show_face_unknown()
            return
        except CerboDesktopError as error:
            self._miss_face(patient_id, kind_of(error))
            return
        self._later_face.note_ready()
        if self._patient is not None and self._patient.id == patient_id:
            self._page.show_face(face)

    def _miss_face(self, patient_id: PatientId, kind: FailureKind) -> None:
        """Nobody knows whether there is one, or it did not come: one from before stays, else there are initials."""
        if self._faces.known(patient_id) is None:
            self._page.show_face_not_loaded()
        if kind not in (FailureKind.CANNOT_SHOW, FailureKind.NOT_ALLOWED):
            self._later_face.note_failed()

    # From the page.

    def _wire(self) -> None:
        page = self._page
        page.filter_changed.connect(self._change_filter)
        page.tile_size_changed.connect(self._change_tile_size)
        page.wanted_changed.connect(self._want)
        page.photo_selected.connect(lambda photo_id: self._thumbnails.select(PhotoId(photo_id)))
        page.retry_wanted.connect(lambda photo_id: self._thumbnails.retry(PhotoId(photo_id)))
        page.list_retry_wanted.connect(self._tries.ask)
        page.photo_opened.connect(self._open_photo)

    def _change_filter(self, photo_type: PhotoType | None) -> None:
        self._photo_type = photo_type
        self._show_album(self._albums.album.latest)

    def _change_tile_size(self, _tile_px: int) -> None:
        self._thumbnails.resize(self._picture_edge_px())

    def _want(self, visible: Sequence[PhotoId], near: Sequence[PhotoId]) -> None:
        if self._patient is not None:
            self._thumbnails.want(self._patient.id, visible, near)

    def _open_photo(self, photo_id: str) -> None:
        if self._patient is not None:
            self._navigator.open_photo(self._patient, self.photos(), PhotoId(photo_id))

    def _today(self) -> date:
        return self._clock.local(self._clock.now()).date()

    def _picture_edge_px(self) -> int:
        needed_px = self._page.picture_px * 4 / 3  # a 4:3 photo fills the square with its shorter edge
        return next((edge for edge in _PICTURE_EDGES_PX if edge >= needed_px), _PICTURE_EDGES_PX[-1])


def visit_words(visit: Appointment, clock: Clock) -> str:
    """10:15 Follow-up, Dr. Lindqvist"""
    providers = [provider.name for provider in visit.providers if provider.name]
    return patient_page.visit(clock.local(visit.starts_at), visit.type_name, providers)
