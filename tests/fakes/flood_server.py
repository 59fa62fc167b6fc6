"""A Cerbo that answers some questions with far too much, from threads of its own: its work is not the window's."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

Answer = Callable[[BufferedIOBase, dict[str, str]], None]
"""Writes a whole answer, head and all, to the line, for these parameters."""
PATIENT = {"id": "7", "first_name": "Maria", "last_name": "Lopez", "dob": "1981-03-04"}


class FloodServer:
    """Everything is answered quickly and plainly, but for the paths in `answers`, by their ends."""

    username, secret = "pk_desk", "sk_secret"

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        flood = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                url = urlsplit(self.path)
                path = url.path
                flood.asked.append(path)
                answer = next((each for end, each in flood.answers.items() if path.endswith(end)), _plainly(path))
                with suppress(OSError):  # the app has heard enough
                    answer(self.wfile, dict(parse_qsl(url.query)))
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator["FloodServer"]:
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def _plainly(path: str) -> Answer:
    is_record = path.rsplit("/", 1)[-1].isdecimal()
    return whole(json.dumps(PATIENT if is_record else {"data": [], "has_more": False}).encode())


def whole(body: bytes) -> Answer:
    def answer(line: BufferedIOBase, _: dict[str, str]) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        line.write(f"{head}Connection: close\r\n\r\n".encode())
        line.write(body)  # no copy: a test counts the memory of this process

    return answer


def in_chunks_of_one_byte(body: bytes) -> Answer:
    chunks = b"".join(b"1\r\n%c\r\n" % letter for letter in body) + b"0\r\n\r\n"

    def answer(line: BufferedIOBase, _: dict[str, str]) -> None:
        line.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks)

    return answer


def never_final(line: BufferedIOBase, _: dict[str, str]) -> None:
    """One 1xx after the other."""
    while True:
        line.write(b"HTTP/1.1 102 Processing\r\n\r\n" * 1000)


def endless(rows_a_page: int) -> Answer:
    """Page after page of photos, each with a title of its own."""

    def answer(line: BufferedIOBase, asked: dict[str, str]) -> None:
        first = int(asked["offset"])
        listed = [{"id": number, "title": f"{number} " * 60} for number in range(first, first + rows_a_page)]
        whole(json.dumps({"has_more": True, "data": listed}).encode())(line, asked)

    return answer


def rows(count: int, *, has_more: bool = False, **fields: object) -> bytes:
    """A list of so many rows with ids from 1."""
    rest = json.dumps(fields, separators=(",", ":"))[1:-1]
    rest = f",{rest}" if rest else ""
    listed = ",".join(f'{{"id":{number}{rest}}}' for number in range(1, count + 1))
    return f'{{"has_more":{str(has_more).lower()},"data":[{listed}]}}'.encode()


def now() -> str:
    """As Cerbo writes moments."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
