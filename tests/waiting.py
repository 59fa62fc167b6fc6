"""Waiting for a condition or a signal inside a coroutine test; `qtbot.wait*` would hang there (measured, 7.1)."""

import asyncio
from collections.abc import Callable
from typing import Any


async def until(condition: Callable[[], object], timeout_s: float = 30.0) -> None:
    async with asyncio.timeout(timeout_s):
        while not condition():
            await asyncio.sleep(0.01)


async def emitted(signal: Any, timeout_s: float = 30.0) -> tuple[Any, ...]:
    """The arguments of the next emission."""
    heard: asyncio.Future[tuple[Any, ...]] = asyncio.get_running_loop().create_future()

    def hear(*arguments: Any) -> None:
        if not heard.done():
            heard.set_result(arguments)

    signal.connect(hear)
    try:
        return await asyncio.wait_for(heard, timeout_s)
    finally:
        signal.disconnect(hear)
