"""Joins the column of details to Cerbo's records: what is said of the photo on show, and no word that nobody gave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Forbidden, Overloaded, ServerError
from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.moments import When, on_wall_clock
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.text import album, dates, numbers, photo_details as text

if TYPE_CHECKING:
    from cerbo_desktop.ui.viewer.photo_details import PhotoDetails

_ASKED_AGAIN_S = 10.0
"""Where a busy Cerbo does not say when."""


class Fact(NamedTuple):
    """One line of the details. `is_given`: the value was given, and isn't a word for a missing one."""

    label: str
    value: str
    is_given: bool = True


class DetailsPresenter:
    """Reads the photo's own record once: while the column is open, and for a photo whose row says too little."""

    def __init__(
        self,
        view: PhotoDetails,
        records: PhotoRecords,
        contents: PhotoContentCache,
        clock: Clock,
        *,
        scope: TaskScope,
        is_typed_by_list: Callable[[Photo], bool] = lambda _: False,
    ) -> None:
        """`is_typed_by_list`: the photo's type may come from Cerbo's lists by type, and not from its row."""
        self._is_typed_by_list = is_typed_by_list
        self._view, self._records = view, records
        self._contents, self._clock = contents, clock
        self._scope = scope.child("details")
        self._photo: Photo | None = None
        self._rows_tell_size = False
        self._pixels: tuple[int, int] | None = None
        """Of the photo on show, once its file has come."""
        self._failure: ServerError | None = None
        """Why the record could not be read."""
        view.opened_changed.connect(self._open_or_close)

    def show(self, photo: Photo, *, rows_tell_size: bool = False) -> None:
        """The photo that is on show now, or a new row of the same. `rows_tell_size`: most rows of its album do."""
        if self._photo is None or photo.id != self._photo.id:
            self._scope.cancel("record")
            self._pixels = self._failure = None
        self._photo, self._rows_tell_size = photo, rows_tell_size
        self._read_record()
        self._show_facts()

    def show_file(self, photo_id: PhotoId, raster: Raster) -> None:
        """Show what the photo's file tells, which has come; `raster` is the whole picture."""
        if self._photo is not None and self._photo.id == photo_id:
            self._pixels = raster.source_width_px, raster.source_height_px
            self._show_facts()

    def try_again(self) -> None:
        """Ask once more for a record that failed because of a trouble that is over."""
        if self._failure is not None and not self._is_refused:
            self._ask_anew()

    def clear(self) -> None:
        """Show nothing: no photo is on show."""
        self._scope.cancel_all()
        self._photo = self._pixels = self._failure = None
        self._view.show_facts((), (), "")

    async def aclose(self) -> None:
        """Read nothing more."""
        await self._scope.aclose()

    def _open_or_close(self, _is_open: bool) -> None:
        self._ask_anew()

    def _ask_anew(self) -> None:
        if self._failure is not None:
            self._scope.cancel("record")  # it may wait until Cerbo is less busy
        self._failure = None
        self._read_record()
        self._show_facts()

    def _read_record(self) -> None:
        photo = self._photo
        if photo is None or self._records.known(photo) is not None or self._failure is not None:
            return
        if (self._view.is_open or self._says_too_little(photo)) and not self._scope.is_running("record"):
            self._scope.start(self._read(photo), key="record")

    def _says_too_little(self, photo: Photo) -> bool:
        """The size is seen in the column alone: a row may lack it, unless most others tell it, so that this one was
        listed too early. So may be what was accepted today."""
        is_typed = photo.photo_type is not PhotoType.UNSTATED and not self._is_typed_by_list(photo)
        is_bare = not is_typed or photo.taken_at is None
        return is_bare or self._is_of_today(photo) or (self._rows_tell_size and photo.size_bytes is None)

    def _is_of_today(self, photo: Photo) -> bool:
        when = photo.added_at or photo.taken_at
        local = self._clock.local
        return when is not None and _day(on_wall_clock(when, local)) == _day(local(self._clock.now()))

    async def _read(self, photo: Photo) -> None:
        """A busy Cerbo is asked again when it said, for as long as the photo is on show."""
        while True:
            urgency = Urgency.VISIBLE if self._view.is_open else Urgency.NEAR
            try:
                await self._records.get(photo, urgency=urgency)
                self._failure = None
            except ServerError as error:
                self._failure = error
            self._show_facts()
            if not isinstance(self._failure, Overloaded):
                return
            await self._clock.sleep(self._failure.retry_after_s or _ASKED_AGAIN_S)

    def _show_facts(self) -> None:
        photo = self._photo
        if photo is None or not self._view.is_open:
            return
        record = self._records.known(photo)
        known = photo if record is None else record.completed_by(photo)
        asked = text.not_known() if self._failure else text.asking()
        missing = text.not_given() if record is not None else asked
        self._view.show_facts(self._told(known, missing), self._in_file(photo), self._note())

    def _note(self) -> str:
        if self._is_refused:
            return text.record_not_allowed() if isinstance(self._failure, Forbidden) else text.record_not_offered()
        if isinstance(self._failure, Overloaded):
            return text.record_waits()
        if isinstance(self._failure, BadAnswer) and self._failure.kind is BadAnswerKind.OTHER_PATIENT:
            return text.record_of_another()
        return text.record_not_read() if self._failure else ""

    @property
    def _is_refused(self) -> bool:
        """For good: asking again brings nothing."""
        failure = self._failure
        is_not_offered = isinstance(failure, BadAnswer) and failure.kind is BadAnswerKind.NOT_OFFERED
        return isinstance(failure, Forbidden) or is_not_offered

    def _told(self, photo: Photo, missing: str) -> list[Fact]:
        is_other_date = photo.taken_at is not None and not photo.has_date_taken and photo.added_at is None
        told = [
            (text.taken(), self._when(photo.taken_at) if photo.has_date_taken else ""),
            (text.added(), self._when(photo.added_at)),
            *([(text.dated(), self._when(photo.taken_at))] if is_other_date else []),
            (text.photo_type(), album.photo_type(photo.photo_type)),
            (text.file_format(), text.media_type(photo.mime_type)),
            (text.size(), numbers.megabytes(photo.size_bytes) if photo.size_bytes else ""),
            (text.photo_id(), plain(photo.id)),
        ]
        return [Fact(label, value or missing, bool(value)) for label, value in told]

    def _in_file(self, photo: Photo) -> list[Fact]:
        """Measured here, where the whole file has come."""
        if self._pixels is None:
            return []
        pixels = Fact(text.pixels(), " × ".join(str(edge) for edge in self._pixels))
        content = self._contents.cached(photo.patient_id, photo.id)
        if content is None:
            return [pixels]
        size = numbers.megabytes(len(content.data))
        return [Fact(text.file_format(), text.media_type(content.media_type)), Fact(text.size(), size), pixels]

    def _when(self, when: When | None) -> str:
        return dates.moment(on_wall_clock(when, self._clock.local)) if when is not None else ""


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when
