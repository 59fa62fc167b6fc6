"""Nothing is sent over a connection that cannot be trusted, and the cause is named."""

import ssl
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from cerbo_desktop.api import auth
from cerbo_desktop.api.auth import trust
from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import TlsFault, Unreachable, Untrusted
from cerbo_desktop.domain.ids import PatientId
from tests.fakes.raw_server import RawServer, answers, raw_server, reads
from tests.unit.api.contacts import Opened, outgoing

SEVEN = PatientId("7")
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Riverbend Test Authority")


@pytest.fixture(autouse=True)
def _trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system's trust store, for this test."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setattr(auth, "LINUX_STORES", (str(file),))


def _tls(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _good(authority: trustme.CA) -> ssl.SSLContext:
    return _tls(authority.issue_cert("localhost", "127.0.0.1"))


def _server(tls: ssl.SSLContext) -> RawServer:
    return raw_server(answers(200, {"id": "7"}), tls=tls)


async def test_a_trusted_server_is_asked(authority: trustme.CA, opened: Opened) -> None:
    async with _server(_good(authority)) as server, opened(server.origin("localhost")) as client:
        before = client.certificate_until
        assert before is None
        assert (await client.patient(SEVEN)).id == "7"
        until = client.certificate_until
        assert until is not None
        assert until > NOW.date()
        await client.create_photo(SEVEN, outgoing(3_000_000))
        assert server.requests[0].headers["authorization"].startswith("Basic ")


FAULTS: dict[str, tuple[Callable[[trustme.CA], ssl.SSLContext], TlsFault, str]] = {
    "expired": (
        lambda authority: _tls(
            authority.issue_cert("localhost", not_before=NOW - timedelta(9), not_after=NOW - timedelta(1))
        ),
        TlsFault.EXPIRED,
        "Riverbend Test Authority",
    ),
    "future": (
        lambda authority: _tls(
            authority.issue_cert("localhost", not_before=NOW + timedelta(2), not_after=NOW + timedelta(9))
        ),
        TlsFault.NOT_YET_VALID,
        "Riverbend Test Authority",
    ),
    "host": (
        lambda authority: _tls(authority.issue_cert("other.example")),
        TlsFault.WRONG_HOST,
        "Riverbend Test Authority",
    ),
    "unknown-ca": (
        lambda _: _tls(trustme.CA(organization_name="Nosy Proxy").issue_cert("localhost")),
        TlsFault.UNKNOWN_ISSUER,
        "Nosy Proxy",
    ),
    "self-signed": (lambda _: _self_signed(), TlsFault.UNKNOWN_ISSUER, "A box in the cellar"),
}


def _self_signed() -> ssl.SSLContext:
    """As a device makes one for itself: its own issuer, and valid for the very name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A box in the cellar")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(1))
        .not_valid_after(NOW + timedelta(9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(certificate.public_bytes(Encoding.PEM) + pem)
        file.flush()
        context.load_cert_chain(file.name)
    return context


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_named_and_nothing_is_sent(fault: str, authority: trustme.CA, opened: Opened) -> None:
    make, kind, issuer = FAULTS[fault]
    async with _server(make(authority)) as server, opened(server.origin("localhost")) as client:
        for ask in (lambda: client.patient(SEVEN), lambda: client.create_photo(SEVEN, outgoing(1000))):
            with pytest.raises(Untrusted) as caught:
                await ask()
            assert caught.value.fault is kind
            assert issuer in caught.value.issuer
        assert server.received_bytes == 0
        assert server.requests == []


async def test_a_server_that_knows_old_protocols_alone_is_refused(opened: Opened) -> None:
    protocol_version_alert = b"\x15\x03\x02\x00\x02\x02\x46"
    server = raw_server(answers(200, {"id": "7"}))
    server.on_accept = lambda peer: peer.writer.write(protocol_version_alert)
    async with server, opened(Origin("https", "localhost", server.port)) as client:
        with pytest.raises(Untrusted):
            await client.patient(SEVEN)
        assert server.requests == []


async def test_variables_of_a_session_add_nobody_to_those_who_are_trusted(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nosy = trustme.CA(organization_name="Nosy Proxy")
    file = tmp_path / "nosy.pem"
    nosy.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    async with _server(_good(nosy)) as server, opened(server.origin("localhost")) as client:
        with pytest.raises(Untrusted) as caught:
            await client.patient(SEVEN)
        assert caught.value.fault is TlsFault.UNKNOWN_ISSUER
        assert server.requests == []


async def test_the_clinics_own_authority_is_trusted_besides_the_systems(authority: trustme.CA) -> None:
    clinics = trustme.CA(organization_name="The clinic's IT")
    clinic_authority = clinics.cert_pem.bytes().decode()
    for certified in (clinics, authority):
        async with _server(_good(certified)) as server:
            client = CerboClient(server.origin("localhost"), "pk_1", "sk_1", clinic_authority=clinic_authority)
            try:
                assert (await client.patient(SEVEN)).id == "7"
            finally:
                await client.aclose()


async def test_old_protocols_are_not_offered() -> None:
    context = await trust(Origin("https", "localhost", 443))
    assert context is not None
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert await trust(Origin("http", "localhost", 80)) is None


async def test_a_server_without_tls_gets_nothing(opened: Opened) -> None:
    server = raw_server(answers(200, {"id": "7"}))
    server.on_accept = lambda peer: peer.writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    async with server, opened(Origin("https", "localhost", server.port)) as client:
        with pytest.raises(Untrusted) as caught:
            await client.patient(SEVEN)
        assert caught.value.fault is TlsFault.OTHER
        assert server.requests == []


async def test_a_tls_connection_that_breaks_half_way_through_an_upload(authority: trustme.CA, opened: Opened) -> None:
    server = raw_server(reads(1000, then="reset"), answers(200, {"id": 3}), tls=_good(authority))
    async with server, opened(server.origin("localhost")) as client:
        with pytest.raises(Unreachable):
            await client.create_photo(SEVEN, outgoing(8_000_000))
        assert (await client.create_photo(SEVEN, outgoing(1000))).named_id == "3"
