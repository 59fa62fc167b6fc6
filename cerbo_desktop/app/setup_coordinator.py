"""Whom to connect as: what set-up kept, what this start was given, or what a person types into the set-up page."""

from collections.abc import AsyncIterator, Callable

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.app.effective_policy import EffectivePolicy
from cerbo_desktop.app.options import Options
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.address import AddressFault, parse_address
from cerbo_desktop.domain.ports import Clock, SecretStore
from cerbo_desktop.runtime.scope import Failed
from cerbo_desktop.services.check_results import CheckResult
from cerbo_desktop.services.session import Credentials, SessionSecrets, test_connection
from cerbo_desktop.ui.setup.presenter import SetupPresenter, account_of
from cerbo_desktop.ui.setup.view import SetupPage
from cerbo_desktop.ui.window import MainWindow


class SetupCoordinator:
    """The set-up page is made when it is first opened. `on_saved` gets what is already kept in a safe place."""

    def __init__(
        self,
        window: MainWindow,
        options: Options,
        settings: SettingsFile,
        secrets: SecretStore,
        clock: Clock,
        governing: EffectivePolicy,
        on_failure: Failed,
        *,
        on_saved: Callable[[Credentials], None],
        on_cancelled: Callable[[], None],
        on_practice: Callable[[], None],
    ) -> None:
        self._window, self._options, self._settings, self._secrets = window, options, settings, secrets
        self._clock, self._governing, self._on_failure = clock, governing, on_failure
        self._on_saved, self._on_cancelled, self._on_practice = on_saved, on_cancelled, on_practice
        self._session_secrets = SessionSecrets()
        self._made: tuple[SetupPage, SetupPresenter] | None = None

    def open(self, *, can_cancel: bool, is_practising: bool) -> None:
        """The page, filled with what is known."""
        governing = self._governing
        page, presenter = self._made = self._made or self._make()
        self._window.show_page(page)
        presenter.begin(
            governing.address,
            self._settings.current.username,
            can_cancel=can_cancel,
            can_practise=not is_practising and governing.allows_practice,
            address_lock=governing.address_lock,
            practice_off=governing.practice_off,
        )
        self._window.drop_early_typing()

    async def known_credentials(self) -> Credentials | None:
        """From set-up, or for `--server` what this start was given; None asks a person.

        Raises `NotSafe` where a secret was kept and its store does not give it now.
        """
        kept = self._settings.current
        origin = parse_address(self._governing.address)
        if isinstance(origin, AddressFault):
            return None
        # A key that was given for one server is for no other that the clinic has set.
        if origin == parse_address(self._options.server) and self._options.key:
            return Credentials(origin, self._options.key, self._options.secret)
        secret = await self._secrets.read(account_of(origin, kept.username)) if kept.username else None
        return Credentials(origin, kept.username, secret) if secret else None

    async def aclose(self) -> None:
        if self._made is not None:
            self._window.activated.disconnect(self._look_for_place)
            await self._made[1].aclose()

    def _make(self) -> tuple[SetupPage, SetupPresenter]:
        page = SetupPage()
        page.settings_wanted.connect(self._window.settings_wanted)
        self._window.add_page(page)
        presenter = SetupPresenter(
            page,
            self._secrets,
            self._session_secrets,
            self._test,
            self._on_failure,
            on_saved=self._use_saved,
            on_cancelled=self._on_cancelled,
            on_practice=self._on_practice,
        )
        self._window.activated.connect(self._look_for_place)
        return page, presenter

    def _look_for_place(self) -> None:
        if self._made is not None and self._window.is_showing(self._made[0]):
            self._made[1].look_for_place()

    async def _test(self, credentials: Credentials) -> AsyncIterator[CheckResult]:
        """The connection test, on a line of its own that ends with it."""
        server = CerboClient(
            credentials.origin,
            credentials.username,
            credentials.secret,
            clinic_authority=self._governing.reading.clinic_authority,
            is_patient=False,
        )
        today = self._clock.local(self._clock.now()).date()
        try:
            async for result in test_connection(
                server, credentials.origin, today, certificate_until=lambda: server.certificate_until
            ):
                yield result
        finally:
            await server.aclose()

    def _use_saved(self, credentials: Credentials) -> None:
        """What set-up has just kept in the keyring is written down, by its account's name, before it is used."""
        account = account_of(credentials.origin, credentials.username)
        self._settings.change(accounts=tuple(sorted({*self._settings.current.accounts, account})))
        self._on_saved(credentials)
