"""Which shots of a session are the same photo: of each photo one goes out, and another only by a person's word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cerbo_desktop.domain.sent_before import carried_marks
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.services.shots import Shot, ShotId, ShotName, ShotSource


@dataclass(frozen=True, slots=True)
class _First:
    """The one that others are told to be the same as."""

    name: ShotName
    goes_out: bool
    """It is chosen, or safe already."""


def with_repeats(shots: tuple[Shot, ...], safe_names: Mapping[str, ShotName]) -> tuple[Shot, ...]:
    """Mark every shot that is the same as another one, or as one that is safe already (`safe_names`, by its marks).

    Of shots that are the same the earliest in the list is the first, unless a person chose another one although it was
    sent before. The others are left out; one that is no repeat any more is chosen again. Camera shots are never
    repeats: each was taken on purpose.
    """
    firsts = {mark: _First(name, goes_out=True) for mark, name in safe_names.items()}
    repeats: dict[ShotId, ShotName | None] = {}
    for shot in sorted(shots, key=_precedence):
        if shot.source is ShotSource.CAMERA or not isinstance(shot.state, Accepted):
            continue
        marks = sorted(carried_marks(shot.state))
        first = next((firsts[mark] for mark in marks if mark in firsts), None)
        for mark in marks:
            firsts.setdefault(mark, first or _First(shot.name, shot.is_chosen))
        repeats[shot.id] = first.name if first is not None and _is_told_by(first, shot) else None
    return tuple(_marked(shot, repeats[shot.id]) if shot.id in repeats else shot for shot in shots)


def _precedence(shot: Shot) -> tuple[bool, bool, bool]:
    """What the outbox has in hand comes first, then what a person wants once more; what was the first stays it."""
    is_wanted_again = shot.is_chosen and shot.sent_before is not None
    return not shot.is_held, not is_wanted_again, shot.repeats is not None


def _is_told_by(first: _First, shot: Shot) -> bool:
    """While neither goes out, that this one was sent before says more."""
    return first.goes_out or shot.sent_before is None


def _marked(shot: Shot, first: ShotName | None) -> Shot:
    if shot.repeats == first or shot.is_held:
        return shot
    if shot.repeats is None:
        return replace(shot, repeats=first, is_chosen=False)
    unmarked = replace(shot, repeats=first)
    return unmarked if first is not None else replace(unmarked, is_chosen=shot.is_chosen or not unmarked.needs_a_word)
