"""Thumbnails that could not be made, and when they are tried again."""

from collections.abc import Callable, Sequence

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.later_tries import LaterTries
from cerbo_desktop.services.photos.thumbnail_states import Failed, Loading, ThumbnailState
from cerbo_desktop.services.photos.wanted import Key


class FailedThumbnails:
    """Keeps what failed until a person asks for it again, or the line recovers."""

    def __init__(
        self,
        scope: TaskScope,
        may_try: Callable[[], bool],
        publish: Callable[[Key, ThumbnailState], None],
        again: Callable[[], None],
    ) -> None:
        """`publish` is told how it stands with a photo from now on; `again` starts what is wanted and didn't fail."""
        self._publish, self._again = publish, again
        self._failed: dict[Key, Failed] = {}
        self._is_in_trouble = False
        self._later = LaterTries(scope, self._retry_broken, may_try)

    def __contains__(self, key: object) -> bool:
        return key in self._failed

    def state(self, key: Key) -> ThumbnailState:
        """`Loading` for one that did not fail."""
        return self._failed.get(key, Loading())

    def note(self, key: Key, kind: FailureKind) -> None:
        """It failed."""
        if kind is FailureKind.NOT_LOADED and self._is_in_trouble:
            kind = FailureKind.BROKEN_OFF
        self._failed[key] = Failed(kind)
        self._publish(key, self._failed[key])
        if kind is FailureKind.BROKEN_OFF:
            self._later.note_failed()

    def note_ready(self) -> None:
        """A picture came: the next wait is short again."""
        self._later.note_ready()

    def note_trouble(self, is_passing: bool) -> None:
        """Whether Cerbo can't be reached for now, or is overloaded."""
        self._is_in_trouble = is_passing
        if is_passing:
            for key in [key for key, failed in self._failed.items() if failed.kind is FailureKind.NOT_LOADED]:
                self.note(key, FailureKind.NOT_LOADED)

    def retry(self, keys: Sequence[Key]) -> None:
        """Try these again, as soon as they are wanted."""
        for key in keys:
            if self._failed.pop(key, None) is not None:
                self._publish(key, Loading())
        self._again()

    def retry_all(self) -> None:
        """Try again whatever another try may help."""
        self.retry([key for key, failed in self._failed.items() if failed.kind is not FailureKind.CANNOT_SHOW])

    def _retry_broken(self) -> None:
        self.retry([key for key, failed in self._failed.items() if failed.kind is FailureKind.BROKEN_OFF])

    def forget(self, patient_id: PatientId) -> None:
        """Drop what failed of one patient."""
        self._failed = {key: failed for key, failed in self._failed.items() if key[0] != patient_id}

    def clear(self) -> None:
        self._failed = {}
