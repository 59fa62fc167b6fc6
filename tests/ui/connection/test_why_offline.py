"""Why Cerbo can't be reached, in the strip: how far this PC gets, said for the clinic's IT. Over real sockets."""

import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import pytest
import trustme
from pytestqt.qtbot import QtBot

from cerbo_desktop.api import auth, retry_policy
from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import ServerError
from cerbo_desktop.runtime import progress_limit
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import Connection
from cerbo_desktop.ui.connection.presenter import ConnectionPresenter
from cerbo_desktop.ui.connection.view import ConnectionStrip
from cerbo_desktop.ui.kit.notice import Notice
from tests.fakes.hand_clock import HandClock
from tests.fakes.hand_timer import HurriedTimer
from tests.fakes.navigator import NotedNavigator
from tests.fakes.raw_server import Peer, Script, answers, raw_server
from tests.waiting import until

Said = Callable[[Origin], Awaitable[str]]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tries of the app, without the pauses between them."""
    monkeypatch.setattr(retry_policy, "FIRST_CEILING_S", 0.0)


@pytest.fixture
def said(qtbot: QtBot) -> Said:
    """What the strip says after this origin was asked once."""

    async def ask(origin: Origin) -> str:
        async with _strip(qtbot, origin) as (strip, client):
            with suppress(ServerError):
                await client.probe()
            await until(strip.isVisible)
            (notice,) = strip.findChildren(Notice)
            return notice.accessibleName()

    return ask


@asynccontextmanager
async def _strip(qtbot: QtBot, origin: Origin) -> AsyncIterator[tuple[ConnectionStrip, CerboClient]]:
    clock, scope, strip = HandClock(), TaskScope("test", _fail), ConnectionStrip()
    qtbot.addWidget(strip)
    connection = Connection(clock, scope, lambda _: None)
    client = CerboClient(origin, "pk_desk", "sk_secret", on_contact=connection.note, timer=HurriedTimer())
    presenter = ConnectionPresenter(strip, connection, Feed(()), clock, scope, NotedNavigator())
    try:
        yield strip, client
    finally:
        await presenter.aclose()
        await connection.aclose()
        await client.aclose()
        await scope.aclose()


async def test_a_name_that_nobody_knows(said: Said) -> None:
    assert "For IT: Cerbo’s address was not found by its name." in await said(Origin("https", "cerbo.invalid", 443))


async def test_a_port_that_refuses(said: Said) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as held:
        port = held.getsockname()[1]
    words = await said(Origin("http", "127.0.0.1", port))
    assert "For IT: address known; the connection was refused." in words


async def test_a_firewall_that_lets_nothing_through(said: Said, deaf_port: int) -> None:
    words = await said(Origin("http", "127.0.0.1", deaf_port))
    assert "For IT: address known; nothing answered at it." in words


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A port whose queue is full: the system drops what comes."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]
        for each in waiting:
            each.close()


async def _hang(peer: Peer) -> None:
    await peer.hang()


async def test_a_server_that_never_answers(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_limit, "QUIET_S", 0.4)
    async with raw_server(_hang) as server:
        assert "For IT: connected; no answer came." in await said(server.origin())


async def test_a_secure_server_that_never_answers(
    said: Said, monkeypatch: pytest.MonkeyPatch, good: ssl.SSLContext
) -> None:
    monkeypatch.setattr(progress_limit, "QUIET_S", 0.4)
    async with raw_server(_hang, tls=good) as server:
        words = await said(server.origin("localhost"))
    assert "For IT: connected; certificate accepted; no answer came." in words


async def test_something_that_breaks_off_the_secure_greeting(said: Said) -> None:
    async with raw_server(_hang) as server:
        server.on_accept = lambda peer: peer.reset()
        words = await said(Origin("https", "127.0.0.1", server.port))
    assert "For IT: connected; broken off before the certificate could be checked." in words


async def test_a_certificate_of_another_address(said: Said, authority: trustme.CA, good: ssl.SSLContext) -> None:
    del good  # the authority is trusted
    async with raw_server(_hang, tls=_tls(authority.issue_cert("elsewhere.example"))) as server:
        words = await said(server.origin("localhost"))
    assert words.startswith("Can’t verify that this is Cerbo")
    assert "Its certificate belongs to another address." in words
    assert "For IT" not in words, "the certificate is all there is to say"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (answers(407, "<html>Proxy</html>", content_type="text/html"), "a proxy refused to pass the request on."),
        (answers(200, "<html>Welcome</html>", content_type="text/html"), "something other than Cerbo answered."),
    ],
)
async def test_something_else_that_answers(said: Said, script: Script, words: str) -> None:
    async with raw_server(script) as server:
        told = await said(server.origin())
    assert told.startswith("Not Cerbo")
    assert told.endswith(words)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Riverbend Test Authority")


@pytest.fixture
def good(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Of a server whose certificate this PC trusts."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setattr(auth, "LINUX_STORES", (str(file),))
    return _tls(authority.issue_cert("localhost"))


def _tls(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _fail(failure: BaseException) -> None:
    raise failure
