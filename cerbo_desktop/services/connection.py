"""Whether Cerbo can be reached, learnt from every exchange; probes by itself only while it cannot."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, repeat

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    Overloaded,
    ServerError,
    SignedOut,
    Stalled,
    StoppedAt,
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.limits import SHORT_PAUSE_S
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.throttle import Throttle
from cerbo_desktop.services.reconnect_backoff import ReconnectBackoff

_LOOK_EVERY_S = 5.0
_BUSY_PROBE_S = 5.0
"""After a probe that told neither that Cerbo is well again nor how long it is not."""


@dataclass(frozen=True, slots=True)
class Online:
    """Cerbo answers."""

    is_slow: bool = False
    """Photos are on their way, and come slowly."""


@dataclass(frozen=True, slots=True)
class Offline:
    """Cerbo cannot be reached. `stopped_at` is how far the last try got that told."""

    since: datetime
    next_try_at: datetime
    stopped_at: StoppedAt | None = None


@dataclass(frozen=True, slots=True)
class Intercepted:
    """Something else answers in Cerbo's place: a proxy, or a page such as the sign-in of a guest network."""

    since: datetime
    next_try_at: datetime
    is_proxy: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """Cerbo is overloaded and asked for a wait."""

    since: datetime
    next_try_at: datetime


@dataclass(frozen=True, slots=True)
class KeyRefused:
    """401: nothing is tried again until a person acts, or the key would be locked out."""


@dataclass(frozen=True, slots=True)
class NotTrusted:
    """The certificate is not to be trusted; `issuer` is who issued it, empty where that is not known."""

    fault: TlsFault
    issuer: str


PASSING = (Offline, Intercepted, Busy)
"""Troubles that end without anybody's doing, as far as is known: what failed is asked for again then."""
ConnectionState = Online | Offline | Intercepted | Busy | KeyRefused | NotTrusted


class Connection:
    """The latest state in `feed`. `note` is told of the end of each exchange, `on_return` of a trouble that is over.

    After a recovery that did not last `on_return` hears of the next one later, and only if that one lasts until then:
    whoever asks everything again may be what brings the trouble back.
    """

    def __init__(self, clock: Clock, scope: TaskScope, on_return: Callable[[ConnectionState], None]) -> None:
        self.feed: Feed[ConnectionState] = Feed(Online())
        self._server: CerboServer | None = None
        self._clock = clock
        self._on_return = on_return
        self._scope = scope.child("connection")
        self._is_slow = False
        self._busy_until_s = 0.0
        self._backoff = ReconnectBackoff(clock)
        self._over: ConnectionState | None = None
        """The trouble that `on_return` has still to hear of."""
        self._looked_s: float | None = None
        self._stopped_at: StoppedAt | None = None
        self._is_proxy = False
        self._tries = Throttle(self._scope, self._probe_once)

    def probe_with(self, server: CerboServer) -> None:
        """The client reports to this object, so it can only be handed over once both exist."""
        self._server = server

    def note(self, error: ServerError | None) -> None:
        """Take in how an exchange ended; None where Cerbo answered."""
        match error:
            case Untrusted(fault=fault, issuer=issuer):
                self._lose(NotTrusted(fault, issuer))
            case SignedOut():
                self._lose(KeyRefused())
            case Stalled():
                self._look()
            case Unreachable(stopped_at=stopped_at):
                self._lose_line(stopped_at)
            case BadAnswer(kind=BadAnswerKind.WEB_PAGE | BadAnswerKind.REDIRECT | BadAnswerKind.PROXY as kind):
                self._is_proxy = kind is BadAnswerKind.PROXY
                self._begin_probing(Intercepted)
            case Overloaded(retry_after_s=left_s):
                self._wait_for_calm(left_s or 0.0)
            case None:
                self._return()
            case _:
                pass

    def note_slow(self, is_slow: bool) -> None:
        """Take in whether photos come slowly."""
        self._is_slow = is_slow
        if isinstance(self.feed.latest, Online):
            self.feed.publish(Online(is_slow))

    def try_now(self) -> None:
        """Try at once, since a person asks for it."""
        self._backoff.forget()
        self._tries.ask()

    async def aclose(self) -> None:
        await self._scope.aclose()

    def _lose(self, state: KeyRefused | NotTrusted) -> None:
        self._note_trouble()
        self.feed.publish(state)

    def _note_trouble(self) -> None:
        if isinstance(self.feed.latest, Online):
            self._backoff.end()
            self._scope.cancel("return")

    def _lose_line(self, stopped_at: StoppedAt | None) -> None:
        if stopped_at is not None or not isinstance(self.feed.latest, Offline):
            self._stopped_at = stopped_at
        self._begin_probing(Offline)
        if isinstance(known := self.feed.latest, Offline) and known.stopped_at is not self._stopped_at:
            self.feed.publish(replace(known, stopped_at=self._stopped_at))

    def _begin_probing(self, kind: type[Offline] | type[Intercepted]) -> None:
        """Not from the like: a probe that fails the same way must not restart the waits."""
        if isinstance(self.feed.latest, Online | Busy) and not self._scope.is_closed:
            self._note_trouble()
            self._scope.start(self._probe(kind, self._clock.now()), key="probe")

    def _return(self) -> None:
        trouble = self.feed.latest
        if not isinstance(trouble, Online):
            # What was held back is for a lost line, and an overload asks for less.
            self._over = trouble if self._over is None or isinstance(self._over, Busy) else self._over
            self._backoff.begin()
            self.feed.publish(Online(self._is_slow))
            if (wait_s := self._backoff.reload_wait_s) == 0.0:
                self._report_recovery()
            elif not self._scope.is_closed:
                self._scope.start(self._return_later(wait_s), key="return")

    async def _return_later(self, wait_s: float) -> None:
        await self._clock.sleep(wait_s)
        self._report_recovery()

    def _report_recovery(self) -> None:
        over, self._over = self._over, None
        if over is not None:
            self._on_return(over)

    def _wait_for_calm(self, left_s: float) -> None:
        """A short pause is not worth a word, unless one is being told of."""
        state = self.feed.latest
        is_short = isinstance(state, Online) and left_s <= SHORT_PAUSE_S
        if is_short or isinstance(state, KeyRefused | NotTrusted) or self._scope.is_closed:
            return
        self._note_trouble()
        self._busy_until_s = self._clock.elapsed_s() + left_s
        now = self._clock.now()
        self.feed.publish(Busy(state.since if isinstance(state, Busy) else now, now + timedelta(seconds=left_s)))
        if not self._scope.is_running("calm"):
            self._scope.start(self._probe_for_calm(), key="calm")

    async def _probe_for_calm(self) -> None:
        """What waits for Cerbo tries by itself; where nothing waits, this finds out."""
        while self._is_busy():
            while (left_s := self._busy_until_s - self._clock.elapsed_s()) > 0:
                await self._clock.sleep(left_s)  # it may be told of a longer one meanwhile
            if not self._is_busy():
                return
            await self._probe_once()
            if self._is_busy() and self._busy_until_s <= self._clock.elapsed_s():
                self._wait_for_calm(_BUSY_PROBE_S)

    def _is_busy(self) -> bool:
        return isinstance(self.feed.latest, Busy)

    def _look(self) -> None:
        """One thing did not get on: that alone says nothing of the line, which is asked a short question."""
        if isinstance(self.feed.latest, Online) and not self._scope.is_closed and not self._scope.is_running("look"):
            self._scope.start(self._look_in_time(), key="look")

    async def _look_in_time(self) -> None:
        """A day's list of charts that fail one after the other is no reason to ask as often."""
        if self._looked_s is not None and (left_s := self._looked_s + _LOOK_EVERY_S - self._clock.elapsed_s()) > 0:
            await self._clock.sleep(left_s)
        if isinstance(self.feed.latest, Online):
            await self._probe_once()
            self._looked_s = self._clock.elapsed_s()

    async def _probe(self, kind: type[Offline] | type[Intercepted], since: datetime) -> None:
        waits_s = self._backoff.probe_waits_s
        for wait_s in chain(waits_s, repeat(waits_s[-1])):
            next_try_at = self._clock.now() + timedelta(seconds=wait_s)
            if kind is Offline:
                self.feed.publish(Offline(since, next_try_at, self._stopped_at))
            else:
                self.feed.publish(Intercepted(since, next_try_at, self._is_proxy))
            await self._clock.sleep(wait_s)
            # Never cancelled from `note`: that runs inside the very request that the probe is waiting for.
            if isinstance(self.feed.latest, kind):
                await self._probe_once()
            if not isinstance(self.feed.latest, kind):
                return

    async def _probe_once(self) -> None:
        """The answer reaches `note` by the client itself."""
        if self._server is not None:
            try:
                await self._server.probe()
            except ServerError:
                return
