"""Collecting photos for one patient before anything is sent: camera frames, files, pasted pictures.

The patient is frozen when the session begins, so no later choice can re-point a photo. Nothing here touches the
disk except to read the files a person chose; photos live in memory until they are sent or discarded.
"""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from cerbo_desktop.domain.acts import FileRefused, Publish, to_nobody
from cerbo_desktop.domain.errors import CannotShow
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import Clock, ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused, Verdict
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.chosen_files import read_chosen, refusal_of_size
from cerbo_desktop.services.handing_over import Accept, HandedOver, HandOver
from cerbo_desktop.services.shots import Shot, ShotId, ShotList, ShotName, ShotSource
from cerbo_desktop.services.versions import Versions

MAX_SHOTS = 60
"""One session's photos are kept in memory, each at most 11.5 MB once accepted."""
_EXAMINED_AT_ONCE = 2
"""Bounds how many files of up to 40 MB are in memory while they are being judged."""


class CaptureSession:
    """The shots of one patient, in the order they came."""

    def __init__(
        self,
        patient: Patient,
        studio: ImageStudio,
        clock: Clock,
        scope: TaskScope,
        publish: Publish = to_nobody,
    ) -> None:
        self.patient, self._publish = patient, publish
        self._studio = studio
        self._clock = clock
        self._scope = scope.child("capture")
        self._shots = ShotList(patient.id, publish)
        self._hand_over = HandOver(patient, self._shots, scope)
        self._ids = itertools.count(1)
        self._paths: dict[ShotId, Path] = {}
        self.versions = Versions(studio, self._paths)
        self.feed.subscribe(self.versions.follow)
        self._turns = asyncio.Semaphore(_EXAMINED_AT_ONCE)

    @property
    def feed(self) -> Feed[tuple[Shot, ...]]:
        return self._shots.feed

    @property
    def shots(self) -> tuple[Shot, ...]:
        return self._shots.all

    def shot(self, shot_id: ShotId) -> Shot | None:
        """None where it is gone."""
        return self._shots.get(shot_id)

    @property
    def has_unsent_shots(self) -> bool:
        """True while there is a photo that leaving would lose; refused files do not count."""
        return any(not shot.is_refused for shot in self.shots)

    @property
    def is_full(self) -> bool:
        return len(self.shots) >= MAX_SHOTS

    @property
    def safe_count(self) -> int:
        """Photos of this session that are safe on this PC."""
        return self._hand_over.safe_count

    @property
    def is_handing_over(self) -> bool:
        return self._hand_over.is_running

    def hand_over(self, accept: Accept) -> None:
        """Send every chosen shot once it is examined; each leaves the session when it is safe.

        The shots are marked before this returns, so that a second press finds nothing to send. What is added from now
        on is not part of it, and what was left out goes with the last of them.
        """
        self._hand_over.start(accept)

    async def hand_over_ended(self, on_silent_disk: Callable[[], None] = lambda: None) -> HandedOver:
        """Wait for the end; whoever waits may be cancelled and ends nothing by that.

        `on_silent_disk` is told where the disk, or a share, does not take a photo.
        """
        return await self._hand_over.ended(on_silent_disk)

    def hand_over_paused(self) -> AbstractAsyncContextManager[None]:
        """Hold the hand-over back while a person is asked about the rest."""
        return self._hand_over.paused()

    def add_frame(self, frame: Raster) -> ShotId | None:
        """A frame of the camera, as it stands. None when the session is full."""
        return self._add(self._next_name(ShotSource.CAMERA), lambda _shot: self._judge_frame(frame))

    def add_file(self, path: Path) -> ShotId | None:
        """A file somebody chose or dropped: read off the loop, from a share that may never answer. None when full."""
        name = ShotName(ShotSource.FILE, file_name=_plain(path.name))
        shot_id = self._add(name, lambda shot: self._judge_file(shot, path))
        if shot_id is not None:
            self._paths[shot_id] = path
        return shot_id

    def add_bytes(self, data: bytes) -> ShotId | None:
        """An encoded picture from the clipboard. None when full."""
        shot_id = self._add(self._next_name(ShotSource.PASTE), lambda shot: self._judge_bytes(shot, data, ""))
        if shot_id is not None:
            self.versions.keep(shot_id, data)
        return shot_id

    def choose(self, shot_id: ShotId, is_chosen: bool) -> None:
        """Tick or leave out; a refused shot stays left out, and one that the outbox has in hand stays chosen."""
        shot = self._shots.get(shot_id)
        if shot is not None and shot.can_be_chosen:
            self._shots.change(shot_id, is_chosen=is_chosen)

    def remove(self, shot_id: ShotId) -> bool:
        """Take a shot out, which is then never sent. False, and nothing happens, where the outbox has it in hand."""
        shot = self._shots.get(shot_id)
        if shot is not None and shot.is_held:
            return False
        self._scope.cancel(shot_id)
        self._shots.drop(shot_id)
        return True

    def retake(self) -> bool:
        """Drop the last camera shot; False where there is none, or the outbox has it in hand."""
        last = next((shot for shot in reversed(self.shots) if shot.source is ShotSource.CAMERA), None)
        return last is not None and self.remove(last.id)

    def clear(self) -> None:
        """Drop every shot that the outbox has not in hand: a person discarded them."""
        for shot in self.shots:
            self.remove(shot.id)

    async def aclose(self) -> None:
        """End the session: what was sent is handed over first, the rest is dropped."""
        await self._hand_over.aclose()
        await self._scope.aclose()
        self._shots.drop(*(shot.id for shot in self.shots))

    def _next_name(self, source: ShotSource) -> ShotName:
        """One higher than the highest number of that source."""
        numbers = (shot.name.number for shot in self.shots if shot.source is source)
        return ShotName(source, max(numbers, default=0) + 1)

    def _add(self, name: ShotName, judge: Callable[[ShotId], Coroutine[Any, Any, Verdict]]) -> ShotId | None:
        if self.is_full:
            return None
        shot = Shot(ShotId(next(self._ids)), name, self._clock.now())
        self._shots.add(shot)
        self._scope.start(self._examine(shot.id, judge), key=shot.id)
        return shot.id

    async def _examine(self, shot_id: ShotId, judge: Callable[[ShotId], Coroutine[Any, Any, Verdict]]) -> None:
        try:
            async with self._turns:
                verdict = await judge(shot_id)
        except CannotShow as error:
            verdict = Refused(error.reason)
        except asyncio.CancelledError:
            # It was removed, and then this changes nothing; else nobody waits for its verdict for ever.
            self._shots.change(shot_id, state=Refused(RefusalReason.OUT_OF_ORDER), is_chosen=False)
            raise
        except Exception:
            self._settle(shot_id, Refused(RefusalReason.OUT_OF_ORDER))
            raise
        self._settle(shot_id, verdict)

    async def _judge_frame(self, frame: Raster) -> Verdict:
        return await self._studio.examine_frame(frame)

    async def _judge_file(self, shot_id: ShotId, path: Path) -> Verdict:
        found = await read_chosen(path)
        if isinstance(found, Refused):
            return found
        return await self._judge_bytes(shot_id, found, path.name)

    async def _judge_bytes(self, shot_id: ShotId, data: bytes, file_name: str) -> Verdict:
        if (refused := refusal_of_size(len(data))) is not None:
            return refused
        self._shots.change(shot_id, size_bytes=len(data))
        return await self._studio.examine(data, file_name)

    def _settle(self, shot_id: ShotId, verdict: Verdict) -> None:
        if isinstance(verdict, Refused):
            self._publish(FileRefused(self.patient.id, verdict.reason))
            self._shots.change(shot_id, state=verdict, is_chosen=False)
            if verdict.size_bytes:
                self._shots.change(shot_id, size_bytes=verdict.size_bytes)
            self._let_go_of_earlier_refusals(shot_id)
            return
        self._shots.change(shot_id, state=verdict, size_bytes=verdict.photo.size_bytes)
        if (twin := self._name_of_twin(shot_id, verdict.source_sha256)) is not None:
            self._shots.change(shot_id, is_chosen=False, repeats=twin)

    def _let_go_of_earlier_refusals(self, shot_id: ShotId) -> None:
        """A file that was refused and is chosen again has one row, the latest."""
        path = self._paths.get(shot_id)
        for other in self.shots:
            is_same_file = path is not None and self._paths.get(other.id) == path
            if is_same_file and other.id != shot_id and other.is_refused and not other.is_being_sent:
                self._shots.let_go(other.id)

    def _name_of_twin(self, shot_id: ShotId, source_sha256: str) -> ShotName | None:
        """Of a shot with the same bytes, here or safe already. Camera shots have none: each was taken on purpose."""
        shot = self._shots.get(shot_id)
        if shot is None or shot.source is ShotSource.CAMERA:
            return None
        for other in self.shots:
            if other.id != shot_id and isinstance(other.state, Accepted) and other.state.source_sha256 == source_sha256:
                return other.name
        return self._hand_over.safe_names.get(source_sha256)


def _plain(name: str) -> str:
    """A file's name without control and direction characters, which could make it read as another name."""
    return "".join(letter for letter in name if letter.isprintable()).strip()
