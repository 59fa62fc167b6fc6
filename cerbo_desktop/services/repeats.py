"""Which shots of a session are the same photo: the first of them in the list is the one that goes out."""

from collections.abc import Mapping
from dataclasses import replace

from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.services.shots import Shot, ShotName, ShotSource


def identities(accepted: Accepted) -> tuple[str, ...]:
    """By which a photo is known again: its bytes as they came, and its pixels. None of them is empty."""
    return tuple(filter(None, (accepted.source_sha256, accepted.preparation.pixels_sha256)))


def with_repeats(shots: tuple[Shot, ...], safe_names: Mapping[str, ShotName]) -> tuple[Shot, ...]:
    """Mark every shot that is the same as an earlier one, or as one that is safe already (`safe_names`).

    A shot that becomes a repeat is left out; one that is none any more is chosen again. Camera shots are never repeats:
    each was taken on purpose.
    """
    first_names = dict(safe_names)
    marked = []
    for shot in shots:
        if shot.source is ShotSource.CAMERA or not isinstance(shot.state, Accepted):
            marked.append(shot)
            continue
        known_by = identities(shot.state)
        first = next((first_names[each] for each in known_by if each in first_names), None)
        for each in known_by:
            first_names.setdefault(each, first or shot.name)
        marked.append(_marked(shot, first))
    return tuple(marked)


def _marked(shot: Shot, first: ShotName | None) -> Shot:
    if shot.repeats == first or shot.is_held:
        return shot
    if shot.repeats is None:
        return replace(shot, repeats=first, is_chosen=False)
    unmarked = replace(shot, repeats=first)
    return unmarked if first is not None else replace(unmarked, is_chosen=not unmarked.needs_a_word)
