"""The floors: the same work with nothing around it, each in a process of its own that is started and warm.

    python -m tests.bench.floors decode EDGE FILE...   a bare loop: Pillow's draft, then resize
    python -m tests.bench.floors full FILE...          every pixel as BGRX
    python -m tests.bench.floors half FILE...          a quarter of them: half as wide and half as high
    python -m tests.bench.floors fetch                 a bare httpx loop
    python -m tests.bench.floors send FILE             the same body from a bare generator

Each says `ready`, then does its work once for every line it reads and answers with JSON.
"""

import asyncio
import base64
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from PIL import Image

from cerbo_desktop.imaging.worker import _NICENESS as NICENESS

_PIECE_BYTES = 48 * 1024
_BAND_ROWS = 64


class Floor:
    """The parent's end of one."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.bench.floors", *self._arguments]
        # The same help that the app gives its workers: memory for pixels is kept to use again.
        environment = {**os.environ, "PILLOW_BLOCKS_MAX": "4"}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    async def run(self, **order: Any) -> dict[str, Any]:
        self.begin(**order)
        return await asyncio.to_thread(self._answer)

    def begin(self, **order: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def two_decoders(edge_px: int, files: Sequence[Path]) -> Iterator[tuple[Floor, Floor]]:
    """Two niced processes, half of the files each."""
    names = [str(file) for file in files]
    with Floor("decode", str(edge_px), *names[::2]) as one, Floor("decode", str(edge_px), *names[1::2]) as other:
        yield one, other


async def both_s(floors: tuple[Floor, Floor]) -> float:
    """From the start of both until the later one is done."""
    started_s = time.perf_counter()
    await asyncio.gather(*(floor.run() for floor in floors))
    return time.perf_counter() - started_s


# The child's end.


def _decode(edge_px: str, *names: str) -> None:
    """The same file may be named again and again, and is read once."""
    os.nice(NICENESS)
    files = {name: Path(name).read_bytes() for name in set(names)}
    for _ in _orders():
        started_s = time.perf_counter()
        for name in names:
            _small(files[name], int(edge_px))
        _say(took_s=time.perf_counter() - started_s)


def _small(data: bytes, edge_px: int) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        size = edge_px, round(edge_px * image.height / image.width)
        image.draft(None, size)
        return image.resize(size, Image.Resampling.LANCZOS)


def _full(*names: str) -> None:
    _to_bgrx(names, 1)


def _half(*names: str) -> None:
    _to_bgrx(names, 2)


def _to_bgrx(names: Sequence[str], part: int) -> None:
    os.nice(NICENESS)
    files = [Path(name).read_bytes() for name in names]
    for place, _ in enumerate(_orders()):
        data = files[place % len(files)]
        started_s = time.perf_counter()
        with Image.open(io.BytesIO(data)) as image:
            image.draft(None, (image.width // part, image.height // part))
            image.load()
            for top in range(0, image.height, _BAND_ROWS):
                band = image.crop((0, top, image.width, min(top + _BAND_ROWS, image.height)))
                band.convert("RGBA").tobytes("raw", "BGRA")
        _say(took_s=time.perf_counter() - started_s)


def _fetch() -> None:
    """Connections stay between orders, as the app's do."""
    with asyncio.Runner() as runner:
        client = runner.run(_client())
        for order in _orders():
            runner.run(_fetched(client, order))
        runner.run(client.aclose())


async def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=30.0, trust_env=True)


async def _fetched(client: httpx.AsyncClient, order: dict[str, Any]) -> None:
    """Each of `first` alone and in order, then `urls`, `width` at once."""
    auth = httpx.BasicAuth(order["username"], order["secret"])
    remaining = iter(order["urls"])
    sizes_bytes: list[int] = []

    async def work(urls: Iterable[str]) -> None:
        for url in urls:
            answer = await client.get(url, auth=auth)
            sizes_bytes.append(len(answer.raise_for_status().content))

    started_s = time.perf_counter()
    await work(order["first"])
    await asyncio.gather(*(work(remaining) for _ in range(order["width"])))
    _say(took_s=time.perf_counter() - started_s, size_bytes=sum(sizes_bytes))


def _send(name: str) -> None:
    data = Path(name).read_bytes()
    with asyncio.Runner() as runner:
        client = runner.run(_client())
        for order in _orders():
            runner.run(_sent(client, data, order))
        runner.run(client.aclose())


async def _sent(client: httpx.AsyncClient, data: bytes, order: dict[str, Any]) -> None:
    from tests.bench import memory

    head = b'{"pt_id":"%s","mime_type":"image/jpeg","base64_content":"' % order["pt_id"].encode()
    length = len(head) + 2 + 4 * -(-len(data) // 3)

    async def body() -> AsyncIterator[bytes]:
        yield head
        for start in range(0, len(data), _PIECE_BYTES):
            yield base64.b64encode(data[start : start + _PIECE_BYTES])
        yield b'"}'

    idle_bytes = memory.settled_own_bytes()
    memory.reset_peak()
    started_s = time.perf_counter()
    headers = {"content-length": str(length), "content-type": "application/json"}
    auth = httpx.BasicAuth(order["username"], order["secret"])
    (await client.post(order["url"], content=body(), headers=headers, auth=auth)).raise_for_status()
    _say(took_s=time.perf_counter() - started_s, above_bytes=memory.own_peak_bytes() - idle_bytes)


def _orders() -> Iterator[dict[str, Any]]:
    _say()
    yield from map(json.loads, sys.stdin)


def _say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    floors: dict[str, Callable[..., None]] = {
        "decode": _decode,
        "full": _full,
        "half": _half,
        "fetch": _fetch,
        "send": _send,
    }
    floors[sys.argv[1]](*sys.argv[2:])
