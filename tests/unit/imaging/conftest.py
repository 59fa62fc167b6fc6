"""What most tests of pictures need: one worker process."""

from collections.abc import AsyncIterator

import pytest

from cerbo_desktop.imaging.studio import WorkerStudio


@pytest.fixture
async def studio() -> AsyncIterator[WorkerStudio]:
    one = WorkerStudio(worker_count=1)
    yield one
    await one.aclose()
