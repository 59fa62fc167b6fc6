"""What a photo costs in memory on its way from the disk. How long things take is the bench's to say."""

import os
import sys
from pathlib import Path

import pytest

from tests.bench import memory
from tests.unit.outbox.stock import outbox, photo, upload

ELEVEN_MB = 11_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process's memory from /proc")
async def test_opening_a_photo_to_send_it_costs_its_own_size_and_little_more(tmp_path: Path) -> None:
    """What the body of the request adds is measured where the body is tested: half a megabyte."""
    large = photo(os.urandom(ELEVEN_MB))
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1, large), large)
        idle = memory.resident_bytes()
        memory.reset_peak()
        sent = await opened.photo(upload(1).id)
        peak = memory.peak_bytes()
    assert sent.sha256 == large.sha256
    assert peak - idle <= 16_000_000
