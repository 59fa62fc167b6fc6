"""Looks in Cerbo that begin because a person wants to know, or because something new is known of a chart."""

from collections.abc import Collection

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle
from cerbo_desktop.services.uploads.arrival_watcher import ArrivalWatcher
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.upload_store import UploadStore


class AskedLooks:
    """Begins looks for the photos that are followed: those that Cerbo has, or may have."""

    def __init__(self, store: UploadStore, watcher: ArrivalWatcher, lookup: ServerLookup, scope: TaskScope) -> None:
        self._store, self._watcher = store, watcher
        self._unread_queues = lookup.unread_queues
        self._doubted: frozenset[PatientId] = frozenset()
        """Whose queue could not be read before the line came back."""
        self._look_at_open = Throttle(scope, self._look_for_preferred)
        self._look_at_others = Throttle(scope, self._look_for_others)

    def doubt_unread_queues(self) -> None:
        """The line is back: whether these queues can be read now is known once they are asked for again, which may be
        held back for a while."""
        self._doubted |= self._unread_queues.latest
        self._unread_queues.publish(frozenset())

    def look_in_turn(self) -> None:
        """Look for every followed photo, one patient after the other; at once where the queue could not be read."""
        at_once, self._doubted = self._doubted | self._unread_queues.latest, frozenset()
        for patient_id in self._followed_patients():
            begin = self._watcher.look_now if patient_id in at_once else self._watcher.look_in_turn
            begin(patient_id)

    def look_now(self) -> None:
        """A person wants to know: look in Cerbo for every photo that is there or may be there.

        For those of the open patient at once, for the others in turn, one patient after the other.
        """
        self._look_at_open.ask()
        self._look_at_others.ask()

    def look_for(self, patient_id: PatientId, *, is_chart_new: bool = False) -> None:
        """Look for the photos of one patient at once; in the chart in any case where something new is in it."""
        if patient_id in self._followed_patients():
            begin = self._watcher.look_into_both if is_chart_new else self._watcher.look_now
            begin(patient_id)

    def album_opened(self, patient_id: PatientId) -> None:
        """Look for the photos of this patient, and for theirs first as long as no other album is opened."""
        self._watcher.prefer(patient_id)
        self.look_for(patient_id)

    def was_seen_waiting(self, upload_id: UploadId) -> bool:
        """Whether a look of this session saw its entry in Cerbo's queue."""
        return self._watcher.settling.moments.was_seen_waiting(upload_id)

    async def _look_for_preferred(self) -> None:
        if (patient_id := self._watcher.preferred) in self._followed_patients() and patient_id is not None:
            await self._watcher.look_to_end(patient_id)

    async def _look_for_others(self) -> None:
        for patient_id in self._followed_patients():
            if patient_id != self._watcher.preferred:
                await self._watcher.look_to_end(patient_id)

    def _followed_patients(self) -> Collection[PatientId]:
        """Whose photo has waited longest stands first."""
        return dict.fromkeys(each.recipient.id for each in self._store.feed.latest if each.is_followed).keys()
