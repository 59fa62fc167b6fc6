"""Collecting photos for one patient before anything is sent: camera frames, files, pasted pictures.

The patient is frozen when the session begins, so no later choice can re-point a photo. Nothing here touches the
disk except to read the files a person chose; photos live in memory until they are sent or discarded.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, NewType

from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import Clock, ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused, Verdict
from cerbo_desktop.runtime.events import Event, event
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import Failed, TaskScope
from cerbo_desktop.services.chosen_files import read_chosen, refusal_of_size

ShotId = NewType("ShotId", int)

MAX_SHOTS = 60
"""One session's photos are kept in memory, each at most 11.5 MB once accepted."""
_EXAMINED_AT_ONCE = 2
"""Bounds how many files of up to 40 MB are in memory while they are being judged."""


class ShotSource(Enum):
    CAMERA = "camera"
    FILE = "file"
    PASTE = "paste"


@dataclass(frozen=True, slots=True)
class Examining:
    """The gates are still being passed."""


ShotState = Examining | Accepted | Refused
Accept = Callable[[Patient, Accepted], Awaitable[None]]
"""Takes one photo over for the patient it was taken for: it is safe on this PC once this returns. Raises `NotSafe`."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo of the session. `label` is plain text: "Shot 1", or a file's name without its folder."""

    id: ShotId
    label: str
    source: ShotSource
    taken_at: datetime
    """Aware UTC: when it joined the session."""
    state: ShotState = Examining()
    is_chosen: bool = True
    size_bytes: int = 0
    """Of the photo as it will be sent; of the file while it is examined or when it was refused; 0 while unknown."""
    repeats: str = ""
    """Label of the shot with the very same bytes; empty where there is none. A repeat is left out until chosen."""

    @property
    def is_refused(self) -> bool:
        return isinstance(self.state, Refused)

    @property
    def goes_out(self) -> bool:
        """Chosen, and not refused so far."""
        return self.is_chosen and not self.is_refused


class CaptureSession:
    """The shots of one patient, in the order they came."""

    def __init__(self, patient: Patient, studio: ImageStudio, clock: Clock, on_failure: Failed) -> None:
        self.patient = patient
        self.feed: Feed[tuple[Shot, ...]] = Feed(())
        self._studio = studio
        self._clock = clock
        self._scope = TaskScope("capture", on_failure)
        self._ids = itertools.count(1)
        self._turns = asyncio.Semaphore(_EXAMINED_AT_ONCE)

    @property
    def shots(self) -> tuple[Shot, ...]:
        return self.feed.latest

    @property
    def has_unsent_shots(self) -> bool:
        """True while there is a photo that leaving would lose; refused files do not count."""
        return any(not shot.is_refused for shot in self.shots)

    @property
    def is_full(self) -> bool:
        return len(self.shots) >= MAX_SHOTS

    def chosen(self) -> tuple[Accepted, ...]:
        """What would be sent now, in order. Shots still examined are not in it: see `settled`."""
        return tuple(shot.state for shot in self.shots if shot.is_chosen and isinstance(shot.state, Accepted))

    async def hand_over(self, accept: Accept) -> None:
        """Give the chosen shots away, one by one; each leaves the session once it is safe.

        Raises `NotSafe` for the first that is not: it and those after it are still here.
        """
        for shot in self.shots:
            if shot.is_chosen and isinstance(shot.state, Accepted):
                await accept(self.patient, shot.state)
                self.remove(shot.id)

    def add_frame(self, frame: Raster) -> ShotId | None:
        """A frame of the camera, as it stands. None when the session is full."""
        numbers = [int(shot.label.split()[-1]) for shot in self.shots if shot.source is ShotSource.CAMERA]
        label = f"Shot {max(numbers, default=0) + 1}"
        return self._add(label, ShotSource.CAMERA, lambda _shot: self._judge_frame(frame))

    def add_file(self, path: Path) -> ShotId | None:
        """A file somebody chose or dropped: read off the loop, from a share that may never answer. None when full."""
        return self._add(_plain(path.name), ShotSource.FILE, lambda shot: self._judge_file(shot, path))

    def add_bytes(self, data: bytes, name: str) -> ShotId | None:
        """An encoded picture from the clipboard, with the label it should carry. None when full."""
        return self._add(_plain(name), ShotSource.PASTE, lambda shot: self._judge_bytes(shot, data, ""))

    def choose(self, shot_id: ShotId, is_chosen: bool) -> None:
        """Tick or leave out; a refused shot stays left out."""
        if not any(shot.id == shot_id and shot.is_refused for shot in self.shots):
            self._change(shot_id, is_chosen=is_chosen)

    def remove(self, shot_id: ShotId) -> None:
        self._scope.cancel(shot_id)
        gone = {shot.label for shot in self.shots if shot.id == shot_id}
        left = [shot for shot in self.shots if shot.id != shot_id]
        self.feed.publish(tuple(replace(shot, repeats="") if shot.repeats in gone else shot for shot in left))

    def retake(self) -> bool:
        """Drop the last camera shot; False when there is none."""
        last = next((shot for shot in reversed(self.shots) if shot.source is ShotSource.CAMERA), None)
        if last is not None:
            self.remove(last.id)
        return last is not None

    def clear(self) -> None:
        """Drop every shot: they were handed over, or a person discarded them."""
        self._scope.cancel_all()
        self.feed.publish(())

    async def settled(self) -> None:
        """Wait until no shot is being examined any more."""
        done = asyncio.Event()
        unsubscribe = self.feed.subscribe(lambda shots: done.set() if not _any_examined(shots) else None)
        try:
            await done.wait()
        finally:
            unsubscribe()

    async def aclose(self) -> None:
        await self._scope.aclose()
        self.feed.publish(())

    def _add(
        self, label: str, source: ShotSource, judge: Callable[[ShotId], Coroutine[Any, Any, Verdict]]
    ) -> ShotId | None:
        if self.is_full:
            return None
        shot = Shot(ShotId(next(self._ids)), label, source, self._clock.now())
        self.feed.publish((*self.shots, shot))
        self._scope.start(self._examine(shot.id, judge), key=shot.id)
        return shot.id

    async def _examine(self, shot_id: ShotId, judge: Callable[[ShotId], Coroutine[Any, Any, Verdict]]) -> None:
        try:
            async with self._turns:
                verdict = await judge(shot_id)
        except CannotShow as error:
            verdict = Refused(error.reason)
        except Exception:
            self._settle(shot_id, Refused(RefusalReason.OUT_OF_ORDER))
            raise
        self._settle(shot_id, verdict)

    async def _judge_frame(self, frame: Raster) -> Verdict:
        return await self._studio.examine(await self._studio.encode_jpeg(frame), "")

    async def _judge_file(self, shot_id: ShotId, path: Path) -> Verdict:
        found = await read_chosen(path)
        if isinstance(found, Refused):
            return found
        return await self._judge_bytes(shot_id, found, path.name)

    async def _judge_bytes(self, shot_id: ShotId, data: bytes, file_name: str) -> Verdict:
        if (refused := refusal_of_size(len(data))) is not None:
            return refused
        self._change(shot_id, size_bytes=len(data))
        return await self._studio.examine(data, file_name)

    def _settle(self, shot_id: ShotId, verdict: Verdict) -> None:
        if isinstance(verdict, Refused):
            event(Event.PHOTO_REFUSED, what=verdict.reason)
            self._change(shot_id, state=verdict, is_chosen=False)
            if verdict.size_bytes:
                self._change(shot_id, size_bytes=verdict.size_bytes)
            return
        self._change(shot_id, state=verdict, size_bytes=verdict.photo.size_bytes)
        if (twin := self._twin_of(shot_id, verdict.source_sha256)) is not None:
            self._change(shot_id, is_chosen=False, repeats=twin.label)

    def _twin_of(self, shot_id: ShotId, source_sha256: str) -> Shot | None:
        """Another shot with the same bytes. Camera shots have none: each was taken on purpose."""
        if any(shot.id == shot_id and shot.source is ShotSource.CAMERA for shot in self.shots):
            return None
        for shot in self.shots:
            if shot.id != shot_id and isinstance(shot.state, Accepted) and shot.state.source_sha256 == source_sha256:
                return shot
        return None

    def _change(self, shot_id: ShotId, **fields: Any) -> None:
        self.feed.publish(tuple(replace(shot, **fields) if shot.id == shot_id else shot for shot in self.shots))


def _any_examined(shots: tuple[Shot, ...]) -> bool:
    return any(isinstance(shot.state, Examining) for shot in shots)


def _plain(name: str) -> str:
    """A file's name without control and direction characters, which could make it read as another name."""
    return "".join(letter for letter in name if letter.isprintable()).strip() or "Unnamed"
