"""Wires the patient page to the album, the thumbnails, the face, today's visit and the uploads of whoever is open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cerbo_desktop.domain.appointment import Appointment
from cerbo_desktop.domain.errors import Forbidden, Missing
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle
from cerbo_desktop.services.cause_now import cause_now
from cerbo_desktop.services.connection import PASSING, ConnectionState, Online
from cerbo_desktop.services.photos.album import Album, PatientRecord
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.photo_types import Types
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.ui.gallery.banner_face_presenter import BannerFacePresenter
from cerbo_desktop.ui.gallery.look_presenter import LookPresenter
from cerbo_desktop.ui.gallery.pending import of_type
from cerbo_desktop.ui.gallery.shown import AlbumShown, album_shown
from cerbo_desktop.ui.gallery.tiles_presenter import TilesPresenter
from cerbo_desktop.ui.gallery.uploads_presenter import PatientUploadsPresenter
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.text import album_notes, patient_page

if TYPE_CHECKING:
    from cerbo_desktop.ui.gallery.page import PatientPage


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
        self._albums, self._thumbnails = albums, thumbnails
        self._clock, self._today_visit = clock, today_visit
        self._navigator = navigator
        self._line = line or Feed[ConnectionState](Online())
        self._is_in_trouble = False
        self._scope = scope.child("gallery")
        self._face = BannerFacePresenter(page.banner, faces, clock, self._line, self._scope)
        self._tiles = TilesPresenter(page, thumbnails, self._face.photo_arrived)
        in_chart = partial(albums.refresh, after_s=Albums.SETTLE_S)
        self._sent = PatientUploadsPresenter(page, uploads, albums.album, clock, in_chart, self._show_again, self._line)
        self._patient: Patient | None = None
        self._photo_type: PhotoType | None = None
        self._types = Types.ASKED
        looks, tries = (partial(self._refreshed, is_asked=is_asked) for is_asked in (True, False))
        self._looking = LookPresenter(page.filter_bar, albums.looked, clock, looks, self._scope)
        self._tries = Throttle(self._scope, tries)
        self._wire()
        self._ends = (
            albums.album.subscribe(self._take_album, replay=False),
            albums.record.subscribe(self._show_record, replay=False),
            self._line.subscribe(self._follow_line),
        )

    @property
    def patient(self) -> Patient | None:
        """Who is open, as fully as known."""
        return self._patient

    def photos(self) -> tuple[Photo, ...]:
        """What the album shows: the chosen type, newest first."""
        return self._albums.album.latest.of_type(self._photo_type) if self._patient else ()

    def open(self, patient: Patient, *, record: Patient | None = None) -> None:
        """Show this patient. `record`: all that Cerbo has of them, where it was just read."""
        self._leave(coming=patient.id)
        self._patient = patient
        self._page.open_patient(patient, self._today())
        self._sent.open(patient.id)
        self._looking.open(patient.id)
        self.show_visit()
        self._tiles.open(patient.id)
        self._albums.open(patient.id, record)
        self._face.open(patient.id)

    def close(self) -> None:
        """Leave the patient: every request for them ends, and nothing of them stays on the page."""
        self._leave(coming=None)

    def _leave(self, coming: PatientId | None) -> None:
        left, self._patient = self._patient, None
        self._photo_type, self._types = None, Types.ASKED
        self._scope.cancel_all()
        self._face.leave()
        self._sent.leave()
        self._looking.leave()
        if left is not None:
            self._albums.close()
            self._tiles.leave(coming)
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
        """Read the whole album again for a person, who is told what came of it."""
        self._looking.ask()

    async def _refreshed(self, *, is_asked: bool) -> None:
        if (listing := self._refresh(is_asked=is_asked)) is not None:
            await asyncio.wait({listing})

    def _refresh(self, *, is_asked: bool) -> asyncio.Task[None] | None:
        if self._patient is None:
            return None
        listing = self._albums.refresh(self._patient.id, is_asked=is_asked)
        self._thumbnails.retry_failed()
        self._face.load()
        return listing

    def forget_look(self) -> None:
        """Take away what the last look found: the line is lost, and it no longer holds."""
        self._looking.forget()

    def try_again(self) -> None:
        """Load once more what failed to load, and nothing else."""
        if self._patient is not None:
            if self._albums.album.latest.error is not None or self._albums.record.latest.error is not None:
                self._albums.refresh(self._patient.id)
            self._thumbnails.retry_failed()
            self._face.load()

    def show_visit(self) -> None:
        """Today's board changed, or the day did: show what it now says of this patient."""
        if self._patient is not None:
            self._sent.show_waiting()
            visit = self._today_visit(self._patient.id)
            self._page.banner.show_visit(patient_page.visit(visit, self._clock.local) if visit else "")

    async def aclose(self) -> None:
        """Leave the patient and follow the services no more."""
        for end in self._ends:
            end()
        self.close()
        self._sent.close()
        self._tiles.close()
        self._looking.close()
        await self._face.aclose()
        await self._scope.aclose()

    def _take_album(self, album: Album) -> None:
        self._is_in_trouble = isinstance(self._line.latest, PASSING)
        self._show_album(album)

    def _show_album(self, album: Album) -> None:
        if self._patient is None or album.patient_id != self._patient.id:
            return
        self._sent.take_album(album)
        shown = self._shown(album)
        if self._photo_type is not None and self._photo_type not in shown.usable_types:
            self._photo_type = None
            shown = self._shown(album)
        self._page.show_album(shown)
        if album.error is not None:
            self._looking.end()  # the album says what went wrong
        if album.types is Types.NOT_TOLD and self._types is not Types.NOT_TOLD:
            self._face.load()  # that there is none may have been said too soon
        self._types = album.types
        self._navigator.album_shown(album)

    def _shown(self, album: Album) -> AlbumShown:
        is_gone = isinstance(self._albums.record.latest.error, Missing)
        album = replace(album, error=cause_now(album.error, self._line.latest))
        shown = album_shown(album, self._photo_type, is_patient_gone=is_gone, is_in_trouble=self._is_in_trouble)
        shown = shown._replace(pending=of_type(self._sent.pending, self._photo_type))
        if album.error is None or album.listed_at is None:
            return shown
        as_of = album_notes.none_as_of if album.is_empty else album_notes.photos_as_of
        listed_at = self._clock.local(album.listed_at)
        return shown._replace(old_note=as_of(listed_at, self._today(), is_passing=self._is_in_trouble))

    def _follow_line(self, state: ConnectionState) -> None:
        """What could not be listed says that it is asked for again by itself; it says so until that was done, which is
        soon after the line is back."""
        is_passing = isinstance(state, PASSING)
        if is_passing != self._is_in_trouble and not isinstance(state, Online):
            self._is_in_trouble = is_passing
            if self._albums.album.latest.error is not None:
                self._show_again()

    def _show_record(self, record: PatientRecord) -> None:
        if self._patient is None or record.patient_id != self._patient.id:
            return
        self._page.notices.await_record(record.patient is None and record.error is None)
        if record.patient is not None:
            self._patient = record.patient
            self._page.show_record(self._patient, self._today(), is_status_known=True)
        elif isinstance(record.error, Forbidden):
            self._page.notices.show_record_withheld()
        elif isinstance(record.error, Missing):
            self._show_album(self._albums.album.latest)

    def _wire(self) -> None:
        page = self._page
        page.filter_changed.connect(self._change_filter)
        page.list_retry_wanted.connect(self._tries.ask)
        page.photo_opened.connect(self._open_photo)

    def _change_filter(self, photo_type: PhotoType | None) -> None:
        self._photo_type = photo_type
        self._show_again()

    def _show_again(self) -> None:
        self._show_album(self._albums.album.latest)

    def _open_photo(self, photo_id: str) -> None:
        if self._patient is not None:
            self._navigator.open_photo(self._patient, self.photos(), PhotoId(photo_id))

    def _today(self) -> date:
        return self._clock.local(self._clock.now()).date()
