"""The relay as a clinic runs it: nginx with the shipped configuration, filled in by the shipped tool, on loopback."""

import asyncio
import getpass
import json
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cerbo_desktop.domain.address import Origin

SHIPPED = Path(__file__).resolve().parents[2] / "packaging" / "relay"
NGINX = Path("/usr/sbin/nginx")
NAME = "localhost"
_START_TRIES = 500


@dataclass(frozen=True)
class Key:
    """A workstation's key and secret, or the practice's."""

    username: str
    secret: str


@dataclass(frozen=True)
class Papers:
    """PEM files of the relay's own certificate, and of the authority that it and the tests trust."""

    certificate: Path
    private_key: Path
    authority: Path


class RunningRelay:
    """`practice` is host and port; `start` begins to listen."""

    def __init__(self, folder: Path, papers: Papers, practice: str, practice_key: Key) -> None:
        self.folder, self.practice_key = folder, practice_key
        self.logs, self.run = folder / "logs", folder / "run"
        self.port = _free_port()
        worker = "www-data" if os.geteuid() == 0 else getpass.getuser()
        lines = {
            "practice": practice,
            "name": NAME,
            "listen": f"127.0.0.1:{self.port}",
            "certificate": papers.certificate,
            "certificate_key": papers.private_key,
            "trust": papers.authority,
            "logs": self.logs,
            "run": self.run,
            "worker": worker,
        }
        ini = "[relay]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())
        (folder / "relay.ini").write_text(ini)
        self.tool("secret", typed=f"{practice_key.username}\n{practice_key.secret}\n")
        self.tool("apply")
        self._nginx: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> Origin:
        return Origin("https", NAME, self.port)

    def tool(self, *arguments: str, typed: str = "", status: int = 0) -> str:
        """What the shipped tool prints."""
        command = [sys.executable, str(SHIPPED / "relay.py"), "--folder", str(self.folder), *arguments]
        done = subprocess.run(command, input=typed, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def add(self, name: str) -> Key:
        lines = dict(line.split(":", 1) for line in self.tool("add", name).splitlines())
        assert lines["Relay"].strip() == f"https://{NAME}"
        return Key(lines["API key"].strip(), lines["Secret"].strip())

    def start(self) -> None:
        self._nginx = subprocess.Popen(
            [NGINX, "-c", self.folder / "nginx.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(_START_TRIES):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                try:
                    _, said = self._nginx.communicate(timeout=0.02)
                except subprocess.TimeoutExpired:
                    continue
                raise AssertionError(said) from None
            return
        raise AssertionError("nginx does not listen")

    def stop(self) -> None:
        """At once, whatever is on the line."""
        nginx, self._nginx = self._nginx, None
        if nginx is not None:
            nginx.terminate()
            nginx.communicate(timeout=30)

    @property
    def processes(self) -> list[int]:
        """nginx's own, master and workers."""
        assert self._nginx is not None
        master = self._nginx.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [master, *map(int, children)]

    @property
    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.logs / "access.log").read_text().splitlines()]

    @property
    def files(self) -> Iterable[Path]:
        """Everything it keeps or has written."""
        return (file for file in self.folder.rglob("*") if file.is_file())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Told:
    """An answer as it came over the line."""

    status: int
    headers: dict[str, str]
    raw: bytes


async def say(relay: RunningRelay, data: bytes) -> bytes:
    """Send these bytes over TLS, and read until the relay closes."""
    context = ssl.create_default_context()
    reader, writer = await asyncio.open_connection("127.0.0.1", relay.port, ssl=context, server_hostname=NAME)
    writer.write(data)
    raw = await reader.read()
    writer.close()
    return raw


async def ask(relay: RunningRelay, method: str, target: str, authorization: str = "", **headers: str) -> Told:
    """One request with nothing but what is given; header names with underscores for hyphens."""
    given = {"Host": NAME, "Connection": "close", **({"Authorization": authorization} if authorization else {})}
    given.update({name.replace("_", "-"): value for name, value in headers.items()})
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    raw = await say(relay, f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode())
    first, *rest = raw.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in rest)
    return Told(int(first.split()[1]), {name.lower(): value for name, _, value in pairs}, raw)
