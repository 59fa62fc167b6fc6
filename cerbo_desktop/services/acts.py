"""The one place where acts are published, and followed: by the log, by faces and screens, by an audit."""

from collections.abc import Callable

from cerbo_desktop.domain.acts import Act, Done, OutcomeKnown
from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope

ActReader = Callable[[Done], None]


class Acts:
    """Readers hear of each act at once, in the order in which they subscribed.

    A reader that fails stops neither the act nor the other readers: the scope's failure handler hears of it.
    """

    def __init__(self, clock: Clock, scope: TaskScope, person: Person = NOBODY) -> None:
        self.person = person
        """Who acts at this PC from now on."""
        self._clock, self._scope = clock, scope
        self._readers: list[ActReader] = []

    def publish(self, act: Act) -> None:
        """Tell every reader that this was done, now and by the person at this PC."""
        by = NOBODY if isinstance(act, OutcomeKnown) else self.person
        done = Done(act, self._clock.now(), by)
        for reader in tuple(self._readers):
            with self._scope.reporting():
                reader(done)

    def subscribe(self, reader: ActReader) -> Callable[[], None]:
        """Tell `reader` of each act from now on. Returns the function that ends it."""
        self._readers.append(reader)
        return lambda: self._readers.remove(reader) if reader in self._readers else None
