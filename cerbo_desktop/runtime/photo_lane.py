"""In which order whole photos are fetched.

Photos share a line badly: each of four takes four times as long, and the first picture is late. So they go one after
the other, until the line has shown that it can carry more.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence, Set
from contextlib import ExitStack, asynccontextmanager

from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.line_rate import SAMPLE_BYTES, LineRate

_AT_ONCE_S = 0.25
"""A small photo whose bytes come within so long waited for its answer and not for the line, which has room then."""
_MOST_PASSED_OVER = 8
_CLASSES = {Urgency.NOW: 0, Urgency.VISIBLE: 1}
_OUT_OF_SIGHT = 2

Hold = Callable[[bool], None]


class Turn:
    """One photo's turn: its permission to be fetched, from its admission to the end of its block."""

    def __init__(self, urgency: DynamicUrgency, order: int) -> None:
        self.urgency, self.order = urgency, order
        self.changed = order
        """When it became as urgent as it is, in the count of the lane."""
        self.is_large = False
        """Larger than what goes beside others on a line that has not shown that it can carry more."""
        self.admitted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.was_passed_over = False
        """It has its place because others went before it for long enough: only a person who waits takes it away."""
        self._is_held = False
        self._hold: Hold | None = None

    @property
    def is_inside(self) -> bool:
        """Whether the photo may be fetched now: the lane has admitted it."""
        return self.admitted.done() and not self.admitted.cancelled()

    @property
    def is_held(self) -> bool:
        """Whether the photo has to stand still for a more urgent one."""
        return self._is_held

    def obey(self, hold: Hold | None) -> None:
        """Name who stops the photo and lets it go on, which is told at once where it has to stand still. None: it has
        ended."""
        self._hold = hold
        if hold is not None and self._is_held:
            hold(True)

    def set_held(self, is_held: bool) -> None:
        """Stop the photo, or let it go on."""
        if is_held != self._is_held:
            self._is_held = is_held
            if self._hold is not None:
                self._hold(is_held)


class PhotoLane:
    """Lets photos in: the most urgent first, and equals in the order in which they came.

    One at a time; two once the line has shown 2.5 MB/s; `most` once nothing in view waits any more, and for small
    photos that are there at once. A person who waits for a photo is never kept waiting: it goes in beside the others,
    and they stand still until it is there. Where several are waited for, that is the one that was opened last: a person
    looks at one. In the same way what is out of sight stands still for what is in view.

    `on_slow` hears whether photos come slowly, while any do.
    """

    def __init__(self, rate: LineRate, most: int, on_slow: Callable[[bool], None] = lambda _: None) -> None:
        self.rate = rate
        self._most = most
        self._on_slow = on_slow
        self._is_slow = False
        self._are_small = False
        self._turns: list[Turn] = []
        self._came_count = 0
        self._passed_over = 0

    @asynccontextmanager
    async def turn(self, urgency: Urgency | DynamicUrgency) -> AsyncIterator[Turn]:
        """Wait for a turn and hold it while the block runs. Cancelling at any moment gives it back."""
        dynamic = urgency if isinstance(urgency, DynamicUrgency) else DynamicUrgency(urgency)
        self._came_count += 1
        turn = Turn(dynamic, self._came_count)
        with ExitStack() as leaving:
            leaving.callback(self._leave, turn)
            leaving.enter_context(dynamic.notifying(lambda _: self._note_change(turn)))
            self._turns.append(turn)
            self.look()
            await turn.admitted
            yield turn

    def note_whole(self, size_bytes: int, took_s: float) -> None:
        """Note that a photo of `size_bytes` is here, `took_s` after its answer began."""
        is_any_large = any(turn.is_large for turn in self._turns)
        self._are_small = size_bytes <= SAMPLE_BYTES and took_s < _AT_ONCE_S and not is_any_large
        self.look()

    def note_size(self, turn: Turn, size_bytes: int) -> None:
        """Note that a photo has brought `size_bytes`, or says that it will. One large photo tells that not all are
        small."""
        if size_bytes > SAMPLE_BYTES and not turn.is_large:
            turn.is_large = True
            self._are_small = False
            self.look()

    def forget_sizes(self) -> None:
        """Other photos come now: nobody knows how large those are."""
        self._are_small = False

    def look(self) -> None:
        """Look whether the line has shown something new, and admit whoever may go in now."""
        is_slow = self.rate.is_slow and bool(self._turns)
        if is_slow != self._is_slow:
            self._is_slow = is_slow
            self._on_slow(is_slow)
        self._settle()

    def _leave(self, turn: Turn) -> None:
        turn.obey(None)
        self._turns.remove(turn)
        self.look()

    def _note_change(self, turn: Turn) -> None:
        self._came_count += 1
        turn.changed = self._came_count
        self._settle()

    def _settle(self) -> None:
        """Who has to stand still does, who need not goes on, and who may goes in."""
        self._hold()
        while (turn := self._next()) is not None:
            self._note_passing(turn)
            turn.admitted.set_result(None)
            self._hold()

    def _hold(self) -> None:
        """First those who stop, then those who go on."""
        inside = [turn for turn in self._turns if turn.is_inside]
        going = self._going(inside)
        for turn in sorted(inside, key=going.__contains__):
            turn.set_held(turn not in going)

    def _going(self, inside: Sequence[Turn]) -> Set[Turn]:
        """Who need not stand still. Whoever goes already is not stopped for an equal, unless a large photo is among
        them: that would share the line for long."""
        opened = self._opened()
        if opened is not None:
            return {opened}
        first = min((_class_of(turn) for turn in self._turns), default=_OUT_OF_SIGHT)
        able = [turn for turn in inside if turn.was_passed_over or _class_of(turn) == first]
        able.sort(key=lambda turn: (turn.is_held, not turn.was_passed_over, _place_of(turn)))
        most = self._width()
        if not any(turn.is_large for turn in able):
            most = max(most, sum(not turn.is_held for turn in able))
        return set(able[:most])

    def _opened(self) -> Turn | None:
        """The photo that a person waits for: of several, the one that was opened last."""
        opened = (turn for turn in self._turns if turn.urgency.now is Urgency.NOW)
        return max(opened, key=lambda turn: turn.changed, default=None)

    def _next(self) -> Turn | None:
        waiting = sorted((turn for turn in self._turns if not turn.admitted.done()), key=_place_of)
        if not waiting:
            return None
        opened = self._opened()
        if opened is not None:
            return opened if opened in waiting else None
        first = waiting[0]
        if sum(turn.is_inside and not turn.is_held for turn in self._turns) >= self._width():
            return None
        if self._passed_over >= _MOST_PASSED_OVER:
            return next((turn for turn in waiting if turn.urgency.now >= Urgency.OUTBOX), first)
        return first

    def _width(self) -> int:
        if self._are_small:
            return self._most
        if not self.rate.is_fast:
            return 1
        return 2 if any(turn.urgency.now is Urgency.VISIBLE for turn in self._turns) else self._most

    def _note_passing(self, turn: Turn) -> None:
        """Pictures go before the outbox and the background, but not for as long as somebody scrolls."""
        waits = any(
            other is not turn and not other.is_inside and other.urgency.now >= Urgency.OUTBOX for other in self._turns
        )
        turn.was_passed_over = turn.urgency.now >= Urgency.OUTBOX and self._passed_over >= _MOST_PASSED_OVER
        self._passed_over = self._passed_over + 1 if waits and turn.urgency.now < Urgency.OUTBOX else 0


def _class_of(turn: Turn) -> int:
    return _CLASSES.get(turn.urgency.now, _OUT_OF_SIGHT)


def _place_of(turn: Turn) -> tuple[Urgency, int]:
    return turn.urgency.now, turn.order
