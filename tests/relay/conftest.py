"""A relay between the client and a server, each with a certificate of one authority that all trust."""

import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import trustme

from cerbo_desktop.api import auth
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.server import Credentials
from cerbo_desktop.runtime.paths import resources_dir
from tests.relay.running import NAME, NGINX, Key, Papers, RunningRelay

PRACTICE_KEY = Key("pk_practice", "sk_canary_of_the_practice")
RelayTo = Callable[..., RunningRelay]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    if not NGINX.exists():
        pytest.skip("the relay is nginx on Debian")
    return trustme.CA(organization_name="Riverbend Test Authority")


@pytest.fixture(scope="session")
def cerbo_tls(authority: trustme.CA) -> ssl.SSLContext:
    return tls_of(authority.issue_cert(NAME))


def tls_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture
def folder() -> Iterator[Path]:
    """Like /etc: nginx's workers, who are somebody else, may pass through it."""
    with tempfile.TemporaryDirectory(prefix="relay-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def papers(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Papers:
    """The authority is also the trust store of this test; the relay's own process is told by its environment."""
    tls = folder / "tls"
    tls.mkdir()
    made = Papers(tls / "relay.pem", tls / "relay.key", tls / "authority.pem")
    certificate = authority.issue_cert(NAME)
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(str(made.certificate), append=True)
    certificate.private_key_pem.write_to_path(str(made.private_key))
    authority.cert_pem.write_to_path(str(made.authority))
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    monkeypatch.setenv("SSL_CERT_DIR", str(folder / "none"))
    monkeypatch.setattr(auth, "LINUX_STORES", (str(made.authority),))
    return made


@pytest.fixture
def relay_to(folder: Path, papers: Papers) -> Iterator[RelayTo]:
    """Starts the relay to a port of this machine; stopped at the end."""
    with ExitStack() as stack:

        def start(port: int, key: Key = PRACTICE_KEY) -> RunningRelay:
            relay = RunningRelay(folder, papers, f"{NAME}:{port}", key)
            relay.start()
            stack.callback(relay.stop)
            return relay

        yield start


@pytest.fixture
def clinic(cerbo_tls: ssl.SSLContext) -> Iterator[PracticeClinic]:
    with PracticeClinic(resources_dir() / "practice", tls=cerbo_tls) as clinic:
        yield clinic


@pytest.fixture
def relay(relay_to: RelayTo, clinic: PracticeClinic) -> RunningRelay:
    """To the practice clinic."""
    return relay_to(int(clinic.origin.rpartition(":")[2]), Key(clinic.username, clinic.secret))


@pytest.fixture
def desk_key(relay: RunningRelay) -> Key:
    return relay.add("front-desk-1")


def basic(key: Key) -> str:
    return Credentials(key.username, key.secret).header
