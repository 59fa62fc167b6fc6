"""From a capture session to the outbox: each photo once, whoever presses Send and whoever is cancelled meanwhile.

A shot is marked in the same step in which Send is pressed, before anything is awaited. The work belongs to the
session: a caller that waits for the end may be cancelled, the work is not. That the outbox has a photo and that the
shot leaves the session is one step, which no cancellation can divide.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum

from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.scope import TaskScope, run_to_completion
from cerbo_desktop.services.shot_list import ShotList
from cerbo_desktop.services.shots import Examining, HandOverStage, Shot, ShotId

SLOW_AFTER_S = 3.0
"""A person who waits for so long is told that the photos are still being saved."""
SILENT_DISK_AFTER_S = 15.0
"""One photo that is not saved after this long stands before a disk or share that does not answer: a busy PC may
need 12 s for a photo."""


class SavingPace(Enum):
    """How the photos of a hand-over get into the outbox, where a person has to be told."""

    SLOW = "slow"
    """They are saved one after another, and it takes its time."""
    SILENT = "silent"
    """The disk, or a share, has not answered for one of them."""


Accept = Callable[[Patient, Accepted], Awaitable[None]]
"""Takes one photo over for the patient it was taken for: it is safe on this PC once this returns. Raises `NotSafe`."""

MakeReady = Callable[[ShotId], Awaitable[Accepted | None]]
"""Brings the photo of a chosen shot with all of its bytes; None where it must not go out, which then stands in the
shot."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How a hand-over ended. What was not taken is still in the session."""

    failure: NotSafe | None = None
    """Why the outbox did not take a photo; those after it were not tried."""
    refused: tuple[Shot, ...] = ()
    """Shots that were to be sent and did not pass their examination. Because of them nothing was handed over."""
    kept_back: tuple[Shot, ...] = ()
    """Shots that were to be sent and turned out to need a person's word: the others are handed over."""
    left_out_count: int = 0
    """Shots that went from the session because they were not to be sent."""
    is_broken_off: bool = False
    """The program ended, or a defect did: Send may be pressed again."""

    @property
    def is_whole(self) -> bool:
        return self.failure is None and not self.refused and not self.is_broken_off


class HandOver:
    """One at a time; the shots of one patient."""

    def __init__(
        self,
        patient: Patient,
        shots: ShotList,
        make_ready: MakeReady,
        scope: TaskScope,
        on_safe: Callable[[ShotId, Accepted], None],
    ) -> None:
        """`on_safe` hears of each photo that is in the outbox, while its shot is still in the session."""
        self.safe_count = 0
        """Photos of this session that are in the outbox."""
        self._patient, self._shots, self._make_ready, self._on_safe = patient, shots, make_ready, on_safe
        self._scope = scope.child("hand-over")
        self._task: asyncio.Task[HandedOver] | None = None
        self._pauses = 0
        self._may_go_on = asyncio.Event()
        self._may_go_on.set()

    @property
    def is_running(self) -> bool:
        return self._task is not None and not self._task.done()

    def start(self, accept: Accept) -> None:
        """Hand over every shot that goes out now. Nothing happens while a hand-over runs."""
        if self.is_running:
            return
        wanted = [shot.id for shot in self._shots.all if shot.goes_out]
        left_out = [shot.id for shot in self._shots.all if not shot.goes_out]
        for shot_id in wanted:
            self._shots.change(shot_id, hand_over=HandOverStage.WAITING)
        self._task = self._scope.start(self._run(wanted, left_out, accept))

    async def ended(self, on_pace: Callable[[SavingPace], None] = lambda _: None) -> HandedOver:
        """Wait for the end of the hand-over that runs, or tell how the last one ended.

        `on_pace` is told each change of the pace; nothing is told of a hand-over that ends soon.
        """
        task = self._task
        if task is None:
            return HandedOver()
        watch = _PaceWatch(self._shots)
        while not (await asyncio.wait({task}, timeout=min(SILENT_DISK_AFTER_S, SLOW_AFTER_S) / 5))[0]:
            if (pace := watch.change()) is not None:
                on_pace(pace)
        if task.cancelled() or task.exception() is not None:
            return HandedOver(is_broken_off=True)
        return task.result()

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Inside, no photo is in the outbox's hands and none is given to it, so that a count stays true."""
        self._pauses += 1
        self._may_go_on.clear()
        try:
            await self._until(lambda: not any(shot.is_held for shot in self._shots.all))
            yield
        finally:
            self._pauses -= 1
            if self._pauses == 0:
                self._may_go_on.set()

    async def aclose(self) -> None:
        """End, after handing over what a person has sent."""
        self._may_go_on.set()
        if self._task is not None:
            await asyncio.wait({self._task})
        await self._scope.aclose()

    async def _run(self, wanted: list[ShotId], left_out: list[ShotId], accept: Accept) -> HandedOver:
        try:
            await self._until(lambda: not any(isinstance(shot.state, Examining) for shot in self._present(wanted)))
            if refused := tuple(shot for shot in self._present(wanted) if shot.is_refused):
                return HandedOver(refused=refused)
            for shot_id in wanted:
                await self._may_go_on.wait()
                await self._hand_over(shot_id, accept)
        except NotSafe as failure:
            return HandedOver(failure)
        finally:
            for shot in self._present(wanted):
                self._shots.change(shot.id, hand_over=HandOverStage.NOT_ASKED)
        return self._settled(wanted, left_out)

    def _settled(self, wanted: list[ShotId], left_out: list[ShotId]) -> HandedOver:
        """What a person left out goes. What was refused stays: nobody should believe that it was sent."""
        repeats = [shot.id for shot in self._present(wanted) if shot.repeats is not None]
        gone = [shot.id for shot in self._present(left_out + repeats) if not shot.goes_out and not shot.is_refused]
        self._shots.drop(*gone)
        stayed = [shot for shot in self._present(wanted) if shot.is_refused or shot.is_left_out_unasked]
        return HandedOver(kept_back=tuple(stayed), left_out_count=len(gone))

    async def _hand_over(self, shot_id: ShotId, accept: Accept) -> None:
        """Nothing happens for a shot that was removed or left out since Send was pressed."""
        photo = await self._make_ready(shot_id)
        shot = self._shots.get(shot_id)
        if photo is None or shot is None or not shot.is_chosen:
            return
        self._shots.change(shot_id, hand_over=HandOverStage.RUNNING)
        await run_to_completion(self._accept_and_note(shot_id, photo, accept))

    async def _accept_and_note(self, shot_id: ShotId, photo: Accepted, accept: Accept) -> None:
        await accept(self._patient, photo)
        self.safe_count += 1
        self._on_safe(shot_id, photo)
        self._shots.let_go_safe(shot_id)

    def _present(self, shot_ids: Iterable[ShotId]) -> list[Shot]:
        return [shot for shot in self._shots.all if shot.id in shot_ids]

    async def _until(self, condition: Callable[[], bool]) -> None:
        """Looked at again with every change of a shot."""
        is_true = asyncio.Event()
        unsubscribe = self._shots.feed.subscribe(lambda _: is_true.set() if condition() else None)
        try:
            await is_true.wait()
        finally:
            unsubscribe()


class _PaceWatch:
    """How long the outbox has had the photo in hand that it has now, and how long the whole has taken."""

    def __init__(self, shots: ShotList) -> None:
        self._shots, self._begun_s = shots, asyncio.get_running_loop().time()
        self._held_since_s: dict[ShotId, float] = {}
        self._pace: SavingPace | None = None

    def change(self) -> SavingPace | None:
        """The pace, where it is another one than at the last call."""
        before, self._pace = self._pace, self._now()
        return self._pace if self._pace is not before else None

    def _now(self) -> SavingPace | None:
        now_s = asyncio.get_running_loop().time()
        known = self._held_since_s
        self._held_since_s = {shot.id: known.get(shot.id, now_s) for shot in self._shots.all if shot.is_held}
        if any(now_s - since_s >= SILENT_DISK_AFTER_S for since_s in self._held_since_s.values()):
            return SavingPace.SILENT
        is_slow = self._pace is not None or now_s - self._begun_s >= SLOW_AFTER_S
        return SavingPace.SLOW if is_slow else None
