"""The face in the banner of the open patient's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cerbo_desktop.domain.errors import CerboDesktopError, NotTold
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import ConnectionState, Online
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.failure_kinds import FailureKind, kind_of
from cerbo_desktop.services.photos.later_tries import LaterTries

if TYPE_CHECKING:
    from cerbo_desktop.ui.gallery.banner import PatientBanner


class BannerFacePresenter:
    """Loads the face of one patient at a time, and tries one that did not come again by itself."""

    def __init__(
        self, banner: PatientBanner, faces: Faces, clock: Clock, line: Feed[ConnectionState], scope: TaskScope
    ) -> None:
        """`line`: whether Cerbo can be reached."""
        self._banner, self._faces = banner, faces
        self._scope = scope.child("face")
        self._patient_id: PatientId | None = None
        self._later = LaterTries(self._scope, self.load, lambda: isinstance(line.latest, Online), clock.sleep)
        self._end = faces.subscribe(self._follow)

    def open(self, patient_id: PatientId) -> None:
        """Show the face of this patient from now on."""
        self._patient_id = patient_id
        self.load()

    def load(self) -> None:
        """Ask for the open patient's face, which may have changed or not have come before."""
        if self._patient_id is not None:
            self._scope.start(self._load(self._patient_id), key="face")

    def photo_arrived(self, photo_id: PhotoId) -> None:
        """Load the face once more where it could not be loaded and this photo, which has come whole, is the face's."""
        patient_id = self._patient_id
        if patient_id is not None and self._faces.misses(patient_id, photo_id) and not self._is_loading:
            self.load()

    def leave(self) -> None:
        """Drop a face that is on its way: nobody is open any more."""
        self._patient_id = None
        self._scope.cancel_all()
        self._later.note_ready()

    async def aclose(self) -> None:
        """Follow the faces no more."""
        self._end()
        await self._scope.aclose()

    @property
    def _is_loading(self) -> bool:
        return self._scope.is_running("face")

    def _follow(self, patient_id: PatientId, is_wrong: bool) -> None:
        if patient_id != self._patient_id:
            return
        if is_wrong:
            self._banner.show_face_not_loaded()
        if not self._is_loading:  # one that is asked for already will be the right one
            self.load()

    async def _load(self, patient_id: PatientId) -> None:
        try:
            face = await self._faces.face(patient_id)
        except NotTold:
            self._banner.show_face_unknown()
            return
        except CerboDesktopError as error:
            self._miss(patient_id, kind_of(error))
            return
        self._later.note_ready()
        if patient_id == self._patient_id:
            self._banner.show_face(face)

    def _miss(self, patient_id: PatientId, kind: FailureKind) -> None:
        """Nobody knows whether there is one, or it did not come: one from before stays, else there are initials."""
        if self._faces.known(patient_id) is None:
            self._banner.show_face_not_loaded()
        if kind not in (FailureKind.CANNOT_SHOW, FailureKind.NOT_ALLOWED):
            self._later.note_failed()
