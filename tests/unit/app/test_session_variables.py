"""What a user's session says of trust, lines and code changes nothing of a running app: a process for each variable."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from PySide6.QtCore import QLibraryInfo

from cerbo_desktop.app.key_variables import KEY_VARIABLE, SECRET_VARIABLE
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.runtime.paths import resources_dir
from tests.waiting import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at the process in /proc")

_ROOT = Path(__file__).resolve().parents[3]


@dataclass
class _Session:
    folder: Path
    authority: trustme.CA
    proxy: socket.socket

    @property
    def log(self) -> str:
        file = self.folder / "data" / "cerbo-desktop.log"
        return file.read_text() if file.exists() else ""

    def file(self, name: str, content: bytes = b"") -> str:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        return str(file)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[_Session]:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        yield _Session(tmp_path, trustme.CA(organization_name="Nosy Proxy"), proxy)


@contextmanager
def _started(session: _Session, clinic: PracticeClinic, **variables: str) -> Iterator["subprocess.Popen[bytes]"]:
    given = {KEY_VARIABLE: clinic.username, SECRET_VARIABLE: clinic.secret, "QT_QPA_PLATFORM": "offscreen"}
    options = ["--server", clinic.origin, "--data-dir", str(session.folder / "data")]
    with subprocess.Popen(
        [sys.executable, "-m", "cerbo_desktop.app.main", *options], env=os.environ | given | variables
    ) as app:
        try:
            yield app
        finally:
            app.kill()


def _authority_file(session: _Session) -> str:
    return session.file("nosy.pem", session.authority.cert_pem.bytes())


def _authority_folder(session: _Session) -> str:
    """OpenSSL finds a certificate by a hash in its file's name."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl tells the name")
    ask = ["openssl", "x509", "-hash", "-noout", "-in", _authority_file(session)]
    name = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    return str(Path(session.file(f"hashed/{name}.0", session.authority.cert_pem.bytes())).parent)


_FOR_A_SECURE_LINE: dict[str, Callable[[_Session], str]] = {
    "SSL_CERT_FILE": _authority_file,
    "SSL_CERT_DIR": _authority_folder,
    "HTTPS_PROXY": lambda session: f"http://127.0.0.1:{session.proxy.getsockname()[1]}",
    "SSLKEYLOGFILE": lambda session: str(session.folder / "keys"),
}


@pytest.mark.parametrize("name", _FOR_A_SECURE_LINE)
async def test_a_line_that_is_not_trusted_stays_so_and_is_the_apps_own(session: _Session, name: str) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    session.authority.issue_cert("127.0.0.1", "localhost").configure_cert(tls)
    with PracticeClinic(resources_dir() / "practice", tls=tls) as clinic:
        with _started(session, clinic, **{name: _FOR_A_SECURE_LINE[name](session)}):
            await until(lambda: "what=Untrusted" in session.log)
        assert clinic.counters.count() == 0
    with suppress(BlockingIOError):
        session.proxy.accept()
        pytest.fail("the proxy was asked")
    assert not (session.folder / "keys").exists()


async def test_another_login_for_the_same_server_is_not_used(session: _Session) -> None:
    login = session.file("netrc", b"machine 127.0.0.1 login other password other\n")
    with (
        PracticeClinic(resources_dir() / "practice") as clinic,
        _started(session, clinic, NETRC=login, HOME=str(session.folder)),
    ):
        await until(lambda: "connected" in session.log and clinic.counters.count())
        assert "request failed" not in session.log


async def test_plugins_of_a_session_are_not_loaded(session: _Session) -> None:
    own = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / "libqoffscreen.so"
    session.file("plugins/nothing")
    (session.folder / "plugins" / "platforms").mkdir()
    shutil.copy(own, session.folder / "plugins" / "platforms")
    with (
        PracticeClinic(resources_dir() / "practice") as clinic,
        _started(session, clinic, QT_PLUGIN_PATH=str(session.folder / "plugins")) as app,
    ):
        await until(lambda: "connected" in session.log)
        loaded = Path(f"/proc/{app.pid}/maps").read_text()
        assert str(own) in loaded
        assert str(session.folder) not in loaded


async def test_modules_of_a_session_are_not_loaded_by_a_decoder(session: _Session) -> None:
    """From source the app's own process is Python's, which heeds the variable; a packaged one does not look at it."""
    with (
        PracticeClinic(resources_dir() / "practice") as clinic,
        _started(session, clinic, PYTHONPATH=str(session.folder / "elsewhere")) as app,
    ):
        await until(lambda: "decoder confined" in session.log)
        lists = Path(f"/proc/{app.pid}/task").glob("*/children")
        (decoder, *_) = [each for listed in lists for each in listed.read_text().split()]
        variables = Path(f"/proc/{decoder}/environ").read_bytes().split(b"\0")
        assert f"PYTHONPATH={_ROOT}".encode() in variables
        assert str(session.folder).encode() not in b"".join(variables)
