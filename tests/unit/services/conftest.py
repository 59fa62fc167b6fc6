"""Services know no Qt, and their tests need none: on Qt's loop a task may step between a test and its fixtures."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.unit.services.uploads.desk import Desk


def pytest_asyncio_loop_factories(config: Any, item: Any) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"asyncio": asyncio.SelectorEventLoop}


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """Closed at the end, which fails where a task did."""
    desk = Desk()
    yield desk
    await desk.uploading.aclose()
    await desk.contents.aclose()
    assert desk.failures == []
