"""Puts the connection's state into the strip, in words, with a countdown to the next try."""

from datetime import datetime
from typing import Protocol, assert_never

from cerbo_desktop.domain.errors import TlsFault
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.runtime.signals import Signal
from cerbo_desktop.services.connection import (
    Busy,
    Connection,
    ConnectionState,
    Intercepted,
    KeyRefused,
    NotTrusted,
    Offline,
    Online,
)
from cerbo_desktop.ui.kit.countdown import Countdown
from cerbo_desktop.ui.kit.phrases import clock as time_of_day, count
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.text import cerbo

_TLS_WORDS = {
    TlsFault.EXPIRED: "Its certificate has expired, or this PC’s clock is wrong.",
    TlsFault.NOT_YET_VALID: "Its certificate is not valid yet, or this PC’s clock is wrong.",
    TlsFault.WRONG_HOST: "Its certificate belongs to another address.",
    TlsFault.UNKNOWN_ISSUER: "Nobody whom this PC trusts has issued its certificate.",
    TlsFault.OTHER: "The secure connection failed.",
}

_LONGEST_WAIT_S = 60.0
_GOING = (UploadState.QUEUED, UploadState.SENDING)


class StripView(Protocol):
    @property
    def try_wanted(self) -> Signal: ...
    @property
    def settings_wanted(self) -> Signal: ...
    def show_trouble(self, title: str, text: str, *, can_set_up: bool, icon: str | None = None) -> None: ...
    def show_next_try(self, seconds: int | None) -> None: ...
    def show_nothing(self) -> None: ...


class ConnectionPresenter:
    def __init__(
        self,
        strip: StripView,
        connection: Connection,
        uploads: Feed[tuple[Upload, ...]],
        clock: Clock,
        scope: TaskScope,
        navigator: Navigator,
    ) -> None:
        self._strip, self._connection, self._uploads, self._clock = strip, connection, uploads, clock
        self._scope = scope.child("connection strip")
        strip.try_wanted.connect(connection.try_now)
        strip.settings_wanted.connect(navigator.open_setup)
        self._endings = (
            connection.feed.subscribe(self._show),
            uploads.subscribe(lambda _: self._show_words(connection.feed.latest), replay=False),
        )

    async def aclose(self) -> None:
        for end in self._endings:
            end()
        self._strip.show_nothing()
        await self._scope.aclose()

    def _show(self, state: ConnectionState) -> None:
        self._show_words(state)
        if isinstance(state, Offline | Intercepted | Busy):
            self._scope.start(self._count_down(state.next_try_at), key="countdown")
        else:
            self._scope.cancel("countdown")
            self._strip.show_next_try(None)

    def _show_words(self, state: ConnectionState) -> None:
        match state:
            case Online():
                self._strip.show_nothing()
            case Offline(since=since):
                self._trouble(f"Offline since {self._time(since)}", f"Keep working. {self._unsent_words()}".strip())
            case Intercepted(since=since):
                text = (
                    f"Another page answers in Cerbo’s place since {self._time(since)}. Sign in to this network first."
                )
                self._trouble("Not Cerbo", f"{text} {self._unsent_words()}".strip())
            case Busy():
                text = cerbo.busy_words(self._going_count)
                self._strip.show_trouble(cerbo.BUSY_TITLE, text, can_set_up=False, icon="waiting")
            case KeyRefused():
                text = "Cerbo does not take this key and secret. Nothing is tried again until somebody checks them."
                self._strip.show_trouble("Key not accepted", text, can_set_up=True)
            case NotTrusted(fault=fault, issuer=issuer):
                issued = f" Issued by {issuer}." if issuer else ""
                text = f"{_TLS_WORDS[fault]}{issued} Nothing was sent. Ask your IT."
                self._strip.show_trouble("This may not be Cerbo", text, can_set_up=True)
            case _:
                assert_never(state)

    def _trouble(self, title: str, text: str) -> None:
        self._strip.show_trouble(title, text, can_set_up=False, icon="offline")

    def _unsent_words(self) -> str:
        """Of those that go out by themselves, and of those that a person has to decide about first."""
        asking = sum(upload.is_unsent and upload.needs_person for upload in self._uploads.latest)
        going = self._going_count
        said = []
        if going:
            photos = "1 photo is" if going == 1 else f"{going} photos are"
            when = "when the connection returns"
            said.append(f"{photos} saved and encrypted on this PC and will be sent automatically {when}.")
        if asking:
            said.append(f"{count(asking, 'photo')} need{'s' if asking == 1 else ''} you: see Needs attention.")
        return " ".join(said)

    @property
    def _going_count(self) -> int:
        return sum(upload.state in _GOING and not upload.needs_person for upload in self._uploads.latest)

    def _time(self, moment: datetime) -> str:
        return time_of_day(self._clock.local(moment))

    async def _count_down(self, until: datetime) -> None:
        countdown = Countdown(self._clock, _LONGEST_WAIT_S)
        while (left_s := countdown.left_s(until)) > 0:
            self._strip.show_next_try(round(left_s))
            await self._clock.sleep(min(1.0, left_s))
        self._strip.show_next_try(0)
