"""An Enter that a person pressed before Cerbo had answered."""

from collections.abc import Callable

Then = Callable[[str], None]
"""Gets the id of the patient who was opened; empty where nobody was."""


class EarlyEnter:
    """Keeps the Enter until the answer is there, and what follows once it has opened somebody."""

    def __init__(self) -> None:
        self.is_kept = False
        self._then: Then | None = None

    def keep(self) -> None:
        """Keep an Enter that was pressed now."""
        self.is_kept = True

    def act_when_found(self, then: Then) -> None:
        """Call `then` once the kept Enter has opened somebody, or found nobody. It is dropped with the Enter."""
        self._then = then

    def forget(self) -> None:
        """Drop the Enter: the person went on typing, or opened somebody."""
        self.is_kept, self._then = False, None

    def take(self) -> tuple[bool, Then | None]:
        """Whether an Enter was kept, and what follows it; nothing is kept from then on."""
        taken = self.is_kept, self._then
        self.forget()
        return taken
