"""The photos of one capture session before they are in the outbox, in the order in which they came."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, NewType

from cerbo_desktop.domain.acts import Publish, ShotDiscarded, ShotTaken, to_nobody
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.sent_before import SentBefore
from cerbo_desktop.domain.verdict import Accepted, FileKind, Refused
from cerbo_desktop.runtime.feed import Feed

ShotId = NewType("ShotId", int)
SENT_AS_THEY_ARE = (FileKind.JPEG, FileKind.PNG, FileKind.GIF)
"""Kinds that Cerbo takes; every other becomes a JPEG."""


class ShotSource(Enum):
    """Where a shot came from."""

    CAMERA = "camera"
    FILE = "file"
    PASTE = "paste"


class HandOverStage(Enum):
    """How far a shot is on its way from the session to the outbox."""

    NOT_ASKED = "not asked"
    WAITING = "waiting"
    """Send was pressed for it; it can still be taken out."""
    RUNNING = "running"
    """The outbox has it in hand; it can't be taken out until that has ended."""


@dataclass(frozen=True, slots=True)
class Examining:
    """The gates are still being passed."""


ShotState = Examining | Accepted | Refused


@dataclass(frozen=True, slots=True)
class ShotName:
    """What a person tells one shot from the others by; the words stand in the interface."""

    source: ShotSource
    number: int = 0
    """Of the camera's shot or the pasted photo, from 1."""
    file_name: str = ""
    """Without its folder and without letters that can't be shown; empty where nothing is left."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo of the session."""

    id: ShotId
    name: ShotName
    taken_at: datetime
    """Aware UTC: when it joined the session."""
    state: ShotState = Examining()
    is_chosen: bool = True
    size_bytes: int = 0
    """Of the photo as it will be sent; of the file while it is examined or when it was refused; 0 while unknown."""
    repeats: ShotName | None = None
    """Name of the shot with the very same bytes. A repeat is left out until chosen."""
    sent_before: SentBefore | None = None
    """The same photo in Cerbo, in Uploads or in the chart. It is left out until chosen."""
    hand_over: HandOverStage = HandOverStage.NOT_ASKED

    @property
    def source(self) -> ShotSource:
        return self.name.source

    @property
    def is_refused(self) -> bool:
        return isinstance(self.state, Refused)

    @property
    def goes_out(self) -> bool:
        """Chosen, and not refused so far."""
        return self.is_chosen and not self.is_refused

    @property
    def has_two_versions(self) -> bool:
        """What is sent looks different from the original, or may: it was encoded anew."""
        if not isinstance(self.state, Accepted):
            return False
        done = self.state.preparation
        return done.is_fitted or done.is_reduced or done.source_kind not in SENT_AS_THEY_ARE

    @property
    def is_being_sent(self) -> bool:
        """Send was pressed for it, and it is not in the outbox yet."""
        return self.hand_over is not HandOverStage.NOT_ASKED

    @property
    def is_held(self) -> bool:
        """The outbox has it in hand: it can't be removed or left out now."""
        return self.hand_over is HandOverStage.RUNNING

    @property
    def can_be_chosen(self) -> bool:
        """Ticked, or left out."""
        return not self.is_refused and not self.is_held


class ShotList:
    """The shots of one patient, and what may happen to one of them. `feed` tells of every change."""

    def __init__(self, patient_id: PatientId, publish: Publish = to_nobody) -> None:
        self._patient_id, self._publish = patient_id, publish
        self.feed: Feed[tuple[Shot, ...]] = Feed(())

    @property
    def all(self) -> tuple[Shot, ...]:
        return self.feed.latest

    def get(self, shot_id: ShotId) -> Shot | None:
        return next((shot for shot in self.all if shot.id == shot_id), None)

    def add(self, shot: Shot) -> None:
        self.feed.publish((*self.all, shot))
        self._publish(ShotTaken(self._patient_id))

    def change(self, shot_id: ShotId, **fields: Any) -> None:
        self.feed.publish(tuple(replace(shot, **fields) if shot.id == shot_id else shot for shot in self.all))

    def let_go(self, shot_id: ShotId) -> None:
        """Take out a shot that is safe in the outbox; a repeat of it stays marked as one."""
        self.feed.publish(tuple(shot for shot in self.all if shot.id != shot_id))

    def drop(self, *shot_ids: ShotId) -> None:
        """Take shots out; a repeat of one of them is none any more."""
        dropped = [shot for shot in self.all if shot.id in shot_ids]
        if not dropped:
            return
        gone, left = {shot.name for shot in dropped}, [shot for shot in self.all if shot.id not in shot_ids]
        self.feed.publish(tuple(replace(shot, repeats=None) if shot.repeats in gone else shot for shot in left))
        for shot in dropped:
            if not shot.is_refused:
                self._publish(ShotDiscarded(self._patient_id))
