"""Services know no Qt, and their tests need none: on Qt's loop a task may step between a test and its fixtures."""

import asyncio
from collections.abc import Callable
from typing import Any


def pytest_asyncio_loop_factories(config: Any, item: Any) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"asyncio": asyncio.SelectorEventLoop}
