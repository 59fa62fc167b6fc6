"""The face in the viewer's bar: of whoever's photos are shown, as soon as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cerbo_desktop.domain.errors import CerboDesktopError, NotTold
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.faces import Faces

if TYPE_CHECKING:
    from cerbo_desktop.ui.viewer.bar import ViewerBar


class BarFacePresenter:
    """Follows one patient at a time. A face that can't be loaded leaves what is shown as it is."""

    def __init__(self, bar: ViewerBar, faces: Faces, scope: TaskScope) -> None:
        self._bar, self._faces = bar, faces
        self._scope = scope.child("viewer face")
        self._patient_id: PatientId | None = None
        self._end = faces.subscribe(self._follow)

    def show(self, patient_id: PatientId) -> None:
        """Show what is known of this patient's face at once, and the latest as soon as it comes."""
        self._patient_id = patient_id
        known = self._faces.known(patient_id)
        if known is not None:
            self._bar.set_face(known.raster)
        else:
            self._bar.show_face_unknown()
        self._start_loading(patient_id)  # costs nothing where it is the latest

    def clear(self) -> None:
        """Drop a face that is on its way: no patient is shown any more."""
        self._patient_id = None
        self._scope.cancel_all()

    async def aclose(self) -> None:
        """Follow the faces no more."""
        self._end()
        await self._scope.aclose()

    def _follow(self, patient_id: PatientId, is_wrong: bool) -> None:
        if patient_id == self._patient_id:
            if is_wrong:
                self._bar.show_face_unknown()
            self._start_loading(patient_id)

    def _start_loading(self, patient_id: PatientId) -> None:
        self._scope.start(self._load(patient_id), key="face")

    async def _load(self, patient_id: PatientId) -> None:
        try:
            face = await self._faces.face(patient_id)
        except NotTold:
            self._bar.show_face_unknown()
        except CerboDesktopError:
            return
        else:
            self._bar.set_face(face)
