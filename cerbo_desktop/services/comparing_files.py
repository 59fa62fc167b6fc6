"""Files that wait to be sent, against the photos of the chart that were never downloaded: those are brought one at a
time, after all that anybody waits for."""

import asyncio
from collections.abc import Callable

from cerbo_desktop.domain.errors import BadAnswer, Missing, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Photo
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.photo_marks import PhotoMarks
from cerbo_desktop.services.photos.same_in_chart import SameInChart
from cerbo_desktop.services.shots import Shot, ShotSource

_MOST_PHOTOS, _MOST_BYTES = 40, 60_000_000
"""What is downloaded for the files of one sheet."""
_SETTLED_S = 0.3
"""Sixty files get their verdicts one after another."""


class ComparingFiles:
    """Of one sheet. `feed` counts the photos of the chart that its files could not be compared with; None while these
    can't be listed."""

    def __init__(
        self,
        patient_id: PatientId,
        shots: Feed[tuple[Shot, ...]],
        chart: SameInChart,
        scope: TaskScope,
        on_found: Callable[[], None],
        *,
        settled_s: float = _SETTLED_S,
    ) -> None:
        """`on_found` hears that a file is a photo of the chart."""
        self.feed: Feed[int | None] = Feed(0)
        self._patient_id, self._shots, self._chart, self._on_found = patient_id, shots, chart, on_found
        self._scope, self._settled_s = scope, settled_s
        self._tried: set[PhotoId] = set()
        self._left_bytes, self._is_running, self._is_over = _MOST_BYTES, False, False
        self._ends = [shots.subscribe(self._follow), chart.album.subscribe(self._follow)]

    def close(self) -> None:
        """Bring nothing more: the sheet is closed."""
        for end in self._ends:
            end()
        self._scope.cancel(self)

    def _follow(self, _news: object) -> None:
        if not self._is_running and not self._scope.is_closed and (self._files() or self.feed.latest != 0):
            self._is_running = True
            self._scope.start(self._run(), key=self)

    def _files(self) -> list[Accepted]:
        """Those of which nobody knows yet that this chart has them."""
        return [
            shot.state
            for shot in self._shots.latest
            if isinstance(shot.state, Accepted) and shot.source is not ShotSource.CAMERA and not shot.is_in_this_chart
        ]

    async def _run(self) -> None:
        try:
            await asyncio.sleep(self._settled_s)
            if self._is_one(*await self._chart.take_marks(self._patient_id)):
                self._on_found()
            while (photo := self._next()) is not None:
                if (marks := await self._marks_of(photo)) is not None and self._is_one(marks):
                    self._on_found()
            is_unlisted = bool(self._files()) and self._chart.is_unlisted(self._patient_id)
            self.feed.publish(None if is_unlisted else len(self._not_compared()))
        finally:
            self._is_running = False

    def _next(self) -> Photo | None:
        if self._is_over or len(self._tried) >= _MOST_PHOTOS or self._left_bytes <= 0:
            return None
        return next((photo for photo in self._not_compared() if photo.id not in self._tried), None)

    def _not_compared(self) -> list[Photo]:
        return self._chart.not_compared(self._patient_id, self._files())

    async def _marks_of(self, photo: Photo) -> PhotoMarks | None:
        """None where it can't be had. Trouble that is not this photo's own ends the comparing for this sheet."""
        self._tried.add(photo.id)
        try:
            marks = await self._chart.bring(self._patient_id, photo.id, Urgency.BACKGROUND)
        except ServerError as error:
            self._is_over = not isinstance(error, BadAnswer | Missing)
            return None
        self._left_bytes -= marks.photo_bytes
        return marks

    def _is_one(self, *photos: PhotoMarks) -> bool:
        """Whether a file is one of these photos."""
        return any(self._chart.is_same(marks, file) for marks in photos for file in self._files())
