"""Whether Cerbo can be reached, learnt from every exchange; probes by itself only while it cannot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, repeat

from cerbo_desktop.domain.errors import (
    BadAnswer,
    BadAnswerKind,
    ServerError,
    SignedOut,
    Stalled,
    TlsFault,
    Unreachable,
    Untrusted,
)
from cerbo_desktop.domain.ports import CerboServer, Clock
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import Failed, TaskScope

_PROBE_WAITS_S = (5.0, 10.0, 20.0, 30.0, 60.0)


@dataclass(frozen=True, slots=True)
class Online:
    is_slow: bool = False
    """Photos are on their way, and come slowly."""


@dataclass(frozen=True, slots=True)
class Offline:
    since: datetime
    next_try_at: datetime


@dataclass(frozen=True, slots=True)
class Intercepted:
    """Something else answers in Cerbo's place, such as the sign-in page of a guest network."""

    since: datetime
    next_try_at: datetime


@dataclass(frozen=True, slots=True)
class KeyRefused:
    """401: nothing is tried again until a person acts, or the key would be locked out."""


@dataclass(frozen=True, slots=True)
class NotTrusted:
    fault: TlsFault
    issuer: str


ConnectionState = Online | Offline | Intercepted | KeyRefused | NotTrusted


class Connection:
    """The latest state in `feed`. `note` is told of the end of each exchange; `on_return` hears of coming back."""

    def __init__(self, clock: Clock, on_failure: Failed, on_return: Callable[[], None]) -> None:
        self.feed: Feed[ConnectionState] = Feed(Online())
        self._server: CerboServer | None = None
        self._clock = clock
        self._on_return = on_return
        self._scope = TaskScope("connection", on_failure)
        self._is_slow = False

    def probe_with(self, server: CerboServer) -> None:
        """The client reports to this object, so it can only be handed over once both exist."""
        self._server = server

    def note(self, error: ServerError | None) -> None:
        """What an exchange ended in; None where Cerbo answered."""
        match error:
            case Untrusted(fault=fault, issuer=issuer):
                self._lose(NotTrusted(fault, issuer))
            case SignedOut():
                self._lose(KeyRefused())
            case Stalled():
                self._look()
            case Unreachable():
                self._begin_probing(Offline)
            case BadAnswer(kind=BadAnswerKind.WEB_PAGE | BadAnswerKind.REDIRECT):
                self._begin_probing(Intercepted)
            case None:
                self._return()
            case _:
                pass

    def note_slow(self, is_slow: bool) -> None:
        """Whether photos come slowly."""
        self._is_slow = is_slow
        if isinstance(self.feed.latest, Online):
            self.feed.publish(Online(is_slow))

    def try_now(self) -> None:
        """A person asks for a try at once."""
        if not self._scope.is_closed:
            self._scope.start(self._probe_once(), key="try now")

    async def aclose(self) -> None:
        await self._scope.aclose()

    def _lose(self, state: KeyRefused | NotTrusted) -> None:
        self.feed.publish(state)

    def _begin_probing(self, kind: type[Offline] | type[Intercepted]) -> None:
        """Only from Online: a probe that fails the same way must not restart the waits."""
        if isinstance(self.feed.latest, Online) and not self._scope.is_closed:
            self._scope.start(self._probe(kind, self._clock.now()), key="probe")

    def _return(self) -> None:
        if not isinstance(self.feed.latest, Online):
            self.feed.publish(Online(self._is_slow))
            self._on_return()

    def _look(self) -> None:
        """One photo did not get on: that alone says nothing of the line, which is asked a short question."""
        if isinstance(self.feed.latest, Online) and not self._scope.is_closed and not self._scope.is_running("look"):
            self._scope.start(self._probe_once(), key="look")

    async def _probe(self, kind: type[Offline] | type[Intercepted], since: datetime) -> None:
        for wait_s in chain(_PROBE_WAITS_S, repeat(_PROBE_WAITS_S[-1])):
            self.feed.publish(kind(since, self._clock.now() + timedelta(seconds=wait_s)))
            await self._clock.sleep(wait_s)
            # Never cancelled from `note`: that runs inside the very request that the probe is waiting for.
            if isinstance(self.feed.latest, kind):
                await self._probe_once()
            if not isinstance(self.feed.latest, kind):
                return

    async def _probe_once(self) -> None:
        """Ask for one user; the answer reaches `note` by the client itself."""
        if self._server is not None:
            try:
                await self._server.can_list_users()
            except ServerError:
                return
