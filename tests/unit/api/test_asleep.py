"""A PC that slept: an answer that had arrived meanwhile is used, and not thrown away as too late."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

from cerbo_desktop.api.client import CerboClient
from cerbo_desktop.domain.address import Origin
from cerbo_desktop.domain.errors import MaybeSent, Unreachable
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.verdict import MediaType, OutgoingPhoto
from tests.fakes.sleeping_loop import SleepingLoop

Answer = TypeVar("Answer")
_ASLEEP_S = 3_600.0
_USERS = b'{"object":"list","data":[]}'
_STORED = b'{"result":true,"message":"queued","portal_queue_id":77}'
_PHOTO = OutgoingPhoto(b"\xff\xd8photo\xff\xd9", MediaType.JPEG, 1, 1, "0" * 64)
_LIMIT_S = 20.0


class SlowServer:
    """Takes one request on a thread of its own, and answers it when it is told to."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.asked, self._may_answer, self._has_answered = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def origin(self) -> Origin:
        return Origin("http", "127.0.0.1", self._listening.getsockname()[1])

    def answer(self) -> None:
        """Returns when the answer lies in this PC's socket; the caller's loop stands still meanwhile."""
        self._may_answer.set()
        assert self._has_answered.wait(_LIMIT_S)

    def close(self) -> None:
        self._may_answer.set()
        self._thread.join(_LIMIT_S)
        self._listening.close()

    def _serve(self) -> None:
        peer, _ = self._listening.accept()
        with peer:
            head = b""
            while b"\r\n\r\n" not in head:
                head += peer.recv(65_536)
            head, _, body = head.partition(b"\r\n\r\n")
            lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
            wanted = int(lengths[0].split(b":")[1]) if lengths else 0
            while len(body) < wanted:
                body += peer.recv(65_536)
            self.asked.set()
            self._may_answer.wait(_LIMIT_S)
            answer_head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(self._body)}\r\n"
            peer.sendall(answer_head.encode() + b"\r\n" + self._body)
            self._has_answered.set()
            peer.recv(1)


def _asleep(body: bytes, ask: Callable[[CerboClient], Coroutine[Any, Any, Answer]], *, answers: bool = True) -> Answer:
    """What becomes of a request whose PC falls asleep after the question and wakes an hour later."""
    server = SlowServer(body)

    async def main() -> Answer:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SleepingLoop)
        client = CerboClient(server.origin, "pk_desk", "sk_secret")
        asking = asyncio.create_task(ask(client))
        try:
            while not server.asked.is_set():
                await asyncio.sleep(0)
            if answers:
                server.answer()
            loop.sleep_through(_ASLEEP_S)
            while not asking.done():
                await asyncio.sleep(0)
                if not answers:
                    loop.pass_s(0.1)
            return asking.result()
        finally:
            await client.aclose()

    try:
        with asyncio.Runner(loop_factory=SleepingLoop) as runner:
            return runner.run(main())
    finally:
        server.close()


def test_an_answer_that_arrived_while_the_pc_slept_is_read() -> None:
    assert _asleep(_USERS, lambda client: client.can_list_users()) is True


def test_an_upload_whose_answer_arrived_while_the_pc_slept_is_no_doubt() -> None:
    receipt = _asleep(_STORED, lambda client: client.create_photo(PatientId("10482"), _PHOTO))
    assert receipt.named_id == "77"


def test_without_an_answer_an_upload_stays_a_doubt() -> None:
    with pytest.raises((MaybeSent, Unreachable)):
        _asleep(_STORED, lambda client: client.create_photo(PatientId("10482"), _PHOTO), answers=False)
