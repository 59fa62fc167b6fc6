"""A Cerbo on raw sockets, in a thread of its own, that counts what it has stored and breaks as it is told."""

import asyncio
import base64
import hashlib
import json
import threading
from collections.abc import Iterable
from enum import Enum
from typing import Self

from tests.fakes.raw_server import Peer, RawServer


class PostFault(Enum):
    """What happens to the first photo that is sent; those after it go well."""

    NONE = "none"
    RESET_MID_UPLOAD = "reset mid upload"
    CLOSED_AFTER = "stored, then closed"
    RESET_AFTER = "stored, then reset"
    ERROR_BEFORE = "500, not stored"
    COMMIT_THEN_ERROR = "stored, then 500"
    BUSY = "429"
    EARLY_TOO_BIG = "413 before the body"
    LATE_COMMIT = "closed, stored afterwards"
    RESULT_FALSE = "200 with result false"


_LATE_S = 0.15


class CountingServer:
    """`stored` maps the hash of each photo to the patients it was stored for, once for each time."""

    def __init__(self, fault: PostFault = PostFault.NONE, *, is_accepting: bool = False) -> None:
        """With `is_accepting`, staff take whatever is in the queue into the chart whenever the queue was listed."""
        self.stored: dict[str, list[str]] = {}
        self.posts = 0
        self._fault = fault
        self._is_accepting = is_accepting
        self._queue: dict[str, dict[str, bytes]] = {}
        self._charts: dict[str, dict[str, bytes]] = {}
        self._ready, self._ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="counting server")

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with RawServer((self._serve,)) as server:
            self.address = f"http://127.0.0.1:{server.port}"
            self._ready.set()
            await self._stop.wait()

    async def _serve(self, peer: Peer) -> None:
        method, path, _ = peer.line.split(" ")
        patient_id = path.split("/")[4]
        if method == "POST":
            await self._receive(peer, patient_id)
        elif "enqueued" in path:
            await self._list(peer, self._queue.get(patient_id, {}))
            if self._is_accepting:
                self._accept(patient_id)
        elif path.endswith("/content"):
            await peer.answer(200, self._charts[patient_id][path.split("/")[-2]])
        else:
            await self._list(peer, self._charts.get(patient_id, {}))

    async def _receive(self, peer: Peer, patient_id: str) -> None:
        fault, self._fault = self._fault, PostFault.NONE
        self.posts += 1
        match fault:
            case PostFault.RESET_MID_UPLOAD:
                await peer.reader.readexactly(2_000)
                peer.reset()
                return
            case PostFault.EARLY_TOO_BIG:
                await peer.reader.readexactly(1_000)
                await peer.answer(413, b"<html></html>", connection="close")
                peer.close()
                return
        body = await peer.read_body()
        match fault:
            case PostFault.ERROR_BEFORE:
                await peer.answer(500, {"message": "no"})
            case PostFault.BUSY:
                await peer.answer(429, {"message": "busy"}, retry_after="1")
            case PostFault.RESULT_FALSE:
                await peer.answer(200, {"result": False})
            case PostFault.LATE_COMMIT:
                self._loop.call_later(_LATE_S, self._store, patient_id, body)
                peer.close()
            case _:
                queue_id = self._store(patient_id, body)
                await self._tell(peer, fault, queue_id)

    async def _tell(self, peer: Peer, fault: PostFault, queue_id: str) -> None:
        match fault:
            case PostFault.CLOSED_AFTER:
                peer.close()
            case PostFault.RESET_AFTER:
                peer.reset()
            case PostFault.COMMIT_THEN_ERROR:
                await peer.answer(500, {"message": "no"})
            case _:
                await peer.answer(200, {"result": True, "portal_queue_id": queue_id})

    def _store(self, patient_id: str, body: bytes) -> str:
        sent = json.loads(body)
        assert str(sent["pt_id"]) == patient_id
        photo = base64.b64decode(sent["base64_content"], validate=True)
        sha256 = hashlib.sha256(photo).hexdigest()
        self.stored.setdefault(sha256, []).append(patient_id)
        queue_id = str(9000 + sum(map(len, self.stored.values())))
        self._queue.setdefault(patient_id, {})[queue_id] = photo
        return queue_id

    def _accept(self, patient_id: str) -> None:
        """Under new ids, as Cerbo does."""
        for queue_id, photo in self._queue.pop(patient_id, {}).items():
            self._charts.setdefault(patient_id, {})[f"7{queue_id}"] = photo

    async def _list(self, peer: Peer, entries: Iterable[str]) -> None:
        data = [{"id": each} for each in entries]
        await peer.answer(200, {"object": "list", "has_more": False, "data": data})
