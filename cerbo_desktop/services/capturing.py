"""Collecting photos for one patient before anything is sent: camera frames, files, pasted pictures.

The patient is frozen when the session begins, so no later choice can re-point a photo. Nothing here touches the
disk except to read the files a person chose; photos live in memory until they are sent or discarded.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

from cerbo_desktop.domain.acts import Publish, to_nobody
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.ports import Clock, ImageStudio
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.verdict import Accepted, RefusalReason, Refused, Verdict
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.examining import Examination
from cerbo_desktop.services.file_intake import FileIntake, IntakeFacts, WaitingFile, shown_name
from cerbo_desktop.services.handing_over import Accept, HandedOver, HandOver, SavingPace
from cerbo_desktop.services.judging import FindEarlier, Judging, find_none
from cerbo_desktop.services.originals import SentFiles
from cerbo_desktop.services.shot_list import ShotList
from cerbo_desktop.services.shots import Shot, ShotId, ShotName, ShotSource
from cerbo_desktop.services.versions import Versions

MAX_SHOTS = 60
"""One session's photos are kept in memory, each at most 11.5 MB once accepted."""
_MOST_ROWS = 2 * MAX_SHOTS
"""With those that were left out because they were sent before: each has a preview in memory."""

_Judge = Callable[[ShotId], Awaitable[Verdict | None]]


class CaptureSession:
    """The shots of one patient, in the order they came."""

    def __init__(
        self,
        patient: Patient,
        studio: ImageStudio,
        clock: Clock,
        scope: TaskScope,
        publish: Publish = to_nobody,
        sent_files: SentFiles | None = None,
        find_earlier: FindEarlier = find_none,
    ) -> None:
        """`sent_files` hears of the files whose photos were sent; `find_earlier` knows what was sent before."""
        self.patient, self._sent_files = patient, sent_files
        self._clock, self._scope = clock, scope.child("capture")
        self._shots, self._intake = ShotList(patient.id, publish), FileIntake()
        self._examination = Examination(studio)
        self._judging = Judging(
            *(patient.id, self._shots, self._intake, self._examination),
            find_earlier=find_earlier,
            clock=clock,
            publish=publish,
        )
        self._hand_over = HandOver(patient, self._shots, self._judging.make_ready, scope, self._note_sent)
        self._ids = itertools.count(1)
        self.versions = Versions(studio, self.feed, self.path_of, self.whole_photo)

    @property
    def feed(self) -> Feed[tuple[Shot, ...]]:
        return self._shots.feed

    @property
    def intake(self) -> Feed[IntakeFacts]:
        """What is known of the files that came, beyond the shots."""
        return self._intake.feed

    @property
    def shots(self) -> tuple[Shot, ...]:
        return self._shots.all

    @property
    def has_unsent_shots(self) -> bool:
        """True while there is a photo that leaving would lose, or a file that waits for its turn.

        Files that were refused or left out do not count: they lie where they lay.
        """
        return self._intake.waiting_count > 0 or any(shot.would_be_lost for shot in self.shots)

    @property
    def waiting_count(self) -> int:
        """Files that follow once the shots that are here are sent."""
        return self._intake.waiting_count

    @property
    def is_full(self) -> bool:
        return sum(shot.takes_room for shot in self.shots) >= MAX_SHOTS

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

    async def hand_over_ended(self, on_pace: Callable[[SavingPace], None] = lambda _: None) -> HandedOver:
        """Wait for the end; whoever waits may be cancelled and ends nothing by that. Files that waited take the places
        of those that were sent.

        `on_pace` is told where the photos are saved slowly, and where the disk, or a share, does not take one.
        """
        end = await self._hand_over.ended(on_pace)
        if end.is_whole:
            self._take_waiting()
        return end

    def hand_over_paused(self) -> AbstractAsyncContextManager[None]:
        """Hold the hand-over back while a person is asked about the rest."""
        return self._hand_over.paused()

    def add_frame(self, frame: Raster) -> ShotId | None:
        """A frame of the camera, as it stands. None when the session is full."""
        name = self._next_name(ShotSource.CAMERA)
        return None if self.is_full else self._add(name, lambda _shot: self._examination.of_frame(frame))

    def add_files(self, paths: Iterable[Path]) -> None:
        """Files or folders that somebody chose or dropped: read off the loop, from a share that may never answer. What
        is too much for now waits."""
        self._intake.add(paths)
        self._take_waiting()

    def add_bytes(self, data: bytes) -> ShotId | None:
        """An encoded picture from the clipboard. None when full."""
        if self.is_full:
            return None
        shot_id = self._add(self._next_name(ShotSource.PASTE), lambda _shot: self._examination.of_bytes(data))
        self.versions.keep(shot_id, data)
        return shot_id

    def path_of(self, shot_id: ShotId) -> Path | None:
        """Where the file of a shot lies; None for a shot of the camera or of the clipboard."""
        return self._intake.path_of(shot_id)

    async def whole_photo(self, shot_id: ShotId) -> Verdict:
        """A shot's photo with all of its bytes: of a large batch only some are kept in memory. Refused where its file
        can't be read again, or has changed."""
        shot = self._shots.get(shot_id)
        return await self._judging.whole(shot) if shot is not None else Refused(RefusalReason.UNREADABLE)

    def look_again(self) -> None:
        """Ask once more which photos were sent before: more is known than when they were examined."""
        self._scope.start(self._judging.look_again(), key="look again")

    def choose(self, shot_id: ShotId, is_chosen: bool) -> None:
        """Tick or leave out; a refused shot stays left out, and one that the outbox has in hand stays chosen."""
        shot = self._shots.get(shot_id)
        if shot is not None and shot.can_be_chosen:
            self._shots.change(shot_id, is_chosen=is_chosen)

    def remove(self, shot_id: ShotId) -> bool:
        """Take a shot out, which is then never sent. False, and nothing happens, where the outbox has it in hand."""
        if not self._remove(shot_id):
            return False
        if not self.is_handing_over:
            self._take_waiting()
        return True

    def retake(self) -> bool:
        """Drop the last camera shot; False where there is none, or the outbox has it in hand."""
        last = next((shot for shot in reversed(self.shots) if shot.source is ShotSource.CAMERA), None)
        return last is not None and self.remove(last.id)

    def clear(self) -> None:
        """Drop every shot that the outbox has not in hand, and all that waits: a person discarded them."""
        self._intake.clear()
        for shot in self.shots:
            self._remove(shot.id)

    async def aclose(self) -> None:
        """End the session: what was sent is handed over first, the rest is dropped."""
        self._intake.clear()
        await self._hand_over.aclose()
        await self._scope.aclose()
        self._shots.drop(*(shot.id for shot in self.shots))
        if self._sent_files is not None:
            self._sent_files.close()

    def _note_sent(self, shot_id: ShotId, photo: Accepted) -> None:
        shot, path = self._shots.get(shot_id), self.path_of(shot_id)
        if self._sent_files is not None and shot is not None and path is not None:
            self._sent_files.add(path, shot.name.file_name, photo)

    def _remove(self, shot_id: ShotId) -> bool:
        shot = self._shots.get(shot_id)
        if shot is not None and shot.is_held:
            return False
        self._scope.cancel(shot_id)
        self._shots.drop(shot_id)
        return True

    def _take_waiting(self) -> None:
        """Files in the order in which they came, as many as there is room for."""
        taking_room = sum(shot.takes_room for shot in self.shots)
        with_preview = sum(not shot.is_refused for shot in self.shots)
        files = self._intake.take(max(0, min(MAX_SHOTS - taking_room, _MOST_ROWS - with_preview)))
        shots = [self._shot_of(file) for file in files]
        self._shots.add(*shots)
        for shot, file in zip(shots, files, strict=True):
            self._start(shot.id, partial(self._judging.of_file, path=file.path))

    def _shot_of(self, file: WaitingFile) -> Shot:
        name = ShotName(ShotSource.FILE, file_name=shown_name(file.path.name))
        shot = Shot(ShotId(next(self._ids)), name, self._clock.now(), folder_name=shown_name(file.path.parent.name))
        self._intake.note(shot.id, file)
        return shot

    def _next_name(self, source: ShotSource) -> ShotName:
        """One higher than the highest number of that source."""
        numbers = (shot.name.number for shot in self.shots if shot.source is source)
        return ShotName(source, max(numbers, default=0) + 1)

    def _add(self, name: ShotName, judge: _Judge) -> ShotId:
        shot = Shot(ShotId(next(self._ids)), name, self._clock.now())
        self._shots.add(shot)
        self._start(shot.id, judge)
        return shot.id

    def _start(self, shot_id: ShotId, judge: _Judge) -> None:
        self._scope.start(self._examine(shot_id, judge), key=shot_id)

    async def _examine(self, shot_id: ShotId, judge: _Judge) -> None:
        try:
            await self._judging.settle(shot_id, await judge(shot_id))
        except asyncio.CancelledError:
            # It was removed, and then this changes nothing; else nobody waits for its verdict for ever.
            self._shots.change(shot_id, state=Refused(RefusalReason.OUT_OF_ORDER), is_chosen=False)
            raise
        except Exception:
            self._judging.refuse(shot_id, Refused(RefusalReason.OUT_OF_ORDER))
            raise
        if not self.is_handing_over:
            self._take_waiting()
