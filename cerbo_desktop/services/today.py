"""Today's visits, kept fresh: who is here, who is coming, who was here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from cerbo_desktop.domain.appointment import Appointment, Provider, VisitStage
from cerbo_desktop.domain.errors import Forbidden, Overloaded, ServerError, SignedOut
from cerbo_desktop.domain.ids import PatientId, UserId
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle

REFRESH_S = 30.0
NOT_ALLOWED_WAIT_S = 300.0
"""A key that may not read appointments will hardly be allowed to within half a minute."""
MAX_VISITS = 500
"""On one day's board: more than any clinic has, and what the window can take in at once."""
MISSED_AFTER = timedelta(hours=1)
"""A visit over for so long and never checked in counts as an earlier one."""
_ONE_DAY = timedelta(days=1)


_HERE_NOW = (VisitStage.CHECKED_IN, VisitStage.OTHER, VisitStage.IN_ROOM)


class BoardState(Enum):
    """How today's board stands."""

    LOADING = "loading"
    READY = "ready"
    OLD = "old"
    """The last try failed, or the key is refused; the visits shown were true at `as_of`."""
    FAILED = "failed"
    """Nothing could be read yet."""
    BUSY = "busy"
    """The same, because Cerbo is overloaded."""
    NOT_ALLOWED = "not allowed"
    """Visits that the key could read earlier that day are still shown."""


@dataclass(frozen=True, slots=True)
class Board:
    """The visits of one local day in the order they are shown. Cancelled ones are left out."""

    day: date
    state: BoardState = BoardState.LOADING
    here_now: tuple[Appointment, ...] = ()
    """Checked in first, then those whose status is the clinic's own, then in room, each by time."""
    coming_up: tuple[Appointment, ...] = ()
    earlier: tuple[Appointment, ...] = ()
    providers: tuple[Provider, ...] = ()
    """Everyone with a visit on the board, by name; the filter does not shorten it."""
    as_of: datetime | None = None
    """Aware UTC: when Cerbo last answered."""
    is_complete: bool = True
    """False where Cerbo listed more visits than are read, or went on listing the same."""
    unreadable_count: int = 0
    """Entries of Cerbo's calendar that could not be read; of which day they are is not known."""

    @property
    def visits(self) -> tuple[Appointment, ...]:
        return self.here_now + self.coming_up + self.earlier

    @property
    def has_everybody(self) -> bool:
        """Whoever is not on it had no visit that day when Cerbo last answered."""
        was_read = self.state in (BoardState.READY, BoardState.OLD)
        return was_read and self.is_complete and not self.unreadable_count

    @property
    def is_empty(self) -> bool:
        return not self.visits

    def of_provider(self, provider_id: UserId | None) -> "Board":
        """Only this provider's visits; None for everyone's."""
        if provider_id is None:
            return self
        here, coming, earlier = (
            tuple(visit for visit in group if any(each.id == provider_id for each in visit.providers))
            for group in (self.here_now, self.coming_up, self.earlier)
        )
        return replace(self, here_now=here, coming_up=coming, earlier=earlier)


class Today:
    """Asks again every half minute and keeps the last good board when Cerbo cannot be reached."""

    def __init__(self, server: CerboServer, clock: Clock, scope: TaskScope) -> None:
        self._server = server
        self._clock = clock
        self._scope = scope.child("today")
        self._visits: tuple[Appointment, ...] | None = None
        self._read_on = self._local_day()
        self._as_of: datetime | None = None
        self._is_complete, self._unreadable_count = True, 0
        self._may_read = True
        self._looks = Throttle(self._scope, self._look)
        self.feed: Feed[Board] = Feed(Board(self._local_day()))

    def start(self) -> None:
        """Ask now, and from then on by itself. Needs a running loop."""
        self.refresh()

    def refresh(self) -> None:
        """Ask at once; the half minute starts anew."""
        if not self._scope.is_closed:
            self._scope.start(self._keep_fresh(), key="refresh")

    def look_again(self) -> None:
        """Ask at once for a person. While Cerbo is being asked already, it is asked once more after that."""
        self._looks.ask()

    def try_again(self) -> None:
        """Ask at once where the last try failed."""
        if self.feed.latest.state in (BoardState.OLD, BoardState.FAILED, BoardState.BUSY):
            self.refresh()

    def visit_of(self, patient_id: PatientId) -> Appointment | None:
        """This patient's visit today: the one going on, else the next, else the last one."""
        board = self.feed.latest
        for group in (board.here_now, board.coming_up, tuple(reversed(board.earlier))):
            for visit in group:
                if visit.patient.id == patient_id:
                    return visit
        return None

    async def aclose(self) -> None:
        await self._scope.aclose()

    async def _keep_fresh(self) -> None:
        await self._go_on(await self._ask())

    async def _go_on(self, wait_s: float | None) -> None:
        while wait_s is not None:
            await self._clock.sleep(wait_s)
            wait_s = await self._ask()

    async def _look(self) -> None:
        self._scope.cancel("refresh")
        self._scope.start(self._go_on(await self._ask()), key="refresh")

    async def _ask(self) -> float | None:
        """Read the calendar once, publish what is known now; the seconds to wait before the next time.

        None after a refused key: asking on by itself could lock it out, so that only `refresh` asks again.

        Yesterday to tomorrow, because the zone of the server's bounds is unknown (contract 8.1).
        """
        day = self._local_day()
        wait_s: float | None = REFRESH_S
        failed: BoardState | None = BoardState.FAILED
        try:
            listing = await self._server.appointments(day - _ONE_DAY, day + _ONE_DAY)
            self._visits, self._is_complete = listing.items, listing.is_complete
            self._read_on = day
            self._unreadable_count = listing.unreadable_count
            self._as_of, self._may_read, failed = self._clock.now(), True, None
        except Forbidden:
            self._may_read = False
            wait_s = NOT_ALLOWED_WAIT_S
        except SignedOut:
            wait_s = None
        except Overloaded as error:
            wait_s, failed = max(REFRESH_S, error.retry_after_s or 0.0), BoardState.BUSY
        except ServerError:
            pass
        self.feed.publish(self._board(failed))
        return wait_s

    def _board(self, failed: BoardState | None) -> Board:
        day = self._local_day()
        if self._visits is None or abs(day - self._read_on) > _ONE_DAY:
            return Board(day, (failed or BoardState.FAILED) if self._may_read else BoardState.NOT_ALLOWED)
        state = BoardState.OLD if failed is not None else BoardState.READY
        todays = [visit for visit in self._visits if self._clock.local(visit.starts_at).date() == day]
        board = arranged(todays[:MAX_VISITS], day, self._clock.now())
        if not self._may_read:
            return replace(board, state=BoardState.NOT_ALLOWED, as_of=self._as_of)
        is_complete = self._is_complete and len(todays) <= MAX_VISITS
        board = replace(board, is_complete=is_complete, unreadable_count=self._unreadable_count)
        return replace(board, state=state, as_of=self._as_of)

    def _local_day(self) -> date:
        return self._clock.local(self._clock.now()).date()


def arranged(visits: Iterable[Appointment], day: date, now: datetime) -> Board:
    """Put one day's visits into their groups; the same visit only once."""
    groups: dict[str, list[Appointment]] = {"here": [], "coming": [], "earlier": []}
    shown = {visit.id: visit for visit in visits if visit.stage is not VisitStage.CANCELLED}
    for visit in sorted(shown.values(), key=lambda visit: (visit.starts_at, visit.patient.full_name, visit.id)):
        groups[_group_of(visit, now)].append(visit)
    # Sorting is stable: within a stage the order by time stays.
    groups["here"].sort(key=lambda visit: _HERE_NOW.index(visit.stage))
    providers = {provider.id: provider for visit in shown.values() for provider in visit.providers}
    return Board(
        day,
        BoardState.READY,
        tuple(groups["here"]),
        tuple(groups["coming"]),
        tuple(groups["earlier"]),
        tuple(sorted(providers.values(), key=lambda provider: (provider.name.casefold(), provider.id))),
    )


def _group_of(visit: Appointment, now: datetime) -> str:
    """A status of the clinic's own, such as "Waiting-Labs", is given to those who came: once its time has begun, they
    are here."""
    if visit.stage in (VisitStage.CHECKED_IN, VisitStage.IN_ROOM):
        return "here"
    is_missed = (visit.ends_at or visit.starts_at) + MISSED_AFTER < now
    if visit.stage is VisitStage.DONE or is_missed:
        return "earlier"
    return "here" if visit.stage is VisitStage.OTHER and visit.status_words and visit.starts_at <= now else "coming"
