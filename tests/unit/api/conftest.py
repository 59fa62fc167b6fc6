from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import stamina

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import ServerError
from tests.fakes.hand_timer import HurriedTimer
from tests.unit.api.contacts import Contacts, Opened


@pytest.fixture(autouse=True)
def _no_waits() -> Iterator[None]:
    """Three tries, as in the app, without the pauses between them; an overloaded server is waited for by `opened`."""
    with stamina.set_testing(True, attempts=3):
        yield


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
