"""The practice clinic in a process of its own, as a server is: its work must not pass for the app's.

    python -m tests.bench.clinic_process

reads one command a line, answers with one line of JSON each, and ends with its input.
"""

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import trustme

from cerbo_desktop.api import auth
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.runtime.paths import resources_dir
from tests.fakes.lines import Quality, SlowLine

HOST = "127.0.0.1"


class ClinicProcess:
    """Started by `with`. `origin` is reached directly, `slow_origin` over a line whose latency and rate can be set."""

    def __init__(self, folder: Path, *, is_tls: bool = False) -> None:
        self._authority_file = folder / "authority.pem"
        self._is_tls = is_tls
        self.origin = self.slow_origin = self.username = self.secret = ""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.bench.clinic_process"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told = self._ask("start", authority_file=str(self._authority_file) if self._is_tls else "")
        self.origin, self.slow_origin = told["origin"], told["slow_origin"]
        self.username, self.secret = told["username"], told["secret"]
        if self._is_tls:
            auth.LINUX_STORES = (str(self._authority_file),)
            os.environ["SSL_CERT_FILE"] = str(self._authority_file)  # for the floors, which begin after it
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def fill_album(self, pt_id: int, files: Sequence[Path], count: int | None = None) -> list[str]:
        """`count` photos, the files one after the other again and again; their ids, newest first."""
        names = [str(file) for file in files]
        ids: list[str] = self._ask("fill", pt_id=pt_id, files=names, count=count or len(files))["ids"]
        return ids

    def set_line(self, *, latency_s: float = 0.0, rate_bytes_s: float | None = None) -> None:
        self._ask("line", latency_s=latency_s, rate_bytes_s=rate_bytes_s)

    def hold_after(self, size_bytes: int | None) -> None:
        """Over the slow line nothing more comes once so much has come since `count_anew`."""
        self._ask("hold", size_bytes=size_bytes)

    def count_anew(self) -> None:
        """Forget the requests and the bytes that were counted."""
        self._ask("anew")

    @property
    def delivered_bytes(self) -> int:
        """What came over the slow line since `count_anew`."""
        return int(self._ask("counted")["delivered_bytes"])

    @property
    def requests(self) -> list[tuple[str, str]]:
        """Kind and path of each since `count_anew`."""
        return [(kind, path) for kind, path in self._ask("counted")["requests"]]

    @property
    def in_flight(self) -> int:
        return int(self._ask("counted")["in_flight"])

    def contents_asked(self) -> list[str]:
        """Ids of the photos whose bytes were asked for, in order."""
        return [path.split("/")[-2] for kind, path in self.requests if kind in ("content", "stream")]

    def set_online(self, is_online: bool) -> None:
        self._ask("online", is_online=is_online)

    def refuse_uploads(self) -> None:
        """From now on: the app keeps them, and says why."""
        self._ask("refuse")

    def break_connections(self) -> None:
        """As after a night: the next request needs a connection of its own."""
        self._ask("break_all")

    def answer_range(self) -> None:
        """Heads of photos can be asked for by themselves."""
        self._ask("range")

    def accept_all(self) -> None:
        """Staff accept what waits in the queue."""
        self._ask("accept")

    def _ask(self, what: str, **more: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"what": what, **more}) + "\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


class _Child:
    """The other end: a command is a method's name."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def start(self, authority_file: str) -> dict[str, Any]:
        self._clinic = PracticeClinic(resources_dir() / "practice", tls=_certified(authority_file))
        self._clinic.switches.newest_first = True
        self._clinic.start()
        scheme, _, port = self._clinic.origin.rpartition(":")
        self._line = SlowLine(int(port))
        self._line.start()
        ours = {"username": self._clinic.username, "secret": self._clinic.secret}
        return {"origin": self._clinic.origin, "slow_origin": f"{scheme}:{self._line.port}", **ours}

    def fill(self, pt_id: int, files: list[str], count: int) -> dict[str, Any]:
        draws = [self._draw(files[place % len(files)]) for place in range(count)]
        photos = self._clinic.fill_album(pt_id, draws)
        for photo in photos:
            _ = photo.content
        return {"ids": [str(photo.id) for photo in reversed(photos)]}

    def _draw(self, file: str) -> Callable[[], bytes]:
        if file not in self._files:
            self._files[file] = Path(file).read_bytes()
        return lambda: self._files[file]

    def line(self, latency_s: float, rate_bytes_s: float | None) -> dict[str, Any]:
        self._line.quality = Quality(rate_bytes_s, rate_bytes_s, latency_s)
        return {}

    def hold(self, size_bytes: int | None) -> dict[str, Any]:
        self._line.hold_after_bytes = size_bytes
        return {}

    def anew(self) -> dict[str, Any]:
        self._clinic.counters.reset()
        self._line.count_anew()
        return {}

    def counted(self) -> dict[str, Any]:
        counters = self._clinic.counters
        seen = [(each.kind, each.path) for each in counters.seen()]
        return {
            "requests": seen,
            "in_flight": counters.in_flight(),
            "delivered_bytes": self._line.delivered_bytes,
        }

    def online(self, is_online: bool) -> dict[str, Any]:
        if is_online:
            self._clinic.go_online()
        else:
            self._clinic.go_offline()
        return {}

    def refuse(self) -> dict[str, Any]:
        self._clinic.faults.set("upload", Fault.FORBIDDEN)
        return {}

    def break_all(self) -> dict[str, Any]:
        self._clinic.break_connections()
        return {}

    def range(self) -> dict[str, Any]:
        self._clinic.switches.answers_range = True
        return {}

    def accept(self) -> dict[str, Any]:
        self._clinic.accept_all()
        return {}


def _certified(authority_file: str) -> ssl.SSLContext | None:
    if not authority_file:
        return None
    authority = trustme.CA(organization_name="Riverbend Test Authority")
    authority.cert_pem.write_to_path(authority_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    return context


def _serve() -> None:
    child = _Child()
    for line in sys.stdin:
        command = json.loads(line)
        answer = getattr(child, command.pop("what"))(**command)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
