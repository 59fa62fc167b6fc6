"""The one place where acts are published, and followed: by the log, by faces and screens, by an audit."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from cerbo_desktop.domain.account import Clinic
from cerbo_desktop.domain.acts import Act, Done, OutcomeKnown
from cerbo_desktop.domain.person import NOBODY, Person
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope

ActReader = Callable[[Done], None]


@dataclass(slots=True)
class _Shared:
    """What is the same for every clinic."""

    person: Person
    readers: list[ActReader] = field(default_factory=list)


class Acts:
    """Readers hear of each act at once, in the order in which they subscribed.

    A reader that fails stops neither the act nor the other readers: the scope's failure handler hears of it.
    """

    def __init__(self, clock: Clock, scope: TaskScope, person: Person = NOBODY) -> None:
        self._clock, self._scope = clock, scope
        self._shared = _Shared(person)
        self._clinic: Clinic | None = None

    @property
    def person(self) -> Person:
        """Who acts at this PC now, in whichever clinic."""
        return self._shared.person

    @person.setter
    def person(self, person: Person) -> None:
        self._shared.person = person

    def of(self, clinic: Clinic) -> "Acts":
        """Acts with the same person and the same readers; whatever is published through them was done in `clinic`."""
        acts = copy(self)
        acts._clinic = clinic
        return acts

    def publish(self, act: Act) -> None:
        """Tell every reader that this was done, now and by the person at this PC."""
        by = NOBODY if isinstance(act, OutcomeKnown) else self.person
        done = Done(act, self._clock.now(), by, self._clinic)
        for reader in tuple(self._shared.readers):
            with self._scope.reporting():
                reader(done)

    def subscribe(self, reader: ActReader) -> Callable[[], None]:
        """Tell `reader` of each act from now on, of every clinic. Returns the function that ends it."""
        readers = self._shared.readers
        readers.append(reader)
        return lambda: readers.remove(reader) if reader in readers else None
