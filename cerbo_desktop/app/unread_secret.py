"""Key and secret were set up, and the password store does not give them yet: says so, and goes on when it does."""

from collections.abc import Awaitable, Callable

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.ports import Clock
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.credentials import Credentials
from cerbo_desktop.services.uploads.periodic_retry import PeriodicRetry
from cerbo_desktop.services.uploads.reopenable_outbox import CountWaiting
from cerbo_desktop.ui.text.closed_outbox import why_secret_unread
from cerbo_desktop.ui.uploads.closed_strip import ClosedStrip
from cerbo_desktop.ui.window import MainWindow

ReadCredentials = Callable[[], Awaitable[Credentials | None]]


class UnreadSecret:
    """The strip over the setup page, from `show` until `aclose`. `on_read` gets the credentials once they can be
    read."""

    def __init__(
        self,
        window: MainWindow,
        read: ReadCredentials,
        count_waiting: CountWaiting,
        clock: Clock,
        scope: TaskScope,
        on_read: Callable[[Credentials], None],
    ) -> None:
        self._window, self._read = window, read
        self._count_waiting, self._on_read = count_waiting, on_read
        self._strip = ClosedStrip()
        self._retry = PeriodicRetry("unread secret", self._try, clock, scope)
        window.add_strip(self._strip)
        window.activated.connect(self._retry.try_now)
        self._strip.try_wanted.connect(self._retry.try_now)

    async def show(self, reason: NotSafeReason) -> None:
        """Show why the secret could not be read, and try again from time to time."""
        self._strip.show_words(*why_secret_unread(reason, await self._count()))
        self._retry.wait()

    async def aclose(self) -> None:
        """Take the strip away and try no more."""
        self._window.activated.disconnect(self._retry.try_now)
        await self._retry.aclose()
        self._strip.setParent(None)
        self._strip.deleteLater()

    async def _try(self) -> bool:
        try:
            credentials = await self._read()
        except NotSafe as failure:
            self._strip.show_words(*why_secret_unread(failure.reason, await self._count()))
            return False
        if credentials is None:
            return False
        self._on_read(credentials)
        return True

    async def _count(self) -> int:
        try:
            return await self._count_waiting()
        except NotSafe:
            return 0
