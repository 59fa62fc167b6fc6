"""Puts the connection's state into the strip, in words, with a countdown to the next try."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
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
from cerbo_desktop.ui.navigator import Navigator
from cerbo_desktop.ui.text import common, connection as text

if TYPE_CHECKING:
    from cerbo_desktop.ui.connection.view import ConnectionStrip

_LONGEST_WAIT_S = 60.0
_GOING = (UploadState.QUEUED, UploadState.SENDING)


class ConnectionPresenter:
    """Shows the strip while Cerbo can't be reached, and in how many seconds it is tried again."""

    def __init__(
        self,
        strip: ConnectionStrip,
        connection: Connection,
        uploads: Feed[tuple[Upload, ...]],
        clock: Clock,
        scope: TaskScope,
        navigator: Navigator,
    ) -> None:
        self._strip, self._connection = strip, connection
        self._uploads, self._clock = uploads, clock
        self._scope = scope.child("connection strip")
        strip.try_wanted.connect(connection.try_now)
        strip.settings_wanted.connect(navigator.open_setup)
        self._endings = (
            connection.feed.subscribe(self._show),
            uploads.subscribe(lambda _: self._show_words(connection.feed.latest), replay=False),
        )

    async def aclose(self) -> None:
        """Follow the connection no more."""
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
            case Offline(since=since, stopped_at=stopped_at):
                words = text.offline_text(self._going_count, self._asking_count, stopped_at)
                self._trouble(text.offline(self._local(since)), words)
            case Intercepted(since=since, is_proxy=is_proxy):
                answering = text.proxy_text if is_proxy else text.not_cerbo_text
                words = answering(self._local(since), self._going_count, self._asking_count)
                self._trouble(text.not_cerbo(), words)
            case Busy():
                words = text.busy_text(self._going_count)
                self._strip.show_trouble(common.cerbo_is_busy(), words, can_set_up=False, icon="waiting")
            case KeyRefused():
                self._strip.show_trouble(text.key_not_accepted(), text.key_not_accepted_text(), can_set_up=True)
            case NotTrusted(fault=fault, issuer=issuer):
                words = text.not_verified_text(fault, issuer)
                self._strip.show_trouble(text.not_verified(), words, can_set_up=True)
            case _:
                assert_never(state)

    def _trouble(self, title: str, words: str) -> None:
        self._strip.show_trouble(title, words, can_set_up=False, icon="offline")

    @property
    def _asking_count(self) -> int:
        """Unsent photos that a person has to decide about first."""
        return sum(upload.is_unsent and upload.needs_person for upload in self._uploads.latest)

    @property
    def _going_count(self) -> int:
        """Photos that are sent automatically."""
        return sum(upload.state in _GOING and not upload.needs_person for upload in self._uploads.latest)

    def _local(self, moment: datetime) -> datetime:
        return self._clock.local(moment)

    async def _count_down(self, until: datetime) -> None:
        countdown = Countdown(self._clock, _LONGEST_WAIT_S)
        while (left_s := countdown.left_s(until)) > 0:
            self._strip.show_next_try(round(left_s))
            await self._clock.sleep(min(1.0, left_s))
        self._strip.show_next_try(0)
