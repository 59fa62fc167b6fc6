"""The photos of one capture session before they are in the outbox, in the order in which they came."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from cerbo_desktop.domain.acts import Publish, ShotDiscarded, ShotTaken, to_nobody
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.sent_before import carried_marks
from cerbo_desktop.domain.verdict import Accepted
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.services.repeats import with_repeats
from cerbo_desktop.services.shots import Shot, ShotId, ShotName


class ShotList:
    """The shots of one patient, and what may happen to one of them. `feed` tells of every change.

    Which of them are repeats of others is found anew with each change.
    """

    def __init__(self, patient_id: PatientId, publish: Publish = to_nobody) -> None:
        self._patient_id, self._publish_act = patient_id, publish
        self._safe_names: dict[str, ShotName] = {}
        """Of the photos that are in the outbox, by the marks that each is known by."""
        self.feed: Feed[tuple[Shot, ...]] = Feed(())

    @property
    def all(self) -> tuple[Shot, ...]:
        return self.feed.latest

    def get(self, shot_id: ShotId) -> Shot | None:
        return next((shot for shot in self.all if shot.id == shot_id), None)

    def add(self, *shots: Shot) -> None:
        if not shots:
            return
        self._publish((*self.all, *shots))
        for _ in shots:
            self._publish_act(ShotTaken(self._patient_id))

    def change(self, shot_id: ShotId, **fields: Any) -> None:
        self._publish(replace(shot, **fields) if shot.id == shot_id else shot for shot in self.all)

    def let_go(self, shot_id: ShotId) -> None:
        """Take out a row that stands for nothing any more."""
        self._publish(shot for shot in self.all if shot.id != shot_id)

    def let_go_safe(self, shot_id: ShotId) -> None:
        """Take out a shot that is safe in the outbox; a repeat of it stays marked as one."""
        shot = self.get(shot_id)
        if shot is not None and isinstance(shot.state, Accepted):
            self._safe_names.update(dict.fromkeys(carried_marks(shot.state), shot.name))
        self.let_go(shot_id)

    def drop(self, *shot_ids: ShotId) -> None:
        """Take shots out that are not sent."""
        dropped = [shot for shot in self.all if shot.id in shot_ids]
        if not dropped:
            return
        self._publish(shot for shot in self.all if shot.id not in shot_ids)
        for shot in dropped:
            if not shot.is_refused:
                self._publish_act(ShotDiscarded(self._patient_id))

    def _publish(self, shots: Iterable[Shot]) -> None:
        self.feed.publish(with_repeats(tuple(shots), self._safe_names))
