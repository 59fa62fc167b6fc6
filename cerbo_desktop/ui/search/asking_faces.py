"""Whose faces the rows of the board and of a search, and the cards of namesakes, ask for; and when once more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle
from cerbo_desktop.services.photos.faces import FaceReader
from cerbo_desktop.services.photos.type_lists import ListsByType

if TYPE_CHECKING:
    from cerbo_desktop.ui.search.pane import SearchPane


class FaceSource(Protocol):
    """`services.faces.Faces`, as far as a list row needs it."""

    @property
    def learnt(self) -> Feed[ListsByType]: ...
    async def face(self, patient_id: PatientId) -> Raster | None: ...
    async def look_again(self, patient_id: PatientId) -> None: ...
    def subscribe(self, reader: FaceReader) -> Callable[[], None]: ...


class AskingFaces:
    """Each answer goes to every row and card of that patient, and is not asked for again at each sight."""

    def __init__(self, pane: SearchPane, faces: FaceSource, scope: TaskScope) -> None:
        self._pane, self._faces, self._scope = pane, faces, scope
        self._told: set[str] = set()
        self._missed: set[str] = set()
        self._faceless: set[str] = set()
        """Told to have no ID photo, or that nobody knows: it may turn out otherwise."""
        self._old: set[str] = set()
        """Told before somebody wanted to look again: asked once more when they are seen."""
        self._looks = Throttle(scope, self._look)
        self._ends = (
            faces.learnt.subscribe(self._ask_faceless_again, replay=False),
            faces.subscribe(self._ask_changed_again),
        )

    def want(self, patient_ids: Iterable[str]) -> None:
        """Ask for the faces of these patients, whose rows or cards are in view, unless that was done before."""
        self._begin(patient_ids)

    def look_again(self) -> None:
        """Ask again whether the faces still hold: at once for those in view, for the others when they come into
        view."""
        self._looks.ask()

    def try_again(self) -> None:
        """Ask again for the faces that could not be asked for."""
        missed, self._missed = self._missed, set()
        self._old |= missed
        self._begin(missed)

    def close(self) -> None:
        """Follow the faces no more."""
        for end in self._ends:
            end()

    async def _look(self) -> None:
        self._old |= self._told
        looking = self._begin(self._pane.patients_in_view)
        if looking:
            await asyncio.wait(looking)

    def _begin(self, patient_ids: Iterable[str]) -> list[asyncio.Task[None]]:
        if self._scope.is_closed:
            return []
        wanted = [each for each in patient_ids if each not in self._told or each in self._old]
        return [
            self._scope.start(self._fetch(PatientId(each)), key=("face", each))
            for each in wanted
            if not self._scope.is_running(("face", each))
        ]

    async def _fetch(self, patient_id: PatientId) -> None:
        try:
            if patient_id in self._old:
                self._old.discard(patient_id)
                await self._faces.look_again(patient_id)
            face = await self._faces.face(patient_id)
        except (CannotShow, ServerError) as error:  # asked again when the row is seen again
            if isinstance(error, ServerError):
                self._missed.add(patient_id)
            self._show_unknown(patient_id)
            return
        self._told.add(patient_id)
        if face is None:
            self._faceless.add(patient_id)
        else:
            self._faceless.discard(patient_id)
        self._pane.faces.set_face(patient_id, face)

    def _show_unknown(self, patient_id: PatientId) -> None:
        self._faceless.add(patient_id)
        self._pane.faces.set_face_unknown(patient_id)

    def _ask_changed_again(self, patient_id: PatientId, is_wrong: bool) -> None:
        """Only for rows that were told of a face, or of none."""
        if is_wrong:
            self._pane.faces.drop_face(patient_id)
        if patient_id in self._told | self._faceless:
            self._told.discard(patient_id)
            self._begin([patient_id])

    def _ask_faceless_again(self, _worth: ListsByType) -> None:
        """It costs a request only where what was told does not hold any more."""
        faceless, self._faceless = self._faceless, set()
        self._told -= faceless
        self._begin(faceless)
