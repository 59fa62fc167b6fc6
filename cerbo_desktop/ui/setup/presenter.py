"""Setup: checks what was typed, tests it against the server, and keeps it where it is safe."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from cerbo_desktop.config.effective import SetBy
from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.domain.errors import NotSafe
from cerbo_desktop.domain.ports import SecretStore
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection_checks import CheckReport
from cerbo_desktop.services.credentials import Credentials, SessionSecrets
from cerbo_desktop.ui.text import setup as words, setup_checks

if TYPE_CHECKING:
    from cerbo_desktop.ui.setup.view import SetupPage

TestConnection = Callable[[Credentials], AsyncIterator[CheckReport]]


class SetupPresenter:
    """`on_saved` gets credentials that are already kept; `on_cancelled` and `on_practice` leave the page."""

    def __init__(
        self,
        page: SetupPage,
        secrets: SecretStore,
        session_secrets: SessionSecrets,
        test: TestConnection,
        scope: TaskScope,
        *,
        on_saved: Callable[[Credentials], None],
        on_cancelled: Callable[[], None],
        on_practice: Callable[[], None],
    ) -> None:
        self._page, self._secrets = page, secrets
        self._session_secrets, self._test = session_secrets, test
        self._on_saved = on_saved
        self._is_place_promised = False
        self._scope = scope.child("setup")
        page.edited.connect(self._forget_test)
        page.test_wanted.connect(self._test_typed)
        page.save_wanted.connect(self._save_typed)
        page.cancelled.connect(on_cancelled)
        page.practice_wanted.connect(on_practice)

    def begin(
        self,
        address: str,
        username: str,
        *,
        can_cancel: bool,
        can_practise: bool,
        address_set_by: SetBy = SetBy.PERSON,
        practice_off_by: SetBy | None = None,
    ) -> None:
        """Open the page; what an earlier visit had begun ends here."""
        self._scope.cancel("test")
        self._scope.cancel("save")
        self._page.begin(
            address,
            username,
            can_cancel=can_cancel,
            can_practise=can_practise,
            address_set_by=address_set_by,
            practice_off_by=practice_off_by,
        )
        self._scope.start(self._show_place(), key="place")

    def look_for_place(self) -> None:
        """Ask the password store again: a person may have unlocked it."""
        if not self._scope.is_running("place"):
            self._scope.start(self._show_place(), key="place")

    async def aclose(self) -> None:
        """End a test or a saving that is under way."""
        await self._scope.aclose()

    async def _show_place(self) -> None:
        try:
            place = await self._secrets.place()
        except NotSafe as failure:
            self._page.show_place(*words.place_trouble(failure.reason), is_safe=False)
            return
        self._is_place_promised = True
        self._page.show_place(*words.kept_in(place), is_safe=True)

    def _test_typed(self, address: str, username: str, secret: str) -> None:
        if (credentials := self._read(address, username, secret)) is not None:
            self._page.show_testing()
            self._scope.start(self._run_test(credentials), key="test")

    def _forget_test(self) -> None:
        """A result belongs to what was tested. What is being saved goes on: that was typed before."""
        if not self._scope.is_running("save"):
            self._scope.cancel("test")
            self._page.forget_test()

    async def _run_test(self, credentials: Credentials) -> None:
        results = []
        async for result in self._test(credentials):
            self._page.show_result(result)
            results.append(result)
        self._page.show_verdict(setup_checks.verdict(results))

    def _save_typed(self, address: str, username: str, secret: str) -> None:
        if self._scope.is_running("save"):
            return  # a store that does not answer takes ten seconds: pressed again, it would take them again
        if (credentials := self._read(address, username, secret)) is not None:
            self._scope.cancel("test")
            self._page.show_saving()
            self._scope.start(self._save(credentials), key="save")

    async def _save(self, credentials: Credentials) -> None:
        account = account_of(credentials.origin, credentials.username)
        try:
            await self._secrets.write(account, credentials.secret)
        except NotSafe as failure:
            if self._is_place_promised:
                # The page said that the secret would be kept: say that it is not before going on without.
                self._is_place_promised = False
                self._page.show_place(*words.not_kept(failure.reason), is_safe=False)
                self._page.show_not_saved()
                return
            await self._session_secrets.write(account, credentials.secret)
        self._on_saved(credentials)

    def _read(self, address: str, username: str, secret: str) -> Credentials | None:
        """What was typed, or None after each fault was shown beneath its field."""
        origin = parse_address(address)
        fault = words.address_fault(origin) if isinstance(origin, AddressFault) else None
        no_username = None if username else words.no_key()
        no_secret = None if secret else words.no_secret()
        self._page.show_faults(fault, no_username, no_secret)
        if isinstance(origin, AddressFault) or no_username or no_secret:
            return None
        return Credentials(origin, username, secret)
