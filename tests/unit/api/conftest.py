import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from cerbo_desktop.api import auth, retry_policy
from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import ServerError
from tests.fakes.hand_timer import HurriedTimer
from tests.unit.api.contacts import Contacts, Opened


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tries, as in the app, without the pauses between them; an overloaded server is waited for by `opened`."""
    monkeypatch.setattr(retry_policy, "FIRST_CEILING_S", 0.0)


@pytest.fixture
def opened(contacts: Contacts) -> Opened:
    """Opens a client for an origin and closes it after."""

    @asynccontextmanager
    async def open_client(origin: Origin) -> AsyncIterator[CerboClient]:
        client = CerboClient(origin, "pk_desk", "sk_secret", on_contact=contacts.append, timer=HurriedTimer())
        try:
            yield client
        finally:
            await client.aclose()

    return open_client


@pytest.fixture
def contacts() -> list[ServerError | None]:
    return []


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Of a server that is called localhost, which this system trusts."""
    authority = trustme.CA(organization_name="Riverbend Test Authority")
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setattr(auth, "LINUX_STORES", (str(tmp_path / "authority.pem"),))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context
