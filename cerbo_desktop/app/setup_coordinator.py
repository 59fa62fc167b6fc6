"""Whom to connect as: what setup kept, what this start was given, or what a person types into the setup page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.app.app_context import AppContext
from cerbo_desktop.app.outbox_factory import count_waiting
from cerbo_desktop.domain.account import account_of
from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.services.credentials import Credentials, SessionSecrets

if TYPE_CHECKING:
    from cerbo_desktop.app.unread_secret import UnreadSecret
    from cerbo_desktop.services.connection_checks import CheckReport
    from cerbo_desktop.ui.setup.presenter import SetupPresenter
    from cerbo_desktop.ui.setup.view import SetupPage


class SetupCoordinator:
    """The setup page is made when it is first opened. `on_saved` gets what is already kept in a safe place."""

    def __init__(
        self,
        app: AppContext,
        *,
        on_known: Callable[[Credentials], None],
        on_saved: Callable[[Credentials], None],
        on_cancelled: Callable[[], None],
        on_practice: Callable[[], None],
    ) -> None:
        """`on_known` gets what was set up before, once its store gives it."""
        self._app, self._on_known, self._on_saved = app, on_known, on_saved
        self._on_cancelled, self._on_practice = on_cancelled, on_practice
        self._session_secrets = SessionSecrets()
        self._made: tuple[SetupPage, SetupPresenter] | None = None
        self._unread_secret: UnreadSecret | None = None

    async def begin(self) -> Credentials | None:
        """What to connect as; where nothing is known, the page asks for it. A store that does not give what it keeps is
        asked again until `end_wait`."""
        try:
            credentials = await self.known_credentials()
        except NotSafe as failure:
            self._open_first()
            await self._wait_for_secret(failure.reason)
            return None
        if credentials is None:
            self._open_first()
        return credentials

    async def end_wait(self) -> None:
        """Ask the store no more, and take the strip away that says so."""
        if self._unread_secret is not None:
            ending, self._unread_secret = self._unread_secret, None
            await ending.aclose()

    def open(self, *, can_cancel: bool, is_practising: bool) -> None:
        """Show the page, filled with what is known."""
        effective = self._app.effective
        page, presenter = self._made = self._made or self._make()
        self._app.window.show_page(page)
        presenter.begin(
            effective.address,
            self._app.settings.current.username,
            can_cancel=can_cancel,
            can_practise=not is_practising and effective.allows_practice,
            address_set_by=effective.address_set_by,
            practice_off_by=effective.practice_off_by,
        )
        self._app.window.drop_early_typing()

    async def known_credentials(self) -> Credentials | None:
        """From setup, or for `--server` what this start was given; None asks a person.

        Raises `NotSafe` where a secret was kept and its store does not give it now.
        """
        kept = self._app.settings.current
        origin = parse_address(self._app.effective.address)
        if isinstance(origin, AddressFault):
            return None
        # A key that was given for one server is for no other that the clinic has set.
        if origin == parse_address(self._app.options.server) and self._app.options.key:
            return Credentials(origin, self._app.options.key, self._app.options.secret)
        secret = await self._app.secrets.read(account_of(origin, kept.username)) if kept.username else None
        return Credentials(origin, kept.username, secret) if secret else None

    async def aclose(self) -> None:
        """End the setup page and what it has begun."""
        await self.end_wait()
        if self._made is not None:
            self._app.window.activated.disconnect(self._look_for_place)
            await self._made[1].aclose()

    def _open_first(self) -> None:
        self.open(can_cancel=False, is_practising=False)

    async def _wait_for_secret(self, reason: NotSafeReason) -> None:
        from cerbo_desktop.app.unread_secret import UnreadSecret  # rarely needed

        app = self._app
        self._unread_secret = UnreadSecret(
            app.window,
            self.known_credentials,
            lambda: count_waiting(app.data_dir.outbox_dir),
            app.clock,
            app.scope,
            on_read=self._on_known,
        )
        await self._unread_secret.show(reason)

    def _make(self) -> tuple[SetupPage, SetupPresenter]:
        from cerbo_desktop.ui.setup.presenter import SetupPresenter  # deferred: `app/deferred_imports.py`
        from cerbo_desktop.ui.setup.view import SetupPage

        page = SetupPage()
        page.settings_wanted.connect(self._app.window.settings_wanted)
        self._app.window.add_page(page)
        presenter = SetupPresenter(
            page,
            self._app.secrets,
            self._session_secrets,
            self._test,
            self._app.scope,
            on_saved=self._use_saved,
            on_cancelled=self._on_cancelled,
            on_practice=self._on_practice,
        )
        self._app.window.activated.connect(self._look_for_place)
        return page, presenter

    def _look_for_place(self) -> None:
        if self._made is not None and self._app.window.is_showing(self._made[0]):
            self._made[1].look_for_place()

    async def _test(self, credentials: Credentials) -> AsyncIterator[CheckReport]:
        """The connection test, on a line of its own that ends with it."""
        from cerbo_desktop.services.connection_test import test_connection  # deferred: `app/deferred_imports.py`

        server = CerboClient(
            credentials.origin,
            credentials.username,
            credentials.secret,
            clinic_authority=self._app.effective.clinic_authority,
            is_patient=False,
        )
        today = self._app.clock.local(self._app.clock.now()).date()
        try:
            async for result in test_connection(
                server, credentials.origin, today, certificate_until=lambda: server.certificate_until
            ):
                yield result
        finally:
            await server.aclose()

    def _use_saved(self, credentials: Credentials) -> None:
        """What setup has just kept in the keyring is written down, by its account's name, before it is used."""
        account = account_of(credentials.origin, credentials.username)
        self._app.settings.change(accounts=tuple(sorted({*self._app.settings.current.accounts, account})))
        self._on_saved(credentials)
