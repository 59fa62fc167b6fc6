"""What the open patient's page shows of photos that this PC sends: on their way, waiting in Cerbo, in the chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.connection import ConnectionState, Intercepted, Offline
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.ui.gallery.just_accepted import AcceptedNotListed
from cerbo_desktop.ui.gallery.pending import PendingPhoto, face_of, pending_of
from cerbo_desktop.ui.gallery.underway import underway_of

if TYPE_CHECKING:
    from cerbo_desktop.ui.gallery.page import PatientPage

_ARRIVED = frozenset({UploadState.SENT, UploadState.TAKEN, UploadState.LEFT_QUEUE, UploadState.ACCEPTED})
_MAY_BE_IN_CHART = _ARRIVED - {UploadState.SENT}
"""One that is sent waits in the queue, and the album shows nothing of it."""


class PatientUploadsPresenter:
    """Follows the uploads of one patient at a time."""

    def __init__(
        self,
        page: PatientPage,
        uploads: Feed[tuple[Upload, ...]],
        album: Feed[Album],
        clock: Clock,
        on_may_be_in_chart: Callable[[PatientId], object],
        on_pending_changed: Callable[[], object],
        line: Feed[ConnectionState],
    ) -> None:
        """`on_may_be_in_chart` gets the open patient when another photo of theirs may have reached the chart;
        `on_pending_changed` is called when `pending` is another; `line` tells whether Cerbo can be
        reached."""
        self._page, self._uploads, self._album, self._clock = page, uploads, album, clock
        self._on_may_be_in_chart, self._on_pending_changed = on_may_be_in_chart, on_pending_changed
        self.pending: tuple[PendingPhoto, ...] = ()
        """Photos of the open patient that are not in the chart yet, or that the album does not show yet."""
        self._just_accepted = AcceptedNotListed()
        self._before: list[Upload] = []
        """How the open patient's stood at the last news."""
        self._patient_id: PatientId | None = None
        self._arrived: frozenset[tuple[UploadId, UploadState, bool]] = frozenset()
        self._is_reachable = True
        self._ends = uploads.subscribe(self._follow, replay=False), line.subscribe(self._follow_line)

    def open(self, patient_id: PatientId) -> None:
        """Show the photos of this patient from now on; those that have arrived already are no news."""
        self._patient_id = patient_id
        self._arrived = self._arrived_of(patient_id)
        self._before = self._of(patient_id)
        self._show_underway(patient_id)

    def take_album(self, album: Album) -> None:
        """Before the album is shown: the photos in it are no longer on their way."""
        if self._patient_id is not None and self._just_accepted.take_album(album):
            self._show_underway(self._patient_id)

    def leave(self) -> None:
        """Forget the open patient: nobody is open any more."""
        self._patient_id, self.pending, self._before = None, (), []
        self._just_accepted.clear()

    def close(self) -> None:
        """Follow the uploads and the connection no more."""
        for end in self._ends:
            end()

    def show_waiting(self) -> None:
        """Show when photos of the open patient were sent that wait in Cerbo's queue, or that Cerbo took unseen."""
        if self._patient_id is None:
            return
        mine = self._of(self._patient_id)
        at = {upload.id: self._clock.local(upload.changed_at) for upload in mine}
        sent = [at[upload.id] for upload in mine if upload.state is UploadState.SENT and not upload.is_told]
        taken = [at[upload.id] for upload in mine if upload.state is UploadState.TAKEN]
        self._page.set_waiting(sent, taken, self._today())

    def _follow(self, _uploads: tuple[Upload, ...]) -> None:
        if self._patient_id is None:
            return
        before = self.pending
        mine = self._of(self._patient_id)
        self._just_accepted.follow(self._before, mine, self._album.latest)
        self._before = mine
        self._show_underway(self._patient_id)
        if self.pending != before:
            self._on_pending_changed()
        arrived = self._arrived_of(self._patient_id)
        if any(state in _MAY_BE_IN_CHART for _, state, _ in arrived - self._arrived):
            self._on_may_be_in_chart(self._patient_id)
        if arrived != self._arrived:
            self._arrived = arrived
            self.show_waiting()

    def _follow_line(self, state: ConnectionState) -> None:
        before, self._is_reachable = self._is_reachable, not isinstance(state, Offline | Intercepted)
        if before != self._is_reachable and self._patient_id is not None:
            self._show_underway(self._patient_id)

    def _show_underway(self, patient_id: PatientId) -> None:
        shown = self._uploads.latest, patient_id, self._just_accepted.ids
        self.pending = pending_of(*shown)
        self._page.set_underway(underway_of(*shown, is_reachable=self._is_reachable))
        self._page.banner.show_face_underway(face_of(*shown))

    def _arrived_of(self, patient_id: PatientId) -> frozenset[tuple[UploadId, UploadState, bool]]:
        """Which, how they stand, and whether that is only what a person said."""
        mine = self._of(patient_id)
        return frozenset((each.id, each.state, each.is_told) for each in mine if each.state in _ARRIVED)

    def _of(self, patient_id: PatientId) -> list[Upload]:
        return [upload for upload in self._uploads.latest if upload.recipient.id == patient_id]

    def _today(self) -> date:
        return self._clock.local(self._clock.now()).date()
