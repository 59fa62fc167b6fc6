"""One photo of a capture session before it is in the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NewType

from cerbo_desktop.domain.sent_before import SentBefore, SentWhere
from cerbo_desktop.domain.verdict import Accepted, FileKind, Refused

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
    """Name of the shot with the same bytes or pixels. A repeat is left out until chosen."""
    sent_before: SentBefore | None = None
    """The same photo in Cerbo, in Uploads or in the chart; its time is the clinic's. It is left out until chosen."""
    folder_name: str = ""
    """Of a file: the folder it lies in, without the way there; empty where that has no name."""
    hand_over: HandOverStage = HandOverStage.NOT_ASKED

    @property
    def source(self) -> ShotSource:
        return self.name.source

    @property
    def takes_room(self) -> bool:
        """It counts among those that a session holds at once: it may go out, or somebody left it out by hand."""
        return not self.is_refused and not self.is_left_out_unasked

    @property
    def is_refused(self) -> bool:
        return isinstance(self.state, Refused)

    @property
    def goes_out(self) -> bool:
        """Chosen, and not refused so far."""
        return self.is_chosen and not self.is_refused

    @property
    def is_left_out_unasked(self) -> bool:
        """Nobody left it out: it is a repeat, was sent before, or would lose too many pixels."""
        if self.is_chosen or not isinstance(self.state, Accepted):
            return False
        return self.needs_a_word

    @property
    def needs_a_word(self) -> bool:
        """It goes out only if a person says so."""
        is_below_minimum = isinstance(self.state, Accepted) and self.state.preparation.is_below_minimum
        return self.repeats is not None or self.sent_before is not None or is_below_minimum

    @property
    def is_in_this_chart(self) -> bool:
        """The same photo was sent for this patient, or the chart shows it, as far as is known."""
        return self.sent_before is not None and self.sent_before.where is not SentWhere.OTHER_PATIENT

    @property
    def would_be_lost(self) -> bool:
        """With the session: it is to be sent, or it is nowhere else, as a file is that was left out."""
        return not self.is_refused and (self.is_chosen or self.source is not ShotSource.FILE)

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


def common_folder(shots: Iterable[Shot]) -> str:
    """The name of the folder that all files lie in; empty where there are several, or none is known."""
    folders = {shot.folder_name for shot in shots}
    return folders.pop() if len(folders) == 1 else ""
